"""Method packs: the numbers of the method, as validated YAML.

A pack is read by name (those shipped here) or from a file; ``extends: default`` takes every number it
does not state itself from that pack.
"""

from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from graphcrm.errors import N_, PolicyError
from graphcrm.policies.model import Policy, Standard

__all__ = ["Policy", "Standard", "load_policy"]


def load_policy(source: str | Path = "default") -> Policy:
    """The pack of that name, or in that file.

    Raises PolicyError, naming the file and each wrong entry, where it cannot be read or is not valid.

    >>> load_policy().reach.live
    0.2
    """
    try:
        return Policy.model_validate(_document(source, seen=()))
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'pack'}: {e['msg']}" for e in error.errors()[:10]
        )
        raise PolicyError(
            N_("Policy {source}: {wrong}."),
            hint=N_("Compare it with the pack `default` and mend these entries."),
            source=str(source),
            wrong=wrong,
        ) from None


def _document(source: str | Path, seen: tuple[str, ...]) -> dict[str, object]:
    if str(source) in seen:
        raise PolicyError(
            N_("Policy {source} extends itself."), hint=N_("Remove one `extends`."), source=str(source)
        )
    document = _read(source)
    base = document.pop("extends", None)
    if base is None:
        return document
    if not isinstance(base, str):
        raise PolicyError(
            N_("Policy {source}: extends is not a name."),
            hint=N_("Write `extends: default`."),
            source=str(source),
        )
    return _merge(_document(base, (*seen, str(source))), document)


def _read(source: str | Path) -> dict[str, object]:
    text = str(source)
    is_path = isinstance(source, Path) or text.endswith((".yaml", ".yml")) or "/" in text
    place = Path(source) if is_path else files(__name__).joinpath(f"{text}.yaml")
    try:
        document = yaml.safe_load(place.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise PolicyError(
            N_("Policy {source} cannot be read: {reason}."),
            hint=N_("Give the name of a shipped pack (default), or a path to a YAML file."),
            source=text,
            reason=reason,
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise PolicyError(
            N_("Policy {source} is not YAML (line {line})."),
            hint=N_("Mend that line; packs are YAML mappings."),
            source=text,
            line=mark.line + 1 if mark else "?",
        ) from None
    if not isinstance(document, dict):
        raise PolicyError(
            N_("Policy {source} is not a mapping."),
            hint=N_("Start from a copy of the pack `default`."),
            source=text,
        )
    return document


def _merge(base: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    """``over`` laid on ``base``: mappings merge, everything else replaces."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _merge(below, value) if both else value  # type: ignore[arg-type]
    return merged

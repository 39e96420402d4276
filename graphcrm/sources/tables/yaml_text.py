"""YAML as mappings are written in it: words stay words, no key twice, and each value knows its line.

YAML 1.1 reads ``NO`` as false, ``1998-05-06`` as a date and ``08:30`` as a number of seconds. In a mapping
they are words of somebody's tables.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from graphcrm.errors import N_, InputError, Message, Problem, RefusedImport
from graphcrm.records.checks.problems import shown

Location = Sequence[str | int]
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}


class YamlText:
    """A YAML document: its value, and the line of each part of it."""

    def __init__(self, path: Path, name: str) -> None:
        """Read it. Raises InputError, or RefusedImport with the problem's line."""
        self.name = name
        self._root = _composed(path, name)
        self._made: dict[int, object] = {}
        try:
            self.value = self._plain(self._root) if self._root else None
        except RecursionError:
            problem = _problem(
                name, N_("Lists or mappings stand too deep in each other."), N_("Write it flat.")
            )
            raise RefusedImport(name, [problem]) from None

    def walk(self, location: Location) -> tuple[Location, int]:
        """What of a location leads somewhere, and the line where it ends; lines count from 1."""
        node, found = self._root, list[str | int]()
        for part in location:
            below = _below(node, part)
            if below is not None:
                node = below
                found.append(part)
        return found, node.start_mark.line + 1 if node else 1

    def _plain(self, node: yaml.Node) -> object:
        # A part that is named several times is made once, so that names within names cost nothing.
        if id(node) not in self._made:
            self._made[id(node)] = self._make(node)
        return self._made[id(node)]

    def _make(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(each) for each in node.value]
        if isinstance(node, yaml.MappingNode):
            made: dict[str, object] = {}
            for key, value in node.value:
                word = str(key.value)
                if word in made:
                    place = f"{self.name}[{key.start_mark.line + 1}].{word}"
                    raise RefusedImport(
                        self.name,
                        [_problem(place, N_("This key is stated twice."), N_("Keep one of them."))],
                    )
                made[word] = self._plain(value)
            return made
        word = str(node.value)
        return word if getattr(node, "style", None) in {"'", '"', "|", ">"} else _scalar(word)


def _scalar(word: str) -> object:
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word)
    return float(word) if _FLOAT.fullmatch(word) and not word.lstrip("+-").startswith("0" * 2) else word


def _below(node: yaml.Node | None, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    return None


def _composed(path: Path, name: str) -> yaml.Node | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedImport(
            name, [_problem(name, N_("This is not UTF-8 text."), N_("Save the file as UTF-8."))]
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(
            N_("{file} cannot be read: {reason}."),
            hint=N_("Give the path of a mapping that you may read."),
            file=shown(str(path)),
            reason=getattr(error, "strerror", None) or "not a path",
        ) from None
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}[{mark.line + 1}]" if mark else name
        reason = getattr(error, "problem", None) or "it stands too deep"
        problem = _problem(
            place, N_("This is not YAML: {reason}."), N_("Correct it there: look at indents and colons."),
            reason=reason,
        )  # fmt: skip
        raise RefusedImport(name, [problem]) from None
    return node


def _problem(path: str, what: str, cure: str, **params: object) -> Problem:
    return Problem(path, None, Message(what, params), Message(cure, params))


def written(location: Location) -> str:
    """A location as people read it.

    >>> written(("records", 0, "fields", "id"))
    'records[0].fields.id'
    """
    return "".join(_steps(location)).removeprefix(".")


def _steps(location: Location) -> Iterator[str]:
    for part in location:
        yield f"[{part}]" if isinstance(part, int) else f".{part}"

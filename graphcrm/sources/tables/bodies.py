"""Bodies: many interactions at once as the JSON stores keep, where nothing is wrong with any of them.

Reading records one by one with pydantic costs several times what a store needs to write them. So a whole
column is checked with one call, each distinct value once, and the JSON is put together from its pieces. It is
the same text that ``body_of`` writes; where this module is in doubt it says None, and the records judge.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from json import JSONEncoder
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter

from graphcrm.records.interaction import Interaction
from graphcrm.sources.tables.entries import Fields

Pieces = Sequence[str]
REMEMBERED = 50_000
_NAMES = {info.alias or name: info for name, info in Interaction.model_fields.items()}
_TIMES = frozenset(("recorded_at", "at"))
_STRICT = ConfigDict(strict=True)
_text = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Bodies:
    """Puts JSON together, and remembers the pieces it has made."""

    def __init__(self) -> None:
        self._fields = {
            name: _Field(name, info.annotation, tuple(info.metadata)) for name, info in _NAMES.items()
        }

    def of(self, fields: Fields) -> list[str] | None:
        """The bodies of interactions; None where something about one of them may be wrong."""
        if not _one_form(fields):
            return None
        columns: list[Pieces] = []
        for name, field in self._fields.items():
            values = fields.get(name)
            pieces = field.pieces(values) if values is not None else None
            if pieces is None:
                if values is not None or name in {"id", "at", "channel"}:
                    return None
                continue
            columns.append(pieces)
        return [f"{{{body[1:]}}}" for body in map("".join, zip(*columns, strict=True))]


class _Field:
    """One field of many interactions: each distinct value is checked and written once."""

    def __init__(self, name: str, annotation: object, metadata: tuple[object, ...]) -> None:
        self._name = name
        self._required = name in {"id", "at", "channel"}
        self._known: dict[object, str] = {None: ""}
        self._write = self._writer()
        self._sound = _utc if name in _TIMES else _adapter(annotation, metadata).validate_python

    def pieces(self, values: Sequence[object]) -> Pieces | None:
        """A piece of JSON for each value, nothing for what is unknown; None where a value is wrong."""
        known = self._known
        if len(known) > REMEMBERED:
            known.clear()
            known[None] = ""
        try:
            distinct = set(values)
            if self._required and None in distinct:
                return None
            if new := list(distinct.difference(known)):
                self._sound(new)
                known.update(zip(new, map(self._write, new), strict=True))
        except (TypeError, ValueError):  # a value that cannot be told from others, or that pydantic refuses
            return None
        return list(map(known.__getitem__, values))

    def _writer(self) -> Callable[[object], str]:
        before = f',"{self._name}":'
        if self._name in _TIMES:
            return lambda value: f'{before}"{_iso(value)}"'
        return lambda value: before + _text(value)


def _adapter(annotation: object, metadata: tuple[object, ...]) -> TypeAdapter[list[object]]:
    one: Any = Annotated[(annotation, *metadata)] if metadata else annotation
    return TypeAdapter(list[one], config=_STRICT)


def _utc(values: list[object]) -> None:
    """Whether all are days, or times in UTC as conversions give them."""
    if not all(type(v) is date or (type(v) is datetime and v.tzinfo is UTC) for v in values):
        raise ValueError(values)


def _iso(moment: object) -> str:
    assert isinstance(moment, date)
    written = moment.isoformat()
    return f"{written[:-6]}Z" if isinstance(moment, datetime) else written


def _one_form(fields: Fields) -> bool:
    """Whether all of them name participants alone, or all of them from and to alone."""
    together, sender, to = (fields.get(name) for name in ("participants", "from", "to"))
    if together is not None:
        return all(together) and not any(sender or ()) and not any(to or ())
    return sender is not None and to is not None and all(sender) and all(to)

"""Bodies: many interactions at once as the JSON stores keep, where nothing is wrong with any of them.

Reading records one by one with pydantic costs several times what a store needs to write them. So a whole
column is checked with one call, each distinct value once, and the JSON is put together from its pieces. It
is the same text that ``body_of`` writes; where this module is in doubt it says None, and records judge.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from json import JSONEncoder
from typing import Annotated, Any, cast

from pydantic import ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from graphcrm.records.base import Id
from graphcrm.records.interaction import Interaction
from graphcrm.sources.tables.entries import Fields

REMEMBERED = 50_000
"""Values of a field whose JSON is remembered."""

Check = Callable[[Sequence[object]], object]
"""Raises ValueError where one of the values is not sound."""

_NAMES = {info.alias or name: info for name, info in Interaction.model_fields.items()}
_REQUIRED = frozenset(name for name, info in _NAMES.items() if info.is_required())
_LISTS = frozenset(("participants", "to"))
_text = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Bodies:
    """Puts JSON together, and remembers the pieces it has made."""

    def __init__(self) -> None:
        self._columns = {name: _column(name, info) for name, info in _NAMES.items()}

    def of(self, fields: Fields) -> list[str] | None:
        """The bodies of interactions; None where something about one of them may be wrong."""
        if not (_one_form(fields) and all(name in fields for name in _REQUIRED)):
            return None
        columns: list[Sequence[str]] = []
        for name, column in self._columns.items():
            if name in fields:
                pieces = column.pieces(fields[name])
                if pieces is None:
                    return None
                columns.append(pieces)
        return [f"{{{body[1:]}}}" for body in map("".join, zip(*columns, strict=True))]


class _Column:
    """A field whose values are nearly all distinct: each is checked and written."""

    def __init__(self, name: str, check: Check, write: Callable[[Any], str]) -> None:
        self._before = f',"{name}":'
        self._optional = name not in _REQUIRED
        self._check = check
        self._write = write

    def pieces(self, values: Sequence[object]) -> Sequence[str] | None:
        """A piece of JSON for each value, nothing for what is unknown; None where a value may be wrong."""
        try:
            return self._written(values)
        except (TypeError, ValueError):  # a value that cannot be told from others, or that pydantic refuses
            return None

    def _written(self, values: Sequence[object]) -> Sequence[str]:
        before, write = self._before, self._write
        if self._optional and None in values:
            self._check([value for value in values if value is not None])
            return ["" if value is None else before + write(value) for value in values]
        self._check(values)
        return [before + write(value) for value in values]


class _Words(_Column):
    """A field whose values repeat each other: what has been checked and written is remembered."""

    def __init__(self, name: str, check: Check, write: Callable[[Any], str]) -> None:
        super().__init__(name, check, write)
        self._known: dict[object, str] = {}

    def _written(self, values: Sequence[object]) -> Sequence[str]:
        self._learn(set(values))
        return list(map(self._known.__getitem__, values))

    def _learn(self, distinct: set[object]) -> None:
        if len(self._known) > REMEMBERED:
            self._known.clear()
        new = list(distinct.difference(self._known))
        self._known.update(zip(new, self._new(new), strict=True))

    def _new(self, values: list[object]) -> Sequence[str]:
        return super()._written(values)


class _Lists(_Words):
    """A field that holds lists, whose items repeat each other."""

    def _written(self, values: Sequence[object]) -> Sequence[str]:
        lists = cast("Sequence[tuple[str, ...] | None]", values)
        self._learn(set(chain.from_iterable(each or () for each in lists)))
        known, before = self._known, self._before
        return [
            "" if each is None else f"{before}[{','.join(map(known.__getitem__, each))}]" for each in lists
        ]

    def _new(self, items: list[object]) -> Sequence[str]:
        self._check(items)
        return list(map(self._write, items))


def _column(name: str, info: FieldInfo) -> _Column:
    if name == "at":
        return _Column(name, partial(_utc, of=frozenset((datetime,))), _iso)
    if name == "recorded_at":
        return _Column(name, partial(_utc, of=frozenset((date, datetime))), _iso)
    if name in _LISTS:
        return _Lists(name, _checked_by(Id, ()), _text)
    kind = _Column if name == "id" else _Words
    return kind(name, _checked_by(info.annotation, tuple(info.metadata)), _text)


def _checked_by(annotation: object, metadata: tuple[object, ...]) -> Check:
    one: Any = Annotated[(annotation, *metadata)] if metadata else annotation
    return TypeAdapter(list[one], config=ConfigDict(strict=True)).validate_python


def _utc(values: Sequence[object], of: frozenset[type]) -> None:
    """Raise ValueError unless all are of these types, and times in UTC as conversions give them."""
    if not of.issuperset(map(type, values)):
        raise ValueError(values)
    if any(getattr(value, "tzinfo", UTC) is not UTC for value in values):
        raise ValueError(values)


def _iso(moment: date) -> str:
    written = moment.isoformat()
    return f'"{written[:-6]}Z"' if isinstance(moment, datetime) else f'"{written}"'


def _one_form(fields: Fields) -> bool:
    """Whether all of them name participants alone, or all of them from and to alone."""
    together, sender, to = (fields.get(name, ()) for name in ("participants", "from", "to"))
    if _any_known(together):
        return all(together) and not _any_known(sender) and not _any_known(to)
    return bool(sender and to) and all(sender) and all(to)


def _any_known(values: Sequence[object]) -> bool:
    return any(value is not None for value in values)

"""Expressions: a field's values for many rows at once, from the columns the mapping names."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Self, cast

from pydantic import BaseModel

from graphcrm.errors import N_, Message
from graphcrm.sources.tables.conversions import (
    Convert,
    Wrong,
    at_once,
    converter,
    item_types_of,
    text,
    types_of,
)
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.mapping import Notation, Source, Value

Columns = Mapping[str, Sequence[Cell]]
REMEMBERED = 50_000
"""Values of a column whose conversion is remembered; cells repeat each other more often than not."""


@dataclass(frozen=True)
class Expression:
    """``values`` gives one value a row: None is unknown, a ``Wrong`` what could not be read.

    ``needs`` are the columns it reads; the first of them is where a person mends it. A list said item by
    item has ``parts``.
    """

    needs: tuple[str, ...]
    values: Callable[[Columns, int], Sequence[object]]
    parts: tuple["Expression", ...] = ()


def compiled(source: Source, model: type[BaseModel], field: str, notation: Notation) -> Expression:
    """The expression of a record's field. ``notation`` is that of its table.

    Raises Wrong where a constant of the mapping is nothing the field can be.
    """
    if not isinstance(source, tuple):
        return _one(_valued(source), model, field, notation)
    parts = tuple(_one(_valued(part), model, field, notation, inner=True) for part in source)
    needs = tuple(dict.fromkeys(name for part in parts for name in part.needs))

    def values(columns: Columns, n: int) -> Sequence[object]:
        found = [part.values(columns, n) for part in parts]
        if all({str}.issuperset(map(type, column)) for column in found):
            return list(zip(*found, strict=True))
        return list(map(joined, *found))

    return Expression(needs, values, parts)


def _valued(source: str | Value) -> Value:
    return Value(column=source) if isinstance(source, str) else source


def _one(
    value: Value, model: type[BaseModel], field: str, notation: Notation, *, inner: bool = False
) -> Expression:
    """What one value says; ``inner`` is an item of a list, which is joined later."""
    types = types_of(model, field)
    items = item_types_of(model, field) | types - {tuple}
    convert = converter(items, _within(notation, value))
    one = _Steps(value, convert, wraps=types == {tuple} and not inner, empty=_empty(notation, value))
    if value.column is not None:
        name = value.column
        return Expression((name,), lambda columns, _: one.over(columns[name]))
    if value.text is not None:
        template = _Template(value.text, one.empty)
        return Expression(
            template.names,
            lambda columns, n: one.over(template.filled(columns, n)),
        )
    constant = one.of_constant(value.value)
    return Expression((), lambda _, n: list(repeat(constant, n)))


def _within(notation: Notation, value: Value) -> Notation:
    """The table's notation, with what the value itself says of it."""
    own = {name: getattr(value, name) for name in Notation.model_fields if getattr(value, name) is not None}
    return Notation.model_validate({**notation.model_dump(include=set(Notation.model_fields)), **own})


def _empty(notation: Notation, value: Value) -> frozenset[str]:
    stated = value.empty if value.empty is not None else notation.empty
    return frozenset(("", *(stated or ())))


class Joined(tuple[object, ...]):  # noqa: SLOT001 - Python lets no tuple have slots that hold anything
    """A list made of parts, of which each gives any number of items; ``parts`` says whose each item is."""

    parts: Sequence[int]

    def __new__(cls, items: Sequence[object], parts: Sequence[int]) -> Self:
        """The items, and their parts."""
        made = super().__new__(cls, items)
        made.parts = parts
        return made


def joined(*values: object) -> object:
    """One list of all that is known, or what is wrong first."""
    found: list[object] = []
    parts: list[int] = []
    for part, value in enumerate(values):
        if isinstance(value, Wrong):
            return Wrong(value.value, value.what, value.cure, part)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        found.extend(items)
        parts.extend(repeat(part, len(items)))
    return Joined(found, parts) if found else None


_PLAIN = frozenset((str, type(None)))


class _Steps(dict[object, object]):
    """What becomes of a cell on its way into a field; remembers what it has worked out."""

    def __init__(self, value: Value, convert: Convert, *, wraps: bool, empty: frozenset[str]) -> None:
        super().__init__()
        self.empty = empty
        self._value = value
        self._convert = convert
        plain = not (wraps or value.match or value.split or value.map)
        self._at_once = at_once(convert) if plain else None
        self._wraps = wraps
        self._match = re.compile(value.match) if value.match else None
        self._separators = (
            re.compile(
                "|".join(map(re.escape, (value.split,) if isinstance(value.split, str) else value.split))
            )
            if value.split
            else None
        )
        self._default = self.of_constant(value.default)
        for word in (value.map or {}).values():
            self._constant(word)
        if value.otherwise != "keep":
            self._constant(value.otherwise)

    def over(self, cells: Sequence[Cell | Wrong]) -> list[object]:
        """What becomes of each cell of a column."""
        if not _PLAIN.issuperset(map(type, cells)):
            # Numbers and truth values that are equal are not the same text, and lists cannot be remembered.
            return list(map(self._worked_out, cells))
        if self._at_once is not None and None not in cells:
            words = list(map(str.strip, cast("Sequence[str]", cells)))
            if self.empty.isdisjoint(words) and (found := self._at_once(words)) is not None:
                return found
        return list(map(self.__getitem__, cells))

    def __missing__(self, cell: Cell) -> object:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[cell] = self._worked_out(cell)
        return found

    def of_constant(self, value: object) -> object:
        """What a constant of the mapping becomes; texts are converted like cells. Raises Wrong."""
        return self._wrapped(self._constant(value))

    def _worked_out(self, cell: Cell | Wrong) -> object:
        try:
            found = self._read(cell)
        except Wrong as wrong:
            return wrong
        return self._default if found is None else found

    def _read(self, cell: Cell | Wrong) -> object:
        if isinstance(cell, str):
            cell = cell.strip()
        if cell is None or (isinstance(cell, str) and cell in self.empty):
            return None
        if isinstance(cell, Wrong):
            raise cell
        if isinstance(cell, list):
            return self._listed([each.strip() if isinstance(each, str) else each for each in cell])
        if self._match is not None:
            cell = self._matched(text(cell))
        if self._separators is not None:
            parts = [part.strip() for part in self._separators.split(text(cell))]
            if self._value.part is None:
                return self._listed(parts)
            cell = _picked(parts, self._value.part)
        if cell is None or cell == "":
            return None
        return self._wrapped(self._item(cell))

    def _listed(self, parts: Sequence[Cell]) -> tuple[object, ...] | None:
        if any(isinstance(part, list) for part in parts):
            raise _no_list(parts)
        items = (self._item(part) for part in parts if part is not None and part not in self.empty)
        return tuple(item for item in items if item is not None) or None

    def _item(self, cell: Cell) -> object:
        """One value, translated and converted."""
        if self._value.map is None:
            return self._convert(cell)
        word = text(cell)
        if word in self._value.map:
            return self._constant(self._value.map[word])
        if "otherwise" not in self._value.model_fields_set:
            raise Wrong(
                word,
                Message(N_("The mapping does not say what this word becomes.")),
                Message(
                    N_("Add it to the map ({words}), or say otherwise in the mapping."),
                    {"words": ", ".join(list(self._value.map)[:20])},
                ),
            )
        return (
            self._convert(cell)
            if self._value.otherwise == "keep"
            else self._constant(self._value.otherwise)
        )

    def _constant(self, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(self._converted(each) for each in value)
        return self._converted(value)

    def _converted(self, value: object) -> object:
        return self._convert(value) if isinstance(value, str) and value else value

    def _wrapped(self, value: object) -> object:
        return (value,) if self._wraps and value is not None and not isinstance(value, tuple) else value

    def _matched(self, words: str) -> str | None:
        assert self._match is not None
        found = self._match.search(words)
        if found is None:
            raise Wrong(
                words,
                Message(N_("This does not look like {pattern}."), {"pattern": self._match.pattern}),
                Message(N_("Correct the cell, or the match in the mapping.")),
            )
        return (found[1] if self._match.groups else found[0]) or None


def _no_list(cell: Sequence[Cell]) -> Wrong:
    return Wrong(
        list(cell),
        Message(N_("This is a list, not a value.")),
        Message(N_("Export it as plain values; a list of them can fill a field that is a list, no other.")),
    )


def _picked(parts: Sequence[str], number: int) -> str | None:
    at = number - 1 if number > 0 else number
    return parts[at] if -len(parts) <= at < len(parts) else None


class _Template:
    """A text with columns in braces."""

    def __init__(self, template: str, empty: frozenset[str]) -> None:
        # Splitting by a pattern with a group leaves literals at even places and names at odd ones.
        self._pieces = _BRACES.split(template)
        self.names = names_in(template)
        self._empty = empty

    def filled(self, columns: Columns, n: int) -> list[str | Wrong | None]:
        """The text of each row; None where a column is empty."""
        if not self.names:
            return ["".join(self._pieces)] * n
        return list(map(self._of_row, *(columns[name] for name in self.names)))

    def _of_row(self, *cells: Cell) -> str | Wrong | None:
        for cell in cells:
            if isinstance(cell, list):
                return _no_list(cell)
        words = [text(cell).strip() if cell is not None else "" for cell in cells]
        if not self._empty.isdisjoint(words):
            return None
        by_name = dict(zip(self.names, words, strict=True))
        return "".join(by_name[piece] if at % 2 else piece for at, piece in enumerate(self._pieces))


_BRACES = re.compile(r"\{([^{}]+)\}")


def names_in(template: str) -> tuple[str, ...]:
    """The columns a text names in braces.

    >>> names_in("{First} {Last}")
    ('First', 'Last')
    """
    return tuple(dict.fromkeys(_BRACES.findall(template)))

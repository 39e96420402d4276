"""Expressions: a field's values for many rows at once, from the columns the mapping names."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import cast

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
from graphcrm.sources.tables.mapping import Notation, Source, Value, several

Location = tuple[str | int, ...]
Columns = Mapping[str, Sequence[Cell]]
REMEMBERED = 50_000
"""Values of a column whose conversion is remembered; cells repeat each other more often than not."""


@dataclass(frozen=True)
class Expression:
    """``values`` gives one value a row: None is unknown, a ``Wrong`` what could not be read.

    ``needs`` are the columns it reads; the first of them is where a person mends it. ``constants`` are what
    the mapping itself states, each with where it does; they too may be ``Wrong``. A list said item by item
    has ``parts``.
    """

    needs: tuple[str, ...]
    values: Callable[[Columns, int], Sequence[object]]
    constants: Mapping[Location, object]
    parts: tuple["Expression", ...] = ()


def compiled(source: Source, model: type[BaseModel], field: str, notation: Notation) -> Expression:
    """The expression of a record's field. ``notation`` is that of its table."""
    if not isinstance(source, tuple):
        return _one(_valued(source), model, field, notation)
    parts = tuple(_one(_valued(part), model, field, notation, inner=True) for part in source)
    needs = tuple(dict.fromkeys(name for part in parts for name in part.needs))

    def values(columns: Columns, n: int) -> Sequence[object]:
        found = [part.values(columns, n) for part in parts]
        if all({str}.issuperset(map(type, column)) for column in found):
            return list(zip(*found, strict=True))
        return list(map(joined, *found))

    constants = {
        (at, *rest): word for at, part in enumerate(parts) for rest, word in part.constants.items()
    }
    return Expression(needs, values, constants, parts)


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
        return Expression((name,), lambda columns, _: one.over(columns[name]), one.constants)
    if value.text is not None:
        template = _Template(value.text, one.empty)
        return Expression(
            template.names,
            lambda columns, n: one.over(template.filled(columns, n)),
            one.constants,
        )
    constant = one.constant(("value",), value.value)
    return Expression((), lambda _, n: list(repeat(constant, n)), one.constants)


def _within(notation: Notation, value: Value) -> Notation:
    """The table's notation, with what the value itself says of it."""
    own = {name: getattr(value, name) for name in Notation.model_fields if getattr(value, name) is not None}
    return Notation.model_validate({**notation.model_dump(include=set(Notation.model_fields)), **own})


def _empty(notation: Notation, value: Value) -> frozenset[str]:
    stated = value.empty if value.empty is not None else notation.empty
    return frozenset(("", *(stated or ())))


class Parts(tuple[object, ...]):  # noqa: SLOT001 - a tuple cannot have slots of its own
    """A list of which some part gave no item, or several: ``of`` says of each item which part gave it."""

    of: tuple[int, ...]


def joined(*values: object) -> object:
    """One list of all that is known, or what is wrong first.

    None where nothing is known; a constant that is an empty list says that there is known to be none.
    """
    found: list[object] = []
    of: list[int] = []
    for part, value in enumerate(values):
        if isinstance(value, Wrong):
            return Wrong(value.value, value.what, value.cure, part)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        found.extend(items)
        of.extend(repeat(part, len(items)))
    if not found and () not in values:
        return None
    listed = Parts(found)
    listed.of = tuple(of)
    return listed


_PLAIN = frozenset((str, type(None)))


class _Steps(dict[object, object]):
    """What becomes of a cell on its way into a field; remembers what it has worked out."""

    def __init__(self, value: Value, convert: Convert, *, wraps: bool, empty: frozenset[str]) -> None:
        super().__init__()
        self.empty = empty
        self.constants: dict[Location, object] = {}
        self._convert = convert
        plain = not (wraps or value.match or value.split or value.map)
        self._at_once = at_once(convert) if plain else None
        self._wraps = wraps
        self._match = re.compile(value.match) if value.match else None
        self._separators = (
            re.compile("|".join(map(re.escape, several(value.split)))) if value.split else None
        )
        self._part = value.part
        self._default = self.constant(("default",), value.default)
        self._map: dict[str, object] | None = None
        if value.map is not None:
            self._map = {word: self.constant(("map", word), each) for word, each in value.map.items()}
        self._keeps = value.otherwise == "keep"
        self._otherwise = None if self._keeps else self.constant(("otherwise",), value.otherwise)
        self._knows_all = "otherwise" in value.model_fields_set

    def constant(self, at: Location, stated: object) -> object:
        """What a constant of the mapping becomes, noted in ``constants``; it is converted like a cell."""
        found = self._wrapped(self._of_constant(stated))
        if found is not None:
            self.constants[at] = found
        return found

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

    def _worked_out(self, cell: Cell | Wrong) -> object:
        try:
            found = self._read(cell)
        except Wrong as wrong:
            return wrong
        return self._default if found is None else found

    def _read(self, cell: Cell | Wrong) -> object:
        if isinstance(cell, list):
            parts = list(map(self._matched, cell))
        elif self._separators is None:
            return self._wrapped(self._item(self._matched(cell)))
        else:
            whole = self._matched(cell)
            found = [] if whole is None else self._separators.split(text(whole))
            parts = list(map(self._known, found))
        if self._part is not None:
            return self._wrapped(self._item(_picked(parts, self._part)))
        return joined(*map(self._item, parts)) if parts else None

    def _known(self, cell: Cell | Wrong) -> Cell:
        """The cell without blanks around it; None where it stands for nothing. Raises Wrong."""
        if isinstance(cell, Wrong):
            raise cell
        if isinstance(cell, str):
            cell = cell.strip()
            return None if cell in self.empty else cell
        if isinstance(cell, list):
            raise _no_list(cell, N_("This is a list within a list."))
        return cell

    def _matched(self, cell: Cell | Wrong) -> Cell:
        """What of the cell the pattern keeps, if there is one. Raises Wrong."""
        known = self._known(cell)
        if known is None or self._match is None:
            return known
        found = self._match.search(text(known))
        if found is None:
            raise Wrong(
                known,
                Message(N_("This does not look like {pattern}."), {"pattern": self._match.pattern}),
                Message(N_("Correct the cell, or the match in the mapping.")),
            )
        return self._known(found[1] if self._match.groups else found[0])

    def _item(self, cell: Cell) -> object:
        """One value, translated and converted; several where the map says so. Raises Wrong."""
        if cell is None:
            return None
        if self._map is None:
            return self._convert(cell)
        word = text(cell)
        if word in self._map:
            return self._map[word]
        if self._keeps:
            return self._convert(cell)
        if self._knows_all:
            return self._otherwise
        raise Wrong(
            word,
            Message(N_("The mapping does not say what this word becomes.")),
            Message(
                N_("Add it to the map ({words}), or say otherwise in the mapping."),
                {"words": ", ".join(list(self._map)[:20])},
            ),
        )

    def _of_constant(self, stated: object) -> object:
        try:
            if isinstance(stated, tuple):
                return tuple(self._convert(each) for each in stated if each is not None)
            return None if stated is None or stated == "" else self._convert(cast("Cell", stated))
        except Wrong as wrong:
            return wrong

    def _wrapped(self, value: object) -> object:
        return (value,) if self._wraps and not isinstance(value, tuple | Wrong | None) else value


def _picked(parts: Sequence[Cell], number: int) -> Cell:
    at = number - 1 if number > 0 else number
    return parts[at] if -len(parts) <= at < len(parts) else None


def _no_list(cell: Cell, what: str) -> Wrong:
    cure = N_("Export it as plain values, or as a table of its own.")
    return Wrong(cell, Message(what), Message(cure))


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
                return _no_list(cell, N_("This is a list, not a value."))
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

"""Conversions: what a cell says, as the kind of value a field takes."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from functools import partial
from math import isfinite
from operator import attrgetter
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from graphcrm.errors import N_, Message
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.mapping import Notation, several

Convert = Callable[[Cell], object]
"""From what a cell says, which is never None or blank, to a field's value. Raises Wrong."""

_YES = frozenset(
    ("true", "yes", "y", "1", "x", "wahr", "ja", "vrai", "oui", "si", "sí", "是", "有", "对", "√", "✓")
)
_NO = frozenset(("false", "no", "n", "0", "falsch", "nein", "faux", "non", "否", "无", "不", "×", "✗"))
_SERIAL = re.compile(r"[2-6]\d{4}(\.\d+)?")
"""What a day looks like where a spreadsheet has lost that it is one: days since 1900."""


class Wrong(Exception):
    """A cell that cannot be what it should; ``what`` and ``cure`` are for people.

    ``item`` says which one, where a list is said item by item.
    """

    def __init__(self, value: object, what: Message, cure: Message, item: int | None = None) -> None:
        self.value, self.what, self.cure, self.item = value, what, cure, item
        super().__init__(str(what))


def types_of(model: type[BaseModel], field: str) -> frozenset[type]:
    """The plain types a field may be of, by its name in JSON; ``tuple`` stands for a list.

    >>> from graphcrm.records.seat import Seat
    >>> sorted(t.__name__ for t in types_of(Seat, "weight"))
    ['float']
    """
    info = next(i for n, i in model.model_fields.items() if (i.alias or n) == field)
    return frozenset(_types(info.annotation)) - {type(None)}


def item_types_of(model: type[BaseModel], field: str) -> frozenset[type]:
    """The plain types of the items of a field that is a list."""
    info = next(i for n, i in model.model_fields.items() if (i.alias or n) == field)
    return frozenset(_items(info.annotation))


def converter(types: frozenset[type], notation: Notation) -> Convert:
    """The conversion into a value of one of these types."""
    if datetime in types:
        return partial(_moment, notation=notation, days=date in types)
    if date in types:
        return partial(_day, notation=notation)
    number = bool(types & {int, float})
    if number and str in types:
        return partial(_number_or_word, notation=notation)
    if number:
        return partial(_number, notation=notation, whole=float not in types)
    return _yes_or_no if bool in types else text


def at_once(convert: Convert) -> Callable[[Sequence[str]], list[object] | None] | None:
    """The same conversion for many texts in one go, where there is one; it gives None where in doubt."""
    if convert is text:
        return list
    if isinstance(convert, partial) and convert.func is _moment and not convert.keywords["notation"].dates:
        return _iso_times
    return None


def _iso_times(words: Sequence[str]) -> list[object] | None:
    """Times that say their offset, in UTC."""
    try:
        found = list(map(datetime.fromisoformat, words))
        zones = set(map(attrgetter("tzinfo"), found))
        if None in zones:
            return None
        return list(found if zones == {UTC} else (moment.astimezone(UTC) for moment in found))
    except (ValueError, OverflowError):
        return None


def text(cell: Cell) -> str:
    """A cell as text: a whole number without decimals, a day as ISO, a list with commas."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        at_midnight = isinstance(cell, datetime) and cell.time() == time.min and cell.tzinfo is None
        return (cell.date() if at_midnight and isinstance(cell, datetime) else cell).isoformat()
    if isinstance(cell, list):
        return ", ".join("" if each is None else text(each) for each in cell)
    return str(cell)


def _types(annotation: object) -> list[type]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _types(get_args(annotation)[0])
    if origin in {Union, UnionType}:
        return [found for part in get_args(annotation) for found in _types(part)]
    if origin is Literal:
        return [type(value) for value in get_args(annotation)]
    if origin is tuple:
        return [tuple]
    return [annotation] if isinstance(annotation, type) else []


def _items(annotation: object) -> list[type]:
    if get_origin(annotation) is tuple:
        return _types(get_args(annotation)[0])
    return [found for part in get_args(annotation) for found in _items(part)]


def _day(cell: Cell, *, notation: Notation) -> date:
    found = _read_time(cell, notation, N_("This is not a date."))
    return found.date() if isinstance(found, datetime) else found


def _moment(cell: Cell, *, notation: Notation, days: bool) -> date | datetime:
    """A time in UTC; a day stays one where the field takes days."""
    found = _read_time(cell, notation, what := N_("This is neither a date nor a time."))
    if not isinstance(found, datetime):
        if days and notation.time is None:
            return found
        found = datetime.combine(found, time.fromisoformat(notation.time or "00:00"))
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(notation.time_zone) if notation.time_zone else UTC)
    try:
        return found.astimezone(UTC)
    except OverflowError:  # the first or the last day of the calendar
        raise Wrong(cell, Message(what), _cure(text(cell), notation)) from None


def _read_time(cell: Cell, notation: Notation, what: str) -> date | datetime:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        found = _by_format(cell, several(notation.dates)) if notation.dates else _iso(cell)
        if found is not None:
            return found
    raise Wrong(cell, Message(what), _cure(text(cell), notation))


def _by_format(words: str, formats: tuple[str, ...]) -> date | datetime | None:
    for each in formats:
        try:
            found = datetime.strptime(words, each)  # noqa: DTZ007 - the zone comes from the mapping
        except ValueError:
            continue
        return found if re.search("%[HIMScXfpz]", each) else found.date()
    return None


def _iso(words: str) -> date | datetime | None:
    for read in (date.fromisoformat, datetime.fromisoformat):
        with suppress(ValueError):
            return read(words)
    return None


def _cure(words: str, notation: Notation) -> Message:
    if _SERIAL.fullmatch(words):
        return Message(N_("It looks like a spreadsheet's number of a day: format the column as a date."))
    if notation.dates:
        return Message(
            N_("Write it as {formats}, or add its format to dates in the mapping."),
            {"formats": ", ".join(several(notation.dates))},
        )
    return Message(N_("Write it like 2026-06-30, or say dates in the mapping, such as %d.%m.%Y."))


def _number(cell: Cell, *, notation: Notation, whole: bool) -> float:
    if isinstance(cell, str):
        found = _numeral(cell, notation)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell):
        found = cell
    else:
        found = None
    if found is None:
        raise Wrong(
            cell,
            Message(N_("This is not a number.")),
            Message(
                N_("Write a plain number, like {example}; if decimals have another mark, state decimal."),
                {"example": f"1234{notation.decimal or '.'}5"},
            ),
        )
    if not whole:
        return found
    if found != int(found):
        raise Wrong(
            cell,
            Message(N_("This is not a whole number.")),
            Message(N_("Write a whole number, like 2.")),
        )
    return int(found)


def _numeral(words: str, notation: Notation) -> float | None:
    """The number a text is; None for none, or for one of several hundred digits."""
    match = _NUMERALS[notation.decimal or "."].fullmatch(words)
    if match is None:
        return None
    sign, digits, decimals, percent = (
        match["sign"],
        match["digits"] or "",
        match["decimals"] or "",
        match[5],
    )
    digits = "".join(filter(str.isdecimal, digits))
    if not digits + decimals or len(digits) > _MOST_DIGITS:
        return None
    # One step from the digits to the nearest number: 12.3 divided by 100 is a hair off 0.123.
    return float(f"{sign}{digits}.{decimals or 0}{'e-2' if percent else ''}")


def _numerals(mark: str, group: str) -> re.Pattern[str]:
    """Thousands are grouped by one mark all through, and do not begin with nothing: 0,125 is no 125."""
    grouped = rf"[1-9][0-9]{{0,2}}(?P<group>[{group}\s'’])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    return re.compile(
        rf"(?P<sign>[+-]?)(?P<digits>{grouped}|[0-9]+)?(?:[{mark}](?P<decimals>[0-9]*))?\s?(%?)"
    )


_NUMERALS = {".": _numerals(".", ","), ",": _numerals(",", ".")}
_MOST_DIGITS = 300


def _number_or_word(cell: Cell, *, notation: Notation) -> object:
    if isinstance(cell, str):
        found = _numeral(cell, notation)
        return cell if found is None else int(found) if found.is_integer() else found
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else text(cell)


def _yes_or_no(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = text(cell).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise Wrong(
        cell,
        Message(N_("This is neither yes nor no.")),
        Message(N_("Write yes or no, or translate the word with a map in the mapping.")),
    )

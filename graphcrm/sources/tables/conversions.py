"""Conversions: what a cell says, as the kind of value a field takes."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from operator import attrgetter
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from graphcrm.errors import N_, Message
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.mapping import Notation

Convert = Callable[[Cell], object]
"""From what a cell says, which is never None or blank, to a field's value. Raises Wrong."""

_YES = frozenset(("true", "yes", "y", "1", "x", "ja", "oui", "si", "sí", "是", "有", "对", "√", "✓"))
_NO = frozenset(("false", "no", "n", "0", "nein", "non", "否", "无", "不", "×", "✗"))
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
    except ValueError:
        return None
    zones = set(map(attrgetter("tzinfo"), found))
    if None in zones:
        return None
    return list(found if zones == {UTC} else (moment.astimezone(UTC) for moment in found))


def text(cell: Cell) -> str:
    """A cell as text: a whole number without decimals, a day as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        at_midnight = isinstance(cell, datetime) and cell.time() == time.min and cell.tzinfo is None
        return (cell.date() if at_midnight and isinstance(cell, datetime) else cell).isoformat()
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
    found = _read_time(cell, notation, N_("This is neither a date nor a time."))
    if not isinstance(found, datetime):
        if days and notation.time is None:
            return found
        found = datetime.combine(found, time.fromisoformat(notation.time or "00:00"))
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(notation.time_zone) if notation.time_zone else UTC)
    return found.astimezone(UTC)


def _read_time(cell: Cell, notation: Notation, what: str) -> date | datetime:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        found = _by_format(cell, _formats(notation)) if notation.dates else _iso(cell)
        if found is not None:
            return found
    raise Wrong(cell, Message(what), _cure(text(cell), notation))


def _formats(notation: Notation) -> tuple[str, ...]:
    return (notation.dates,) if isinstance(notation.dates, str) else notation.dates or ()


def _by_format(words: str, formats: tuple[str, ...]) -> date | datetime | None:
    for each in formats:
        try:
            found = datetime.strptime(words, each)  # noqa: DTZ007 - the zone comes from the mapping
        except ValueError:
            continue
        return found if re.search("%[HIMScXfpz]", each) else found.date()
    return None


def _iso(words: str) -> date | datetime | None:
    try:
        return (
            date.fromisoformat(words) if len(words) == len("2026-06-30") else datetime.fromisoformat(words)
        )
    except ValueError:
        return None


def _cure(words: str, notation: Notation) -> Message:
    if _SERIAL.fullmatch(words):
        return Message(N_("It looks like a spreadsheet's number of a day: format the column as a date."))
    if notation.dates:
        return Message(
            N_("Write it as {formats}, or add its format to dates in the mapping."),
            {"formats": ", ".join(_formats(notation))},
        )
    return Message(N_("Write it like 2026-06-30, or say dates in the mapping, such as %d.%m.%Y."))


def _number(cell: Cell, *, notation: Notation, whole: bool) -> float:
    if isinstance(cell, str):
        found = _numeral(cell, notation)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = cell
    else:
        found = None
    if found is None:
        raise Wrong(
            cell, Message(N_("This is not a number.")), Message(N_("Write a plain number, like 1234.5."))
        )
    if whole:
        if found != int(found):
            raise Wrong(
                cell,
                Message(N_("This is not a whole number.")),
                Message(N_("Write a whole number, like 2.")),
            )
        return int(found)
    return found


def _numeral(words: str, notation: Notation) -> float | None:
    mark = notation.decimal or "."
    group = "," if mark == "." else r"\."
    match = re.fullmatch(
        rf"([+-]?)(\d{{1,3}}(?:(?:{group}|[\s'’])\d{{3}})+|\d+)?(?:{re.escape(mark)}(\d*))?(%?)", words
    )
    if match is None or not (match[2] or match[3]):
        return None
    digits, decimals = re.sub(r"\D", "", match[2] or "0"), match[3]
    if not digits.isascii() or (decimals and not decimals.isascii()) or len(digits) > 300:  # noqa: PLR2004
        return None
    found = float(f"{match[1]}{digits}.{decimals}") if decimals else float(int(f"{match[1]}{digits}"))
    return found / 100 if match[4] else found


def _number_or_word(cell: Cell, *, notation: Notation) -> object:
    if isinstance(cell, str):
        found = _numeral(cell, notation)
        return cell if found is None else int(found) if found.is_integer() else found
    return cell if isinstance(cell, int | float) else text(cell)


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

"""Dates: the formats that all values of a column fit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from graphcrm.sources.tables.files.chunk import Cell

_DAYS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"),
    *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y"),
    *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y"),
    *("%b %d, %Y", "%B %d, %Y", "%b-%d-%Y"),
)
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %I:%M %p", "T%H:%M:%S")
_LIKELY = re.compile(
    r"\d{1,4}[-/.年\s]\s?\w{1,9}[-/.月,\s]\s?\d{1,4}|[A-Za-z]{3,9}[ -]\d{1,2},? \d{4}|(19|20)\d{6}"
)
_FEW = 100
"""So many values rule out most formats; the rest are tried on all."""

_MOST = 3


@dataclass(frozen=True)
class Dates:
    """How a column writes its dates: no formats where they are ISO or a spreadsheet's own.

    ``other`` are formats that fit all values as well, read as other days; ``timed`` says that values have a
    time of day, ``zoned`` that they say its offset; ``last`` is the latest day that is not in the future.
    """

    formats: tuple[str, ...]
    other: tuple[str, ...] = ()
    timed: bool = False
    zoned: bool = False
    last: date | None = None


def dates_in(cells: Sequence[Cell], today: date) -> Dates | None:
    """How these cells write dates; None where they do not. Empty cells are left out beforehand."""
    own = [cell for cell in cells if isinstance(cell, date)]
    words = list(dict.fromkeys(cell for cell in cells if isinstance(cell, str)))
    if not own and not words:
        return None
    if len(own) + sum(isinstance(cell, str) for cell in cells) < len(cells):
        return None
    if not words:
        timed = any(isinstance(cell, datetime) and cell.time() != datetime.min.time() for cell in own)
        return Dates((), timed=timed, last=_last(own, today))
    if not all(_LIKELY.match(word) for word in words):
        return None
    return _of_words(words, own, today)


def _of_words(words: Sequence[str], own: list[date], today: date) -> Dates | None:
    iso = [found for word in words if (found := _iso(word)) is not None]
    if len(iso) == len(words):
        timed = [each for each in iso if isinstance(each, datetime)]
        zoned = bool(timed) and all(each.tzinfo for each in timed)
        return Dates((), timed=bool(timed), zoned=zoned, last=_last([*own, *iso], today))
    fitting = [each for each in _formats() if _reads(each, words[0]) is not None]
    few = [each for each in fitting if all(_reads(each, word) is not None for word in words[:_FEW])]
    whole = [each for each in few if all(_reads(each, word) is not None for word in words[_FEW:])]
    if not whole:
        return _mixed(words, own, today)
    best = whole[0]
    days = {_reads(best, word) for word in words}
    other = tuple(each for each in whole[1:] if {_reads(each, word) for word in words} != days)
    last = _last([*own, *(day for day in days if day is not None)], today)
    return Dates((best,), other, timed=_timed(best), last=last)


def _mixed(words: Sequence[str], own: list[date], today: date) -> Dates | None:
    """Several formats in one column: the fewest that read all of it."""
    left, formats, found = list(words), list[str](), list[date](own)
    while left and len(formats) < _MOST:
        counts = {each: [w for w in left if _reads(each, w) is not None] for each in _formats()}
        best = max(counts, key=lambda each: len(counts[each]))
        if not counts[best]:
            return None
        formats.append(best)
        found.extend(day for word in counts[best] if (day := _reads(best, word)) is not None)
        left = [word for word in left if word not in set(counts[best])]
    if left:
        return None
    return Dates(tuple(formats), timed=any(map(_timed, formats)), last=_last(found, today))


def _formats() -> Iterator[str]:
    return (f"{day}{time}" for time, day in product(_TIMES, _DAYS))


def _reads(form: str, word: str) -> date | None:
    try:
        return datetime.strptime(word, form)  # noqa: DTZ007 - only the day matters here
    except ValueError:
        return None


def _iso(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if len(word) == len("2026-06-30") else _iso_time(word)
    except ValueError:
        return None


def _iso_time(word: str) -> date | None:
    # Python also takes 20260630 for ISO, but then a mapping would read numbers as days.
    return datetime.fromisoformat(word) if "-" in word[:8] else None


def _timed(form: str) -> bool:
    return "%H" in form or "%I" in form


def _last(days: Sequence[date], today: date) -> date | None:
    plain = [day.date() if isinstance(day, datetime) else day for day in days]
    return max((day for day in plain if day <= today), default=None)

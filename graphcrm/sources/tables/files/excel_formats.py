"""Excel formats: which numbers of a workbook are days, moments or times; a cell itself does not say."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum, auto

from graphcrm.errors import N_
from graphcrm.sources.tables.files.sound import Wrong


class Kind(Enum):
    """What a number format makes of a number."""

    NUMBER = auto()
    DAY = auto()
    MOMENT = auto()
    ELAPSED = auto()


_UNSAID: Mapping[int, Kind] = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), Kind.DAY),
    **dict.fromkeys((*range(18, 23), *range(32, 36), 45, 47, 55, 56), Kind.MOMENT),
    46: Kind.ELAPSED,
}
"""Formats that a workbook names by number only; 27 to 36 and 50 to 58 are those of East Asian Excel."""

_TEXT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_TIME = re.compile("[hs]|AM/PM", re.IGNORECASE)
_DAY = re.compile("[dmy]", re.IGNORECASE)

_LEAP_1900 = 60
_NEVER = Wrong(
    "1900-02-29", N_("Excel shows 1900-02-29, a day that never was."), N_("Write the day that is meant.")
)
_NO_DAY = (
    N_("This number is shown as a day, and is none."),
    N_("Write a date from 1900-01-01 on, or show the cell as a number."),
)


def kind_of(number: int, code: str | None) -> Kind:
    """What the number format of this number does, or the one its code describes.

    >>> kind_of(164, 'yyyy"年"m"月"'), kind_of(164, "0.00%"), kind_of(31, None)
    (<Kind.DAY: 2>, <Kind.NUMBER: 1>, <Kind.DAY: 2>)
    """
    if code is None:
        return _UNSAID.get(number, Kind.NUMBER)
    bare = _TEXT.sub("", code.split(";", 1)[0])
    if _ELAPSED.search(bare):
        return Kind.ELAPSED
    if _TIME.search(bare):
        return Kind.MOMENT
    return Kind.DAY if _DAY.search(bare) else Kind.NUMBER


def dated(serial: float, kind: Kind, epoch: datetime) -> date | str | Wrong:
    """The day, the moment or the time that Excel shows for a number; a time without a day is text.

    >>> dated(61, Kind.DAY, datetime(1899, 12, 30))
    datetime.date(1900, 3, 1)
    >>> dated(0.75, Kind.MOMENT, datetime(1899, 12, 30))
    '18:00:00'
    """
    try:
        span = timedelta(milliseconds=round(serial * 86_400_000))
        if kind is Kind.ELAPSED:
            return _clock(span)
        since_1900 = epoch.year < 1904  # noqa: PLR2004 - the other calendar of Excel begins then
        if since_1900 and int(serial) == _LEAP_1900:
            return _NEVER
        if serial < 0 or (since_1900 and serial < 1 and kind is Kind.DAY):
            return Wrong(serial, *_NO_DAY)
        if serial < 1 and kind is Kind.MOMENT:
            return _clock(span)
        if since_1900 and serial < _LEAP_1900:
            span += timedelta(days=1)
        moment = epoch + span
    except (OverflowError, ValueError):
        return Wrong(serial, *_NO_DAY)
    return moment.date() if kind is Kind.DAY and span % timedelta(days=1) == timedelta() else moment


def _clock(span: timedelta) -> str:
    """Hours, minutes and seconds.

    >>> _clock(timedelta(days=1, hours=2, seconds=3))
    '26:00:03'
    """
    seconds = round(span.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

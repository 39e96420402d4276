"""What every record shares: it is frozen, strict, refuses unknown keys, and knows when it was recorded."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, ClassVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from graphcrm.errors import N_

_WITHIN = r"[^\x00-\x1f\x7f-\x9f]"
_EDGE = r"[^\s\x00-\x1f\x7f-\x9f]"
ID_PATTERN = f"^{_EDGE}({_WITHIN}*{_EDGE})?$"
"""On one line, no blanks around it, nothing that steers a terminal."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=ID_PATTERN)]
Name = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Share = Annotated[float, Field(ge=0, le=1)]
Importance = Annotated[float, Field(ge=0, le=1_000_000)]
Money = Annotated[float, Field(ge=0, le=1e15)]
HIGHEST_LEVEL = 999
Level = Annotated[int, Field(ge=1, le=HIGHEST_LEVEL)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> object:
    """A day is written one way only; pydantic itself would read "1719705600" as seconds since 1970."""
    if isinstance(value, str):
        try:
            if _ISO_DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise PydanticCustomError("day", "not an ISO date")
    return value


def _moment(value: object) -> object:
    """A date stays a date; a time needs its offset and becomes UTC."""
    if isinstance(value, str):
        try:
            value = (
                date.fromisoformat(value) if _ISO_DAY.fullmatch(value) else datetime.fromisoformat(value)
            )
        except ValueError:
            raise PydanticCustomError("moment", "not an ISO date or time") from None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise PydanticCustomError("moment_naive", "a time without offset")
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise PydanticCustomError("moment", "not an ISO date or time") from None
    return value


def _time(value: object) -> object:
    moment = _moment(value)
    if isinstance(value, str) and not isinstance(moment, datetime):
        raise PydanticCustomError("moment_naive", "a time without offset")
    return moment


Day = Annotated[date, BeforeValidator(_day)]
"""A day, written as an ISO date."""

Moment = Annotated[date | datetime, BeforeValidator(_moment)]
"""A day, or a time with its offset (kept as UTC)."""

Time = Annotated[datetime, BeforeValidator(_time)]
"""A time with its offset, kept as UTC."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Days to review as of: time can be reckoned forth and back from them without leaving the calendar."""


def within_reach(day: date) -> bool:
    """Whether a review as of this day, or of what was known on it, can reckon around it.

    >>> within_reach(date(2026, 6, 30)), within_reach(date(1899, 12, 31))
    (True, False)
    """
    return FIRST_DAY <= day <= LAST_DAY


def instant(moment: date | datetime) -> datetime:
    """The moment as a UTC time; a day counts from its start."""
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time.min, UTC)


def end_of(day: date) -> datetime:
    """00:00 UTC of the day after: the moment a review as of this day looks from."""
    return instant(day) + timedelta(days=1)


class Record(BaseModel):
    """One known fact. ``kind`` is the list of a bundle it stands in."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    kind: ClassVar[str]

    recorded_at: Moment | None = Field(
        default=None, description=N_("When it was written down; a day, or a time with its offset.")
    )
    source: Name | None = Field(default=None, description=N_("Where it comes from."))
    by: Name | None = Field(default=None, description=N_("Who stated it."))
    evidence: str | tuple[str, ...] | None = Field(default=None, description=N_("What it rests on."))

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two records versions of one: here its id."""
        return (cast("str", getattr(self, "id")),)  # noqa: B009 - only kinds with an id inherit this

    def known_at(self, day: date | None) -> bool:
        """Whether it was recorded by the end of that day; without ``recorded_at`` it always was."""
        return day is None or self.recorded_at is None or instant(self.recorded_at) < end_of(day)


class Dated(Record):
    """A record that holds for a time: ``valid_from ≤ t < valid_to``, open ends allowed."""

    valid_from: Day | None = Field(
        default=None, description=N_("The first day on which it holds; absent if it always did.")
    )
    valid_to: Day | None = Field(
        default=None, description=N_("The first day on which it no longer holds; absent if it still does.")
    )

    def valid_at(self, day: date) -> bool:
        """Whether it holds on that day."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day < self.valid_to)


def part(value: object) -> str:
    """A part of a key: absent is empty, dates are ISO."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)

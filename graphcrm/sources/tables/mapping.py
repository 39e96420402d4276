"""Mapping: what the user says of their tables, and how rows become records.

A mapping is a YAML file with two parts: ``tables`` says how to read the files, ``records`` what their rows
mean. ``docs/mapping.md`` explains it by examples; ``graphcrm mapping schema`` prints its JSON Schema.
"""

import re
from datetime import datetime
from typing import Annotated, Literal, Self, TypeVar, cast
from warnings import catch_warnings, simplefilter
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from graphcrm.records.base import Day, Name

_T = TypeVar("_T")

Scalar = str | int | float | bool | None
"""A constant of a mapping; a date is a text."""

Text = Annotated[str, StringConstraints(min_length=1)]
Texts = Text | Annotated[tuple[Text, ...], Field(min_length=1)]
"""One text, or a list of them."""


def several(stated: _T | tuple[_T, ...]) -> tuple[_T, ...]:
    """What may be stated alone, always as a list.

    >>> several("orders.csv"), several(("a", "b"))
    (('orders.csv',), ('a', 'b'))
    """
    return cast("tuple[_T, ...]", stated) if isinstance(stated, tuple) else (stated,)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("time_zone", "no such time zone") from None
    return name


def _date_format(form: str) -> str:
    """One that reads a day: with a year, and what ``strptime`` knows."""
    try:
        datetime.strptime("", form)  # noqa: DTZ007 - nothing is read
    except ValueError as error:
        if "bad directive" in str(error) or "stray %" in str(error):
            raise PydanticCustomError("date_format", "no format") from None
    except re.error:  # one part of the date twice
        raise PydanticCustomError("date_format", "no format") from None
    if not re.search("%[YyGcx]", form):
        raise PydanticCustomError("date_format", "no year")
    return form


def _time_of_day(time: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", time):
        raise PydanticCustomError("time_of_day", "no time of day")
    return time


def _pattern(pattern: str) -> str:
    try:
        with catch_warnings():
            simplefilter("ignore")  # what may mean something else some day still means this today
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise PydanticCustomError("pattern", "no pattern", {"why": str(error)}) from None
    return pattern


TimeZone = Annotated[str, AfterValidator(_zone)]
DateFormat = Annotated[str, AfterValidator(_date_format)]


class Part(BaseModel):
    """A part of a mapping: frozen, and no key that means nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Notation(Part):
    """How values are written: for the whole mapping, a table, or one field."""

    dates: DateFormat | Annotated[tuple[DateFormat, ...], Field(min_length=1)] | None = Field(
        default=None, description="How dates are written, such as %d.%m.%Y, or a list of such formats."
    )
    time_zone: TimeZone | None = Field(
        default=None,
        description="The zone of times that do not say one, such as Europe/Berlin. UTC if absent.",
    )
    time: Annotated[str, AfterValidator(_time_of_day)] | None = Field(
        default=None,
        description="The time of day of what has a date only, such as 12:00. Midnight if absent.",
    )
    decimal: Literal[".", ","] | None = Field(
        default=None, description="The mark before decimals; the other one may group thousands."
    )
    empty: tuple[str, ...] | None = Field(
        default=None, description="Words that stand for an unknown value, such as NULL or n/a."
    )


class Value(Notation):
    """Where a field's value comes from, and what happens to it on the way, in the order of these keys."""

    column: Text | None = Field(
        default=None, description="The column. A joined table's is written table.column."
    )
    text: Text | None = Field(
        default=None,
        description="A text with columns in braces, such as {First} {Last}; unknown if one is empty.",
    )
    value: Scalar | tuple[Scalar, ...] = Field(default=None, description="A constant.")
    match: Annotated[Text, AfterValidator(_pattern)] | None = Field(
        default=None, description="A regular expression; its first group is kept, or the whole match."
    )
    split: Texts | None = Field(
        default=None, description="What stands between the items of a list, or between the parts of a name."
    )
    part: int | None = Field(
        default=None, description="Which part of what was split: 1 is the first, -1 the last."
    )
    map: dict[str, Scalar | tuple[Scalar, ...]] | None = Field(
        default=None, description="What words become. Upper and lower case are told apart."
    )
    otherwise: Scalar | Literal["keep"] = Field(
        default=None,
        description="What a word becomes that the map lacks; keep leaves it. A problem if absent.",
    )
    default: Scalar | tuple[Scalar, ...] = Field(
        default=None, description="What stands where nothing is known."
    )

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if len(self.model_fields_set & {"column", "text", "value"}) != 1:
            raise PydanticCustomError("one_origin", "not one of column, text and value")
        if self.part is not None and (self.split is None or self.part == 0):
            raise PydanticCustomError("part", "a part of nothing")
        if "otherwise" in self.model_fields_set and self.map is None:
            raise PydanticCustomError("otherwise", "otherwise without a map")
        if "" in (self.map or {}):
            raise PydanticCustomError("empty_word", "a map of nothing")
        return self


def _form(source: object) -> str:
    if isinstance(source, list | tuple):
        return "<list>"
    return "<value>" if isinstance(source, dict | Value) else "<column>"


# The tags are no keys of a mapping, so that no path of a problem leads astray.
_One = Annotated[Annotated[Text, Tag("<column>")] | Annotated[Value, Tag("<value>")], Discriminator(_form)]
Source = Annotated[
    Annotated[Text, Tag("<column>")]
    | Annotated[Value, Tag("<value>")]
    | Annotated[tuple[_One, ...], Field(min_length=1), Tag("<list>")],
    Discriminator(_form),
]
"""A column's name, a value said in full, or a list of both."""


class Join(Part):
    """Rows of another table beside those of this one, by key."""

    table: Text = Field(description="The other table; it has one row a key.")
    on: dict[str, Text] = Field(
        min_length=1, description="Columns of this table (or one joined before), each with its equal there."
    )
    missing: Literal["empty", "refuse"] = Field(
        default="empty", description="What a key without a row there means: unknown values, or a problem."
    )


class Table(Notation):
    """Files of one shape, read as one table."""

    files: Texts = Field(description="File names or patterns, such as orders-*.csv.")
    format: Literal["csv", "xlsx", "parquet", "jsonl"] | None = Field(
        default=None, description="What the files are; from their endings if absent."
    )
    separator: Text | None = Field(default=None, description="What stands between cells; found if absent.")
    quote: str | None = Field(default='"', description="What stands around cells; null for nothing.")
    encoding: Text | None = Field(default=None, description="Such as utf-8 or gb18030; found if absent.")
    header: Annotated[int, Field(ge=1)] | tuple[Text, ...] = Field(
        default=1, description="The row with the names of the columns, or the names where no row has them."
    )
    sheet: Text | None = Field(default=None, description="The sheet of a workbook.")


class Entry(Part):
    """One kind of record, made from the rows of one table."""

    kind: Text = Field(description="The kind of record.")
    table: Text = Field(alias="from", description="The table whose rows they are.")
    complete: bool = Field(
        default=False,
        description="Whether this is all there is: what the same source no longer states is retired.",
    )
    repeats: Literal["refuse", "first", "last"] = Field(
        default="refuse",
        description="What holds where rows state a record with different values; equal rows are one.",
    )
    join: tuple[Join, ...] = Field(default=(), description="Other tables' rows beside this one's.")
    where: dict[Text, Scalar | tuple[Scalar, ...]] = Field(
        default={}, description="Only rows whose columns have these values; an empty text is an empty cell."
    )
    unless: dict[Text, Scalar | tuple[Scalar, ...]] = Field(
        default={}, description="Not the rows whose columns have these values."
    )
    fields: dict[str, Source] = Field(description="The record's fields, and where their values come from.")


class Mapping(Notation):
    """A whole mapping."""

    source: Name | None = Field(
        default=None, description="Where these facts come from; one name, import after import."
    )
    as_of: Day | None = Field(
        default=None, description="The day the tables show; --as-of says it anew. Today if absent."
    )
    tables: dict[Text, Table] = Field(min_length=1, description="The tables, by a name for this mapping.")
    records: tuple[Entry, ...] = Field(min_length=1, description="What the rows mean.")

    @property
    def complete(self) -> tuple[str, ...]:
        """The kinds of which this is all there is."""
        return tuple(dict.fromkeys(entry.kind for entry in self.records if entry.complete))

"""Facts as plain columns: the log is walked once for each group of kinds, and no record is made."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, get_args

from graphcrm.records.bundle import RECORDS
from graphcrm.records.columns import Columns, Wanted, defaults
from graphcrm.store.neo4j.connection import Connection

STEP = 1_000
"""Versions of the log in one row."""

AHEAD = 100
"""Rows asked for at once: the server finds the next ones while the last are worked on."""

WITHOUT_SECONDS = len("2026-06-30T08:00Z")


def columns_of_log(
    connection: Connection, wanted: Sequence[Wanted], days: Mapping[str, Any]
) -> Iterator[Columns]:
    """The columns of the kinds wanted, of the versions that ``days``, the parameters, make count."""
    for number, kinds in enumerate(wanted):
        fields = {kind: list(names) for kind, names in kinds.items()}
        for upto, kind, records in connection.stream(
            "columns", ahead=AHEAD, fields=fields, step=STEP, **days
        ):
            done = (number + min(1.0, upto / days["last"])) / len(wanted)
            columns = zip(fields[kind], zip(*records, strict=True), strict=True)
            yield Columns(kind, {name: _as_in_json(kind, name, column) for name, column in columns}, done)


def _as_in_json(kind: str, field: str, column: Sequence[Any]) -> Sequence[Any]:
    """A column as a bundle's JSON has it; what is absent has its default."""
    if _may_be_a_time(kind, field):
        column = [text and _in_full(text) for text in column]
    default = defaults(kind, (field,)).get(field)
    return column if default is None else [default if value is None else value for value in column]


def _in_full(text: str) -> str:
    """A time with its seconds, and six digits behind them or none; a day as it is.

    >>> _in_full("2026-06-30"), _in_full("2026-06-30T08:00Z"), _in_full("2026-06-30T08:00:01.500Z")
    ('2026-06-30', '2026-06-30T08:00:00Z', '2026-06-30T08:00:01.500000Z')
    """
    if len(text) == WITHOUT_SECONDS:
        return f"{text[:-1]}:00Z"
    if text[-5:-4] == ".":
        return f"{text[:-1]}000Z"
    return text


@cache
def _may_be_a_time(kind: str, field: str) -> bool:
    infos = RECORDS[kind].model_fields
    return any(
        _holds_times(info.annotation) for name, info in infos.items() if (info.alias or name) == field
    )


def _holds_times(annotation: object) -> bool:
    return annotation is datetime or any(map(_holds_times, get_args(annotation)))

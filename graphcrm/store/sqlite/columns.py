"""Facts as plain columns: SQLite joins bodies, one parse reads a thousand, and no record is made."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from graphcrm.records.columns import Columns, Wanted, defaults
from graphcrm.store.sqlite.connection import readable

AT_ONCE = 1_000
"""Versions read at once: so few that what they are parsed into is gone before it costs a collection."""

# Nearly every record has one version. Those that have more are found by the index alone.
_REVISED = (
    """
    CREATE TEMP TABLE revised AS
    SELECT kind, key, ordinal, min(seq) AS place FROM version
    GROUP BY kind, key, ordinal HAVING count(*) > 1
    """,
    "CREATE TEMP TABLE superseded (seq INTEGER PRIMARY KEY)",
    """
    INSERT INTO superseded
    SELECT version.seq FROM revised JOIN version USING (kind, key, ordinal)
    """,
    "CREATE TEMP TABLE standing (place INTEGER PRIMARY KEY, seq INTEGER)",
)

# As in reading.py: a retirement after the day asked for is as if it were not there.
_STANDING = """
    INSERT INTO standing
    SELECT place, (
        SELECT max(seq) FROM version
        WHERE version.kind = revised.kind AND version.key = revised.key
        AND version.ordinal = revised.ordinal
        AND (known_from IS NULL OR known_from <= :known_at)
        AND (retired_on IS NULL OR retired_on <= :as_of)
    ) AS shown
    FROM revised WHERE shown IS NOT NULL
"""

# ``+`` keeps SQLite from walking the index, which is in another order than the table.
_BODIES = """
    SELECT kind, group_concat(place || ',' || body, ',') FROM (
        SELECT kind, seq AS place, body FROM version
        WHERE seq BETWEEN :first AND :last AND +kind IN ({kinds})
        AND retired_on IS NULL AND (known_from IS NULL OR known_from <= :known_at)
        AND seq NOT IN (SELECT seq FROM superseded)
        UNION ALL
        SELECT kind, place, body FROM standing JOIN version USING (seq)
        WHERE place BETWEEN :first AND :last AND kind IN ({kinds}) AND retired_on IS NULL
    ) GROUP BY kind
"""


def columns(
    db: sqlite3.Connection, path: Path, wanted: Sequence[Wanted], as_of: date, known_at: date | None
) -> Iterator[Columns]:
    """The columns of the kinds wanted, inside the caller's transaction: the store is walked once for each.

    What is not asked for is passed over, which costs little beside reading it.
    """
    days = {"as_of": as_of.isoformat(), "known_at": (known_at or date.max).isoformat()}
    for statement in _REVISED:
        db.execute(statement)
    db.execute(_STANDING, days)
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM version").fetchone()
    for number, fields in enumerate(wanted):
        names = {f"kind{n}": kind for n, kind in enumerate(fields)}
        bodies = _BODIES.format(kinds=", ".join(f":{name}" for name in names))
        for first in range(1, last + 1, AT_ONCE):
            stretch = {"first": first, "last": min(first + AT_ONCE - 1, last)}
            done = (number + stretch["last"] / last) / len(wanted)
            for kind, joined in db.execute(bodies, {**days, **names, **stretch}):
                yield Columns(kind, _values(joined, path, kind, fields[kind]), done)


def _values(joined: str, path: Path, kind: str, fields: tuple[str, ...]) -> dict[str, list[Any]]:
    """Places and bodies in turn as columns of bodies, in the order of their places."""
    with readable(path):
        stated = from_json(f"[{joined}]", cache_strings="keys")
        places, bodies = stated[::2], stated[1::2]
        if places != sorted(places):
            bodies = [body for _, body in sorted(zip(places, bodies, strict=True), key=itemgetter(0))]
        absent = defaults(kind, fields)
        return {
            field: [body.get(field, absent[field]) for body in bodies]
            if field in absent
            else [body[field] for body in bodies]
            for field in fields
        }

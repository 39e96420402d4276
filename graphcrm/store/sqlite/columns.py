"""Facts as plain columns: SQLite joins bodies, one parse reads a thousand, and no record is made."""

import sqlite3
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache, partial
from itertools import islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

import msgspec

from graphcrm.records.columns import Columns, Wanted, defaults
from graphcrm.store.sqlite.connection import readable
from graphcrm.store.sqlite.reading import last_version

AT_ONCE = 1_000
"""Versions read at once: so few that what they are parsed into stays in the cache."""

AHEAD = 16
"""Stretches that are read ahead."""

Stretch = tuple[int, int]
"""The first and the last version of a part of the log."""
Row = tuple[str, str | None, str | None]
"""A kind, the joined places of its records if they may be out of order, and their joined bodies."""

# What every import but the first states is looked through, for the first supersedes nothing.
_LATER = """
    SELECT import > (SELECT min(id) FROM import) FROM version WHERE seq >= ? ORDER BY seq LIMIT 1
"""

# Nearly every record has one version. A later one is always known from some day: see importing.py.
_REVISED = (
    """
    CREATE TEMP TABLE revised AS
    SELECT kind, key, ordinal, min(first.seq) AS place
    FROM version later NOT INDEXED CROSS JOIN version first USING (kind, key, ordinal)
    WHERE later.seq >= :second AND later.known_from IS NOT NULL AND first.seq < later.seq
    GROUP BY kind, key, ordinal
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
        AND seq <= :upto
        AND (known_from IS NULL OR known_from <= :known_at)
        AND (retired_on IS NULL OR retired_on <= :as_of)
    ) AS shown
    FROM revised WHERE shown IS NOT NULL
"""

# The index is a fifth of the table, and kinds lie together.
_STRETCHES = """
    SELECT DISTINCT (seq - 1) / :at_once FROM version INDEXED BY version_key
    WHERE seq <= :last AND kind IN ({kinds}) ORDER BY 1
"""

# ``+`` keeps SQLite from walking the index, which is in another order than the table.
_STATED = """
    SELECT kind, seq AS place, body FROM version
    WHERE seq BETWEEN :first AND :last AND +kind IN ({kinds})
    AND retired_on IS NULL AND (known_from IS NULL OR known_from <= :known_at)
"""

_STATED_AGAIN = """
    AND seq NOT IN (SELECT seq FROM superseded)
    UNION ALL
    SELECT kind, place, body FROM standing JOIN version USING (seq)
    WHERE place BETWEEN :first AND :last AND kind IN ({kinds}) AND retired_on IS NULL
"""


def columns(
    db: sqlite3.Connection,
    path: Path,
    wanted: Sequence[Wanted],
    *,
    as_of: date,
    known_at: date | None,
    upto: int | None,
) -> Iterator[Columns]:
    """The columns of the kinds wanted, inside the caller's transaction: for each, what holds it is read."""
    days = {"as_of": as_of.isoformat(), "known_at": (known_at or date.max).isoformat()}
    last = last_version(db) if upto is None else min(upto, last_version(db))
    for statement in _REVISED:
        db.execute(statement, {"second": _second_import(db, last)})
    db.execute(_STANDING, {**days, "upto": last})
    (revised,) = db.execute("SELECT EXISTS (SELECT 1 FROM revised)").fetchone()
    for number, fields in enumerate(wanted):
        names = {f"kind{n}": kind for n, kind in enumerate(fields)}
        stretches = _stretches(db, names, last)
        read = partial(_read, db, _bodies(tuple(names), revised=revised), {**days, **names})
        for place, found in enumerate(_read_ahead(read, stretches), start=1):
            done = (number + place / len(stretches)) / len(wanted)
            for kind, places, bodies in found:
                if bodies is not None:
                    with readable(path):
                        values = _values(kind, fields[kind], places, bodies)
                    yield Columns(kind, values, done)


def _second_import(db: sqlite3.Connection, last: int) -> int:
    """The first version that an import after the first one stated; behind the last, if there is none."""

    def later(seq: int) -> bool:
        (is_later,) = db.execute(_LATER, (seq,)).fetchone()
        return bool(is_later)

    return 1 + bisect_left(range(1, last + 1), True, key=later)


def _stretches(db: sqlite3.Connection, names: Mapping[str, str], last: int) -> list[Stretch]:
    """The parts of the log that hold some of these kinds, in order."""
    found = db.execute(
        _STRETCHES.format(kinds=_parameters(names)), {**names, "last": last, "at_once": AT_ONCE}
    )
    return [(AT_ONCE * n + 1, min(AT_ONCE * (n + 1), last)) for (n,) in found]


def _parameters(names: Iterable[str]) -> str:
    return ", ".join(f":{name}" for name in names)


def _read(db: sqlite3.Connection, bodies: str, values: dict[str, str], stretch: Stretch) -> list[Row]:
    return db.execute(bodies, {**values, "first": stretch[0], "last": stretch[1]}).fetchall()


def _read_ahead(read: Callable[[Stretch], list[Row]], stretches: Iterable[Stretch]) -> Iterator[list[Row]]:
    """What each stretch holds. The next are read while one is worked on: SQLite needs no Python then."""
    todo = iter(stretches)
    with ThreadPoolExecutor(1) as reader:
        coming = deque(reader.submit(read, stretch) for stretch in islice(todo, AHEAD))
        while coming:
            found = coming.popleft().result()
            coming.extend(reader.submit(read, stretch) for stretch in islice(todo, 1))
            yield found


def _bodies(names: Sequence[str], *, revised: bool) -> str:
    """The statement that joins the bodies of a stretch; and their places, if they may be out of order."""
    stated = (_STATED + (_STATED_AGAIN if revised else "")).format(kinds=_parameters(names))
    places = "group_concat(place, ',')" if revised else "NULL"
    by_kind = "GROUP BY kind" if len(names) > 1 else ""
    return f"SELECT kind, {places}, group_concat(body, ',') FROM ({stated}) {by_kind}"  # noqa: S608


def _values(kind: str, fields: tuple[str, ...], places: str | None, bodies: str) -> dict[str, list[Any]]:
    """Joined bodies as columns, in the order of their places."""
    try:
        stated = _decoder(kind, fields).decode(f"[{bodies}]")
    except msgspec.DecodeError as error:  # in older ones it is no ValueError
        raise ValueError(*error.args) from error
    if places is not None:
        placed = zip(map(int, places.split(",")), stated, strict=True)
        stated = [row for _, row in sorted(placed, key=itemgetter(0))]
    return {
        field: list(map(attrgetter(name), stated))
        for field, name in zip(fields, _names(fields), strict=True)
    }


@cache
def _decoder(kind: str, fields: tuple[str, ...]) -> msgspec.json.Decoder[list[Any]]:
    """What reads a list of records of a kind, of each only these fields: half the time of dictionaries."""
    absent = defaults(kind, fields)
    names = dict(zip(fields, _names(fields), strict=True))
    struct = msgspec.defstruct(
        kind,
        [(names[f], Any, absent[f]) if f in absent else (names[f], Any) for f in fields],
        rename={name: field for field, name in names.items()},
        kw_only=True,
        gc=False,
    )
    return msgspec.json.Decoder(list[struct])  # type: ignore[valid-type]


def _names(fields: Iterable[str]) -> list[str]:
    """What fields are called in Python, where ``from`` is no name."""
    return [f"{field}_" for field in fields]

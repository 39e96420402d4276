"""Bringing a bundle in: it is laid beside what is stored and compared as a whole, not record by record."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import ImportSummary, KindChange, Known
from graphcrm.store.sqlite.reading import IN_FORCE, known
from graphcrm.store.versions import as_text, refuse_what_cannot_be_complete, statements_of

_TABLES = (
    """
    CREATE TEMP TABLE incoming (
        position INTEGER PRIMARY KEY,
        kind TEXT, key TEXT, ordinal INTEGER, id TEXT, source TEXT, recorded_on TEXT, body TEXT
    )
    """,
    """
    CREATE TEMP TABLE compared (
        position INTEGER PRIMARY KEY,
        kind TEXT,
        change TEXT,
        superseded INTEGER           -- the seq of the version stored so far
    )
    """,
    "CREATE TEMP TABLE retired (seq INTEGER PRIMARY KEY, kind TEXT)",
)

_COMPARE = """
    INSERT INTO compared
    SELECT
        incoming.position,
        incoming.kind,
        CASE
            WHEN latest.seq IS NULL THEN 'new'
            WHEN latest.body = incoming.body THEN 'unchanged'
            ELSE 'changed'
        END,
        latest.seq
    FROM incoming LEFT JOIN version latest ON latest.seq = (
        SELECT max(seq) FROM version
        WHERE version.kind = incoming.kind AND version.key = incoming.key
        AND version.ordinal = incoming.ordinal
    )
"""

_RETIRE = f"""
    INSERT INTO retired
    SELECT seq, kind FROM version
    WHERE kind = ? AND source = ? AND {IN_FORCE} AND seq NOT IN (
        SELECT superseded FROM compared WHERE superseded IS NOT NULL
    )
"""  # noqa: S608 - constants only

_STATE = """
    INSERT INTO version (import, kind, key, ordinal, id, source, known_from, body)
    SELECT
        :import, kind, key, ordinal, id, source,
        coalesce(recorded_on, CASE change WHEN 'changed' THEN :today END),
        body
    FROM incoming JOIN compared USING (position, kind)
    WHERE change <> 'unchanged'
    ORDER BY position
"""

_STATE_RETIRED = """
    INSERT INTO version (import, kind, key, ordinal, id, source, known_from, retired_on)
    SELECT :import, kind, key, ordinal, id, source, :today, :as_of
    FROM version JOIN retired USING (seq, kind)
    ORDER BY seq
"""


def import_bundle(
    db: sqlite3.Connection,
    path: Path,
    bundle: Bundle,
    *,
    name: str,
    at: datetime,
    check: Callable[[Known], None],
) -> ImportSummary:
    """Bring the bundle in, inside the caller's transaction."""
    refuse_what_cannot_be_complete(bundle)
    _compare(db, bundle)
    summary = ImportSummary(name, _changes(db))
    before = latest_as_of(db)
    as_of = bundle.as_of if before is None else max(before, bundle.as_of)
    if summary.changed or as_of != before:
        _write(db, bundle, name, at)
    for table in ("incoming", "compared", "retired"):
        db.execute(f"DROP TABLE temp.{table}")
    check(known(db, path, as_of))
    return summary


def latest_as_of(db: sqlite3.Connection) -> date | None:
    """The latest ``as_of`` of any import."""
    (day,) = db.execute("SELECT max(as_of) FROM import").fetchone()
    return day and date.fromisoformat(day)


def _compare(db: sqlite3.Connection, bundle: Bundle) -> None:
    """Fill the temporary tables: what comes in, how it compares, what is not stated any more."""
    for table in _TABLES:
        db.execute(table)
    db.executemany("INSERT INTO incoming VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _rows(bundle))
    db.execute(_COMPARE)
    for kind in dict.fromkeys(bundle.complete):
        db.execute(_RETIRE, (kind, bundle.source))


def _rows(bundle: Bundle) -> Iterator[tuple[object, ...]]:
    for position, (record, ordinal, id_, source, recorded_on, body) in enumerate(statements_of(bundle)):
        key = json.dumps(record.key, ensure_ascii=False)
        day = recorded_on and recorded_on.isoformat()
        yield (position, record.kind, key, ordinal, id_, source, day, body)


def _changes(db: sqlite3.Connection) -> dict[str, KindChange]:
    """How many records an import touches, by kind, in the order of ``RECORDS``."""
    counts: dict[str, dict[str, int]] = {kind: {} for kind in RECORDS}
    for kind, change, count in db.execute(
        "SELECT kind, change, count(*) FROM compared GROUP BY kind, change"
        " UNION ALL SELECT kind, 'retired', count(*) FROM retired GROUP BY kind"
    ):
        counts[kind][change] = count
    return {kind: KindChange(**of_kind) for kind, of_kind in counts.items() if of_kind}


def _write(db: sqlite3.Connection, bundle: Bundle, name: str, at: datetime) -> None:
    time = at.astimezone(UTC)
    as_of = bundle.as_of.isoformat()
    number = db.execute(
        "INSERT INTO import (name, source, as_of, at) VALUES (?, ?, ?, ?)",
        (as_text(name), bundle.source, as_of, time.isoformat()),
    ).lastrowid
    parameters = {"import": number, "today": time.date().isoformat(), "as_of": as_of}
    db.execute(_STATE, parameters)
    db.execute(_STATE_RETIRED, parameters)

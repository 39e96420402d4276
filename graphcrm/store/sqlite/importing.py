"""Bringing facts in: they are laid beside what is stored some thousands at a time, in one transaction."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice, repeat
from operator import itemgetter
from pathlib import Path

from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.interaction import Interaction
from graphcrm.records.store_state import ImportSummary, KindChange, Known
from graphcrm.records.stream import Batch, Stream
from graphcrm.store.sqlite.reading import IN_FORCE, known, last_version
from graphcrm.store.versions import Restated, as_text, refuse_what_cannot_be_complete, statements_of

AT_ONCE = 5_000
"""Statements laid beside the store at once: their keys stay in the cache."""

_TABLES = (
    """
    CREATE TEMP TABLE incoming (
        position INTEGER PRIMARY KEY,
        kind TEXT, key TEXT, ordinal INTEGER, id TEXT, source TEXT, recorded_on TEXT, body TEXT
    )
    """,
    """
    CREATE TEMP TABLE compared (      -- what is not new
        position INTEGER PRIMARY KEY,
        kind TEXT,
        change TEXT,
        earlier INTEGER               -- the seq of the latest version so far
    )
    """,
    "CREATE TEMP TABLE stated (seq INTEGER PRIMARY KEY)",  # earlier versions that this import states again
    "CREATE TEMP TABLE retired (seq INTEGER PRIMARY KEY, kind TEXT)",
)

# What this import has stated before is a version of its own, or an earlier one that it left as it was.
_COMPARE = """
    INSERT INTO compared
    SELECT
        incoming.position,
        incoming.kind,
        CASE
            WHEN latest.import = :import OR latest.seq IN (SELECT seq FROM stated)
                THEN CASE WHEN latest.body = incoming.body THEN 'repeated' ELSE 'restated' END
            WHEN latest.body = incoming.body THEN 'unchanged'
            ELSE 'changed'
        END,
        latest.seq
    FROM incoming JOIN version latest ON latest.seq = (
        SELECT max(seq) FROM version
        WHERE version.kind = incoming.kind AND version.key = incoming.key
        AND version.ordinal = incoming.ordinal
    )
"""

_STATE = """
    INSERT INTO version (import, kind, key, ordinal, id, source, known_from, body)
    SELECT
        :import, kind, key, ordinal, id, source,
        coalesce(recorded_on, CASE change WHEN 'changed' THEN :today END),
        body
    FROM incoming LEFT JOIN compared USING (position, kind)
    WHERE change IS NULL OR change = 'changed'
    ORDER BY position
"""

_NOTE = "INSERT INTO stated SELECT earlier FROM compared WHERE change = 'unchanged'"

_COUNT = "SELECT kind, change, count(*) FROM compared GROUP BY kind, change"

_RESTATED = "SELECT position FROM compared WHERE change = 'restated' ORDER BY position"

_COUNT_RETIRED = "SELECT kind, count(*) FROM retired GROUP BY kind"

_RETIRE = f"""
    INSERT INTO retired
    SELECT seq, kind FROM version
    WHERE kind = :kind AND source = :source AND {IN_FORCE}
    AND import <> :import AND seq NOT IN (SELECT seq FROM stated)
"""  # noqa: S608 - constants only

_STATE_RETIRED = """
    INSERT INTO version (import, kind, key, ordinal, id, source, known_from, retired_on)
    SELECT :import, kind, key, ordinal, id, source, :today, :as_of
    FROM version JOIN retired USING (seq, kind)
    ORDER BY seq
"""

# In the order of the index, which is then gone through once however large it is.
_REFER = """
    INSERT OR IGNORE INTO reference
    SELECT target, seq FROM pointing WHERE seq > :last ORDER BY target, seq
"""

Row = tuple[str, str, int, str | None, str | None, str | None, str]
"""Kind, key, ordinal, id, source, recorded on, body."""


def import_bundle(
    db: sqlite3.Connection,
    path: Path,
    bundle: Bundle,
    *,
    name: str,
    at: datetime,
    check: Callable[[Known], None],
    stream: Stream | None,
) -> ImportSummary:
    """Bring the bundle and the stream in, inside the caller's transaction."""
    refuse_what_cannot_be_complete(bundle)
    before = latest_as_of(db)
    as_of = bundle.as_of if before is None else max(before, bundle.as_of)
    running = _Import(db, bundle, name, at)
    running.state(stream)
    running.retire()
    summary = ImportSummary(name, running.changes())
    running.close(keep=summary.changed or as_of != before)
    check(running.restated.beside(known(db, path, as_of)))
    running.refer()
    return summary


def latest_as_of(db: sqlite3.Connection) -> date | None:
    """The latest ``as_of`` of any import."""
    (day,) = db.execute("SELECT max(as_of) FROM import").fetchone()
    return day and date.fromisoformat(day)


class _Import:
    """One import on its way in: its number, what it has counted, and its temporary tables."""

    def __init__(self, db: sqlite3.Connection, bundle: Bundle, name: str, at: datetime) -> None:
        self._db = db
        self._bundle = bundle
        self._counts: Counter[tuple[str, str]] = Counter()
        self.restated = Restated()
        db.execute("SAVEPOINT import")
        for table in _TABLES:
            db.execute(table)
        time, as_of = at.astimezone(UTC), bundle.as_of.isoformat()
        number = db.execute(
            "INSERT INTO import (name, source, as_of, at) VALUES (?, ?, ?, ?)",
            (as_text(name), bundle.source, as_of, time.isoformat()),
        ).lastrowid
        self._parameters = {"import": number, "today": time.date().isoformat(), "as_of": as_of}
        self._last = last_version(db)

    def state(self, stream: Stream | None) -> None:
        """Write what is new or changed, and remember what is stated as it was."""
        rows = _rows(self._bundle)
        while some := list(islice(rows, AT_ONCE)):
            self._lay_beside(some)
        for batch in stream.batches() if stream else ():
            self._lay_beside(_rows_of(batch, self._bundle.source))
            restated = self._db.execute(_RESTATED)
            self.restated.add(batch, (position - 1 for (position,) in restated))

    def retire(self) -> None:
        """Retire what is not stated any more, of the kinds the bundle is complete in."""
        for kind in dict.fromkeys(self._bundle.complete):
            self._db.execute(_RETIRE, {**self._parameters, "kind": kind, "source": self._bundle.source})
        self._db.execute(_STATE_RETIRED, self._parameters)
        for kind, count in self._db.execute(_COUNT_RETIRED):
            self._counts[kind, "retired"] = count

    def refer(self) -> None:
        """Keep what the new versions point at."""
        self._db.execute(_REFER, {"last": self._last})

    def changes(self) -> dict[str, KindChange]:
        """How many records were touched, by kind, in the order of ``RECORDS``."""
        touched = ("new", "changed", "unchanged", "retired")
        counts = {kind: {t: n for t in touched if (n := self._counts[kind, t])} for kind in RECORDS}
        return {kind: KindChange(**of_kind) for kind, of_kind in counts.items() if of_kind}

    def close(self, *, keep: bool) -> None:
        """Drop the temporary tables; of an import that brought nothing, everything is as if never begun."""
        if keep:
            for table in ("incoming", "compared", "stated", "retired"):
                self._db.execute(f"DROP TABLE temp.{table}")
        else:
            self._db.execute("ROLLBACK TO import")
        self._db.execute("RELEASE import")

    def _lay_beside(self, rows: Sequence[Row]) -> None:
        db = self._db
        db.execute("DELETE FROM incoming")
        db.execute("DELETE FROM compared")
        db.executemany(
            "INSERT INTO incoming (kind, key, ordinal, id, source, recorded_on, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        db.execute(_COMPARE, self._parameters)
        db.execute(_STATE, self._parameters)
        db.execute(_NOTE)
        for kind, count in Counter(map(itemgetter(0), rows)).items():
            self._counts[kind, "new"] += count
        for kind, change, count in db.execute(_COUNT):
            self._counts[kind, change] += count
            self._counts[kind, "new"] -= count


_TEXT = json.JSONEncoder(ensure_ascii=False).encode


def _rows(bundle: Bundle) -> Iterator[Row]:
    for record, ordinal, id_, source, recorded_on, body in statements_of(bundle):
        key = json.dumps(record.key, ensure_ascii=False)
        day = recorded_on.isoformat() if recorded_on else None
        yield record.kind, key, ordinal, id_, source, day, body


def _rows_of(batch: Batch, source: str | None) -> list[Row]:
    keys = (f"[{text}]" for text in map(_TEXT, batch.ids))
    sources = [own or source for own in batch.sources]
    kinds, ordinals = repeat(Interaction.kind), repeat(0)
    columns = (kinds, keys, ordinals, batch.ids, sources, batch.recorded_on, batch.bodies)
    return list(zip(*columns, strict=False))

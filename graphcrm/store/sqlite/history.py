"""The whole history of a SQLite store: read some thousand rows at a time, and taken in at once."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from graphcrm.errors import N_, StoreError
from graphcrm.ports.history import History, Progress
from graphcrm.records.history import NOTHING, AuditRow, Extent, ImportRow, ReviewRow, VersionRow
from graphcrm.store.shares import Share
from graphcrm.store.sqlite.connection import readable

R = TypeVar("R", ImportRow, VersionRow, AuditRow)

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Opens a transaction that reads."""

Row = tuple[Any, ...]
"""What SQLite gives."""

ROWS_AT_ONCE = 5_000
REVIEWS_AT_ONCE = 200
"""Each is as large as some twenty versions."""

_EXTENT = """
    SELECT (SELECT count(*) FROM import), (SELECT coalesce(max(seq), 0) FROM version),
        (SELECT count(*) FROM audit), (SELECT count(*) FROM audit_review), (SELECT max(as_of) FROM import)
"""

_IMPORTS = "SELECT id, name, source, as_of, at FROM import WHERE id > ? AND id <= ? ORDER BY id"

# Only a first version may be known from no day: see importing.py.
_VERSIONS = """
    SELECT seq, import, kind, key, ordinal, id, source, known_from, retired_on,
        CASE WHEN known_from IS NOT NULL THEN (
            SELECT max(earlier.seq) FROM version earlier
            WHERE earlier.kind = version.kind AND earlier.key = version.key
            AND earlier.ordinal = version.ordinal AND earlier.seq < version.seq
        ) END,
        body
    FROM version WHERE seq > ? AND seq <= ? ORDER BY seq
"""

_AUDITS = """
    SELECT id, run_at, as_of, known_at, policy,
        (SELECT count(*) FROM audit_review WHERE audit_id = audit.id),
        policy_pack
    FROM audit WHERE id > ? AND id <= ? ORDER BY id
"""

_REVIEWS = """
    SELECT audit_id, position, account, body FROM audit_review
    WHERE (audit_id, position) > (?, ?) AND audit_id <= ? ORDER BY audit_id, position LIMIT ?
"""

_TAKE_IMPORT = "INSERT INTO import (id, name, source, as_of, at) VALUES (?, ?, ?, ?, ?)"

_TAKE_VERSION = """
    INSERT INTO version (seq, import, kind, key, ordinal, id, source, known_from, retired_on, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_TAKE_AUDIT = """
    INSERT INTO audit (id, run_at, as_of, known_at, policy, policy_pack) VALUES (?, ?, ?, ?, ?, ?)
"""

_TAKE_REVIEW = "INSERT INTO audit_review (audit_id, position, account, body) VALUES (?, ?, ?, ?)"

_INDICES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'version'"

_REFER = "INSERT OR IGNORE INTO reference SELECT target, seq FROM pointing ORDER BY target, seq"


class SqliteHistory:
    """What was in the store when this was made; see ``graphcrm.ports.history.History``."""

    def __init__(self, reading: Reading, path: Path) -> None:
        self._reading = reading
        self._path = path
        with reading() as db:
            self.extent = extent_of(db)

    def imports(self) -> Iterator[Sequence[ImportRow]]:
        """Every import."""
        return self._stretches(_IMPORTS, self.extent.imports, _import)

    def versions(self) -> Iterator[Sequence[VersionRow]]:
        """Every version."""
        return self._stretches(_VERSIONS, self.extent.versions, _version)

    def audits(self) -> Iterator[Sequence[AuditRow]]:
        """Every audit."""
        return self._stretches(_AUDITS, self.extent.audits, _audit)

    def reviews(self) -> Iterator[Sequence[ReviewRow]]:
        """Every review."""
        last = (0, -1)
        while True:
            with self._reading() as db:
                rows = db.execute(_REVIEWS, (*last, self.extent.audits, REVIEWS_AT_ONCE)).fetchall()
            if not rows:
                return
            part = [ReviewRow(*row) for row in rows]
            yield part
            last = part[-1].number, part[-1].position

    def _stretches(self, statement: str, end: int, made_of: Callable[[Row], R]) -> Iterator[list[R]]:
        for start in range(0, end, ROWS_AT_ONCE):
            with self._reading() as db:
                rows = db.execute(statement, (start, min(start + ROWS_AT_ONCE, end))).fetchall()
            with readable(self._path):
                part = [made_of(row) for row in rows]
            yield part


def extent_of(db: sqlite3.Connection) -> Extent:
    """How much there is."""
    imports, versions, audits, reviews, latest = db.execute(_EXTENT).fetchone()
    return Extent(imports, versions, audits, reviews, _day(latest))


def take(db: sqlite3.Connection, path: Path, history: History, progress: Progress) -> None:
    """Take a history in, inside the caller's transaction."""
    if extent_of(db) != NOTHING:
        raise StoreError(
            N_("The store at {path} holds data already; nothing was written."),
            hint=N_("Name a file that is not there yet: copies and archives go into an empty store."),
            path=path,
        )
    share = Share(progress, sum(history.extent.counts().values()))
    # Built afterwards, an index is gone through once, however large it is.
    indices = db.execute(_INDICES).fetchall()
    for name, _ in indices:
        db.execute(f"DROP INDEX {name}")
    for statement, parts in (
        (_TAKE_IMPORT, map(_import_rows, share.of(history.imports()))),
        (_TAKE_VERSION, map(_version_rows, share.of(history.versions()))),
        (_TAKE_AUDIT, map(_audit_rows, share.of(history.audits()))),
        (_TAKE_REVIEW, share.of(history.reviews())),
    ):
        db.executemany(statement, chain.from_iterable(parts))
    for _, sql in indices:
        db.execute(sql)
    db.execute(_REFER)


def _import(row: Row) -> ImportRow:
    number, name, source, as_of, at = row
    return ImportRow(number, name, source, date.fromisoformat(as_of), datetime.fromisoformat(at))


def _version(row: Row) -> VersionRow:
    seq, number, kind, key, ordinal, id_, source, known_from, retired_on, earlier, body = row
    days = _day(known_from), _day(retired_on)
    return VersionRow(seq, number, kind, tuple(json.loads(key)), ordinal, id_, source, *days, earlier, body)


def _audit(row: Row) -> AuditRow:
    number, run_at, as_of, known_at, policy, accounts, pack = row
    at, day = datetime.fromisoformat(run_at), date.fromisoformat(as_of)
    return AuditRow(number, at, day, _day(known_at), policy, accounts, pack)


def _import_rows(rows: Sequence[ImportRow]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield row.number, row.name, row.source, row.as_of.isoformat(), row.at.isoformat()


def _version_rows(rows: Sequence[VersionRow]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        key = json.dumps(row.key, ensure_ascii=False)
        days = _text(row.known_from), _text(row.retired_on)
        yield row.seq, row.number, row.kind, key, row.ordinal, row.id, row.source, *days, row.body


def _audit_rows(rows: Sequence[AuditRow]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        days = row.as_of.isoformat(), _text(row.known_at)
        yield row.number, row.run_at.isoformat(), *days, row.policy, row.policy_pack


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

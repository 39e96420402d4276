"""The store in one SQLite file."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Self

from graphcrm.errors import N_, StoreError
from graphcrm.ports.history import History, Progress
from graphcrm.records.audit import Audit, AuditHeader
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.columns import Columns, Wanted
from graphcrm.records.review import Review
from graphcrm.records.store_check import Check
from graphcrm.records.store_state import ImportSummary, Known, StoreStatus
from graphcrm.records.stream import Stream
from graphcrm.store.spool import spooled
from graphcrm.store.sqlite import audits, checking, columns, importing, reading, schema
from graphcrm.store.sqlite.connection import Connection
from graphcrm.store.sqlite.history import SqliteHistory, take
from graphcrm.store.versions import day_or_latest

BUSY_SECONDS = 5.0
"""How long to wait for another program that is writing."""


def open_store(path: Path, *, create: bool, timeout: float = BUSY_SECONDS) -> "SqliteStore":
    """Open the store at a path; with ``create``, make it if nothing is there.

    A store with an older schema opens too, for ``status`` and ``migrate``.

    Raises:
        StoreError: there is no store, it is not one of ours, or it cannot be read.
    """
    _locate(path, create=create)
    store = SqliteStore(path, timeout=timeout)
    try:
        store.make_ready(create=create)
    except BaseException:
        store.close()
        raise
    return store


def _locate(path: Path, *, create: bool) -> None:
    """Make sure that a file is there; a new one only its owner may read, for the data name people."""
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        missing = not path.exists()
        if missing and create:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        a_file = path.is_file()
    except (OSError, ValueError) as error:
        raise StoreError(
            N_("The store at {path} cannot be opened: {reason}."),
            hint=N_("Check the path and your rights to its folder."),
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    if missing and not create:
        raise _no_store(path)
    if not a_file:
        raise StoreError(N_("{path} is not a file."), hint=N_("Name the file of the store."), path=path)


def _no_store(path: Path) -> StoreError:
    return StoreError(
        N_("There is no store at {path}."),
        hint=N_("Import your data first: see `graphcrm import --help`."),
        path=path,
    )


class SqliteStore:
    """Facts and audits in one file; see ``graphcrm.ports.store.Store`` for what each method promises."""

    def __init__(self, path: Path, *, timeout: float) -> None:
        self.path = path
        self._connection = Connection(path, timeout=timeout)

    def facts(
        self,
        as_of: date | None,
        known_at: date | None = None,
        *,
        kinds: Collection[str] | None = None,
        upto: int | None = None,
    ) -> Bundle:
        """The facts as of a day, as known at the end of another."""
        with self._reading() as db:
            return self._day(db, as_of, known_at, upto).facts(kinds)

    def facts_about(
        self,
        accounts: Collection[str],
        as_of: date | None,
        known_at: date | None = None,
        *,
        everybody: bool = False,
        upto: int | None = None,
    ) -> Bundle:
        """Of the facts all that bears on these accounts."""
        with self._reading() as db:
            return self._day(db, as_of, known_at, upto).about(accounts, everybody=everybody)

    def last_version(self) -> int:
        """How far the log goes."""
        with self._reading() as db:
            return reading.last_version(db)

    def columns(
        self,
        wanted: Sequence[Wanted],
        as_of: date,
        known_at: date | None = None,
        *,
        upto: int | None = None,
    ) -> Iterator[Columns]:
        """The same facts as plain columns, some thousands at once."""
        with self._reading() as db:
            yield from columns.columns(db, self.path, wanted, as_of=as_of, known_at=known_at, upto=upto)

    def latest_as_of(self) -> date | None:
        """The latest ``as_of`` of any import."""
        with self._reading() as db:
            return importing.latest_as_of(db)

    def import_bundle(
        self,
        bundle: Bundle,
        *,
        name: str,
        at: datetime,
        check: Callable[[Known], None],
        stream: Stream | None = None,
        rehearsal: bool = False,
    ) -> ImportSummary:
        """Bring the bundle in at once, or not at all."""
        with self._writing(keep=not rehearsal) as db:
            return importing.import_bundle(
                db, self.path, bundle, name=name, at=at, check=check, stream=stream
            )

    def save_audit(
        self,
        reviews: Iterable[Review],
        *,
        run_at: datetime,
        as_of: date,
        known_at: date | None,
        policy_pack: Mapping[str, object],
    ) -> AuditHeader:
        """Keep a run; what is returned is what was kept."""
        with spooled(reviews) as spool, self._writing() as db:
            return audits.save(
                db, spool, run_at=run_at, as_of=as_of, known_at=known_at, policy_pack=policy_pack
            )

    def audits(self) -> tuple[AuditHeader, ...]:
        """Every audit, the latest first."""
        with self._reading() as db:
            return audits.headers(db)

    def audit(self, number: int) -> Audit | None:
        """The audit of that number, or None."""
        with self._reading() as db:
            return audits.read(db, self.path, number)

    def status(self) -> StoreStatus:
        """Where it is, which schema it has, how much it holds; of an older schema too."""
        with self._connection.reading() as db:
            in_force = f"SELECT kind, count(*) FROM version WHERE {reading.IN_FORCE} GROUP BY kind"  # noqa: S608
            counts = dict(db.execute(in_force).fetchall())
            imports, at = db.execute(
                "SELECT count(*), (SELECT at FROM import ORDER BY id DESC LIMIT 1) FROM import"
            ).fetchone()
            (audited,) = db.execute("SELECT count(*) FROM audit").fetchone()
            return StoreStatus(
                # Whoever reads the URL takes %41 for A, so a percent sign of the path's own is %25.
                url=f"sqlite:///{self.path.as_posix().replace('%', '%25')}",
                schema_version=schema.version_of(db, self.path),
                latest_version=schema.latest_version(),
                counts={kind: counts.get(kind, 0) for kind in RECORDS},
                imports=imports,
                audits=audited,
                latest_as_of=importing.latest_as_of(db),
                last_import_at=at and datetime.fromisoformat(at),
            )

    def migrate(self) -> tuple[str, ...]:
        """Bring the schema up to date; the labels of what was applied."""
        with self._connection.reading() as db:
            if schema.version_of(db, self.path) == schema.latest_version():
                return ()
        with self._connection.writing() as db:
            return schema.migrate(db, self.path)

    def history(self) -> SqliteHistory:
        """All of it, as it is now."""
        return SqliteHistory(self._reading, self.path)

    def take(self, history: History, progress: Progress) -> None:
        """Take a whole history in at once, or not at all."""
        with self._writing() as db:
            take(db, self.path, history, progress)

    def checks(self, progress: Progress) -> Iterator[Check]:
        """Look over what only this store can."""
        with self._reading() as db:
            yield from checking.checks(db, progress)

    def make_ready(self, *, create: bool) -> None:
        """Refuse what is not a store; with ``create``, make an empty file one.

        A file is empty too where a process that was creating the store came to a sudden end.
        """
        with self._connection.reading() as db:
            version = schema.version_of(db, self.path)
        if version:
            return
        if not create:
            raise _no_store(self.path)
        self._connection.use_wal()
        self.migrate()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _day(
        self, db: sqlite3.Connection, as_of: date | None, known_at: date | None, upto: int | None
    ) -> reading.Day:
        return reading.Day(db, self.path, day_or_latest(as_of, importing.latest_as_of(db)), known_at, upto)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._connection.reading() as db:
            schema.require_latest(db, self.path)
            yield db

    @contextmanager
    def _writing(self, *, keep: bool = True) -> Iterator[sqlite3.Connection]:
        with self._connection.writing(keep=keep) as db:
            schema.require_latest(db, self.path)
            yield db

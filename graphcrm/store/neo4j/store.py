"""The store in a Neo4j database."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Self

from neo4j import ManagedTransaction

from graphcrm.errors import N_, StoreError
from graphcrm.ports.history import History, Progress
from graphcrm.records.audit import Audit, AuditHeader
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.columns import Columns, Wanted
from graphcrm.records.review import Review
from graphcrm.records.store_check import Check
from graphcrm.records.store_state import ImportSummary, Known, StoreStatus
from graphcrm.records.stream import Stream
from graphcrm.store.neo4j import checking, keeping, reading, schema, taking, upkeep
from graphcrm.store.neo4j.address import Address
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.facts_as_columns import columns_of_log
from graphcrm.store.neo4j.faults import told
from graphcrm.store.neo4j.history import Neo4jHistory
from graphcrm.store.neo4j.importing import BEFORE, REHEARSED, Import
from graphcrm.store.neo4j.lease import leased
from graphcrm.store.neo4j.limits import Limits
from graphcrm.store.neo4j.saving import save_audit
from graphcrm.store.neo4j.schema import STORE
from graphcrm.store.neo4j.state import State, latest_state, no_store, read_state, require_state
from graphcrm.store.spool import spooled
from graphcrm.store.statements import statements
from graphcrm.store.versions import refuse_what_cannot_be_complete

SECONDS = 5.0
"""How long to wait for a connection, and how long to try again after a fault that passes."""

DEFAULTS = Limits()


def open_store(
    uri: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    create: bool,
    limits: Limits = DEFAULTS,
    seconds: float = SECONDS,
) -> "Neo4jStore":
    """Open the store in a Neo4j database; with ``create``, make it if nothing is there.

    A store with an older schema opens too, for ``status`` and ``migrate``. Credentials in the URL go
    before those given beside it.

    Raises:
        InputError: the URL is not one of a Neo4j server, or no password is given.
        StoreError: the server does not answer or let us in, there is no store, or it is not one of ours.
    """
    for folder in ("read", "write"):
        statements(folder)
    address = Address.of(uri, user=user, password=password, database=database)
    store = Neo4jStore(Connection(address, seconds=seconds), limits)
    try:
        store.make_ready(create=create)
    except BaseException:
        store.close()
        raise
    return store


class Neo4jStore:
    """Facts and audits in one database; ``graphcrm.ports.store.Store`` says what each method promises."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self.url = connection.address.url
        self._connection = connection
        self._limits = limits
        self._is_latest = False

    def facts(
        self,
        as_of: date | None,
        known_at: date | None = None,
        *,
        kinds: Collection[str] | None = None,
        upto: int | None = None,
    ) -> Bundle:
        """The facts as of a day, as known at the end of another."""
        asked = reading.Asked(as_of, known_at, upto)
        return self._connection.read(partial(reading.facts, url=self.url, asked=asked, kinds=kinds))

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
        self._require_latest()
        asked = reading.Asked(as_of, known_at, upto)
        return reading.facts_about(self._connection, asked, accounts, everybody=everybody)

    def last_version(self) -> int:
        """How far the log goes."""
        return self._state().last_seq

    def columns(
        self,
        wanted: Sequence[Wanted],
        as_of: date,
        known_at: date | None = None,
        *,
        upto: int | None = None,
    ) -> Iterator[Columns]:
        """The same facts as plain columns, some thousands at once."""
        asked = reading.Asked(as_of, known_at, upto)
        return columns_of_log(self._connection, wanted, asked.of(self._state()))

    def latest_as_of(self) -> date | None:
        """The latest ``as_of`` of any import."""
        return self._state().latest_as_of

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
        refuse_what_cannot_be_complete(bundle)
        with told(REHEARSED if rehearsal else BEFORE, self.url):
            self._require_latest()
            with leased(self._connection, self._limits.wait) as lease:
                return Import(
                    self._connection, lease, self._limits, bundle, name, at, check, stream, rehearsal
                ).bring()

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
        self._require_latest()
        with spooled(reviews) as spool:
            row = keeping.audit_row(
                run_at=run_at,
                as_of=as_of,
                known_at=known_at,
                policy_pack=policy_pack,
                accounts=spool.count,
            )
            with leased(self._connection, self._limits.wait) as lease:
                return save_audit(self._connection, lease, self._limits, spool, row)

    def audits(self) -> tuple[AuditHeader, ...]:
        """Every audit, the latest first."""

        def work(tx: ManagedTransaction) -> tuple[AuditHeader, ...]:
            require_state(tx, self.url)
            return keeping.headers(tx, self.url)

        return self._connection.read(work)

    def audit(self, number: int) -> Audit | None:
        """The audit of that number, or None."""

        def work(tx: ManagedTransaction) -> Audit | None:
            require_state(tx, self.url)
            return keeping.read(tx, self.url, number)

        return self._connection.read(work)

    def status(self) -> StoreStatus:
        """Where it is, which schema it has, how much it holds; of an older schema too."""
        return self._connection.read(self._status)

    def migrate(self) -> tuple[str, ...]:
        """Bring the schema up to date and finish what was left behind; the labels of what was applied."""
        state = self._connection.read(partial(read_state, url=self.url))
        applied = schema.migrate(self._connection, 0 if state is None else state.schema_version)
        if state and (state.projected_seq < state.last_seq or state.reaches < state.audits):
            with leased(self._connection, self._limits.wait) as lease:
                upkeep.tidy(self._connection, lease, self._limits.batch)
        return applied

    def history(self) -> Neo4jHistory:
        """All of it, as it is now."""
        return Neo4jHistory(self._connection)

    def take(self, history: History, progress: Progress) -> None:
        """Take a whole history in at once, or not at all."""
        with told(taking.BEFORE, self.url), leased(self._connection, self._limits.wait) as lease:
            taking.take(self._connection, lease, self._limits, history, progress)

    def checks(self, progress: Progress) -> Iterator[Check]:
        """Look over what only this store can."""
        return checking.checks(self._connection, progress)

    def make_ready(self, *, create: bool) -> None:
        """Refuse what is not a store; with ``create``, make an empty database one."""
        self._connection.verify()
        state, foreign = self._connection.read(self._found)
        if state is not None and state.schema_version:
            self._is_latest = state.schema_version == schema.latest_version()
            return
        if foreign:
            raise StoreError(
                N_("Database {database} at {url} holds data that are not graphcrm's."),
                hint=N_("Name an empty database by GRAPHCRM_NEO4J_DATABASE, or use another server."),
                url=self.url,
                database=self._connection.address.database,
            )
        if not create:
            raise no_store(self.url)
        self.migrate()

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _state(self) -> State:
        return latest_state(self._connection.ask("store", name=STORE), self.url)

    def _require_latest(self) -> None:
        """Refuse an older schema, once: no other program brings it back."""
        if not self._is_latest:
            self._state()
            self._is_latest = True

    def _found(self, tx: ManagedTransaction) -> tuple[State | None, bool]:
        state = read_state(tx, self.url)
        return state, state is None and ask(tx, "any_node").single() is not None

    def _status(self, tx: ManagedTransaction) -> StoreStatus:
        state = read_state(tx, self.url)
        if state is None:
            raise no_store(self.url)
        counts = {row["kind"]: row["count"] for row in ask(tx, "counts", last=state.last_seq)}
        return StoreStatus(
            url=self.url,
            schema_version=state.schema_version,
            latest_version=schema.latest_version(),
            counts={kind: counts.get(kind, 0) for kind in RECORDS},
            imports=state.imports,
            audits=state.audits,
            latest_as_of=state.latest_as_of,
            last_import_at=state.last_import_at,
            note=upkeep.note(tx, state),
        )

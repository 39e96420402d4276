"""Bringing facts in: into the log, which nobody reads so far yet; then published at once."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain

from neo4j import ManagedTransaction

from graphcrm.errors import N_, StoreError
from graphcrm.records.bundle import Bundle
from graphcrm.records.store_state import ImportSummary, Known
from graphcrm.records.stream import Stream
from graphcrm.store.neo4j.comparing import Change, Plan, changes
from graphcrm.store.neo4j.connection import Connection, Work, ask
from graphcrm.store.neo4j.faults import Lost, LostWork, Unanswered, Words, told
from graphcrm.store.neo4j.knowing import known
from graphcrm.store.neo4j.lease import Lease
from graphcrm.store.neo4j.limits import Limits
from graphcrm.store.neo4j.projecting import project
from graphcrm.store.neo4j.schema import STORE
from graphcrm.store.neo4j.staging import stage
from graphcrm.store.neo4j.state import State, require_state
from graphcrm.store.neo4j.streaming import Streamed
from graphcrm.store.neo4j.upkeep import clear_staged, holding, tidy
from graphcrm.store.versions import as_text

BEFORE: Words = (
    N_("The connection to {url} was lost before the import was published; nothing has changed."),
    N_("Repeat the import when the server is up."),
)
REHEARSED: Words = (
    N_("The connection to {url} was lost during the rehearsal; nothing has changed."),
    N_("Repeat the rehearsal when the server is up."),
)
UNKNOWN: Words = (
    N_("The connection to {url} was lost while publishing the import; whether it is in is not known."),
    N_("Repeat the import when the server is up: what is in already is not written twice."),
)
AFTER: Words = (
    N_("The import is in, but the connection to {url} was lost before the graph for people followed."),
    N_("When the server is up, `graphcrm db migrate` or the next import completes that graph."),
)

LOOK = 10.0
"""Seconds to wait for a commit that was under way when its answer was lost."""


class Rehearsed(Exception):
    """A rehearsal has told all it has to tell: what it wrote is taken back."""


@dataclass(frozen=True)
class Import:
    """One import, on its way into the store."""

    connection: Connection
    lease: Lease
    limits: Limits
    bundle: Bundle
    name: str
    at: datetime
    check: Callable[[Known], None]
    stream: Stream | None = None
    rehearsal: bool = False

    @property
    def url(self) -> str:
        """The store, as it is called in errors."""
        return self.connection.address.url

    def bring(self) -> ImportSummary:
        """Bring it in at once, or not at all."""
        # A rehearsal needs this too: what it writes for a while goes where such things were left.
        tidy(self.connection, self.lease, self.limits.batch)
        state = self.connection.read(partial(require_state, url=self.url))
        plan = Plan(state.last_seq)
        streamed = Streamed(self.connection, plan, source=self.bundle.source, at=self.at)
        parts = chain(
            changes(self.connection, plan, self.bundle, self.at),
            streamed.changes(self.stream) if self.stream else (),
        )
        held: list[Change] = []
        while len(held) <= self.limits.whole and (part := next(parts, None)) is not None:
            held += part
        with suppress(Rehearsed):
            if len(held) <= self.limits.whole:
                self._check(state, plan, streamed)
                self._at_once(state, held)
            else:
                self._staged(state, plan, chain((held,), parts), streamed)
        return plan.summary(self.name)

    def _at_once(self, state: State, held: Sequence[Change]) -> None:
        """Into the log; then published, with the graph for people in the same transaction."""
        if not held and self._as_of(state) == state.latest_as_of:
            return
        last = self._log(state, (held,))

        def drawn(tx: ManagedTransaction) -> None:
            project(lambda part: part(tx), self.url, state.last_seq, last, self.limits.batch)
            self._publish(tx, state, last)

        self._kept(state, drawn)

    def _staged(
        self, state: State, plan: Plan, parts: Iterable[Sequence[Change]], streamed: Streamed
    ) -> None:
        """Into the log, and checked; then published; then the graph for people follows by batches."""
        streamed.staged = True
        last = self._log(state, parts, lambda: self._check(state, plan, streamed))
        self._kept(state, lambda tx: self._publish(tx, state, last))
        run = holding(self.connection, self.lease)
        with told(AFTER, self.url):
            try:
                project(run, self.url, state.projected_seq, last, self.limits.batch)
            except Lost:
                tidy(self.connection, self.lease, self.limits.batch)

    def _log(
        self,
        state: State,
        parts: Iterable[Sequence[Change]],
        check: Callable[[], None] = lambda: None,
    ) -> int:
        """Write versions which nobody reads until they are published; the place of the last.

        That takes a transaction of its own at any size: while Neo4j keeps one, others see parts of it.
        """
        run = holding(self.connection, self.lease)
        try:
            last = stage(run, parts, state.last_seq + 1, state.imports + 1, self.limits.batch)
            check()
        except Lost:
            raise  # and the next import does what follows, as where the process is killed
        except BaseException:
            with suppress(StoreError):
                clear_staged(run, self.url, self.limits.batch)
            raise
        return last

    def _check(self, state: State, plan: Plan, streamed: Streamed) -> None:
        """Let it be refused. Raises Rehearsed, too."""
        as_of = self._as_of(state)
        found = self.connection.read(lambda tx: known(tx, self.url, self.bundle, plan, as_of))
        self.check(streamed.restated.beside(found))
        if self.rehearsal:
            raise Rehearsed

    def _kept(self, state: State, work: Work[None]) -> None:
        """Do the transaction that publishes; if its answer is lost, look once more whether it did."""

        def publish(tx: ManagedTransaction) -> None:
            if require_state(tx, self.url) == state:
                work(tx)
            elif not self._published(tx, state):  # by an earlier try, of which the server could not tell
                raise self.lease.lost()

        try:
            self.connection.write(publish)
        except Unanswered:
            if not self._is_in(state):
                raise

    def _is_in(self, state: State) -> bool:
        try:
            return self.connection.write(lambda tx: self._published(tx, state), seconds=LOOK)
        except StoreError as error:
            template, hint = UNKNOWN
            raise LostWork(template, hint=hint, url=self.url) from error

    def _published(self, tx: ManagedTransaction, state: State) -> bool:
        row = ask(tx, "find_import", store=STORE, number=state.imports + 1, holder=self.lease.holder)
        return bool(row.single(strict=True)["published"])

    def _as_of(self, state: State) -> date:
        before = state.latest_as_of
        return self.bundle.as_of if before is None else max(before, self.bundle.as_of)

    def _publish(self, tx: ManagedTransaction, state: State, last: int) -> None:
        published = ask(
            tx,
            "publish",
            store=STORE,
            holder=self.lease.holder,
            last=last,
            number=state.imports + 1,
            name=as_text(self.name),
            source=self.bundle.source,
            as_of=self.bundle.as_of,
            at=self.at.astimezone(UTC),
        ).single()
        if published is None:
            raise self.lease.lost()

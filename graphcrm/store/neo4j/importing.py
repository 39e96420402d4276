"""Bringing a bundle in: whole, in one transaction while it is small enough, else staged."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from neo4j import ManagedTransaction

from graphcrm.errors import StoreError
from graphcrm.records.bundle import Bundle
from graphcrm.records.store_state import ImportSummary, Known
from graphcrm.store.neo4j.comparing import Change, Plan, batches, compare
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.lease import Lease
from graphcrm.store.neo4j.limits import Limits
from graphcrm.store.neo4j.projecting import project
from graphcrm.store.neo4j.reading import known
from graphcrm.store.neo4j.schema import STORE
from graphcrm.store.neo4j.state import State, require_state
from graphcrm.store.neo4j.upkeep import clear_staged, holding, tidy
from graphcrm.store.versions import as_text


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

    @property
    def url(self) -> str:
        """The store, as it is called in errors."""
        return self.connection.address.url

    def bring(self) -> ImportSummary:
        """Bring it in at once, or not at all."""
        tidy(self.connection, self.lease, self.limits.batch)
        plan, done = self.connection.write(self._whole)
        if not done:
            self._staged(plan)
        return plan.summary(self.name)

    def _whole(self, tx: ManagedTransaction) -> tuple[Plan, bool]:
        """All of it in this transaction, if it is small enough; else what there is to do."""
        state = require_state(tx, self.url)
        plan = compare(tx, self.bundle, self.at)
        if len(plan.changes) > self.limits.whole:
            return plan, False
        last = state.last_seq + len(plan.changes)
        for seq, some in numbered(plan.changes, state, self.limits.batch):
            append(tx, some, seq, state.imports + 1)
        self.check(known(tx, self.url, last, self._as_of(state)))
        if plan.changes or self._as_of(state) != state.latest_as_of:
            project(lambda part: part(tx), self.url, state.last_seq, last, self.limits.batch)
            self._publish(tx, state, last)
        return plan, True

    def _staged(self, plan: Plan) -> None:
        """Into the log by batches nobody reads yet; then published; then the current graph follows."""
        connection = self.connection
        state = connection.read(partial(require_state, url=self.url))
        last = state.last_seq + len(plan.changes)
        run = holding(connection, self.lease)
        try:
            for seq, some in numbered(plan.changes, state, self.limits.batch):
                run(partial(append, changes=some, first=seq, number=state.imports + 1))
            self.check(connection.read(lambda tx: known(tx, self.url, last, self._as_of(state))))
            connection.write(lambda tx: self._publish(tx, state, last))
        except BaseException:
            # If this fails too, or the process is killed, the next import does it.
            with suppress(StoreError):
                clear_staged(run, self.url, self.limits.batch)
            raise
        project(run, self.url, state.projected_seq, last, self.limits.batch)

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


def numbered(changes: Sequence[Change], state: State, size: int) -> Iterator[tuple[int, list[Change]]]:
    """The changes in batches, each with the place of its first version in the log."""
    for number, some in enumerate(batches(changes, size)):
        yield state.last_seq + 1 + number * size, some


def append(tx: ManagedTransaction, changes: Sequence[Change], first: int, number: int) -> None:
    """Write versions into the log."""
    rows = [change.properties(seq, number) for seq, change in enumerate(changes, first)]
    ask(tx, "append_versions", rows=rows).consume()
    pairs = [
        {"later": seq, "earlier": change.earlier}
        for seq, change in enumerate(changes, first)
        if change.earlier is not None
    ]
    if pairs:
        ask(tx, "supersede", rows=pairs).consume()

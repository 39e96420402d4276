"""Laying a bundle beside the log: what it changes, some records at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeVar

from neo4j import ManagedTransaction

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import ImportSummary, KindChange
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.values import day_of, digest, properties_of, slot_of
from graphcrm.store.versions import Statement, statements_of

T = TypeVar("T")
SLOTS_AT_ONCE = 10_000


class Latest(NamedTuple):
    """Of the latest version in a slot: its place in the log, its body's checksum, the first's place."""

    seq: int
    checksum: str | None
    first: int


class Change(NamedTuple):
    """A version to be written: a statement, or a retirement where there is no record.

    Of a stream the record is a body until it is written, which takes less room.
    """

    slot: str
    kind: str
    id: str | None
    source: str | None
    known_from: date | None
    record: Record | str | None = None
    checksum: str | None = None
    earlier: int | None = None
    retired_on: date | None = None

    def properties(self, seq: int) -> dict[str, object]:
        """The version as a node's properties, made when it is written: they take many times its room.

        Kind and source are not among them: what many share is sent once.
        """
        record = self.record
        if isinstance(record, str):
            record = RECORDS[self.kind].model_validate_json(record)
        stated = {} if record is None else properties_of(record)
        own = {
            "_seq": seq,
            "_slot": self.slot,
            "_id": self.id,
            "_known_from": self.known_from,
            "_checksum": self.checksum,
            "_retired_on": self.retired_on,
        }
        # What is null is no property: it need not travel.
        stated.update((name, value) for name, value in own.items() if value is not None)
        return stated


@dataclass
class Plan:
    """What an import does, as far as it is known: how many records of each kind, and what it meets.

    It is laid beside the first ``last`` versions of the log. Of those in force it states some ``again``,
    and retires some; ``places`` says of each record of its bundle where it was first stated, or None.
    """

    last: int
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    again: list[int] = field(default_factory=list)
    retired: list[int] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)

    def meet(self, found: Iterable[Latest | None]) -> None:
        """Note what was in the slots of the bundle's next records."""
        for before in found:
            self.places.append(None if before is None else before.first)
            if before is not None:
                self.again.append(before.seq)

    def lay_beside(self, stated: Change, latest: Latest | None, today: date) -> Change | None:
        """Count what is stated; the change it makes to the latest version, if any."""
        if latest is None:
            self.counts[stated.kind, "new"] += 1
            return stated
        if latest.checksum == stated.checksum:
            self.counts[stated.kind, "unchanged"] += 1
            return None
        self.counts[stated.kind, "changed"] += 1
        return stated._replace(known_from=stated.known_from or today, earlier=latest.seq)

    def summary(self, name: str) -> ImportSummary:
        """What the import tells, in the order of ``RECORDS``."""
        kinds: dict[str, dict[str, int]] = {kind: {} for kind in RECORDS}
        for (kind, change), count in self.counts.items():
            kinds[kind][change] = count
        return ImportSummary(
            name, {kind: KindChange(**of_kind) for kind, of_kind in kinds.items() if of_kind}
        )


def changes(connection: Connection, plan: Plan, bundle: Bundle, at: datetime) -> Iterator[list[Change]]:
    """What the bundle changes, in the order of the log: what it states, then what it retires."""
    today = day_of(at)
    for some in batches(map(_stated, statements_of(bundle)), SLOTS_AT_ONCE):
        # Before an empty log everything is new.
        found = latest(connection, [each.slot for each in some]) if plan.last else {}
        plan.meet(found.get(each.slot) for each in some)
        beside = (plan.lay_beside(each, found.get(each.slot), today) for each in some)
        yield [change for change in beside if change is not None]
    if bundle.complete and plan.last:
        retired = connection.read(partial(_retired, plan=plan, bundle=bundle, today=today))
        plan.retired += [change.earlier for change in retired if change.earlier is not None]
        plan.counts.update((change.kind, "retired") for change in retired)
        yield retired


def latest(connection: Connection, slots: Sequence[str]) -> dict[str, Latest]:
    """The latest version in each of these slots that has one."""

    def look(tx: ManagedTransaction) -> dict[str, Latest]:
        found = ask(tx, "latest", slots=slots).single(strict=True)["found"]
        return {slot: Latest(seq, checksum, first) for slot, seq, checksum, first in found}

    return connection.read(look)


def _retired(tx: ManagedTransaction, plan: Plan, bundle: Bundle, today: date) -> list[Change]:
    rows = ask(
        tx,
        "in_force_of_source",
        kinds=list(bundle.complete),
        source=bundle.source,
        last=plan.last,
        again=plan.again,
    )
    return [
        Change(
            slot=row["slot"],
            kind=row["kind"],
            id=row["id"],
            source=bundle.source,
            known_from=today,
            earlier=row["seq"],
            retired_on=bundle.as_of,
        )
        for row in rows
    ]


def _stated(statement: Statement) -> Change:
    record = statement.record
    return Change(
        slot_of(record.kind, record.key, statement.ordinal),
        record.kind,
        statement.id,
        statement.source,
        statement.recorded_on,
        record,
        digest(statement.body),
    )


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most that many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some

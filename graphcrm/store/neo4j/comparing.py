"""Laying a bundle beside the log: what it changes, as a whole, before anything is written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from neo4j import ManagedTransaction

from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import ImportSummary, KindChange
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.values import day_of, digest, properties_of, slot_of
from graphcrm.store.versions import Statement, statements_of

T = TypeVar("T")
SLOTS_AT_ONCE = 10_000

Latest = tuple[int, str | None]
"""Of the latest version in a slot: its place in the log, and the checksum of its body."""


class Stated(NamedTuple):
    """What an import states of a record."""

    slot: str
    kind: str
    id: str | None
    source: str | None
    recorded_on: date | None
    body: str


@dataclass(frozen=True)
class Change:
    """A version to be written: a statement, or a retirement where there is no body."""

    slot: str
    kind: str
    id: str | None
    source: str | None
    known_from: date | None
    earlier: int | None
    body: str | None = None
    checksum: str | None = None
    retired_on: date | None = None

    def properties(self, seq: int, number: int) -> dict[str, object]:
        """The version as a node's properties, made when it is written: they take many times its room."""
        record = None if self.body is None else RECORDS[self.kind].model_validate_json(self.body)
        stated = {} if record is None else properties_of(record)
        return {
            **stated,
            "_seq": seq,
            "_import": number,
            "_slot": self.slot,
            "_kind": self.kind,
            "_id": self.id,
            "_source": self.source,
            "_known_from": self.known_from,
            "_checksum": self.checksum,
            "_retired_on": self.retired_on,
        }


@dataclass
class Plan:
    """What an import does: its changes in the order of the log, and how many records of each kind."""

    changes: list[Change] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def lay_beside(self, stated: Stated, latest: Latest | None, today: date) -> Change | None:
        """Count what is stated; the change it makes to the latest version, if any."""
        earlier, stored = latest or (None, None)
        checksum = digest(stated.body)
        if checksum == stored:
            self.counts[stated.kind, "unchanged"] += 1
            return None
        changed = earlier is not None
        self.counts[stated.kind, "changed" if changed else "new"] += 1
        return Change(
            slot=stated.slot,
            kind=stated.kind,
            id=stated.id,
            source=stated.source,
            known_from=stated.recorded_on or (today if changed else None),
            earlier=earlier,
            body=stated.body,
            checksum=checksum,
        )

    def summary(self, name: str) -> ImportSummary:
        """What the import tells, in the order of ``RECORDS``."""
        kinds: dict[str, dict[str, int]] = {kind: {} for kind in RECORDS}
        for (kind, change), count in self.counts.items():
            kinds[kind][change] = count
        return ImportSummary(
            name, {kind: KindChange(**of_kind) for kind, of_kind in kinds.items() if of_kind}
        )


def compare(tx: ManagedTransaction, bundle: Bundle, at: datetime) -> Plan:
    """What the bundle changes, given the log as it is."""
    stated = {each.slot: each for each in map(_stated, statements_of(bundle))}
    found = latest(tx, list(stated))
    plan = Plan()
    for slot, each in stated.items():
        if change := plan.lay_beside(each, found.get(slot), day_of(at)):
            plan.changes.append(change)
    for kind in dict.fromkeys(bundle.complete):
        for row in ask(tx, "in_force_of_source", kind=kind, source=bundle.source):
            if row["slot"] not in stated:
                plan.counts[kind, "retired"] += 1
                plan.changes.append(
                    Change(
                        slot=row["slot"],
                        kind=kind,
                        id=row["id"],
                        source=row["source"],
                        known_from=day_of(at),
                        earlier=row["seq"],
                        retired_on=bundle.as_of,
                    )
                )
    _retirements_in_order(plan)
    return plan


def latest(tx: ManagedTransaction, slots: Sequence[str]) -> dict[str, Latest]:
    """The latest version in each of these slots that has one."""
    found = {}
    for some in batches(slots, SLOTS_AT_ONCE):
        for slot, seq, checksum in ask(tx, "latest", slots=some).values():
            found[slot] = (seq, checksum)
    return found


def _stated(statement: Statement) -> Stated:
    record = statement.record
    slot = slot_of(record.kind, record.key, statement.ordinal)
    return Stated(slot, record.kind, statement.id, statement.source, statement.recorded_on, statement.body)


def _retirements_in_order(plan: Plan) -> None:
    """What is retired follows what is stated, in the order in which it was stated once."""
    plan.changes.sort(key=lambda change: change.earlier or 0 if change.body is None else -1)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most that many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some

"""Laying a bundle beside the log: what it changes, as a whole, before anything is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from neo4j import ManagedTransaction

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import ImportSummary, KindChange
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.values import day_of, digest, properties_of, slot_of
from graphcrm.store.versions import Statement, statements_of

T = TypeVar("T")
SLOTS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Change:
    """A version to be written: a statement, or a retirement where there is no record."""

    slot: str
    kind: str
    id: str | None
    source: str | None
    known_from: date | None
    earlier: int | None
    record: Record | None = None
    checksum: str | None = None
    retired_on: date | None = None

    def properties(self, seq: int, number: int) -> dict[str, object]:
        """The version as a node's properties."""
        stated = {} if self.record is None else properties_of(self.record)
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
    stated = {
        slot_of(statement.record.kind, statement.record.key, statement.ordinal): statement
        for statement in statements_of(bundle)
    }
    latest = _latest(tx, list(stated))
    plan = Plan()
    for slot, statement in stated.items():
        _lay_beside(plan, slot, statement, latest.get(slot), day_of(at))
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


def _latest(tx: ManagedTransaction, slots: Sequence[str]) -> dict[str, tuple[int, str | None]]:
    found = {}
    for some in batches(slots, SLOTS_AT_ONCE):
        for slot, seq, checksum in ask(tx, "latest", slots=some).values():
            found[slot] = (seq, checksum)
    return found


def _lay_beside(
    plan: Plan, slot: str, statement: Statement, latest: tuple[int, str | None] | None, today: date
) -> None:
    record = statement.record
    earlier, stored = latest or (None, None)
    checksum = digest(statement.body)
    if checksum == stored:
        plan.counts[record.kind, "unchanged"] += 1
        return
    changed = earlier is not None
    plan.counts[record.kind, "changed" if changed else "new"] += 1
    plan.changes.append(
        Change(
            slot=slot,
            kind=record.kind,
            id=statement.id,
            source=statement.source,
            known_from=statement.recorded_on or (today if changed else None),
            earlier=earlier,
            record=record,
            checksum=checksum,
        )
    )


def _retirements_in_order(plan: Plan) -> None:
    """What is retired follows what is stated, in the order in which it was stated once."""
    plan.changes.sort(key=lambda change: change.earlier or 0 if change.record is None else -1)


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most that many."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some

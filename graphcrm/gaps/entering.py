"""Entering: the facts as they would be had somebody entered more; what fillings are made of."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from graphcrm.gaps.snapshot import Pair, Snapshot
from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record
from graphcrm.records.bundle import Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.holding import Holding
from graphcrm.records.tie import Tie

LAST = datetime.max.replace(tzinfo=UTC)
"""When a filling was recorded: of two statements that start on one day, it is the one that holds."""
REPLACED = frozenset({"accounts", "departments", "seats", "employees", "mechanisms"})
"""Kinds of which an entered record takes the place of that with the same id."""


def entered(snapshot: Snapshot, records: Iterable[Record]) -> Bundle:
    """The facts with these records: in the place of those with their id, else added."""
    lists: dict[str, list[Record]] = {}
    for record in records:
        lists.setdefault(record.kind, []).append(record)
    merged: dict[str, tuple[Record, ...]] = {}
    for kind, fresh in lists.items():
        own = snapshot.bundle.of(kind)
        if kind in REPLACED:
            keys = {record.key for record in fresh}
            own = tuple(record for record in own if record.key not in keys)
        merged[kind] = (*own, *fresh)
    return snapshot.bundle.model_copy(update=merged)


def asserted(
    snapshot: Snapshot, subject: str, attribute: str, value: float | str | tuple[str, ...]
) -> Assertion:
    """Somebody states this of the subject on the day."""
    return Assertion(
        subject=subject, attribute=attribute, value=value, valid_from=snapshot.as_of, recorded_at=LAST
    )


def reassessed(snapshot: Snapshot, pair: Pair, level: float) -> Iterator[Assertion]:
    """Somebody assesses the tie of a pair on the day."""
    for tie in sorted(snapshot.tie_ids[pair]):
        yield asserted(snapshot, tie, "level", level)


def best_attitude(snapshot: Snapshot) -> str:
    """The attitude that supports us most."""
    return max(snapshot.policy.attitudes, key=snapshot.policy.attitudes.__getitem__)


def holder_we_know(snapshot: Snapshot, seat: str, account: str) -> Iterator[Record]:
    """The seat has a holder who is for us, and whom everybody of ours concerned with the account knows.

    The best a seat that seems vacant can hold. Where none of ours is concerned, all who are there know
    the holder. Nobody at all at an account nothing is observed of: that is another gap.
    """
    if not snapshot.graph(account).observed:
        return
    holder = f"?{seat}"
    yield Contact(id=holder, name=holder)
    yield Holding(contact=holder, seat=seat)
    yield asserted(snapshot, holder, "attitude", best_attitude(snapshot))
    for employee in snapshot.graph(account).concerned or sorted(snapshot.facts.present):
        yield Tie(employee=employee, contact=holder, level=1.0, assessed_on=snapshot.as_of)

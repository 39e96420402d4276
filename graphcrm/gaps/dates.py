"""Dates that make data doubtful: later than the day, or nothing new for long."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from graphcrm.errors import N_
from graphcrm.gaps.gap import Found, Gap, Looked, Subject, accounts_where
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.gaps.ties import still_so_or_not, ties_where
from graphcrm.graph.account import AccountGraph
from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record, end_of
from graphcrm.records.bundle import Bundle
from graphcrm.records.interaction import Interaction
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.tie import Tie

DATED = ("ties", "assertions", "interactions", "mechanisms")
"""Kinds that say when something was: it cannot have been after the day. (A seat may be held from later.)"""


def _future(snapshot: Snapshot) -> Looked:
    looked = [record for kind in DATED for record in snapshot.bundle.of(kind)]
    found = (_found(snapshot, record) for record in looked if _is_later(record, snapshot.as_of))
    return Looked(len(looked), tuple(found))


def _is_later(record: Record, day: date) -> bool:
    return _brought_back(record, day) is not record


def _brought_back(record: Record, day: date) -> Record:
    """The record with every date after the day put on the day."""
    match record:
        case Interaction() if record.at >= end_of(day):
            return record.model_copy(update={"at": end_of(day) - timedelta(seconds=1)})
        case Tie() if record.assessed_on is not None and record.assessed_on > day:
            return record.model_copy(update={"assessed_on": day})
        case Assertion() if record.valid_from > day:
            return record.model_copy(update={"valid_from": day})
        case Mechanism() if any(held > day for held in record.held):
            return record.model_copy(update={"held": tuple(min(held, day) for held in record.held)})
    return record


def _found(snapshot: Snapshot, record: Record) -> Found:
    name = " ".join(record.key)
    accounts: Iterable[str] = ()
    match record:
        case Interaction():
            accounts = (a for who in sorted(record.people) for a in snapshot.of_contact.get(who, ()))
        case Tie():
            accounts = snapshot.of_contact.get(record.contact, ())
        case Mechanism():
            accounts = (record.account,)
        case Assertion():
            name = f"{record.subject} {record.attribute}"
            accounts = _of_subject(snapshot, record.subject)
    return Found(Subject(record.kind, record.key, name), tuple(dict.fromkeys(accounts)))


def _of_subject(snapshot: Snapshot, subject: str) -> tuple[str, ...]:
    """The accounts an assertion's subject bears on."""
    contacts = (contact for (_, contact), ids in snapshot.tie_ids.items() if subject in ids)
    return (
        snapshot.of_contact.get(subject)
        or snapshot.of_seat.get(subject)
        or snapshot.of_employee.get(subject)
        or tuple(a for contact in contacts for a in snapshot.of_contact.get(contact, ()))
        or ((subject,) if subject in snapshot.facts.accounts else ())
    )


def _on_the_day(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """It all was on the day; that it has not happened yet is how it is taken now."""
    del found
    yield snapshot.bundle.model_copy(
        update={
            kind: tuple(_brought_back(record, snapshot.as_of) for record in snapshot.bundle.of(kind))
            for kind in DATED
        }
    )


def _old(snapshot: Snapshot) -> Looked:
    """Observed accounts of which nothing is newer than the days the policy looks ahead for fading."""
    since = snapshot.as_of - timedelta(days=snapshot.policy.fade_days)

    def holds(account: str) -> bool:
        graph = snapshot.graph(account)
        return graph.observed and all(day < since for day in _days(snapshot, graph))

    return accounts_where(snapshot, holds)


def _days(snapshot: Snapshot, graph: AccountGraph) -> Iterator[date]:
    """When something was last said or done about the people of an account."""
    for contact in graph.contacts:
        yield from (i.at.date() for i in snapshot.facts.interactions_of.get(contact, ()))
        for tie in snapshot.facts.ties_of.get(contact, {}).values():
            if tie.assessed_on is not None:
                yield tie.assessed_on
    yield from (day for m in graph.mechanisms for day in m.held if day <= snapshot.as_of)


def _as_it_was_or_not(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Its assessed ties are as they were, and: they are no more than interactions show."""
    old = {account for subject, _ in found for account in subject.ids}
    ties = ties_where(snapshot, lambda tie, account: tie.level is not None and account in old)
    yield from still_so_or_not(snapshot, ties.found)


FUTURE = Gap(
    "future",
    N_("Facts dated after the day"),
    N_("They do not count yet: mend a mistaken date, or look as of a later day."),
    _future,
    _on_the_day,
    doubtful=True,
)
OLD = Gap(
    "old",
    N_("Accounts of which nothing new is on record for long"),
    N_("Their figures tell of another time: ask whether ties and mechanisms still are as they were."),
    _old,
    _as_it_was_or_not,
    doubtful=True,
)

"""Recorded: the records behind one account's graph, those that hold and those they overrule."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.assertions import recorded
from graphcrm.graph.facts import Facts
from graphcrm.records.assertion import Assertion
from graphcrm.records.employee import Employee
from graphcrm.records.holding import Holding
from graphcrm.records.influence import Influence
from graphcrm.records.seat import Seat
from graphcrm.records.tie import Tie

T = TypeVar("T")
K = TypeVar("K")


class Recorded:
    """The records that count on the graph's day, by whom they are about; the one that holds first.

    ``seats`` and ``employees`` are as recorded, before anything asserted of them.
    """

    def __init__(self, facts: Facts, graph: AccountGraph) -> None:
        bundle, day = facts.bundle, facts.as_of
        concerned = {*graph.contacts, *(who.contact for who in graph.leavers)}
        self.seats: Mapping[str, Seat] = {s.id: s for s in bundle.seats if s.id in graph.seats}
        self.employees: Mapping[str, Employee] = {
            e.id: e for e in bundle.employees if e.id in graph.employees
        }
        ties = (
            t
            for t in bundle.ties
            if t.contact in concerned and t.valid_at(day) and (t.assessed_on or day) <= day
        )
        self.ties: Mapping[tuple[str, str], list[Tie]] = _latest_first(
            ties, lambda t: (t.employee, t.contact), lambda t: (t.assessed_on or date.min, recorded(t))
        )
        subjects = {
            *concerned,
            *self.seats,
            *self.employees,
            *(t.id for g in self.ties.values() for t in g),
        }
        assertions = (a for a in bundle.assertions if a.subject in subjects and a.valid_from <= day)
        self.assertions: Mapping[tuple[str, str], list[Assertion]] = _latest_first(
            assertions, lambda a: (a.subject, a.attribute), lambda a: (a.valid_from, recorded(a))
        )
        self.holdings: Mapping[tuple[str, str], list[Holding]] = _latest_first(
            (h for h in bundle.holdings if h.contact in concerned),
            lambda h: (h.contact, h.seat),
            lambda h: h.valid_from or date.min,
        )
        self.influences: Mapping[tuple[str, str], list[Influence]] = _latest_first(
            (i for i in bundle.influences if i.valid_at(day) and i.sign > 0),
            lambda i: (i.from_seat, i.to_seat),
            lambda i: i.valid_from or date.min,
        )


def _latest_first(
    records: Iterable[T], key: Callable[[T], K], rank: Callable[[T], tuple[object, ...] | object]
) -> Mapping[K, list[T]]:
    """The records by key, in the order in which they hold: of equals the later in the list."""
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    for group in groups.values():
        group.reverse()
        group.sort(key=rank, reverse=True)  # type: ignore[arg-type]
    return groups

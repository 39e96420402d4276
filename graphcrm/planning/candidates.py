"""Candidates of a plan: who of ours could get to know whom, and by whose introduction (section 11)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import leg, routes
from graphcrm.planning.colleagues import Colleagues
from graphcrm.planning.likeness import avoids, fit, is_available, is_peer, seats_of
from graphcrm.planning.worth import Worth
from graphcrm.records.employee import Employee
from graphcrm.records.interval import Interval
from graphcrm.records.plan import Route


@dataclass(frozen=True)
class Candidate:
    """A tie that could be built: who, to whom, how well they suit each other, and the way there."""

    employee: str
    contact: str
    fit: Interval
    route: Route
    path: tuple[str, ...]

    @property
    def introducer(self) -> str | None:
        """The first on the way, one of ours or one of theirs; None where nobody introduces."""
        return self.path[1] if len(self.path) > 2 else None  # noqa: PLR2004 - more than both ends


class Introduction(NamedTuple):
    """How warm an introduction is, 0..1; who of ours gives it, and the way from there to the contact."""

    warmth: float
    way: tuple[str, ...]


def candidates(graph: AccountGraph, colleagues: Colleagues, budget: int) -> list[Candidate]:
    """Every tie that may be proposed, in order of preference: of equal gains the first is taken.

    An employee who is present, not leaving, and not to be kept out of the account's region, and a contact
    whose proven strength is below the target, where one of these holds:

    - *acquainted*: they have a tie or an interaction;
    - *introduced*: by a colleague with a proven live tie to the contact; by a contact on a gate to the
      contact's seat, with whom the employee has one; or by a colleague who has one to such a contact. The
      warmest counts: the strength of that tie times the gate's influence;
    - *peer*: function and level match those of a seat of the contact.

    Who is on the account already comes with whoever may be; of the other ``colleagues`` those who suit the
    contact (``plan.least_likeness``), at least possibly, and no more than the budget could use. Preferred
    are who suits for certain, then who is on the account, then the better suited, the warmer introduced.
    """
    insiders = [
        graph.employees[e] for e in sorted(graph.present) if is_available(graph.employees[e], graph)
    ]
    outsiders = [group[:budget] for group in colleagues.strangers_to(graph)]
    found: list[tuple[tuple[object, ...], Candidate]] = []
    for contact in graph.contacts:
        warmest = introductions(graph, contact)
        strangers = (
            one
            for employee, suits in _fitting(graph, contact, outsiders)
            if (one := _candidate(graph, employee, contact, suits, warmest)) is not None
        )
        found += islice(strangers, budget)
        for employee in insiders:
            tie = graph.ties[contact].get(employee.id)
            if tie is None or tie.now.low < graph.policy.plan.target_strength:
                one = _candidate(graph, employee, contact, fit(graph, employee, contact), warmest)
                found += [] if one is None else [one]
    return [candidate for _, candidate in sorted(found, key=lambda each: each[0])]


def interchangeable(
    graph: AccountGraph, worth: Worth, found: Iterable[Candidate], budget: int
) -> Iterator[Candidate]:
    """The candidates without those that a plan of this budget can do without.

    Employees who come equally strongly through to every seat that a contact leads to can stand for each
    other there: one of the first ``budget`` of them is free in every plan.
    """
    now = routes(graph, "low")
    kept: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for candidate in found:
        seats = worth.touches.get(candidate.contact, {})
        profile = (candidate.contact, *(now[seat].get(candidate.employee, 0.0) for seat in seats))
        kept[profile] += 1
        if kept[profile] <= budget:
            yield candidate


def introductions(graph: AccountGraph, contact: str) -> Mapping[str, Introduction]:
    """By employee who may introduce somebody to the contact: the warmest way; warmest first.

    Who is leaving may; who is to be kept out of the account's region may not.
    """
    doors = {contact: 1.0}
    for seat in seats_of(graph, contact):
        for gate, influence in graph.gates.get(seat.id, {}).items():
            holder = graph.seats[gate].holder
            if holder is not None and holder != contact:
                doors[holder] = max(influence, doors.get(holder, 0.0))
    warmest: dict[str, Introduction] = {}
    for door, factor in doors.items():
        for employee, tie in graph.ties[door].items():
            warmth = leg(tie, graph, "low") * factor
            if warmth > warmest.get(employee, Introduction(0.0, ())).warmth and not avoids(
                graph.employees[employee], graph.account.region
            ):
                way = (contact,) if door == contact else (door, contact)
                warmest[employee] = Introduction(warmth, way)
    return dict(sorted(warmest.items(), key=lambda each: (-each[1].warmth, len(each[1].way), each[0])))


def _candidate(
    graph: AccountGraph,
    employee: Employee,
    contact: str,
    suits: Interval,
    warmest: Mapping[str, Introduction],
) -> tuple[tuple[object, ...], Candidate] | None:
    """The candidate, after its place in the order of preference; None where there is no way."""
    way = _way(graph, employee, contact, warmest)
    if way is None:
        return None
    route, path, warmth = way
    suited, stranger = suits.low >= graph.policy.plan.least_likeness, employee.id not in graph.present
    place = (not suited, stranger, -suits.low, -warmth, employee.id, contact)
    return place, Candidate(employee.id, contact, suits, route, path)


def _way(
    graph: AccountGraph,
    employee: Employee,
    contact: str,
    warmest: Mapping[str, Introduction],
) -> tuple[Route, tuple[str, ...], float] | None:
    """How the employee comes to the contact, and how warmly; None where there is no way."""
    me, tie = employee.id, graph.ties[contact].get(employee.id)
    if tie is not None and tie.now.high > 0:
        return "acquainted", (me, contact), 1.0
    colleague = next((who for who in warmest if who != me), None)
    own = warmest.get(me)
    if own is not None and (colleague is None or own.warmth >= warmest[colleague].warmth):
        return "contact", (me, *own.way), own.warmth
    if colleague is not None:
        warmth, way = warmest[colleague]
        return "colleague" if len(way) == 1 else "colleague_and_contact", (me, colleague, *way), warmth
    if is_peer(graph, employee, contact):
        return "peer", (me, contact), 0.0
    return None


def _fitting(
    graph: AccountGraph, contact: str, outsiders: Iterable[tuple[Employee, ...]]
) -> list[tuple[Employee, Interval]]:
    """Who of each group suits the contact, at least possibly; the best first."""
    least = graph.policy.plan.least_likeness
    fitting = [
        (employee, suits)
        for group in outsiders
        if (suits := fit(graph, group[0], contact)).high >= least
        for employee in group
    ]
    return sorted(fitting, key=lambda each: (-each[1].low, -each[1].high, each[0].id))

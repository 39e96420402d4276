"""The unknown facts of one account, each with the two ends of what it could be (method, section 2).

The ends are values as somebody would enter them on the day, all else as it is:

| kind | one end | the other |
|---|---|---|
| ``attitude`` of a holder | the least supportive of the policy's scale | the most supportive |
| ``tie``, whose strength is an interval | its low end, assessed on the day | its high end |
| ``trust_holder``, asserted unknown | the person | the firm |
| ``roles`` of a seat | none | the heaviest, with the heaviest that decides |
| ``seat_level``, in the decision weight | the deepest of the lightest | the highest of the heaviest |
| ``employee_level``, in matching | one that matches nobody | one that matches most seats |
| element of organisation without a record | 0 | 1 |
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, NamedTuple

from graphcrm.errors import N_, Message
from graphcrm.graph.account import AccountGraph, ContactNode, Node, SeatNode, TieEdge
from graphcrm.graph.changed import with_contact, with_employee, with_seat, with_ties
from graphcrm.graph.facts import Facts, TieFact
from graphcrm.graph.reach import leg
from graphcrm.graph.ties import contact_ties
from graphcrm.graph.weight import decision_weight, is_decider
from graphcrm.measures.account_risk import RiskParts, risk_parts
from graphcrm.measures.organisation import (
    communication,
    joint_work,
    matched_seats,
    organisation_elements,
    recognition,
)
from graphcrm.measures.uncovered import uncovered
from graphcrm.policies import Policy
from graphcrm.records.base import HIGHEST_LEVEL
from graphcrm.records.employee import Employee
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.question import Value
from graphcrm.records.seat import Seat

Kind = Literal[
    "attitude", "tie", "trust_holder", "roles", "seat_level", "employee_level",
    "communication", "matching", "joint_work", "recognition",
]  # fmt: skip
"""Which fact: of a person, a seat, or an element of organisation."""


class Then(NamedTuple):
    """The account once a fact is known, and the parts of its risk."""

    graph: AccountGraph
    parts: RiskParts


class End(NamedTuple):
    """One end of an unknown fact: the value, and what follows, given the parts of today's risk."""

    value: Value
    then: Callable[[RiskParts], Then]


@dataclass(frozen=True)
class Unknown:
    """A fact nobody entered. ``subjects`` are the ids it is about.

    Who may know it: ``asked`` of ours first, else who is closest to the ``contact``.
    """

    kind: Kind
    subjects: tuple[str, ...]
    question: Message
    ends: tuple[End, End]
    contact: str | None = None
    asked: str | None = None

    @property
    def id(self) -> str:
        """Kind and subjects: the same in every review."""
        return "/".join((self.kind, *self.subjects))


def unknown_facts(graph: AccountGraph, facts: Facts | None = None) -> Iterator[Unknown]:
    """Every unknown fact of an observed account.

    Without the ``facts`` it was built from, an account graph does not say who holds a trust, nor how a tie
    fades that was assessed today: then no trust is asked for, and a strength once known may fade as far
    as the tie may now.
    """
    yield from _attitudes(graph)
    yield from _ties(graph, facts)
    if facts is not None:
        yield from _trust(graph, facts)
    yield from _roles(graph)
    yield from _seat_levels(graph)
    yield from _employee_levels(graph)
    yield from _elements(graph)


def _attitudes(graph: AccountGraph) -> Iterator[Unknown]:
    scale = graph.policy.attitudes
    least, most = min(scale, key=scale.__getitem__), max(scale, key=scale.__getitem__)

    def then(contact: ContactNode, attitude: str, parts: RiskParts) -> Then:
        changed = with_contact(graph, replace(contact, attitude=attitude))
        return Then(changed, parts._replace(uncovered=uncovered(changed)))

    for holder in sorted({seat.holder for seat in graph.scope if seat.holder is not None}):
        contact = graph.contacts[holder]
        if contact.attitude is None:
            yield Unknown(
                "attitude",
                (holder,),
                Message(N_("What is {contact}'s attitude to us?"), {"contact": contact.name}),
                (End(least, partial(then, contact, least)), End(most, partial(then, contact, most))),
                contact=holder,
            )


def _ties(graph: AccountGraph, facts: Facts | None) -> Iterator[Unknown]:
    def then(employee: str, contact: str, strength: float, parts: RiskParts) -> Then:
        del parts
        changed = with_ties(graph, contact, _assessed(graph, facts, employee, contact, strength))
        return Then(changed, risk_parts(changed))

    for contact, ties in graph.ties.items():
        for employee, tie in ties.items():
            if not tie.now.known:
                low, high = (End(s, partial(then, employee, contact, s)) for s in tie.now)
                yield Unknown(
                    "tie",
                    (employee, contact),
                    Message(
                        N_("How well does {employee} know {contact} today?"),
                        {
                            "employee": graph.employees[employee].name,
                            "contact": graph.contacts[contact].name,
                        },
                    ),
                    (low, high),
                    contact=contact,
                    asked=employee,
                )


def _assessed(
    graph: AccountGraph, facts: Facts | None, employee: str, contact: str, strength: float
) -> dict[Node, TieEdge]:
    """The ties into a contact had an employee's been assessed today."""
    if facts is not None:
        stated = facts.ties_of[contact]
        fact = TieFact(strength, facts.as_of, stated[employee].trust_holder)
        return dict(contact_ties(facts, contact, {**stated, employee: fact}))
    edges = graph.network.in_edges(Node("contact", contact), data=True)
    ties: dict[Node, TieEdge] = {source: data["tie"] for source, _, data in edges}
    ours = Node("employee", employee)
    later = Interval(*(min(strength, end) for end in ties[ours].later))
    return {**ties, ours: TieEdge(exactly(strength), later)}


def _trust(graph: AccountGraph, facts: Facts) -> Iterator[Unknown]:
    def then(employee: str, contact: str, holder: str, parts: RiskParts) -> Then:
        del parts
        stated = facts.ties_of[contact]
        fact = replace(stated[employee], trust_holder=holder)
        changed = with_ties(graph, contact, contact_ties(facts, contact, {**stated, employee: fact}))
        return Then(changed, risk_parts(changed))

    for contact, person in graph.contacts.items():
        for employee, tie in sorted(facts.ties_of.get(contact, {}).items()):
            if tie.trust_holder == "unknown":
                one, other = (End(who, partial(then, employee, contact, who)) for who in ("person", "firm"))
                yield Unknown(
                    "trust_holder",
                    (employee, contact),
                    Message(
                        N_("Does {employee}'s trust with {contact} belong to the firm?"),
                        {"employee": facts.employees[employee].name, "contact": person.name},
                    ),
                    (one, other),
                    contact=contact,
                )


def _roles(graph: AccountGraph) -> Iterator[Unknown]:
    heaviest = _heaviest_roles(graph.policy)
    for seat in graph.scope:
        if seat.roles is None:
            none, most = (_seat_end(graph, seat, "roles", roles) for roles in ((), heaviest))
            yield Unknown(
                "roles",
                (seat.id,),
                Message(N_("Which part has {seat} in decisions?"), {"seat": _called(graph, seat)}),
                (none, most),
                contact=seat.holder,
            )


def _heaviest_roles(policy: Policy) -> tuple[str, ...]:
    """The role that weighs most, and the one that weighs most of those that decide: often the same."""
    scale, deciders = policy.decision_weight.roles, policy.decision_weight.deciders
    heaviest = [max(scale, key=lambda role: (scale[role], role in deciders))] if scale else []
    deciding = [max(deciders, key=scale.__getitem__)] if deciders else []
    return tuple(heaviest if set(heaviest) & set(deciders) else heaviest + deciding)


def _seat_levels(graph: AccountGraph) -> Iterator[Unknown]:
    scale = graph.policy.decision_weight
    levels = (*scale.levels, min(HIGHEST_LEVEL, max(scale.levels, default=0) + 1))
    lightest = min(levels, key=lambda level: (scale.of_level(level), -level))
    heaviest = max(levels, key=lambda level: (scale.of_level(level), -level))
    for seat in graph.scope:
        if seat.level is None and not seat.weight.known:
            least, most = (_seat_end(graph, seat, "level", level) for level in (lightest, heaviest))
            yield Unknown(
                "seat_level",
                (seat.id,),
                Message(N_("On which level is {seat}?"), {"seat": _called(graph, seat)}),
                (least, most),
                contact=seat.holder,
            )


def _seat_end(graph: AccountGraph, seat: SeatNode, field: str, value: tuple[str, ...] | int) -> End:
    """The seat with its roles or its level known; a weight that was given, and not worked out, stays."""
    scale = graph.policy.decision_weight
    was = Seat(id=seat.id, account=seat.account, roles=seat.roles, level=seat.level)
    given = seat.weight.known and seat.weight != decision_weight(was, graph.policy)
    entered = was.model_copy(update={field: value, "weight": seat.weight.low if given else None})
    weight, decides = decision_weight(entered, graph.policy), is_decider(entered, graph.policy)
    filled = replace(
        seat,
        roles=entered.roles,
        level=entered.level,
        weight=weight,
        is_decider=decides,
        is_key=decides or weight.high >= scale.key,
    )

    def then(parts: RiskParts) -> Then:
        del parts
        changed = with_seat(graph, filled)
        return Then(changed, risk_parts(changed))

    return End(value, then)


def _called(graph: AccountGraph, seat: SeatNode) -> str:
    """What people call a seat, with its holder: titles are often the same."""
    title = seat.title or seat.id
    return title if seat.holder is None else f"{title} ({graph.contacts[seat.holder].name})"


def _employee_levels(graph: AccountGraph) -> Iterator[Unknown]:
    """Of those who may meet somebody on the levels that should be matched."""
    gap = graph.policy.organisation.level_gap

    def then(employee: Employee, level: int, parts: RiskParts) -> Then:
        changed = with_employee(graph, employee.model_copy(update={"level": level}))
        return Then(changed, parts._replace(elements=organisation_elements(changed)))

    top = [
        (seat.level, graph.ties[seat.holder]) for seat in matched_seats(graph) if seat.holder is not None
    ]
    for employee in (graph.employees[e] for e in graph.concerned):
        meets = [
            level
            for level, ties in top
            if level is not None and leg(ties.get(employee.id), graph, "high") > 0
        ]
        if employee.level is None and meets:
            best = max(
                range(min(meets), max(meets) + 1),
                key=lambda own, meets=meets: (sum(abs(own - level) <= gap for level in meets), -own),  # type: ignore[misc]
            )
            none, most = (End(level, partial(then, employee, level)) for level in (HIGHEST_LEVEL, best))
            yield Unknown(
                "employee_level",
                (employee.id,),
                Message(N_("What is {employee}'s level?"), {"employee": employee.name}),
                (none, most),
                asked=employee.manager,
            )


def _elements(graph: AccountGraph) -> Iterator[Unknown]:
    """The elements of organisation with nothing to divide by."""

    def then(name: Kind, share: float, parts: RiskParts) -> Then:
        return Then(graph, parts._replace(elements=parts.elements._replace(**{name: exactly(share)})))

    def asked(name: Kind, says: str) -> Unknown:
        none, all_ = (End(share, partial(then, name, share)) for share in (0.0, 1.0))
        return Unknown(
            name, (graph.account.id,), Message(says, {"account": graph.account.name}), (none, all_)
        )

    if not communication(graph).known:
        yield asked("communication", N_("Which meetings with {account} have a cadence, and are they held?"))
    if not matched_seats(graph):
        yield asked(
            "matching", N_("Who sits on the top levels of {account}, and who of ours on their level?")
        )
    if not joint_work(graph).known:
        yield asked("joint_work", N_("In which stages of its value chain do we work with {account}?"))
    if not recognition(graph).known:
        yield asked("recognition", N_("Is there a strategic or framework agreement with {account}?"))

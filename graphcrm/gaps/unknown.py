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

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graphcrm.errors import N_, Message
from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import leg
from graphcrm.measures.organisation import communication, joint_work, matched_seats, recognition
from graphcrm.policies import Policy
from graphcrm.records.base import HIGHEST_LEVEL
from graphcrm.records.question import Value

Kind = Literal[
    "attitude", "tie", "trust_holder", "roles", "seat_level", "employee_level",
    "communication", "matching", "joint_work", "recognition",
]  # fmt: skip
"""Which fact: of a person, a seat, or an element of organisation."""


@dataclass(frozen=True)
class Unknown:
    """A fact nobody entered: the ids it is about, and the ``ends`` of what it could be.

    Who may know it: ``asked`` of ours first, else who is closest to the ``contact``.
    """

    kind: Kind
    subjects: tuple[str, ...]
    question: Message
    ends: tuple[Value, Value]
    contact: str | None = None
    asked: str | None = None

    @property
    def id(self) -> str:
        """Kind and subjects: the same in every review."""
        return "/".join((self.kind, *self.subjects))


def unknown_facts(graph: AccountGraph) -> Iterator[Unknown]:
    """Every unknown fact of an observed account."""
    yield from _attitudes(graph)
    yield from _ties(graph)
    yield from _trust(graph)
    yield from _roles(graph)
    yield from _seat_levels(graph)
    yield from _employee_levels(graph)
    yield from _elements(graph)


def _attitudes(graph: AccountGraph) -> Iterator[Unknown]:
    scale = graph.policy.attitudes
    ends = min(scale, key=scale.__getitem__), max(scale, key=scale.__getitem__)
    for holder in sorted({seat.holder for seat in graph.scope if seat.holder is not None}):
        contact = graph.contacts[holder]
        if contact.attitude is None:
            says = Message(N_("What is {contact}'s attitude to us?"), {"contact": contact.name})
            yield Unknown("attitude", (holder,), says, ends, contact=holder)


def _ties(graph: AccountGraph) -> Iterator[Unknown]:
    """Of those who are there; and of others where the firm keeps a part, or may."""
    for contact, ties in graph.every_tie.items():
        for employee, tie in ties.items():
            if tie.now.known:
                continue
            if employee in graph.present:
                asks = N_("How well does {employee} know {contact} today?")
            elif tie.kept is not None:
                asks = N_("How strong is {employee}'s tie with {contact}? The firm may keep a part of it.")
            else:
                continue
            says = Message(asks, _names(graph, employee, contact))
            ends = tie.now.low, tie.now.high
            yield Unknown("tie", (employee, contact), says, ends, contact=contact, asked=employee)


def _trust(graph: AccountGraph) -> Iterator[Unknown]:
    for contact, ties in graph.every_tie.items():
        for employee, tie in ties.items():
            if tie.trust_holder == "unknown":
                asks = N_("Does {employee}'s trust with {contact} belong to the firm?")
                says = Message(asks, _names(graph, employee, contact))
                yield Unknown(
                    "trust_holder", (employee, contact), says, ("person", "firm"), contact=contact
                )


def _names(graph: AccountGraph, employee: str, contact: str) -> dict[str, object]:
    return {"employee": graph.employees[employee].name, "contact": graph.contacts[contact].name}


def _roles(graph: AccountGraph) -> Iterator[Unknown]:
    heaviest = _heaviest_roles(graph.policy)
    for seat in graph.scope:
        if seat.roles is None:
            says = Message(N_("Which part has {seat} in decisions?"), {"seat": _called(graph, seat)})
            yield Unknown("roles", (seat.id,), says, ((), heaviest), contact=seat.holder)


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
            says = Message(N_("On which level is {seat}?"), {"seat": _called(graph, seat)})
            yield Unknown("seat_level", (seat.id,), says, (lightest, heaviest), contact=seat.holder)


def _called(graph: AccountGraph, seat: SeatNode) -> str:
    """What people call a seat, with its holder: titles are often the same."""
    title = seat.title or seat.id
    return title if seat.holder is None else f"{title} ({graph.contacts[seat.holder].name})"


def _employee_levels(graph: AccountGraph) -> Iterator[Unknown]:
    """Of those who may meet somebody on the levels that should be matched."""
    gap = graph.policy.organisation.level_gap
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
            says = Message(N_("What is {employee}'s level?"), {"employee": employee.name})
            yield Unknown(
                "employee_level", (employee.id,), says, (HIGHEST_LEVEL, best), asked=employee.manager
            )


def _elements(graph: AccountGraph) -> Iterator[Unknown]:
    """The elements of organisation with nothing to divide by."""

    def asked(name: Kind, says: str) -> Unknown:
        return Unknown(
            name, (graph.account.id,), Message(says, {"account": graph.account.name}), (0.0, 1.0)
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

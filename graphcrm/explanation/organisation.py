"""Organisation: is company tied to company, in four elements (section 6)."""

from collections.abc import Callable, Iterator, Mapping

from graphcrm.errors import N_, Message
from graphcrm.explanation.breadth import live_tie
from graphcrm.explanation.ground import (
    Ground,
    as_of,
    employee_named,
    entry,
    everywhere,
    family,
    leaf,
    named,
    node,
    nothing,
    seat_named,
)
from graphcrm.explanation.stated import employee_level, seat_level
from graphcrm.measures.organisation import matched_seats
from graphcrm.records.explanation import Node
from graphcrm.records.interval import exactly
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.review import Verdict


@family
def organisation(why: Ground) -> Node:
    """O, the mean of the four elements."""
    return node(
        Message(N_("organisation")), "mean", *(organisation_elements(why, name) for name in ELEMENTS)
    )


@family
def organisation_elements(why: Ground, element: str) -> Node:
    """One of the four elements."""
    if why.base is not None and not _hangs_on(why.base, element, why.absent):
        return organisation_elements(why.base, element)
    return ELEMENTS[element](why)


def _hangs_on(why: Ground, element: str, employee: str) -> bool:
    """Whether an employee's leaving could change an element."""
    if element == "matching":
        holders = {seat.holder for seat in matched_seats(why.graph)}
        return any(employee in why.graph.ties[holder] for holder in holders if holder is not None)
    return any(employee in mechanism.our_owners for mechanism in why.graph.mechanisms)


def _communication(why: Ground) -> Node:
    says = Message(N_("communication"))
    regular = [m for m in why.graph.mechanisms if m.cadence_days is not None]
    if not regular:
        return _nothing_to_divide_by(why, says, Message(N_("no mechanism with a cadence on record")))
    return node(says, "share_of_true", *(_in_time(why, m, m.cadence_days or 0.0) for m in regular))


def _in_time(why: Ground, mechanism: Mechanism, cadence: float) -> Node:
    says = Message(N_("{mechanism} is carried and held in time"), {"mechanism": mechanism.id})
    return node(says, "all_of", carried(why, mechanism), _held(why, mechanism, cadence), unit="verdict")


def _held(why: Ground, mechanism: Mechanism, cadence: float) -> Node:
    says = Message(N_("held within the last cadences"))
    if not mechanism.held:
        return nothing(Message(N_("no day on which it was held is on record")), "no", "verdict")
    limit = node(
        Message(N_("how long ago is in time")),
        "product",
        leaf(Message(N_("its cadence")), exactly(float(cadence)), "days", evidence=mechanism),
        entry(why, "organisation.cadences_of_grace", unit="number"),
        unit="days",
    )

    def day_held(index: int) -> Node:
        day = leaf(Message(N_("held on")), mechanism.held[index], "date", evidence=mechanism)
        age = node(Message(N_("days since")), "days_between", as_of(why), day, unit="days")
        return node(Message(N_("held in time")), "within", age, limit, unit="verdict")

    return node(says, "any_of", *(day_held(i) for i in range(len(mechanism.held))), unit="verdict")


def carried(why: Ground, mechanism: Mechanism) -> Node:
    """Whether somebody of ours who is there looks after it, or it needs nobody."""
    says = Message(N_("somebody present looks after it"))
    if not mechanism.our_owners:
        nobody = Message(N_("it needs nobody of ours"))
        return node(says, "any_of", leaf(nobody, "proven", "verdict", evidence=mechanism), unit="verdict")
    return node(
        says, "any_of", *(_present(why, e, mechanism) for e in mechanism.our_owners), unit="verdict"
    )


def _present(why: Ground, employee: str, mechanism: Mechanism) -> Node:
    says = Message(N_("{employee} is there"), {"employee": why.employee(employee)})
    there: Verdict = "proven" if employee in why.graph.present else "no"
    record = why.graph.employees.get(employee, mechanism)
    return leaf(says, there, "verdict", evidence=record)


def _matching(why: Ground) -> Node:
    says = Message(N_("matching"))
    seats = [seat.id for seat in matched_seats(why.graph)]
    if not seats:
        return node(says, "anything", nothing(Message(N_("no seat of the top levels on record"))))
    pairs = [pair for seat in seats for pair in _pairs(why, seat)]
    none = nothing(Message(N_("nobody of ours knows such a seat in person")))
    most = node(Message(N_("seats matched")), "matching", *(pairs or [none]), unit="count")
    there = [_top_seat(why, seat) for seat in seats]
    enough = node(
        Message(N_("matches that are enough")),
        "smallest",
        entry(why, "organisation.enough_matches", unit="count"),
        node(Message(N_("seats of the top levels")), "count", *there, unit="count"),
        unit="count",
    )
    return node(says, "capped_ratio", most, enough)


def _top_seat(why: Ground, seat: str) -> Node:
    says = Message(N_("{seat} is of a top level"), {"seat": why.seat(seat)})
    levels = entry(why, "organisation.matched_levels", unit="words")
    return node(says, "one_of", seat_level(why, seat), levels, unit="verdict")


def _pairs(why: Ground, seat: str) -> Iterator[Node]:
    holder = why.graph.seats[seat].holder
    for employee in why.graph.ties[holder] if holder is not None else ():
        yield meets(why, employee, seat)


@everywhere
def meets(why: Ground, employee: str, seat: str) -> Node:
    """Whether an employee meets the holder of a seat on the same level."""
    holder = why.graph.seats[seat].holder
    assert holder is not None, "nobody is met at a vacant seat"
    names = {"employee": why.employee(employee), "seat": why.seat(seat)}
    fit = node(
        Message(N_("their levels fit")),
        "levels_fit",
        seat_level(why, seat),
        employee_level(why, employee),
        entry(why, "organisation.level_gap", unit="number"),
        unit="verdict",
    )
    on_a_level = Message(N_("{employee} meets {seat} on the same level"), names)
    return node(
        Message(N_("{seat} with {employee}"), names),
        "pair",
        seat_named(why, seat),
        employee_named(why, employee),
        node(on_a_level, "all_of", live_tie(why, employee, holder), fit, unit="verdict"),
        unit="pair",
    )


def _joint_work(why: Ground) -> Node:
    says = Message(N_("joint work"))
    if not why.graph.stages:
        return _nothing_to_divide_by(why, says, Message(N_("no stage of the value chain on record")))

    def shared(name: str) -> Node:
        naming = [m for m in why.graph.mechanisms if m.stage == name]
        none = nothing(Message(N_("no mechanism names it")), "no", "verdict")
        return node(
            Message(N_("joint work in {stage}"), {"stage": name}),
            "any_of",
            *([carried(why, m) for m in naming] or [none]),
            unit="verdict",
        )

    return node(says, "share_of_true", *(shared(stage.name) for stage in why.graph.stages))


def _recognition(why: Ground) -> Node:
    says = Message(N_("recognition"))
    kinds = entry(why, "organisation.agreements", unit="words")
    agreements = [
        node(
            Message(N_("{mechanism} is an agreement"), {"mechanism": m.id}),
            "one_of",
            named(Message(N_("kind of {mechanism}"), {"mechanism": m.id}), m.mechanism_kind, evidence=m),
            kinds,
            unit="verdict",
        )
        for m in why.graph.mechanisms
    ]
    if any(agreement.value == "proven" for agreement in agreements):
        held = Message(N_("an agreement is in force"))
        return node(says, "as_share", node(held, "any_of", *agreements, unit="verdict"))
    return _nothing_to_divide_by(why, says, Message(N_("no such agreement on record")))


def _nothing_to_divide_by(why: Ground, says: Message, what: Message) -> Node:
    account = why.graph.account
    complete = leaf(
        Message(N_("every mechanism is on record")),
        "proven" if account.mechanisms_complete else "no",
        "verdict",
        evidence=account,
    )
    return node(says, "nothing_counts", nothing(what), complete)


ELEMENTS: Mapping[str, Callable[[Ground], Node]] = {
    "communication": _communication,
    "matching": _matching,
    "joint_work": _joint_work,
    "recognition": _recognition,
}
"""The four elements, in the order of the method."""

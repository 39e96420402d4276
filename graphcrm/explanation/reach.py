"""Reach of a seat: the best live route of ours, directly or through one gate (method, section 4)."""

from collections.abc import Iterator

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import (
    NOW,
    Ground,
    entry,
    everywhere,
    family,
    given,
    leaf,
    node,
    nothing,
)
from graphcrm.explanation.strength import firm_strength, strength
from graphcrm.records.explanation import Node
from graphcrm.records.interval import exactly


def doors(why: Ground, seat: str) -> Iterator[tuple[str, str | None]]:
    """Through whom a seat is reached: its holder, and the holder of each gate with the gate."""
    holder = why.graph.seats[seat].holder
    if holder is not None:
        yield holder, None
        for gate in why.graph.gates[seat]:
            beside = why.graph.seats[gate].holder
            assert beside is not None, "a gate is occupied"
            yield beside, gate


def carriers(why: Ground, seat: str) -> list[str]:
    """Who of ours has a tie, live or not, to somebody through whom the seat is reached."""
    if seat not in why.carriers:
        why.carriers[seat] = sorted({e for holder, _ in doors(why, seat) for e in why.graph.ties[holder]})
    return why.carriers[seat]


@everywhere
def leg(why: Ground, employee: str, contact: str, time: str = NOW) -> Node:
    """The direct leg of an employee to a contact: its strength if it carries anything, else 0."""
    who = {"employee": why.employee(employee), "contact": why.contact(contact)}
    says = Message(N_("{employee} to {contact}"), who)
    return node(says, "live", strength(why, employee, contact, time), entry(why, "reach.live"))


@everywhere
def firm_leg(why: Ground, contact: str, time: str = NOW) -> Node:
    """The direct leg of the firm itself to a contact."""
    says = Message(N_("the firm to {contact}"), {"contact": why.contact(contact)})
    return node(says, "live", firm_strength(why, contact, time), entry(why, "reach.live"))


@everywhere
def routes(why: Ground, employee: str, seat: str, time: str = NOW) -> Node:
    """V(e, c): the best route of an employee to a seat."""
    ways = [
        _way(why, leg(why, employee, holder, time), gate, seat)
        for holder, gate in doors(why, seat)
        if employee in why.graph.ties[holder]
    ]
    who = {"employee": why.employee(employee), "seat": why.seat(seat)}
    return _best(Message(N_("best route of {employee} to {seat}"), who), ways)


@everywhere
def firm_routes(why: Ground, seat: str, time: str = NOW) -> Node:
    """V of the firm itself: what comes through whoever leaves."""
    ways = [
        _way(why, firm_leg(why, holder, time), gate, seat)
        for holder, gate in doors(why, seat)
        if holder in why.graph.firm
    ]
    return _best(Message(N_("best route of the firm to {seat}"), {"seat": why.seat(seat)}), ways)


def _best(says: Message, ways: list[Node]) -> Node:
    """The best of several ways; one needs no choice."""
    return ways[0] if len(ways) == 1 else node(says, "largest", *ways)


def _way(why: Ground, direct: Node, gate: str | None, seat: str) -> Node:
    """A leg, and beyond it what a gate carries on."""
    if gate is None:
        return direct
    says = Message(N_("through {gate} to {seat}"), {"gate": why.seat(gate), "seat": why.seat(seat)})
    return node(says, "product", direct, influence(why, gate, seat))


@everywhere
def influence(why: Ground, gate: str, seat: str) -> Node:
    """How strongly one seat bears on another: the largest of what is on record."""
    who = {"gate": why.seat(gate), "seat": why.seat(seat)}
    says = Message(N_("influence of {gate} on {seat}"), who)
    if why.recorded is None:
        return given(says, exactly(why.graph.gates[seat][gate]))
    seats, reasons = why.recorded.seats, []
    if seats[gate].reports_to == seat:
        reasons.append(_reporting(why, Message(N_("{gate} reports to {seat}"), who), "to_boss", gate))
    if seats[seat].reports_to == gate:
        reasons.append(
            _reporting(why, Message(N_("{seat} reports to {gate}"), who), "to_subordinate", seat)
        )
    for record in why.recorded.influences.get((gate, seat), []):
        stated = Message(N_("influence on record, {kind}"), {"kind": record.influence_kind})
        if record.strength is None:
            basis = leaf(stated, None, "words", evidence=record)
            reasons.append(node(stated, "looked_up", basis, entry(why, "reach.influence")))
        else:
            reasons.append(leaf(stated, exactly(record.strength), evidence=record))
    return node(says, "largest", *reasons)


def _reporting(why: Ground, says: Message, which: str, subordinate: str) -> Node:
    assert why.recorded is not None
    line = leaf(says, None, "words", evidence=why.recorded.seats[subordinate])
    return node(says, "looked_up", line, entry(why, f"reach.{which}"))


@family
def reach(why: Ground, seat: str, time: str = NOW) -> Node:
    """R(c): the best route of a present employee or of the firm."""
    if why.base is not None and why.absent not in carriers(why.base, seat):
        return reach(why.base, seat, time)
    return _best_route(why, seat, time)


def _best_route(why: Ground, seat: str, time: str) -> Node:
    words = {
        "seat": why.seat(seat),
        "days": str(why.graph.policy.fade_days),
        "employee": why.employee(why.absent),
    }
    if why.base is not None:
        says = Message(N_("reach of {seat} without {employee}"), words)
    elif time == NOW:
        says = Message(N_("reach of {seat}"), words)
    else:
        says = Message(N_("reach of {seat} after {days} days without contact"), words)
    ways = [routes(why, employee, seat, time) for employee in carriers(why, seat)]
    if any(holder in why.graph.firm for holder, _ in doors(why, seat)):
        ways.append(firm_routes(why, seat, time))
    if not ways and why.graph.seats[seat].holder is None:
        ways = [vacant(why, seat)]
    none = nothing(Message(N_("no tie and no interaction on record")), exactly(0.0))
    return node(says, "largest", *(ways or [none]))


def vacant(why: Ground, seat: str) -> Node:
    """A seat without holder reaches nobody and supports nobody."""
    record = None if why.root.recorded is None else why.root.recorded.seats[seat]
    says = Message(N_("{seat} is vacant"), {"seat": why.seat(seat)})
    return leaf(says, exactly(0.0), operator="record" if record else "given", evidence=record)


@everywhere
def best_leg(why: Ground, contact: str) -> Node:
    """The best direct leg to a contact, of an employee or of the firm."""
    legs = [leg(why, employee, contact) for employee in why.graph.ties[contact]]
    if contact in why.graph.firm:
        legs.append(firm_leg(why, contact))
    says = Message(N_("best leg to {contact}"), {"contact": why.contact(contact)})
    none = nothing(Message(N_("no tie and no interaction on record")), exactly(0.0))
    return node(says, "largest", *(legs or [none]))

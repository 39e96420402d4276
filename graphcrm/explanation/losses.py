"""Losses: what leaves with one of ours, with one of theirs, and with time (method, section 8).

Each is a share of T = Σ w·R. Where every strength is known, one list of seats gives both ends; elsewhere
the low and the high end stand in worlds of their own.
"""

from collections.abc import Callable

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import LATER, NOW, Ground, family, node, nothing
from graphcrm.explanation.reach import best_leg, carriers, doors, influence, reach, routes
from graphcrm.explanation.weight import decision_weight
from graphcrm.graph.reach import ENDS, End
from graphcrm.measures.fade import fade
from graphcrm.records.explanation import Node
from graphcrm.records.interval import Interval, exactly

Part = Callable[[str, End], Node]
"""A seat's part in a share, in the world of an end."""


def _known(*nodes: Node) -> bool:
    return all(isinstance(n.value, Interval) and n.value.known for n in nodes)


def _weighty(why: Ground) -> list[str]:
    """The seats that can count in a share: whether others are known does not matter."""
    return [seat.id for seat in why.graph.scope if seat.weight.high > 0]


def _share(why: Ground, says: Message, value: Interval | None, part: Part, *, certain: bool) -> Node:
    """The share over the seats in scope, in one world or in two.

    Its value is measured for all departures at once; seat by seat it is made when it is asked for.
    """
    none = nothing(Message(N_("no seat on record")))

    def parts(end: End) -> tuple[Node, ...]:
        return tuple(part(seat.id, end) for seat in why.graph.scope) or (none,)

    def both() -> tuple[Node, ...]:
        return (
            node(Message(N_("at least")), "least_share", *parts("low")),
            node(Message(N_("at most")), "greatest_share", *parts("high")),
        )

    if certain:
        return Node(says=says, operator="share", value=value, unit="share", grow=lambda: parts("high"))
    return Node(says=says, operator="between", value=value, unit="share", grow=both)


def at_end(of: Node, end: End) -> Node:
    """A number at one end; one that is known is what it is."""
    if _known(of):
        return of
    says = {
        "low": Message(N_("{what}, at its lowest"), {"what": of.says}),
        "high": Message(N_("{what}, at its highest"), {"what": of.says}),
    }
    return node(says[end], f"{end}_end", of)


def other(end: End) -> End:
    """The end across."""
    return ENDS[1 - ENDS.index(end)]


def _lost(why: Ground, seat: str, today: Node, stays: Node) -> Node:
    """A seat that loses some of its reach."""
    lost = node(
        Message(N_("reach that is lost at {seat}"), {"seat": why.seat(seat)}), "excess", today, stays
    )
    says = Message("{seat}", {"seat": why.seat(seat)})
    return node(says, "seat_part", decision_weight(why, seat), lost, today, unit="seat_part")


@family
def kept(why: Ground, seat: str, end: str) -> Node:
    """A seat that loses nothing, with its reach at an end."""
    says = Message("{seat}", {"seat": why.seat(seat)})
    stays = at_end(reach(why, seat), "low" if end == "low" else "high")
    return node(says, "kept", decision_weight(why, seat), stays, unit="seat_part")


@family
def departure_loss(why: Ground, employee: str) -> Node:
    """loss(e) = (T − T without e) / T. High end: e's ties high, all others low; low end the other way."""
    gone = why.without(employee)
    says = Message(N_("lost if {employee} leaves"), {"employee": why.employee(employee)})
    touched = {s.id for s in why.graph.scope if employee in carriers(why, s.id)}

    def part(seat: str, end: End) -> Node:
        if seat not in touched:
            return kept(why, seat, other(end))
        return _lost(why, seat, *_with_and_without(why, gone, employee, seat, end))

    certain = all(
        _known(reach(gone, s), routes(why, employee, s)) if s in touched else _known(reach(why, s))
        for s in _weighty(why)
    )
    return _share(why, says, why.departure_losses[employee], part, certain=certain)


def _with_and_without(why: Ground, gone: Ground, employee: str, seat: str, end: End) -> tuple[Node, Node]:
    """A seat's reach today, and what stays of it."""
    stays = at_end(reach(gone, seat), other(end))
    if _known(reach(why, seat), reach(gone, seat), routes(why, employee, seat)):
        return reach(why, seat), stays
    theirs = at_end(routes(why, employee, seat), end)
    today = Message(N_("reach of {seat} today"), {"seat": why.seat(seat)})
    return node(today, "largest", theirs, stays), stays


@family
def dependence(why: Ground) -> Node:
    """P: the largest loss, at each end."""
    losses = [departure_loss(why, employee) for employee in why.graph.concerned]
    reached = any(isinstance(v := reach(why, s.id).value, Interval) and v.high > 0 for s in why.graph.scope)
    nobody = Message(N_("no employee of ours whose leaving would concern a seat"))
    none = nothing(nobody, exactly(0.0) if reached else None)
    return node(Message(N_("dependence")), "largest", *(losses or [none]))


@family
def contact_loss(why: Ground, contact: str) -> Node:
    """The share of T that falls when a contact leaves all seats, and is no gate any more."""
    says = Message(N_("lost if {contact} leaves"), {"contact": why.contact(contact)})

    def part(seat: str, end: End) -> Node:
        if why.graph.seats[seat].holder == contact:
            whole = at_end(reach(why, seat), end)
            words = Message("{seat}", {"seat": why.seat(seat)})
            return node(words, "seat_part", decision_weight(why, seat), whole, whole, unit="seat_part")
        if all(holder != contact for holder, _ in doors(why, seat)):
            return kept(why, seat, other(end))
        return _lost(why, seat, *_with_and_without_contact(why, contact, seat, end))

    doors_used = {holder for seat in _weighty(why) for holder, _ in doors(why, seat)}
    certain = all(_known(best_leg(why, holder)) for holder in doors_used)
    return _share(why, says, why.contact_losses[contact], part, certain=certain)


def _with_and_without_contact(why: Ground, contact: str, seat: str, end: End) -> tuple[Node, Node]:
    """A seat's reach with the contact and without: ties into the contact at one end, others across."""
    ways = []
    for holder, gate in doors(why, seat):
        direct = at_end(best_leg(why, holder), end if holder == contact else other(end))
        says = Message(N_("by way of {contact}"), {"contact": why.contact(holder)})
        way = direct if gate is None else node(says, "product", direct, influence(why, gate, seat))
        ways.append((holder, way))
    none = nothing(Message(N_("no other way")), exactly(0.0))
    words = {"seat": why.seat(seat), "contact": why.contact(contact)}
    today = node(Message(N_("reach of {seat} today"), words), "largest", *(way for _, way in ways))
    rest = [way for holder, way in ways if holder != contact]
    stays = node(Message(N_("reach of {seat} without {contact}"), words), "largest", *(rest or [none]))
    return today, stays


@family
def fade_90(why: Ground) -> Node:
    """(T − T₉₀) / T: what is lost by waiting without contact."""
    days = str(why.graph.policy.fade_days)
    says = Message(N_("lost after {days} days without contact"), {"days": days})

    def part(seat: str, end: End) -> Node:
        now, then = reach(why, seat, NOW), reach(why, seat, LATER)
        if _known(now, then):
            return _lost(why, seat, now, then)
        if end == "high":
            return _lost(why, seat, at_end(now, "high"), at_end(then, "low"))
        most = at_end(then, "high")
        kept_at_best = Message(N_("no more than stays at best"))
        today = node(
            Message(N_("reach of {seat} today, if little fades"), {"seat": why.seat(seat)}),
            "largest",
            at_end(now, "low"),
            node(kept_at_best, "smallest", at_end(now, "high"), most),
        )
        return _lost(why, seat, today, most)

    certain = all(_known(reach(why, s, NOW), reach(why, s, LATER)) for s in _weighty(why))
    return _share(why, says, fade(why.graph), part, certain=certain)

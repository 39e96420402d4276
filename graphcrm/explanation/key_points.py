"""Key points: how strongly we reach those who decide, and whether they support us (section 6)."""

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import Ground, family, node, nothing
from graphcrm.explanation.reach import reach, vacant
from graphcrm.explanation.stated import attitude
from graphcrm.explanation.weight import decides, decision_weight
from graphcrm.records.explanation import Node

NO_SEAT = N_("no seat on record")


@family
def supported(why: Ground, seat: str) -> Node:
    """R·g of a seat: how strongly we come through, times how much its holder supports us."""
    if why.base is not None and reach(why, seat) is reach(why.base, seat):
        return supported(why.base, seat)
    holder = why.graph.seats[seat].holder
    says = Message(N_("reach × support at {seat}"), {"seat": why.seat(seat)})
    support = vacant(why, seat) if holder is None else attitude(why, holder)
    return node(says, "product", reach(why, seat), support)


@family
def key_points_part(why: Ground, seat: str) -> Node:
    """A seat's part in the key points: its weight, and reach × support of 1."""
    if why.base is not None and supported(why, seat) is supported(why.base, seat):
        return key_points_part(why.base, seat)
    says = Message("{seat}", {"seat": why.seat(seat)})
    return node(says, "seat_part", decision_weight(why, seat), supported(why, seat), unit="seat_part")


@family
def key_points(why: Ground) -> Node:
    """K = Σ w·R·g / Σ w over the seats in scope."""
    parts = [key_points_part(why, seat.id) for seat in why.graph.scope]
    return node(Message(N_("key points")), "weighted_mean", *(parts or [nothing(Message(NO_SEAT))]))


@family
def key_points_floor(why: Ground) -> Node:
    """The least R·g of a decider seat; at the low end also of seats of unknown roles."""
    says = Message(N_("weakest decider"))
    seats = [seat for seat in why.graph.scope if seat.is_decider or seat.roles is None]
    if not any(seat.is_decider for seat in seats):
        unsure = [decides(why, seat.id) for seat in why.graph.scope]
        return node(says, "anything", *(unsure or [nothing(Message(NO_SEAT))]))
    return node(
        says,
        "smallest",
        *(supported(why, s.id) if s.is_decider else _perhaps(why, s.id) for s in seats),
    )


def _perhaps(why: Ground, seat: str) -> Node:
    """A seat that may decide can only lower the least: at the high end it does not count."""
    says = Message(N_("{seat}, if it decides"), {"seat": why.seat(seat)})
    return node(says, "or_more", supported(why, seat), decides(why, seat))

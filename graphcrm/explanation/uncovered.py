"""Uncovered: the deciders' weight that is vacant, unreached or opposed (section 8)."""

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import Ground, entry, family, node, nothing
from graphcrm.explanation.reach import reach
from graphcrm.explanation.stated import attitude_word
from graphcrm.explanation.weight import decides, decision_weight
from graphcrm.records.explanation import Node


@family
def uncovered(why: Ground) -> Node:
    """Weight of decider seats nobody won for us, over the weight of decider seats."""
    parts = [_part(why, s.id) for s in why.graph.scope if s.is_decider or s.roles is None]
    none = nothing(Message(N_("no seat that decides on record")))
    return node(Message(N_("deciders not covered")), "weighted_mean", *(parts or [none]))


def _part(why: Ground, seat: str) -> Node:
    weight = decision_weight(why, seat)
    if not why.graph.seats[seat].is_decider:
        says = Message(N_("weight of {seat}, if it decides"), {"seat": why.seat(seat)})
        weight = node(says, "or_less", weight, decides(why, seat), unit="number")
    not_covered = Message(N_("share of {seat} not covered"), {"seat": why.seat(seat)})
    share = node(not_covered, "as_share", bare(why, seat))
    return node(Message("{seat}", {"seat": why.seat(seat)}), "seat_part", weight, share, unit="seat_part")


@family
def bare(why: Ground, seat: str) -> Node:
    """Whether a seat is not reached, a vacant one included, or its holder is against us."""
    holder = why.graph.seats[seat].holder
    reasons = [
        node(
            Message(N_("{seat} is not reached"), {"seat": why.seat(seat)}),
            "is_nought",
            reach(why, seat),
            unit="verdict",
        )
    ]
    if holder is not None:
        against = Message(N_("{contact} is against us"), {"contact": why.contact(holder)})
        opposed = entry(why, "opposed", unit="words")
        reasons.append(node(against, "one_of", attitude_word(why, holder), opposed, unit="verdict"))
    says = Message(N_("{seat} is not covered"), {"seat": why.seat(seat)})
    return node(says, "any_of", *reasons, unit="verdict")

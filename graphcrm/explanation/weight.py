"""Decision weight of a seat: given, or role × level (method, section 5)."""

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import Ground, entry, everywhere, given, leaf, node, nothing
from graphcrm.explanation.stated import seat_level, seat_roles
from graphcrm.records.explanation import Node
from graphcrm.records.interval import exactly


@everywhere
def decision_weight(why: Ground, seat: str) -> Node:
    """The weight w of a seat, an interval where its roles or level are not known."""
    says = Message(N_("decision weight of {seat}"), {"seat": why.seat(seat)})
    if why.recorded is None:
        return given(says, why.graph.seats[seat].weight, "number")
    record = why.recorded.seats[seat]
    if record.weight is not None:
        return leaf(says, exactly(record.weight), "number", evidence=record)
    return node(says, "product", _role_weight(why, seat), _level_weight(why, seat), unit="number")


def _role_weight(why: Ground, seat: str) -> Node:
    says = Message(N_("weight of its roles"))
    source, roles = seat_roles(why, seat), why.graph.seats[seat].roles
    scale = why.graph.policy.decision_weight.roles
    none = nothing(Message(N_("no decision role weighs nothing")), exactly(0.0), "number")
    if roles is None:
        heaviest = max(scale, key=scale.__getitem__, default=None)
        most = [] if heaviest is None else [entry(why, "decision_weight.roles", heaviest, unit="number")]
        return node(says, "span", source, none, *most, unit="number")
    weights = [entry(why, "decision_weight.roles", role, unit="number") for role in roles]
    return node(says, "largest", source, *(weights or [none]), unit="number")


def _level_weight(why: Ground, seat: str) -> Node:
    says = Message(N_("weight of its level"))
    source, level = seat_level(why, seat), why.graph.seats[seat].level
    scale = why.graph.policy.decision_weight
    if level is not None:
        named = (
            entry(why, "decision_weight.levels", level, unit="number") if level in scale.levels else None
        )
        lower = entry(why, "decision_weight.lower_levels", unit="number")
        return node(says, "looked_up", source, named or lower, unit="number")
    entries = [entry(why, "decision_weight.levels", key, unit="number") for key in scale.levels]
    lower = entry(why, "decision_weight.lower_levels", unit="number")
    return node(says, "span", source, *entries, lower, unit="number")


@everywhere
def decides(why: Ground, seat: str) -> Node:
    """Whether a seat decides or approves; possible where its roles are not known."""
    says = Message(N_("{seat} decides or approves"), {"seat": why.seat(seat)})
    deciders = entry(why, "decision_weight.deciders", unit="words")
    return node(says, "one_of", seat_roles(why, seat), deciders, unit="verdict")

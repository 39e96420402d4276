"""Decision weight of a seat, 0..1: how much its holder decides (method, section 5)."""

from graphcrm.graph.facts import scale_value
from graphcrm.policies import Policy
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.seat import Seat


def decision_weight(seat: Seat, policy: Policy) -> Interval:
    """The weight given, or role × level; the largest of several roles counts.

    Unknown roles may weigh anything from nothing to a decider; an unknown level anything its scale has.

    >>> from graphcrm.policies import load_policy
    >>> decision_weight(Seat(id="s", account="a", roles=("approver",), level=2), load_policy()).rounded()
    Interval(low=0.64, high=0.64)
    """
    if seat.weight is not None:
        return exactly(seat.weight)
    scale = policy.decision_weight
    if seat.roles is None:
        role_low, role_high = scale.unknown_roles
    else:
        words = (scale_value(scale.roles, role, "decision_weight.roles", policy) for role in seat.roles)
        role_low = role_high = max(words, default=0.0)
    if seat.level is None:
        level_low, level_high = scale.unknown_level
    else:
        level_low = level_high = scale.of_level(seat.level)
    return Interval(role_low * level_low, role_high * level_high)


def is_decider(seat: Seat, policy: Policy) -> bool:
    """Whether the seat is known to decide or approve."""
    return not set(policy.decision_weight.deciders).isdisjoint(seat.roles or ())

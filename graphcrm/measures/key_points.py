"""Key points (点): how strongly we reach those who decide, and whether they support us (section 6)."""

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import End, labels
from graphcrm.measures.shares import Term, largest_share, smallest_share
from graphcrm.records.interval import ANYTHING, Interval


def key_points(graph: AccountGraph) -> Interval:
    """K = Σ w·R·g / Σ w over the seats in scope; a share of what the best relationship would have.

    w is the decision weight, R the reach, g the attitude on the policy's scale (unknown: anything; a
    vacant seat: 0). Anything, if no seat is known to have weight. The idea: contact authority (Palmatier
    2008, doi:10.1509/jmkg.72.4.76).
    """
    if not any(seat.weight.low > 0 for seat in graph.scope):
        return ANYTHING
    supported_low, supported_high = supported(graph, "low"), supported(graph, "high")
    low = smallest_share(Term(s.weight, supported_low[s.id], 1.0) for s in graph.scope)
    high = largest_share(Term(s.weight, supported_high[s.id], 1.0) for s in graph.scope)
    return Interval(low or 0.0, high or 0.0)


def key_points_floor(graph: AccountGraph) -> Interval:
    """The least R·g of a decider seat: the weakest of the decisive points.

    The low end also looks at seats of unknown roles, which may decide. Anything without a decider seat.
    """
    low, high = supported(graph, "low"), supported(graph, "high")
    deciders = [s for s in graph.scope if s.is_decider]
    if not deciders:
        return ANYTHING
    maybe = [s for s in graph.scope if s.is_decider or s.roles is None]
    return Interval(min(low[s.id] for s in maybe), min(high[s.id] for s in deciders))


def supported(graph: AccountGraph, end: End) -> dict[str, float]:
    """R·g of every seat in scope at one end."""
    reached = labels(graph, end)
    return {s.id: reached[s.id].best * support(graph, s, end) for s in graph.scope}


def support(graph: AccountGraph, seat: SeatNode, end: End) -> float:
    """g: the holder's attitude as a share; unknown is [0, 1], a vacant seat supports nobody."""
    if seat.holder is None:
        return 0.0
    attitude = graph.contacts[seat.holder].attitude
    if attitude is None:
        return ANYTHING.low if end == "low" else ANYTHING.high
    return graph.attitude_value(attitude)

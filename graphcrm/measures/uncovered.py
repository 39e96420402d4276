"""Uncovered deciders: seats that decide and that nobody won for us (section 8)."""

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import End, labels
from graphcrm.measures.shares import Term, share_interval
from graphcrm.records.interval import ANYTHING, Interval


def uncovered(graph: AccountGraph) -> Interval:
    """Weight of the decider seats vacant, unreached or opposed, over the weight of decider seats.

    Low end: high reach, and an unknown attitude is not opposed; high end: low reach, and it is. Seats of
    unknown roles may decide, with a weight from 0 up. Anything, if no decider seat is known to have weight.
    """
    if not any(s.is_decider and s.weight.low > 0 for s in graph.scope):
        return ANYTHING
    share = share_interval(
        _terms(graph, "high", unknown_opposes=False), _terms(graph, "low", unknown_opposes=True)
    )
    assert share is not None, "a decider seat has weight"
    return share


def _terms(graph: AccountGraph, end: End, *, unknown_opposes: bool) -> list[Term]:
    reached = labels(graph, end)
    terms = []
    for seat in graph.scope:
        if seat.is_decider or seat.roles is None:
            weight = seat.weight if seat.is_decider else Interval(0.0, seat.weight.high)
            bare = reached[seat.id].best == 0 or _opposed(graph, seat, unknown_opposes=unknown_opposes)
            terms.append(Term(weight, float(bare), 1.0))
    return terms


def _opposed(graph: AccountGraph, seat: SeatNode, *, unknown_opposes: bool) -> bool:
    if seat.holder is None:
        return False
    attitude = graph.contacts[seat.holder].attitude
    return unknown_opposes if attitude is None else attitude in graph.policy.opposed

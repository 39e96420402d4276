"""Survivability: how many independent routes lead to a seat (section 10)."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import End, legs
from graphcrm.measures.bipartite import largest_matching
from graphcrm.records.interval import Count


def survivability(graph: AccountGraph) -> Mapping[str, Count]:
    """Vertex-disjoint routes of our employees to each seat in scope, at both ends.

    Employees with a direct live tie, and the largest matching of the other employees to gates: by Menger's
    theorem so many must leave, or be blocked, before the seat is cut off. Gates are seats, so one person's
    two seats are two gates. The firm is no route here.
    """
    low, high = live_employees(graph, "low"), live_employees(graph, "high")
    return {s.id: Count(_count(graph, s, low), _count(graph, s, high)) for s in graph.scope}


def live_employees(graph: AccountGraph, end: End) -> Mapping[str, tuple[str, ...]]:
    """By contact: the present employees with a direct live tie, in id order."""
    return {
        contact: tuple(who for who in direct if who is not None)
        for contact, direct in legs(graph, end).items()
    }


def gate_choices(
    graph: AccountGraph, seat: SeatNode, live: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """By gate of an occupied seat: the employees who come through it and have no direct live tie."""
    assert seat.holder is not None, "asked of occupied seats only"
    direct = live[seat.holder]
    holders = {gate: graph.seats[gate].holder for gate in graph.gates[seat.id]}
    return {
        gate: tuple(e for e in live[holder] if e not in direct)
        for gate, holder in holders.items()
        if holder is not None
    }


def _count(graph: AccountGraph, seat: SeatNode, live: Mapping[str, tuple[str, ...]]) -> int:
    if seat.holder is None:
        return 0
    return len(live[seat.holder]) + len(largest_matching(gate_choices(graph, seat, live)))

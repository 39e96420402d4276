"""Survivability with names: the independent routes to a seat, and the smallest cut (section 10)."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.measures.bipartite import largest_matching, smallest_cover
from graphcrm.measures.survivability import gate_choices, live_employees
from graphcrm.records.structure import IndependentRoutes, RoutesToSeat, SeatRoute

NO_ROUTES = IndependentRoutes(routes=(), cut_employees=(), cut_gates=())


def independent_routes(graph: AccountGraph) -> Mapping[str, RoutesToSeat]:
    """By seat in scope: vertex-disjoint routes, as many as its survivability, and a smallest cut.

    A route is an employee with a direct live tie, or an employee through a gate. The cut are employees who
    leave and gates that fall vacant; it is as large as there are routes (Menger 1927), made of everybody
    with a direct tie and of a smallest cover of the others and their gates (Kőnig 1931). The firm is no
    route here. Empty for a seat nobody reaches.
    """
    low, high = live_employees(graph, "low"), live_employees(graph, "high")
    return {
        s.id: RoutesToSeat(low=_routes(graph, s, low), high=_routes(graph, s, high)) for s in graph.scope
    }


def _routes(graph: AccountGraph, seat: SeatNode, live: Mapping[str, tuple[str, ...]]) -> IndependentRoutes:
    if seat.holder is None:
        return NO_ROUTES
    direct, choices = live[seat.holder], gate_choices(graph, seat, live)
    pairs = largest_matching(choices)
    gates, others = smallest_cover(choices, pairs)
    return IndependentRoutes(
        routes=(
            *(SeatRoute(employee=e, gate=None) for e in direct),
            *(SeatRoute(employee=e, gate=gate) for gate, e in sorted(pairs.items())),
        ),
        cut_employees=tuple(sorted({*direct, *others})),
        cut_gates=tuple(sorted(gates)),
    )

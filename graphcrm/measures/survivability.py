"""Survivability: how many independent routes lead to a seat (section 10)."""

from collections.abc import Mapping

import networkx as nx

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import End, leg
from graphcrm.records.interval import Count


def survivability(graph: AccountGraph) -> Mapping[str, Count]:
    """Vertex-disjoint routes of our employees to each seat in scope, at both ends.

    Employees with a direct live tie, and the largest matching of the other employees to gates: by Menger's
    theorem so many must leave, or be blocked, before the seat is cut off. Gates are seats, so one person's
    two seats are two gates. The firm is no route here.
    """
    return {s.id: Count(_routes(graph, s, "low"), _routes(graph, s, "high")) for s in graph.scope}


def _routes(graph: AccountGraph, seat: SeatNode, end: End) -> int:
    if seat.holder is None:
        return 0
    direct = _live_employees(graph, seat.holder, end)
    bipartite: nx.Graph[tuple[str, str]] = nx.Graph()
    for gate in graph.gates[seat.id]:
        holder = graph.seats[gate].holder
        if holder is not None:
            bipartite.add_edges_from(
                (("gate", gate), ("employee", e)) for e in _live_employees(graph, holder, end) - direct
            )
    top = [n for n in bipartite if n[0] == "gate"]
    return len(direct) + len(nx.bipartite.hopcroft_karp_matching(bipartite, top)) // 2


def _live_employees(graph: AccountGraph, contact: str, end: End) -> set[str]:
    return {e for e, tie in graph.ties[contact].items() if leg(tie, graph, end) > 0}

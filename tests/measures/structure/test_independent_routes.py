"""Routes and cuts by name: disjoint, as many as the cut, and without the cut none is left."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import igraph
import networkx as nx
from bundles import Customer, facts_of
from known_graphs import KARATE, KITE, account_of
from random_bundles import random_bundle

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.build import build_graph
from graphcrm.graph.reach import ENDS, End, leg
from graphcrm.measures.structure.independent_routes import independent_routes
from graphcrm.measures.survivability import survivability
from graphcrm.records.structure import IndependentRoutes

Pair = tuple[str, str | None]
"""An employee, and a gate or none."""


def pairs(graph: AccountGraph, seat: SeatNode, end: End) -> set[Pair]:
    """Every way to a seat: employees with a live tie to its holder, or to the holder of a gate."""
    if seat.holder is None:
        return set()
    doors: list[tuple[str | None, str | None]] = [(None, seat.holder)]
    doors += [(gate, graph.seats[gate].holder) for gate in graph.gates[seat.id]]
    return {
        (employee, gate)
        for gate, contact in doors
        for employee, tie in graph.ties[contact or ""].items()
        if leg(tie, graph, end) > 0
    }


def left(ways: set[Pair], employees: set[str], gates: set[str]) -> set[Pair]:
    return {(employee, gate) for employee, gate in ways if employee not in employees and gate not in gates}


def cases() -> Iterator[tuple[AccountGraph, SeatNode, End, IndependentRoutes, set[Pair]]]:
    graphs = []
    for seed in range(60):
        facts = facts_of(random_bundle(Random(seed)))
        graphs += [build_graph(facts, account) for account in facts.accounts]
    known = {f"e{i}": [s] for i, s in enumerate(("m01", "m02", "m09", "m34", "m33"))}
    graphs.append(account_of(KARATE, known, both_ways=True).graph())
    graphs.append(account_of(KITE, {"a": ["Diane"], "b": ["Diane", "Ike"]}, both_ways=True).graph())
    for graph in graphs:
        routes = independent_routes(graph)
        assert list(routes) == [seat.id for seat in graph.scope]
        for seat in graph.scope:
            for end in ENDS:
                found: IndependentRoutes = getattr(routes[seat.id], end)
                yield graph, seat, end, found, pairs(graph, seat, end)


CASES = list(cases())


def test_the_routes_are_ways_to_the_seat_and_share_neither_employee_nor_gate() -> None:
    for _, _, _, found, ways in CASES:
        routes = [(route.employee, route.gate) for route in found.routes]
        assert set(routes) <= ways
        employees, gates = [e for e, _ in routes], [g for _, g in routes if g is not None]
        assert len(set(employees)) == len(employees)
        assert len(set(gates)) == len(gates)


def test_there_are_as_many_routes_as_the_cut_is_large_and_as_survivability_counts() -> None:
    seen = set()
    for graph, seat, end, found, _ in CASES:
        size = len(found.cut_employees) + len(found.cut_gates)
        assert len(found.routes) == size == getattr(survivability(graph)[seat.id], end)
        seen.add(size)
    assert {0, 1, 2, 3, 4} <= seen


def test_without_the_cut_no_way_is_left() -> None:
    through_gates = 0
    for _, _, _, found, ways in CASES:
        assert left(ways, set(found.cut_employees), set(found.cut_gates)) == set()
        through_gates += bool(found.cut_gates)
    assert through_gates > 5


def test_without_anything_smaller_a_way_is_left() -> None:
    for _, _, _, found, ways in CASES:
        vertices = [("e", e) for e in {e for e, _ in ways}] + [("g", g) for g in {g for _, g in ways if g}]
        size = len(found.routes)
        for fewer in combinations(sorted(vertices), size - 1) if 1 < size <= 5 else ():
            gone = [{name for kind, name in fewer if kind == which} for which in "eg"]
            assert left(ways, *gone)


def test_networkx_and_igraph_find_as_many_disjoint_paths_and_as_small_a_cut() -> None:
    looked = 0
    for _, _, _, found, ways in CASES:
        if not ways:
            continue
        forward = _forward(ways)
        assert len(nx.minimum_node_cut(forward, "us", "seat")) == len(found.routes)
        assert len(list(nx.node_disjoint_paths(forward, "us", "seat"))) == len(found.routes)
        flow = igraph.Graph.from_networkx(forward)
        ends = [flow.vs["_nx_name"].index(name) for name in ("us", "seat")]
        assert flow.vertex_connectivity(*ends) == len(found.routes)
        looked += 1
    assert looked > 100


def _forward(ways: set[Pair]) -> "nx.DiGraph[object]":
    """Us → employees → gates → the seat; a way is never walked back."""
    network: nx.DiGraph[object] = nx.DiGraph()
    for employee, gate in sorted(ways, key=str):
        network.add_edge("us", ("e", employee))
        network.add_edge(("e", employee), "seat" if gate is None else ("g", gate))
        if gate is not None:
            network.add_edge(("g", gate), "seat")
    return network


def test_a_seat_behind_two_gates_of_one_person_has_two_routes_and_the_firm_is_none() -> None:
    customer = Customer().seat("s", "p").seat("g1", "q").seat("g2", "q")
    customer.influences("g1", "s").influences("g2", "s").tie("e1", "q").tie("e2", "q", trust_holder="firm")
    proven = independent_routes(customer.graph())["s"].low
    assert {(route.employee, route.gate) for route in proven.routes} == {("e1", "g1"), ("e2", "g2")}
    alone = Customer().seat("s", "p").tie("gone", "p", trust_holder="firm").employee("x")
    alone.document["employees"][0]["valid_to"] = "2026-01-01"
    assert independent_routes(alone.graph())["s"].high.routes == ()

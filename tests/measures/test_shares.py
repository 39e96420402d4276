"""Extreme shares, bus factor, routes and reach, each against a plain way to find it."""

from itertools import combinations, product
from math import exp, fsum, inf, log
from random import Random

import networkx as nx
import pytest
from bundles import Customer, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm.graph.account import FIRM, AccountGraph, Node
from graphcrm.graph.build import build_graph
from graphcrm.graph.reach import End, doors, leg, reach
from graphcrm.measures.bus_factor import bus_factor
from graphcrm.measures.shares import Term, largest_share, share_interval, smallest_share
from graphcrm.measures.survivability import survivability
from graphcrm.records.interval import Interval, exactly

EXACTLY = settings(derandomize=True, deadline=None, max_examples=200)
ends = st.sampled_from((0.0, 0.1, 0.3, 0.5, 0.8, 1.0)) | st.floats(0, 1)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    low, high = sorted((draw(ends), draw(ends)))
    whole = draw(ends)
    return Term(Interval(low, high), whole * draw(ends), whole)


def every_share(given_terms: list[Term]) -> list[float]:
    found = []
    for corner in product(*(set(t.weight) for t in given_terms)):
        whole = fsum(w * t.whole for w, t in zip(corner, given_terms, strict=True))
        if whole > 0:
            found.append(fsum(w * t.part for w, t in zip(corner, given_terms, strict=True)) / whole)
    return found


@EXACTLY
@given(st.lists(terms(), max_size=7))
def test_extreme_shares_are_those_of_all_corners_of_the_weights(given_terms: list[Term]) -> None:
    shares = every_share(given_terms)
    smallest, largest = smallest_share(given_terms), largest_share(given_terms)
    assert (smallest is None) == (largest is None) == (not shares)
    if smallest is not None and largest is not None:
        assert smallest == pytest.approx(min(shares), abs=1e-9)
        assert largest == pytest.approx(max(shares), abs=1e-9)
        assert 0 <= smallest <= largest <= 1 + 1e-12


@EXACTLY
@given(st.lists(terms(), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_no_weight_between_its_ends_gives_a_share_beyond_the_extremes(
    given_terms: list[Term], rng: Random
) -> None:
    smallest, largest = smallest_share(given_terms), largest_share(given_terms)
    weights = [rng.uniform(*t.weight) for t in given_terms]
    whole = fsum(w * t.whole for w, t in zip(weights, given_terms, strict=True))
    if whole > 1e-9:
        share = fsum(w * t.part for w, t in zip(weights, given_terms, strict=True)) / whole
        assert smallest is not None
        assert largest is not None
        assert smallest - 1e-9 <= share <= largest + 1e-9


def test_a_world_with_nothing_to_divide_counts_zero_and_two_of_them_are_undefined() -> None:
    nothing, half = [Term(exactly(0.0), 1.0, 1.0)], [Term(exactly(1.0), 0.5, 1.0)]
    assert share_interval(nothing, nothing) is None
    assert share_interval([], []) is None
    assert share_interval(nothing, half) == (0.0, 0.5)
    assert share_interval(half, nothing) == (0.5, 0.0)


def random_graphs(count: int) -> list[AccountGraph]:
    graphs = []
    for seed in range(count):
        facts = facts_of(random_bundle(Random(seed)))
        graphs += [build_graph(facts, account) for account in facts.accounts]
    return [g for g in graphs if g.observed]


GRAPHS = random_graphs(60)


def test_bus_factor_is_the_smallest_of_all_sets_of_employees_that_costs_more_than_half() -> None:
    def held(graph: AccountGraph, gone: tuple[str, ...]) -> float:
        for employee in gone:
            graph = graph.without(employee)
        reached = reach(graph, "low")
        return fsum(s.weight.low for s in graph.scope if reached[s.id] > 0)

    seen = set()
    for graph in GRAPHS:
        today, people = held(graph, ()), sorted(graph.present)
        sizes = (
            n
            for n in range(1, len(people) + 1)
            if any(held(graph, gone) < today / 2 - 1e-9 for gone in combinations(people, n))
        )
        smallest = next(sizes, None)
        assert bus_factor(graph) == smallest
        seen.add(smallest)
    assert {None, 1, 2} <= seen


def wide(rng: Random) -> Customer:
    """Many seats and ten of ours: what an exhaustive search still can do."""
    customer = Customer()
    for i in range(12):
        customer.seat(
            f"s{i}", f"p{i}", level=rng.randint(1, 5), roles=[rng.choice(("decider", "influencer"))]
        )
        for e in rng.sample(range(10), rng.choice((1, 2, 3, 4))):
            customer.tie(f"e{e}", f"p{i}")
    return customer


@pytest.mark.parametrize("seed", range(8))
def test_bus_factor_of_a_wide_account_is_exact(seed: int) -> None:
    graph = wide(Random(seed)).graph()
    carriers = [
        (s.weight.low, {e for e, tie in graph.ties[s.holder or ""].items() if tie.now.low > 0})
        for s in graph.scope
    ]
    today = fsum(w for w, _ in carriers)
    exhaustive = next(
        n
        for n in range(1, 11)
        for gone in combinations(sorted(graph.present), n)
        if fsum(w for w, who in carriers if who - set(gone)) < today / 2 - 1e-9
    )
    assert exhaustive > 1
    assert bus_factor(graph) == exhaustive


def routes(graph: AccountGraph, seat: str, end: End) -> int:
    """The most vertex-disjoint routes, as a flow through a graph whose vertices are split."""
    flow = nx.DiGraph()
    flow.add_nodes_from(("us", seat))
    holder = graph.seats[seat].holder
    opened = [(holder, None)] if holder else []
    opened += [(graph.seats[g].holder, g) for g in graph.gates[seat]]
    for contact, gate in opened:
        for employee, tie in graph.ties[contact or ""].items():
            if leg(tie, graph, end) == 0:
                continue
            flow.add_edge("us", ("e", employee), capacity=1)
            flow.add_edge(("e", employee), ("e out", employee), capacity=1)
            if gate is None:
                flow.add_edge(("e out", employee), seat)
            else:
                flow.add_edge(("e out", employee), ("g", gate), capacity=1)
                flow.add_edge(("g", gate), ("g out", gate), capacity=1)
                flow.add_edge(("g out", gate), seat)
    return int(nx.maximum_flow_value(flow, "us", seat))


def test_survivability_is_the_largest_flow_of_vertex_disjoint_routes() -> None:
    seen = set()
    for graph in GRAPHS:
        for seat, count in survivability(graph).items():
            assert count == (routes(graph, seat, "low"), routes(graph, seat, "high"))
            assert count.low <= count.high
            seen.add(count.low)
    assert {0, 1, 2, 3} <= seen


def shortest(graph: AccountGraph, seat: str, end: End) -> float:
    """R by Dijkstra over −ln strength: us → employee or firm → holder → seat, perhaps by one gate."""
    us, roads = "us", nx.DiGraph()
    roads.add_nodes_from((us, Node("reached", seat)))
    for contact in graph.contacts:
        ties = [*graph.ties[contact].items(), (FIRM.id, graph.firm.get(contact))]
        for who, tie in ties:
            strength = leg(tie, graph, end)
            if strength > 0:
                roads.add_edge(us, Node("ours", who), distance=0.0)
                roads.add_edge(Node("ours", who), Node("contact", contact), distance=-log(strength) + 0.0)
    for contact, held in ((c.id, c.seats_held) for c in graph.contacts.values()):
        for name in held:
            roads.add_edge(Node("contact", contact), Node("seat", name), distance=0.0)
    roads.add_edge(Node("seat", seat), Node("reached", seat), distance=0.0)
    for gate in graph.gates[seat]:
        distance = graph.network.edges[Node("seat", gate), Node("seat", seat)]["distance"]
        roads.add_edge(Node("seat", gate), Node("reached", seat), distance=distance)
    lengths = nx.single_source_dijkstra_path_length(roads, us, weight="distance")
    return exp(-lengths.get(Node("reached", seat), inf))


def test_reach_is_the_shortest_road_where_distance_is_minus_the_logarithm_of_strength() -> None:
    through_a_gate = 0
    for graph in GRAPHS:
        for end in ("low", "high"):
            reached = reach(graph, end)
            for seat in graph.scope:
                assert reached[seat.id] == pytest.approx(shortest(graph, seat.id, end), abs=1e-12)
                direct = max(
                    (leg(t, graph, end) for t in graph.ties.get(seat.holder or "", {}).values()), default=0
                )
                through_a_gate += reached[seat.id] > direct
                assert (reached[seat.id] > 0) <= bool(list(doors(graph, seat)))
    assert through_a_gate > 20

"""Live routes, told by employee and seat, against reach, labels and sole routes, which are found apart."""

from random import Random

from bundles import facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm.graph.build import build_graph
from graphcrm.graph.reach import labels, reach
from graphcrm.measures.live_routes import firm_routes, live_routes
from graphcrm.measures.sole_route import sole_route
from graphcrm.records.interval import Interval

NONE = Interval(0.0, 0.0)
EXACTLY = settings(derandomize=True, deadline=None, max_examples=80)
seeds = st.integers(0, 2**32)


@EXACTLY
@given(seeds)
def test_the_best_route_to_a_seat_is_its_reach(seed: int) -> None:
    facts = facts_of(random_bundle(Random(seed)))
    for account in facts.accounts:
        graph = build_graph(facts, account)
        carriers = [*live_routes(graph).values(), firm_routes(graph)]
        for seat, low in reach(graph, "low").items():
            assert max(seats.get(seat, NONE).low for seats in carriers) == low
        for seat, high in reach(graph, "high").items():
            assert max(seats.get(seat, NONE).high for seats in carriers) == high


@EXACTLY
@given(seeds)
def test_routes_are_live_and_of_those_present(seed: int) -> None:
    facts = facts_of(random_bundle(Random(seed)))
    for account in facts.accounts:
        graph = build_graph(facts, account)
        routes, scope = live_routes(graph), {seat.id for seat in graph.scope}
        assert routes.keys() <= graph.present
        for seats in routes.values():
            assert seats
            assert seats.keys() <= scope
            assert all(0 <= v.low <= v.high <= 1 and v.high > 0 for v in seats.values())


@EXACTLY
@given(seeds)
def test_a_seat_has_a_sole_route_where_one_employee_alone_is_proven(seed: int) -> None:
    facts = facts_of(random_bundle(Random(seed)))
    for account in facts.accounts:
        graph = build_graph(facts, account)
        routes, firm = live_routes(graph), firm_routes(graph)
        alone = {}
        for seat in labels(graph, "low"):
            proven = [e for e, seats in routes.items() if seats.get(seat, NONE).low > 0]
            if len(proven) == 1 and firm.get(seat, NONE).low == 0:
                alone[seat] = proven[0]
        assert alone == sole_route(graph)

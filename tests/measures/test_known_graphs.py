"""Graphs whose values are published: our account graph holds them, our measures say what is known."""

import networkx as nx
import pytest
from bundles import Customer
from known_graphs import (
    FLORENCE,
    FLORENCE_BETWEENNESS,
    FLORENCE_BRIDGES,
    FLORENCE_CUT_SEATS,
    FLOWGRAPH,
    FLOWGRAPH_DOMINATORS,
    KARATE,
    KARATE_BETWEEN_THE_LEADERS,
    KARATE_BETWEENNESS,
    KARATE_CUT_SEATS,
    KARATE_TIES,
    KITE,
    KITE_BETWEENNESS,
    KITE_CLOSENESS,
    KITE_CUT_SEATS,
    KITE_MOST_CONTACTS,
    SIX,
    Edge,
    account_of,
    bow_tie,
    diamond,
)  # fmt: skip

from graphcrm.graph.account import Node
from graphcrm.measures.organisation import matched_pairs, matched_seats
from graphcrm.records.review import Measures

UNDIRECTED = {"kite": KITE, "florence": FLORENCE, "karate": KARATE}


def influence_network(customer: Customer) -> "nx.Graph[str]":
    """The seats of our account graph and what bears on what, undirected."""
    network = customer.graph().network
    seats = network.subgraph([n for n in network if n.kind == "seat"]).to_undirected(reciprocal=True)
    return nx.relabel_nodes(nx.Graph(seats.edges), {n: n.id for n in seats})


def of(edges: tuple[Edge, ...]) -> "nx.Graph[str]":
    return influence_network(account_of(edges, {"e1": [edges[0][0]]}, both_ways=True))


def measured(customer: Customer) -> Measures:
    measures = customer.review().measures
    assert measures is not None
    return measures


@pytest.mark.parametrize("name", UNDIRECTED)
def test_the_account_graph_holds_the_network_as_published(name: str) -> None:
    assert nx.utils.graphs_equal(of(UNDIRECTED[name]), nx.Graph(UNDIRECTED[name]))


@pytest.mark.parametrize(
    ("edges", "published"),
    [(KITE, KITE_BETWEENNESS), (FLORENCE, FLORENCE_BETWEENNESS), (KARATE, KARATE_BETWEENNESS)],
    ids=UNDIRECTED,
)
def test_betweenness_in_our_graph_is_the_published_one(
    edges: tuple[Edge, ...], published: dict[str, float]
) -> None:
    betweenness = nx.betweenness_centrality(of(edges))
    assert {seat: round(betweenness[seat], 3) for seat in published} == published


@pytest.mark.parametrize(
    ("edges", "published"),
    [(KITE, KITE_CUT_SEATS), (FLORENCE, FLORENCE_CUT_SEATS), (KARATE, KARATE_CUT_SEATS)],
    ids=UNDIRECTED,
)
def test_articulation_points_of_our_graph_are_the_published_ones(
    edges: tuple[Edge, ...], published: set[str]
) -> None:
    assert set(nx.articulation_points(of(edges))) == published


def test_the_kite_has_its_published_degree_and_closeness() -> None:
    kite = of(KITE)
    assert max(kite.degree, key=lambda item: item[1]) == KITE_MOST_CONTACTS
    closeness = nx.closeness_centrality(kite)
    assert {s: round(closeness[s], 3) for s in KITE_CLOSENESS} == KITE_CLOSENESS


def test_florence_has_its_published_bridges_and_the_karate_club_its_ties() -> None:
    assert {frozenset(e) for e in nx.bridges(of(FLORENCE))} == FLORENCE_BRIDGES
    assert {member: of(KARATE).degree[member] for member in KARATE_TIES} == KARATE_TIES


def test_the_flowgraph_has_its_published_dominators() -> None:
    graph = account_of(FLOWGRAPH, {"e1": ["R"]}, both_ways=False).graph()
    dominators = nx.immediate_dominators(graph.network, Node("employee", "e1"))
    assert {s: dominators[Node("seat", s)].id for s in FLOWGRAPH_DOMINATORS} == FLOWGRAPH_DOMINATORS
    assert dominators[Node("seat", "R")] == Node("contact", "holder of R")


def test_priced_reach_stops_after_one_gate_whatever_the_map_shows() -> None:
    reached = measured(account_of(FLOWGRAPH, {"e1": ["R"]}, both_ways=False)).reach.low
    assert {s for s, r in reached.items() if r > 0} == {"R", "A", "B", "C"}
    assert (reached["R"], reached["A"]) == (1.0, 0.5)


@pytest.mark.parametrize("name", UNDIRECTED)
def test_with_one_of_ours_at_every_seat_there_is_a_route_by_each_neighbour_and_a_direct_one(
    name: str,
) -> None:
    edges = UNDIRECTED[name]
    published = nx.Graph(edges)
    result = measured(account_of(edges, {f"e {seat}": [seat] for seat in published}, both_ways=True))
    assert {s: tuple(count) for s, count in result.survivability.items()} == {
        seat: (1 + degree, 1 + degree) for seat, degree in published.degree
    }
    assert result.sole_route == {}
    assert result.key_points == (0.7, 0.7)
    assert result.ownership_hhi == pytest.approx(1 / len(published), abs=1e-6)


@pytest.mark.parametrize("name", UNDIRECTED)
def test_one_employee_at_one_seat_reaches_its_neighbours_and_all_hangs_on_both(name: str) -> None:
    published = nx.Graph(UNDIRECTED[name])
    for seat in published:
        result = measured(account_of(UNDIRECTED[name], {"e1": [seat]}, both_ways=True))
        around = {seat, *published[seat]}
        assert result.sole_route == dict.fromkeys(sorted(around), "e1")
        assert result.contact_loss[f"holder of {seat}"] == (1, 1)
        total = 1 + 0.5 * len(published[seat])
        assert result.key_points.low == pytest.approx(0.7 * total / len(published), abs=1e-6)


def test_in_the_karate_club_only_those_tied_to_both_leaders_have_two_routes() -> None:
    ties = {"hi": ["m01"], "john": ["m34"]}
    result = measured(account_of(KARATE, ties, both_ways=True))
    twice = {s for s, count in result.survivability.items() if count.low == 2}
    assert twice == KARATE_BETWEEN_THE_LEADERS
    reached = {s for s, r in result.reach.low.items() if r > 0}
    assert reached - set(result.sole_route) == twice
    assert len(reached) == (1 + KARATE_TIES["m01"]) + (1 + KARATE_TIES["m34"]) - len(twice)


def test_in_the_kite_jane_is_reached_by_heathers_friend_only_where_ike_opens() -> None:
    heather = measured(account_of(KITE, {"e1": ["Heather"]}, both_ways=True))
    assert heather.reach.low["Jane"] == 0
    ike = measured(account_of(KITE, {"e1": ["Heather"], "e2": ["Ike"]}, both_ways=True))
    assert ike.reach.low["Jane"] == 0.5
    assert ike.sole_route["Jane"] == "e2"
    assert ike.contact_loss["holder of Ike"].low > 0


# Bow-tie and diamond


def test_a_bow_tie_hangs_on_one_of_ours_and_on_one_of_theirs() -> None:
    customer = bow_tie()
    result, graph = measured(customer), customer.graph()
    assert result.bus_factor == 1
    assert result.sole_route == {f"s{i}": "e0" for i in SIX}
    assert set(result.survivability.values()) == {(1, 1)}
    assert result.dependence == (1, 1)
    assert result.contact_loss["holder of s0"] == (1, 1)
    assert result.ownership_hhi == 1
    assert len(matched_pairs(graph, matched_seats(graph), "low")) == 1
    assert result.organisation_elements.matching == (0.25, 0.25)


def test_a_diamond_survives_any_departure() -> None:
    customer = diamond()
    result, graph = measured(customer), customer.graph()
    assert len(matched_pairs(graph, matched_seats(graph), "low")) == 6
    assert result.organisation_elements.matching == (1, 1)
    assert {s: count.low for s, count in result.survivability.items()} == {
        "s0": 1, **{f"s{i}": 2 for i in SIX if i}
    }  # fmt: skip
    assert result.sole_route == {"s0": "e0"}
    assert result.ownership_hhi == pytest.approx(1 / 6, abs=1e-6)
    assert result.departure_loss["e0"] == pytest.approx((1 / 6, 1 / 6), abs=1e-6)
    assert result.departure_loss["e1"] == pytest.approx((0.5 / 6, 0.5 / 6), abs=1e-6)
    # Half of the weight is three seats: four must fall, and each falls with its own.
    assert result.bus_factor == 4


def test_the_diamond_loses_less_by_anybody_than_the_bow_tie_by_its_salesperson() -> None:
    wide, narrow = measured(diamond()).dependence, measured(bow_tie()).dependence
    assert wide is not None
    assert narrow is not None
    assert wide.high < narrow.low


def test_six_who_all_bear_on_each_other_need_six_departures_to_lose_one() -> None:
    everybody = [(f"s{i}", f"s{j}") for i in SIX for j in SIX if i < j]
    result = measured(account_of(everybody, {f"e{i}": [f"s{i}"] for i in SIX}, both_ways=True))
    assert set(result.survivability.values()) == {(6, 6)}
    assert result.bus_factor == 6

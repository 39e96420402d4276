"""The whole map: published dominators, cut vertices and bridges, and removal of each on random accounts."""

from random import Random

import networkx as nx
import pytest
from bundles import Customer, facts_of
from known_graphs import (
    FLORENCE,
    FLORENCE_BRIDGES,
    FLORENCE_CUT_SEATS,
    FLOWGRAPH,
    FLOWGRAPH_DOMINATORS,
    KARATE,
    KARATE_CUT_SEATS,
    KITE,
    KITE_CUT_SEATS,
    Edge,
    account_of,
)  # fmt: skip
from random_bundles import random_bundle

from graphcrm.graph.account import FIRM, Node
from graphcrm.graph.build import build_graph
from graphcrm.measures.structure.map_cuts import US, map_cuts, people_map
from graphcrm.records.structure import Person


def held_by(seats: set[str]) -> set[str]:
    return {f"holder of {seat}" for seat in seats}


def test_the_flowgraph_has_its_published_dominators() -> None:
    cuts = map_cuts(account_of(FLOWGRAPH, {"e1": ["R"]}, both_ways=False).graph())
    nearest = {who: chain[-1].id for who, chain in cuts.dominators.items()}
    published = {f"holder of {s}": f"holder of {d}" for s, d in FLOWGRAPH_DOMINATORS.items()}
    assert nearest == {**published, "holder of R": "e1"}
    assert [person.id for person in cuts.dominators["holder of J"]] == [
        "e1", "holder of R", "holder of C", "holder of G",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("edges", "published"),
    [(KITE, KITE_CUT_SEATS), (FLORENCE, FLORENCE_CUT_SEATS), (KARATE, KARATE_CUT_SEATS)],
)
def test_articulation_points_are_the_published_ones(edges: tuple[Edge, ...], published: set[str]) -> None:
    # Two of ours who know two neighbours close a ring that adds no cut vertex and takes none away.
    ties = {"e1": list(edges[0]), "e2": list(edges[0])}
    cuts = map_cuts(account_of(edges, ties, both_ways=True).graph())
    assert {point.id for point in cuts.articulation_points} == held_by(published)


def test_florence_has_its_published_bridges() -> None:
    ties = {"e1": ["Strozzi", "Peruzzi"]}
    cuts = map_cuts(account_of(FLORENCE, ties, both_ways=True).graph())
    assert {frozenset(person.id for person in bridge) for bridge in cuts.bridges} == {
        frozenset(held_by(set(bridge))) for bridge in FLORENCE_BRIDGES
    }


def test_a_chain_hangs_on_everybody_in_it_and_on_every_link() -> None:
    graph = account_of([("a", "b"), ("b", "c")], {"e": ["a"]}, both_ways=False).graph()
    cuts = map_cuts(graph)
    assert [person.id for person in cuts.dominators["holder of c"]] == ["e", "holder of a", "holder of b"]
    assert {person.id for person in cuts.articulation_points} == {"holder of a", "holder of b"}
    assert len(cuts.bridges) == 3


def test_the_firm_is_a_way_and_so_may_dominate_but_is_no_point_that_can_be_lost() -> None:
    customer = Customer().seat("s", "p").employee("gone", valid_to="2026-01-01")
    cuts = map_cuts(customer.tie("gone", "p", trust_holder="firm").graph())
    assert cuts.dominators == {"p": (Person(kind="firm", id=""),)}
    beside = map_cuts(customer.tie("e", "p").graph())
    assert beside.dominators == {"p": ()}
    assert beside.articulation_points == ()


def test_contacts_to_whom_no_way_leads_are_left_out() -> None:
    graph = Customer().seat("s", "p").seat("t", "q").tie("e", "p").tie("e", "q", "brief").graph()
    assert set(map_cuts(graph).dominators) == {"p", "q"}
    graph = Customer().seat("s", "p").seat("t", "q").tie("e", "p").tie("e", "q", 0.1).graph()
    assert set(map_cuts(graph).dominators) == {"p"}


def test_all_of_it_is_what_removal_shows() -> None:
    dominated = 0
    for seed in range(80):
        facts = facts_of(random_bundle(Random(seed)))
        for account in facts.accounts:
            people, cuts = people_map(build_graph(facts, account)), map_cuts(build_graph(facts, account))
            reached = nx.descendants(people, US)
            for contact, chain in cuts.dominators.items():
                target = Node("contact", contact)
                needed = {
                    node
                    for node in reached - {target}
                    if target not in nx.descendants(people.subgraph(set(people) - {node}), US)
                }
                assert {Node(person.kind, person.id) for person in chain} == needed
                dominated += len(needed) > 1
            whole = nx.Graph(people.subgraph(set(people) - {US, FIRM}))
            parts = nx.number_connected_components(whole)
            points = {
                node
                for node in whole
                if nx.number_connected_components(whole.subgraph(set(whole) - {node}))
                > parts - (whole.degree[node] == 0)
            }
            assert {Node(person.kind, person.id) for person in cuts.articulation_points} == points
            for link in whole.edges:
                without = nx.Graph(whole)
                without.remove_edge(*link)
                falls = nx.number_connected_components(without) > parts
                shown = {frozenset(Node(p.kind, p.id) for p in bridge) for bridge in cuts.bridges}
                assert (frozenset(link) in shown) == falls
    assert dominated > 20

"""Key players: published values, igraph on random networks, and what is undefined."""

from itertools import combinations
from math import comb, inf

import igraph
import networkx as nx
import pytest
from bundles import POLICY, Customer
from known_graphs import (
    CUBE,
    FLORENCE,
    FLORENCE_FRAGMENTATION,
    KARATE,
    KARATE_FRAGMENTATION,
    KITE_FRAGMENTATION,
    KITE_WORST_TRIPLES,
    KITE_WORST_TRIPLES_COUNT,
    NUMBERED_KITE,
    PETERSEN,
    account_of,
)  # fmt: skip

from graphcrm.errors import InputError, Message
from graphcrm.measures.structure.key_players import (
    best_players,
    distance_weighted_fragmentation,
    distance_weighted_reach,
    fragmentation,
    influence_network,
    key_players,
    m_reach,
)  # fmt: skip


def named(edges: object) -> "nx.Graph[str]":
    return nx.relabel_nodes(nx.Graph(edges), str)


PUBLISHED = [
    pytest.param(named(edges), tuple(map(str, without)), value, id=f"{name} without {without}")
    for name, edges, values in (
        ("kite", NUMBERED_KITE, KITE_FRAGMENTATION),
        ("florence", FLORENCE, FLORENCE_FRAGMENTATION),
        ("karate", KARATE, KARATE_FRAGMENTATION),
    )
    for without, value in dict(values).items()
]


@pytest.mark.parametrize(("network", "without", "published"), PUBLISHED)
def test_fragmentation_is_the_published_one(
    network: "nx.Graph[str]", without: tuple[str, ...], published: float
) -> None:
    assert fragmentation(network, without) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(
    ("network", "best"),
    [
        (named(NUMBERED_KITE), {("7",)}),
        (named(NUMBERED_KITE), {("5", "6")}),
        (named(FLORENCE), {("Medici",)}),
        (named(FLORENCE), {("Guadagni", "Medici")}),
        (named(KARATE), {("m01",)}),
        (named(KARATE), {("m01", "m02")}),
    ],
)
def test_the_best_set_to_remove_is_the_published_one(
    network: "nx.Graph[str]", best: set[tuple[str, ...]]
) -> None:
    ((size,),) = [{len(chosen) for chosen in best}]
    assert set(best_players(network, size).fragmentation.sets) == best


def test_the_best_pair_to_remove_from_the_kite_holds_no_cut_vertex_and_five_triples_tie() -> None:
    kite = named(NUMBERED_KITE)
    assert set(nx.articulation_points(kite)).isdisjoint({"5", "6"})
    triples = best_players(kite, 3).fragmentation
    assert triples.value == pytest.approx(KITE_WORST_TRIPLES, abs=5e-5)
    assert set(triples.sets) == {(other, "5", "6") for other in "01234"}
    assert len(triples.sets) == KITE_WORST_TRIPLES_COUNT


def test_a_star_falls_apart_without_its_hub_and_a_complete_network_never() -> None:
    star, complete = named(nx.star_graph(6).edges), named(nx.complete_graph(6).edges)
    assert (fragmentation(star, ["0"]), distance_weighted_fragmentation(star, ["0"])) == (1, 1)
    assert best_players(star, 1).fragmentation.sets == (("0",),)
    assert (distance_weighted_reach(star, ["0"]), m_reach(star, ["0"])) == (1, 7)
    assert fragmentation(complete, ["0", "1"]) == distance_weighted_fragmentation(complete, ["0"]) == 0
    assert best_players(complete, 3).fragmentation.sets == ()


def test_petersen_falls_apart_without_three_and_then_only_without_the_three_around_one() -> None:
    petersen = named(PETERSEN.edges)
    assert nx.node_connectivity(petersen) == 3
    assert best_players(petersen, 2).fragmentation.value == 0
    neighbourhoods = {tuple(sorted(petersen[node])) for node in petersen}
    assert set(best_players(petersen, 3).fragmentation.sets) == neighbourhoods
    assert fragmentation(petersen, next(iter(neighbourhoods))) == pytest.approx(1 - 30 / 42)


def test_the_four_cube_hangs_together_without_any_three_and_not_without_the_four_around_one() -> None:
    cube = named(CUBE.edges)
    assert best_players(cube, 3).fragmentation.value == 0
    assert fragmentation(cube, sorted(cube["0"])) == pytest.approx(1 - 11 * 10 / (12 * 11))


# igraph

RANDOM = [
    named(nx.gnm_random_graph(n, m, seed=seed))
    for seed, (n, m) in enumerate([(5, 4), (7, 7), (9, 9), (9, 16), (12, 12), (12, 30)])
]


def by_igraph(network: "nx.Graph[str]", without: tuple[str, ...]) -> tuple[float, float]:
    """F by components and ᴰF by distances, as igraph finds both."""
    rest = igraph.Graph.from_networkx(network.subgraph(set(network) - set(without)))
    pairs = comb(rest.vcount(), 2)
    joined = sum(comb(size, 2) for size in rest.connected_components().sizes())
    distances = rest.distances()
    near = sum(1 / distances[i][j] for i, j in combinations(range(rest.vcount()), 2))
    return 1 - joined / pairs, 1 - near / pairs


@pytest.mark.parametrize("network", RANDOM)
def test_both_fragmentations_are_those_that_igraph_gives_by_components_and_distances(
    network: "nx.Graph[str]",
) -> None:
    for size in (0, 1, 2, 3):
        for without in combinations(sorted(network), size):
            f, distance_weighted = by_igraph(network, without)
            assert fragmentation(network, without) == pytest.approx(f)
            assert distance_weighted_fragmentation(network, without) == pytest.approx(distance_weighted)


@pytest.mark.parametrize("network", RANDOM)
def test_both_reaches_count_the_set_and_whoever_igraph_finds_near_it(network: "nx.Graph[str]") -> None:
    whole = igraph.Graph.from_networkx(network)
    distances, names = whole.distances(), whole.vs["_nx_name"]
    for size in (1, 2, 3):
        for members in combinations(range(len(names)), size):
            chosen = [names[i] for i in members]
            nearest = [min(distances[i][j] for i in members) for j in range(len(names))]
            if not any(network.degree[name] for name in chosen):
                assert distance_weighted_reach(network, chosen) is m_reach(network, chosen) is None
                continue
            reached = sum(1 / max(d, 1) for d in nearest if d < inf) / len(names)
            assert distance_weighted_reach(network, chosen) == pytest.approx(reached)
            for steps in (1, 2):
                assert m_reach(network, chosen, steps) == sum(d <= steps for d in nearest)


@pytest.mark.parametrize("network", RANDOM)
def test_the_best_sets_are_the_best_of_all_sets_of_who_is_no_isolate(network: "nx.Graph[str]") -> None:
    players = sorted(name for name in network if network.degree[name])
    for size in (1, 2, 3):
        found = best_players(network, size)
        for name, measure in (
            ("fragmentation", fragmentation),
            ("distance_weighted_fragmentation", distance_weighted_fragmentation),
            ("distance_weighted_reach", distance_weighted_reach),
            ("m_reach", m_reach),
        ):
            values = {chosen: measure(network, chosen) or 0 for chosen in combinations(players, size)}
            most = max(values.values())
            best = {chosen for chosen, value in values.items() if most > 0 and value >= most - 1e-9}
            assert getattr(found, name).value == pytest.approx(most, abs=1e-6)
            assert set(getattr(found, name).sets) == best


# In an account


def test_the_influence_network_of_an_account_is_the_published_one() -> None:
    graph = account_of(FLORENCE, {"e1": ["Medici"]}, both_ways=True).graph()
    assert nx.utils.graphs_equal(influence_network(graph), nx.Graph(FLORENCE))
    found = key_players(graph, 2)
    assert not isinstance(found, Message)
    assert found.fragmentation.sets == (("Guadagni", "Medici"),)


def test_seats_without_influence_on_record_are_left_out_and_vacant_ones_too() -> None:
    customer = Customer().seat("a", "p").seat("b", "q").seat("alone", "r").seat("empty", reports_to="a")
    graph = customer.influences("a", "b").tie("e", "p").graph()
    assert set(influence_network(graph)) == {"a", "b"}


def test_too_few_seats_or_too_many_links_give_the_reason_and_no_number() -> None:
    two = Customer().seat("a", "p").seat("b", "q").influences("a", "b").tie("e", "p").graph()
    assert key_players(two, 1) == Message(
        "Influence is on record of {count} seats only; without {size} of them no two remain.",
        {"count": 2, "size": 1},
    )
    limited = POLICY.model_copy(
        update={"structure": POLICY.structure.model_copy(update={"most_links": 440})}
    )
    kite = account_of([(str(a), str(b)) for a, b in NUMBERED_KITE], {"e1": ["0"]}, both_ways=True)
    graph = kite.graph(policy=limited)
    assert not isinstance(key_players(graph, 1), Message)
    assert str(key_players(graph, 2)) == "45 sets of 2 are more than the policy lets be looked at, 24."


def test_without_all_but_one_there_is_no_pair_to_fragment() -> None:
    path = named([("a", "b")])
    assert fragmentation(path, ["a"]) is distance_weighted_fragmentation(path, ["a"]) is None
    assert (fragmentation(path), distance_weighted_fragmentation(path)) == (0, 0)


@pytest.mark.parametrize("network", RANDOM)
def test_who_is_far_apart_fragments_never_less_than_who_is_only_apart(network: "nx.Graph[str]") -> None:
    for without in combinations(sorted(network), 2):
        apart, far = fragmentation(network, without), distance_weighted_fragmentation(network, without)
        assert apart is not None
        assert far is not None
        assert 0 <= apart <= far + 1e-12 <= 1 + 1e-12


def test_any_network_of_networkx_may_be_asked_whatever_its_nodes_are() -> None:
    kite = nx.krackhardt_kite_graph()
    assert best_players(kite, 2).fragmentation.sets == (("5", "6"),)
    assert best_players(nx.karate_club_graph(), 1).fragmentation.sets == (("0",),)
    mixed: nx.Graph[object] = nx.Graph([("hub", 1), ("hub", (2, 3)), ("hub", "x")])
    assert best_players(mixed, 1).fragmentation.sets == (("hub",),)


@pytest.mark.parametrize(
    ("network", "size"), [(nx.empty_graph(5), 1), (nx.path_graph(3), 2), (nx.path_graph(5), 0)]
)
def test_where_nobody_can_be_a_player_that_is_said(network: "nx.Graph[int]", size: int) -> None:
    with pytest.raises(InputError, match=f"no {size} nodes can be players"):
        best_players(network, size)


def test_a_node_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="'ghost'"):
        fragmentation(nx.path_graph(3), ["ghost"])

"""Worst departures against removing every set, and what is said where there is none."""

from itertools import combinations
from math import fsum
from random import Random

import pytest
from bundles import POLICY, Customer, facts_of
from random_bundles import random_bundle

from graphcrm.errors import Message
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.reach import reach
from graphcrm.measures.departure import departure_loss
from graphcrm.measures.structure.worst_departures import SIZES, worst_departures
from graphcrm.records.structure import TopSets


def total(graph: AccountGraph) -> float:
    reached = reach(graph, "low")
    return fsum(seat.weight.low * reached[seat.id] for seat in graph.scope)


def by_removal(graph: AccountGraph, size: int) -> tuple[float, set[tuple[str, ...]]] | None:
    """The greatest loss of all sets whose members have a live route, each found by removing them."""
    today = total(graph)
    reached = reach(graph, "low")
    losses = {}
    for leavers in combinations(sorted(graph.present), size):
        rest = graph
        for employee in leavers:
            rest = rest.without(employee)
        losses[leavers] = today - total(rest)
    alone = {e for e in graph.present if _has_route(graph, e, set(reached))}
    among = {leavers: loss for leavers, loss in losses.items() if alone.issuperset(leavers)}
    if today == 0 or not among:
        return None
    most = max(among.values()) / today
    return most, {who for who, loss in among.items() if most > 1e-9 and loss / today >= most - 1e-9}


def _has_route(graph: AccountGraph, employee: str, seats: set[str]) -> bool:
    """Whether anything is reached where nobody else and no firm is there."""
    for seat in graph.scope:
        doors = [seat.holder, *(graph.seats[g].holder for g in graph.gates[seat.id])]
        for contact in doors if seat.holder else ():
            tie = graph.ties.get(contact or "", {}).get(employee)
            if tie is not None and tie.now.low >= graph.policy.reach.live and seat.id in seats:
                return True
    return False


def random_graphs(count: int) -> list[AccountGraph]:
    graphs = []
    for seed in range(count):
        facts = facts_of(random_bundle(Random(seed)))
        graphs += [build_graph(facts, account) for account in facts.accounts]
    return [g for g in graphs if g.observed]


def test_the_worst_sets_are_those_that_removal_finds_with_all_ties() -> None:
    found, tied = 0, 0
    for graph in random_graphs(80):
        for size in SIZES:
            expected, got = by_removal(graph, size), worst_departures(graph, size)
            if expected is None:
                assert isinstance(got, Message)
                continue
            assert isinstance(got, TopSets)
            assert got.value == pytest.approx(expected[0], abs=1e-6)
            assert set(got.sets) == expected[1]
            assert list(got.sets) == sorted(got.sets)
            found, tied = found + 1, tied + (len(got.sets) > 1)
    assert found > 60
    assert tied


def wide(rng: Random) -> AccountGraph:
    customer = Customer()
    for i in range(10):
        customer.seat(f"s{i}", f"p{i}", level=rng.randint(1, 4), roles=["decider"])
        for e in rng.sample(range(9), rng.choice((1, 2, 3, 4, 5))):
            customer.tie(f"e{e}", f"p{i}", rng.choice((0.3, 0.5, 0.5, 0.8, 1.0)))
    for _ in range(6):
        a, b = rng.sample(range(10), 2)
        customer.influences(f"s{a}", f"s{b}", rng.choice((0.3, 0.5, 1.0)))
    return customer.graph()


@pytest.mark.parametrize("seed", range(6))
def test_the_worst_sets_of_a_wide_account_are_those_that_removal_finds(seed: int) -> None:
    graph = wide(Random(seed))
    for size in SIZES:
        expected, got = by_removal(graph, size), worst_departures(graph, size)
        assert expected is not None
        assert isinstance(got, TopSets)
        assert (got.value, set(got.sets)) == (pytest.approx(expected[0], abs=1e-6), expected[1])


def test_the_worst_single_departure_is_the_greatest_proven_loss() -> None:
    for graph in [wide(Random(seed)) for seed in range(4)]:
        (losses,) = [{e: loss.low for e, loss in departure_loss(graph).items() if loss is not None}]
        worst = worst_departures(graph, 1)
        assert isinstance(worst, TopSets)
        assert worst.value == pytest.approx(max(losses.values()), abs=1e-6)


def shared() -> Customer:
    """Two who cover the same great seat, and one who alone holds a small one."""
    customer = Customer().seat("top", "p", roles=["decider"], level=1)
    customer.seat("low", "q", roles=["contributor"], level=4)
    return customer.tie("a", "p").tie("b", "p").tie("c", "q")


def test_the_worst_pair_may_hold_neither_of_the_worst_ones() -> None:
    graph = shared().graph()
    one, two = worst_departures(graph, 1), worst_departures(graph, 2)
    assert isinstance(one, TopSets)
    assert isinstance(two, TopSets)
    assert one.sets == (("c",),)
    assert two.sets == (("a", "b"),)
    assert two.value == pytest.approx(1 / 1.16, abs=1e-6)


def test_what_the_firm_keeps_is_not_lost_and_no_set_is_worst_where_nothing_is() -> None:
    customer = Customer().seat("s", "p", roles=["decider"], level=1)
    kept = customer.tie("a", "p", trust_holder="firm").tie("b", "p", trust_holder="firm").graph()
    both = worst_departures(kept, 2)
    assert isinstance(both, TopSets)
    assert both.value == 0.5
    assert worst_departures(kept, 1) == TopSets(value=0.0, sets=())


def test_where_there_is_no_number_the_reason_is_given() -> None:
    graph = shared().graph()
    limit = POLICY.structure.model_copy(update={"most_sets": 2})
    limited = shared().graph(policy=POLICY.model_copy(update={"structure": limit}))
    assert isinstance(worst_departures(graph, 3), TopSets)
    assert str(worst_departures(limited, 2)) == (
        "3 sets of 2 are more than the policy lets be looked at, 2."
    )
    one = Customer().seat("s", "p", roles=["decider"], level=1).tie("a", "p").graph()
    assert str(worst_departures(one, 2)) == "Fewer than 2 of ours have a proven route to a seat."
    none = Customer().seat("s", "p", roles=["decider"], level=1).tie("a", "p", "none").graph()
    assert "has a proven route to a seat that has weight" in str(worst_departures(none, 1))

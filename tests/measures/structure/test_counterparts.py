"""Bow-tie and diamond, and between them."""

from itertools import combinations
from random import Random

import pytest
from bundles import Customer, facts_of
from known_graphs import SIX, bow_tie, diamond
from random_bundles import random_bundle

from graphcrm.graph.build import build_graph
from graphcrm.measures.organisation import match_choices, matched_seats, matching
from graphcrm.measures.structure.counterparts import counterparts


def test_the_bow_tie_has_one_pair_and_stands_at_0() -> None:
    found = counterparts(bow_tie().graph())
    assert (found.matched, found.position) == ((1, 1), (0, 0))
    assert found.pairs == {"s0": "e0"}
    assert len(found.cut_seats) + len(found.cut_employees) == 1


def test_the_diamond_has_a_pair_for_everybody_and_stands_at_1() -> None:
    found = counterparts(diamond().graph())
    assert (found.matched, found.position) == ((6, 6), (1, 1))
    assert found.pairs == {f"s{i}": f"e{i}" for i in SIX}
    assert len(found.cut_seats) + len(found.cut_employees) == 6


def tops(seats: int) -> Customer:
    customer = Customer()
    for i in range(seats):
        customer.seat(f"s{i}", f"p{i}", level=1)
    return customer


@pytest.mark.parametrize(("pairs", "position"), [(1, 0), (2, 1 / 3), (3, 2 / 3), (4, 1), (5, 1)])
def test_with_each_pair_it_moves_from_the_bow_tie_towards_the_diamond(pairs: int, position: float) -> None:
    customer = tops(5)
    for i in range(pairs):
        customer.employee(f"e{i}", level=1).tie(f"e{i}", f"p{i}")
    found = counterparts(customer.graph())
    assert found.matched == (pairs, pairs)
    assert found.position == pytest.approx((position, position), abs=1e-6)


def test_one_of_ours_who_meets_everybody_is_a_bow_tie_and_alone_the_cut() -> None:
    customer = tops(4).employee("star", level=1)
    for i in range(4):
        customer.tie("star", f"p{i}")
    found = counterparts(customer.graph())
    assert (found.matched, found.position) == ((1, 1), (0, 0))
    assert (found.cut_seats, found.cut_employees) == ((), ("star",))


def test_an_unknown_level_of_ours_leaves_the_position_open() -> None:
    customer = tops(2).employee("a", level=1).tie("a", "p0").employee("b").tie("b", "p1")
    found = counterparts(customer.graph())
    assert (found.matched, found.position) == ((1, 2), (0, 1))


def test_one_seat_alone_and_nobody_met_have_no_position() -> None:
    one = tops(1).employee("a", level=1).tie("a", "p0").graph()
    nobody = tops(3).employee("a", level=5).tie("a", "p0").graph()
    assert counterparts(one).position is counterparts(nobody).position is None


def test_the_cut_leaves_no_pair_and_nothing_smaller_does() -> None:
    looked = 0
    for seed in range(300):
        facts = facts_of(random_bundle(Random(seed)))
        for account in facts.accounts:
            graph = build_graph(facts, account)
            found, choices = counterparts(graph), match_choices(graph, matched_seats(graph), "low")
            links = {(seat, e) for seat, employees in choices.items() for e in employees}
            assert set(found.pairs.items()) <= links
            cut = {*(("s", s) for s in found.cut_seats), *(("e", e) for e in found.cut_employees)}
            assert len(cut) == found.matched.low == len(found.pairs)
            assert all(("s", s) in cut or ("e", e) in cut for s, e in links)
            people = sorted({("s", s) for s, _ in links} | {("e", e) for _, e in links})
            for fewer in combinations(people, len(cut) - 1) if cut else ():
                assert any(("s", s) not in fewer and ("e", e) not in fewer for s, e in links)
            if found.position is not None:
                # The diamond is where organisation's matching is full.
                assert (found.position.low == 1) == (matching(graph).low == 1)
            looked += len(cut) > 1
    assert looked > 5

"""What would be lost everywhere, and where we are blind, against removal and recomputation."""

from collections import defaultdict
from itertools import combinations
from math import isnan
from random import Random

import numpy as np
import pytest
from brute_force_world import World
from bundles import POLICY, Customer, Document, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle
from random_columns import random_columns

from graphcrm.errors import InputError
from graphcrm.findings.department_unreached import RULE as UNREACHED
from graphcrm.graph.build import build_graph
from graphcrm.measures.account import measure
from graphcrm.portfolio.breadth import blind_departments, blind_functions
from graphcrm.portfolio.building import columns_of
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.portfolio.people import employee_totals, worst_pairs
from graphcrm.portfolio.screen import screen

LAW = settings(derandomize=True, deadline=None, max_examples=60)
STAR = POLICY.findings.star_loss
seeds = st.integers(0, 2**32)


def lost_everywhere(document: Document, *leaving: str) -> float:
    """Σ over the observed accounts of T less T without them, by removal, from the text of the method."""
    lost = 0.0
    facts = facts_of(document)
    for account in facts.accounts:
        if build_graph(facts, account).observed:
            world = World(document, account)
            now, then = (world.reach(world.legs("low", without=w)) for w in ((), leaving))
            lost += sum(world.weight[seat][0] * (now[seat] - then[seat]) for seat in world.scope)
    return lost


def pairs_of(columns: PortfolioColumns, top: int) -> list[tuple[str, str, float]]:
    pairs = worst_pairs(columns, screen(columns), top)
    return [
        (columns.employees[one], columns.employees[other], float(lost))
        for one, other, lost in zip(pairs.first, pairs.second, pairs.lost, strict=True)
    ]


@LAW
@given(seeds)
def test_the_worst_pairs_are_those_of_removal_and_recomputation(seed: int) -> None:
    document = random_bundle(Random(seed))
    columns = columns_of(facts_of(document))
    alone = {e: lost_everywhere(document, e) for e in columns.employees}
    expected = {}
    for one, other in combinations(columns.employees, 2):
        both = lost_everywhere(document, one, other)
        if both > max(alone[one], alone[other]) + 1e-9:
            expected[one, other] = both
    found = pairs_of(columns, 100)
    assert {(one, other): lost for one, other, lost in found} == pytest.approx(expected, abs=1e-9)
    assert [lost for _, _, lost in found] == sorted((lost for _, _, lost in found), reverse=True)


@LAW
@given(seeds, st.integers(0, 6))
def test_the_first_pairs_are_the_worst_of_all(seed: int, top: int) -> None:
    columns = random_columns(Random(seed))
    everything = pairs_of(columns, 1000)
    assert [lost for _, _, lost in pairs_of(columns, top)] == pytest.approx(
        [lost for _, _, lost in everything[:top]]
    )


@LAW
@given(seeds)
def test_who_leaves_together_takes_at_least_what_each_takes_alone(seed: int) -> None:
    columns = random_columns(Random(seed))
    alone = dict(
        zip(columns.employees, employee_totals(columns, screen(columns), star_loss=STAR).lost, strict=True)
    )
    for one, other, both in pairs_of(columns, 1000):
        assert both >= alone[one] + alone[other] - 1e-12


def test_two_who_cover_for_each_other_are_a_pair_that_nobody_sees_alone() -> None:
    customer = Customer().seat("s", "p", roles=["decider"], level=1).tie("e", "p", 0.8).tie("f", "p", 0.8)
    columns = columns_of(facts_of(customer.document))
    assert pairs_of(columns, 5) == [("e", "f", pytest.approx(0.8))]


def test_fewer_pairs_than_none_are_refused() -> None:
    columns = random_columns(Random(0))
    with pytest.raises(InputError, match="-1 pairs"):
        worst_pairs(columns, screen(columns), -1)


@LAW
@given(seeds)
def test_totals_of_employees_add_up_their_accounts(seed: int) -> None:
    document = random_bundle(Random(seed))
    facts = facts_of(document)
    columns = columns_of(facts)
    screened = screen(columns)
    totals = employee_totals(columns, screened, star_loss=STAR)
    whole = np.nansum(screened.reached)
    for place, employee in enumerate(columns.employees):
        lost = lost_everywhere(document, employee)
        assert totals.lost[place] == pytest.approx(lost, abs=1e-9)
        assert (
            isnan(totals.share[place]) if whole == 0 else totals.share[place] == pytest.approx(lost / whole)
        )


def test_revenue_stars_and_what_is_unknown_are_counted_by_employee() -> None:
    document = Customer(annual_revenue=1000, currency="EUR").document
    for name, revenue in (("B", {"annual_revenue": 500, "currency": "EUR"}), ("C", {}), ("D", {})):
        document["accounts"].append({"id": name, "name": name, **revenue})
    customer = Customer()
    customer.document = document
    for account, ties in (("A", {"e": 1.0, "f": 0.75}), ("B", {"e": 0.8}), ("C", {"e": 0.8}), ("D", {})):
        name = account.lower()
        customer.seat(f"s{name}", f"p{name}", account=account, roles=["decider"], level=1)
        for employee, level in ties.items():
            customer.tie(employee, f"p{name}", level)
    columns = columns_of(facts_of(customer.document))
    totals = employee_totals(columns, screen(columns), star_loss=STAR)
    assert columns.employees == ("e", "f")
    assert columns.currencies == ("EUR",)
    assert totals.accounts.tolist() == [3, 1]
    assert totals.starred.tolist() == [2, 0]
    assert totals.revenue.tolist() == [[pytest.approx(0.25 * 1000 + 500)], [0.0]]
    assert totals.revenue_unknown.tolist() == [1, 0]


@LAW
@given(seeds)
def test_blind_departments_are_those_of_the_finding(seed: int) -> None:
    facts = facts_of(random_bundle(Random(seed)))
    columns = columns_of(facts)
    staffed, blind = blind_departments(columns, screen(columns).met)
    found: defaultdict[str, set[str]] = defaultdict(set)
    looked = 0
    for account in facts.accounts:
        graph = build_graph(facts, account)
        if graph.observed:
            result = UNREACHED.look(graph, measure(graph)[0])
            looked += result.denominator
            found[account] = {subject for hit in result.hits for subject in hit.subjects}
    assert int(staffed.sum()) == looked
    assert {d for d, there in zip(columns.departments, blind, strict=True) if there} == set().union(
        *found.values()
    )


def test_blind_functions_count_departments_and_pool_those_of_unknown_function() -> None:
    customer = (
        Customer()
        .department("d", function="legal")
        .department("f", function="legal")
        .department("g")
        .department("empty", function="legal")
        .seat("s", "p", department="d")
        .seat("t", "q", department="f")
        .seat("u", department="g")
        .tie("e", "p", 1.0)
    )
    columns = columns_of(facts_of(customer.document))
    staffed, blind = blind_functions(columns, screen(columns).met)
    assert (columns.functions, staffed.tolist(), blind.tolist()) == (("legal",), [2, 1], [1, 1])

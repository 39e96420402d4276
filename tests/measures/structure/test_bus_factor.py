"""Bus factor: exhaustively, by the integer programme alone, and as bounds."""

from itertools import combinations
from random import Random

import pytest
from bundles import POLICY, Customer
from hypothesis import given, settings
from hypothesis import strategies as st
from known_graphs import CONTRIBUTIONS, CONTRIBUTOR_ABSENCE_FACTOR

from graphcrm.graph.account import AccountGraph
from graphcrm.measures import fewest_carriers as module
from graphcrm.measures.bus_factor import bus_factor, bus_factor_bounds
from graphcrm.measures.fewest_carriers import fewest_carriers
from graphcrm.policies import Policy
from graphcrm.services.review import review

Carried = dict[frozenset[str], int]

EXACTLY = settings(derandomize=True, deadline=None, max_examples=150)


def exhaustive(carried: Carried, needed: int) -> int:
    people = sorted({who for carriers in carried for who in carriers})
    return next(
        size
        for size in range(len(people) + 1)
        for gone in combinations(people, size)
        if sum(weight for carriers, weight in carried.items() if carriers <= set(gone)) > needed
    )


def carried_by(most: int) -> st.SearchStrategy[Carried]:
    people = st.frozensets(st.sampled_from([f"e{i:02}" for i in range(most)]), min_size=1, max_size=5)
    return st.dictionaries(people, st.integers(1, 9), min_size=1, max_size=16)


@EXACTLY
@given(carried_by(12), st.floats(0, 0.99))
def test_the_fewest_are_those_that_trying_every_set_finds(carried: Carried, share: float) -> None:
    scaled = {who: weight * 10**10 for who, weight in carried.items()}
    needed = int(sum(scaled.values()) * share)
    fewest = exhaustive(scaled, needed)
    assert fewest_carriers(scaled, needed, seconds=5) == (fewest, fewest)


@settings(EXACTLY, max_examples=60)
@given(carried_by(10), st.floats(0, 0.99), st.sampled_from((10**10, 1)))
def test_the_integer_programme_alone_finds_the_same(carried: Carried, share: float, unit: int) -> None:
    scaled = {who: weight * unit for who, weight in carried.items()}
    needed = int(sum(scaled.values()) * share)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_NODES", 0)
        found = fewest_carriers(scaled, needed, seconds=5)
    assert found == (exhaustive(scaled, needed),) * 2


@settings(EXACTLY, max_examples=60)
@given(carried_by(10), st.integers(0, 6))
def test_without_time_the_bounds_still_hold_the_truth(carried: Carried, nodes: int) -> None:
    needed = sum(carried.values()) // 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_NODES", nodes)
        found = fewest_carriers(carried, needed, seconds=0)
    assert 1 <= found.low <= exhaustive(carried, needed) <= found.high


def test_a_set_that_the_programme_takes_for_enough_within_its_tolerance_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_NODES", 0)
    nearly = {frozenset("a"): 10**12, frozenset("b"): 10**12 + 1}
    assert fewest_carriers(nearly, 10**12 + 1, seconds=5).high == 2


def test_exactly_half_is_not_below_half_whatever_the_floating_sums_are() -> None:
    # In floating point 0.1 + 0.2 + 0.3 is more than 0.6, so 0.3 is less than half of it. It is half.
    customer = Customer()
    for i, weight in enumerate((0.1, 0.2, 0.3)):
        customer.seat(f"s{i}", f"p{i}", weight=weight).tie(f"e{i}", f"p{i}")
    assert bus_factor(customer.graph()) == 2


def test_of_published_contributions_it_is_the_published_contributor_absence_factor() -> None:
    customer = Customer()
    for i, commits in enumerate(CONTRIBUTIONS):
        customer.seat(f"s{i}", f"p{i}", weight=commits / 1000).tie(f"e{i}", f"p{i}")
    assert bus_factor(customer.graph()) == CONTRIBUTOR_ABSENCE_FACTOR


def tangled(rng: Random) -> Customer:
    """So many shared seats that nothing settles at once."""
    customer = Customer()
    for i in range(60):
        customer.seat(f"s{i}", f"p{i}", weight=rng.randint(1, 100) / 100)
        for e in rng.sample(range(30), rng.randint(2, 4)):
            customer.tie(f"e{e:02}", f"p{i}")
    return customer


def hurried(seconds: float) -> Policy:
    limits = POLICY.structure.model_copy(update={"seconds": seconds})
    return POLICY.model_copy(update={"structure": limits})


@pytest.fixture
def unsettled(monkeypatch: pytest.MonkeyPatch) -> AccountGraph:
    monkeypatch.setattr(module, "MOST_NODES", 1)
    return tangled(Random(5)).graph(policy=hurried(0))


def test_what_is_not_settled_is_null_in_the_review_with_its_bounds_as_the_reason(
    unsettled: AccountGraph,
) -> None:
    bounds = bus_factor_bounds(unsettled)
    assert bounds is not None
    assert 1 <= bounds.low < bounds.high <= 30
    result = review(unsettled)
    assert result.measures is not None
    assert result.measures.bus_factor is None
    said = f"Between {bounds.low} and {bounds.high}: not settled within the limits of the search."
    assert str(result.reasons["bus_factor"]) == said


def test_a_review_keeps_the_numbers_of_a_reason_when_it_is_stored(unsettled: AccountGraph) -> None:
    result = review(unsettled)
    assert type(result).model_validate_json(result.model_dump_json()) == result


def test_with_time_the_same_account_is_settled_within_those_bounds(
    unsettled: AccountGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds = bus_factor_bounds(unsettled)
    monkeypatch.setattr(module, "MOST_NODES", 100_000)
    settled = bus_factor(tangled(Random(5)).graph())
    assert bounds is not None
    assert settled is not None
    assert bounds.low <= settled <= bounds.high


def test_where_the_firm_holds_half_there_is_none() -> None:
    customer = Customer().seat("s", "p", weight=1).tie("e", "p", trust_holder="firm")
    assert bus_factor_bounds(customer.graph()) is bus_factor(customer.graph()) is None

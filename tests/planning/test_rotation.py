"""Rotation: who moves, who takes over and in which wave; worked by hand, and held to exhaustion."""

from collections import Counter
from datetime import date, timedelta
from itertools import product
from math import fsum
from random import Random

import pytest
from bundles import POLICY, TODAY, Customer, Document, day, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm import build_graph, review, rotation
from graphcrm.planning.rotation import assign, waves
from graphcrm.planning.succession import Successor
from graphcrm.records.interval import Interval, exactly

LAW = settings(derandomize=True, deadline=None, max_examples=100)
DECIDER = {"roles": ["decider"], "level": 1}
STAR = {"function": "account", "level": 2, "region": "North"}
LONG_AGO = day(-400)

people = st.sampled_from("abcd")
offers = st.lists(
    st.dictionaries(people, st.sampled_from((0.0, 0.15, 0.55, 0.7, 0.85, 1.0)), max_size=4), max_size=4
)
moves = st.lists(st.tuples(st.sampled_from("XYZ"), people, people), max_size=8)


@LAW
@given(offers)
def test_as_many_as_can_be_get_a_taker_and_then_the_likest_of_all_ways(
    every: list[dict[str, float]],
) -> None:
    options = [[Successor(e, Interval(s, s), "proven") for e, s in offer.items()] for offer in every]
    taken = [s for s in assign(options) if s is not None]
    assert max(Counter(s.employee for s in taken).values(), default=0) <= 1
    ways = [
        [s for s in way if s is not None]
        for way in product(*([None, *row] for row in options))
        if max(Counter(s.employee for s in way if s is not None).values(), default=0) <= 1
    ]
    best = max((len(way), fsum(s.similarity.low for s in way)) for way in ways)
    assert (len(taken), fsum(s.similarity.low for s in taken)) == pytest.approx(best)
    assert all(s is None or s in row for s, row in zip(assign(options), options, strict=True))


@LAW
@given(moves)
def test_in_no_wave_an_account_loses_two_or_somebody_takes_part_twice(
    every: list[tuple[str, str, str]],
) -> None:
    numbers = waves(every)
    assert sorted(set(numbers)) == list(range(1, max(numbers, default=0) + 1))
    for wave in set(numbers):
        together = [move for move, number in zip(every, numbers, strict=True) if number == wave]
        assert max(Counter(account for account, _, _ in together).values()) == 1
        assert max(Counter(who for _, *both in together for who in set(both)).values()) == 1


@LAW
@given(moves)
def test_no_move_could_go_earlier_beside_those_of_more_at_stake(every: list[tuple[str, str, str]]) -> None:
    numbers = waves(every)
    for place, (account, *both) in enumerate(every):
        for earlier in range(1, numbers[place]):
            before = [m for m, n in zip(every[:place], numbers, strict=False) if n == earlier]
            assert any(a == account or {*others} & {*both} for a, *others in before)


def portfolio(*, since: str = LONG_AGO) -> Customer:
    """Star and twin each hold an account of the North alone, since long; a third twin holds nothing."""
    customer = Customer()
    customer.document["accounts"] = []
    for account, holder in (("X", "star"), ("Y", "twin")):
        customer.account(account, region="North").seat(
            f"{account}.s", f"{account}.p", account=account, **DECIDER
        )
        customer.employee(holder, **STAR).tie(holder, f"{account}.p", 0.9)
        customer.met(holder, f"{account}.p", at=f"{since}T10:00:00+00:00")
    return customer


def changed(customer: Customer, employee: str, **fields: object) -> Document:
    employees = [{**e, **fields} if e["id"] == employee else e for e in customer.document["employees"]]
    return {**customer.document, "employees": employees}


def told(document: Document) -> set[tuple[str, str, str | None, int | None]]:
    return {
        (m.account, m.employee, m.taking and m.taking.taker, m.taking and m.taking.wave)
        for m in rotation(facts_of(document)).moves
    }


def test_two_who_each_hold_an_account_alone_change_places_one_after_the_other() -> None:
    assert told(portfolio().document) == {("X", "star", "twin", 1), ("Y", "twin", "star", 2)}
    (first, second) = rotation(facts_of(portfolio().document)).moves
    assert first.taking is not None
    assert second.taking is not None
    overlap, start = timedelta(days=POLICY.plan.overlap_days), date.fromisoformat(TODAY)
    assert (first.taking.starts_on, first.taking.ends_on) == (start, start + overlap)
    assert second.taking.starts_on == start + overlap
    assert first.loss == (1, 1)
    assert first.since == date.fromisoformat(LONG_AGO)
    assert first.taking.lost_after is not None
    assert 0 < first.taking.lost_after.low < 0.6


def test_who_avoids_the_region_does_not_take_over_and_nothing_says_so() -> None:
    document = changed(portfolio(), "star", avoid_regions=["north "])
    assert told(document) == {("X", "star", "twin", 1), ("Y", "twin", None, None)}
    assert "avoid" not in rotation(facts_of(document)).model_dump_json()


@pytest.mark.parametrize("leaving", [{"on_notice": True}, {"valid_to": "2026-07-31"}])
def test_who_is_leaving_needs_a_handover_and_takes_nothing_over(leaving: dict[str, object]) -> None:
    document = changed(portfolio(), "star", **leaving)
    assert told(document) == {("Y", "twin", None, None)}
    assert [(h.account, h.employee) for h in rotation(facts_of(document)).leaving] == [("X", "star")]


def test_who_is_not_on_record_for_long_stays() -> None:
    found = rotation(facts_of(portfolio(since=day(-364)).document))
    assert found.moves == ()
    assert {(h.account, h.employee) for h in found.recent} == {("X", "star"), ("Y", "twin")}
    assert len(rotation(facts_of(portfolio(since=day(-365)).document)).moves) == 2


def test_who_holds_the_account_with_another_does_not_take_it_over_and_both_never_go_at_once() -> None:
    customer = portfolio().seat("X.t", "X.q", account="X", **DECIDER).tie("third", "X.q", 0.9)
    customer.met("third", "X.q", at=f"{LONG_AGO}T10:00:00+00:00")
    customer.document["employees"] = [{**e, **STAR} for e in customer.document["employees"]]
    customer.employee("fourth", **STAR)
    # Both meetings are as strong, and so half of X hangs on each of star and third.
    found = [m for m in rotation(facts_of(customer.document)).moves if m.account == "X"]
    assert {m.employee for m in found} == {"star", "third"}
    taken = [m.taking for m in found if m.taking is not None]
    assert {t.taker for t in taken} <= {"twin", "fourth"}
    assert len({t.wave for t in taken}) == len(taken) == 2


def test_the_second_move_at_an_account_begins_where_the_first_ended() -> None:
    customer = portfolio().seat("X.t", "X.q", account="X", **DECIDER).tie("third", "X.q", 0.9)
    customer.met("third", "X.q", at=f"{LONG_AGO}T10:00:00+00:00").employee("fourth", **STAR)
    customer.document["employees"] = [{**e, **STAR} for e in customer.document["employees"]]
    first, second = sorted(
        (m for m in rotation(facts_of(customer.document)).moves if m.account == "X"),
        key=lambda m: m.taking.wave if m.taking else 99,
    )
    assert first.taking is not None
    assert second.today == first.taking.after
    assert first.today is not None
    assert second.today != first.today


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_the_rules_hold_in_any_portfolio(seed: int) -> None:
    rng = Random(seed)
    document = random_bundle(rng)
    for account in document["accounts"]:
        account["region"] = rng.choice(("North", "South"))
    for employee in document["employees"]:
        employee.update(region="North", function="account", level=2)
        employee["avoid_regions"] = rng.choice(([], ["North"], ["South"]))
    facts = facts_of(document)
    found = rotation(facts)
    taken = [(m, m.taking) for m in found.moves if m.taking is not None]
    assert max(Counter(t.taker for _, t in taken).values(), default=0) <= 1
    holders = {(h.account, h.employee) for h in (*found.moves, *found.recent, *found.leaving)}
    for move, taking in taken:
        assert (move.account, taking.taker) not in holders
        assert taking.taker in facts.present
        assert facts.accounts[move.account].region not in facts.employees[taking.taker].avoid_regions
    assert max(Counter((m.account, t.wave) for m, t in taken).values(), default=0) <= 1
    people = Counter((who, t.wave) for m, t in taken for who in (m.employee, t.taker))
    assert max(people.values(), default=0) <= 1
    for account, employee in holders:
        measures = review(build_graph(facts, account)).measures
        assert measures is not None
        loss = measures.departure_loss[employee]
        assert loss is not None
        assert loss >= exactly(POLICY.plan.rotation.least_loss)

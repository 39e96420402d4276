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

from graphcrm import build_graph, handover_plan, review, rotation
from graphcrm.planning.handover import NOBODY_FITS
from graphcrm.planning.holding import History
from graphcrm.planning.rotation import ALL_TAKEN, MOST_TAKEN, assign, spread, waves
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
leaving = st.dictionaries(st.sampled_from("XYZ"), st.integers(0, 3))


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
@given(st.lists(st.tuples(st.sampled_from("XYZ"), offers.map(lambda rows: rows[:1])), max_size=6))
def test_nobody_takes_a_second_account_before_all_are_assigned_once_nor_two_givers_of_one_account(
    every: list[tuple[str, list[dict[str, float]]]],
) -> None:
    accounts = [account for account, _ in every]
    options = [
        [Successor(e, Interval(s, s), "proven") for row in rows for e, s in row.items()]
        for _, rows in every
    ]
    once, found = assign(options), spread(accounts, options)
    assert [t for t, first in zip(found, once, strict=True) if first is not None] == [
        first for first in once if first is not None
    ]
    pairs = Counter((a, t.employee) for a, t in zip(accounts, found, strict=True) if t is not None)
    assert max(pairs.values(), default=0) <= 1
    load = Counter(t.employee for t in found if t is not None)
    assert max(load.values(), default=0) <= MOST_TAKEN
    for account, taker, row in zip(accounts, found, options, strict=True):
        if taker is None:
            assert all(load[s.employee] == MOST_TAKEN or (account, s.employee) in pairs for s in row)


def test_who_takes_over_from_a_leaver_takes_nothing_more_at_that_account() -> None:
    options = [[Successor("a", exactly(0.9), "proven"), Successor("b", exactly(0.6), "proven")]]
    assert [t and t.employee for t in spread(["X"], options, {("X", "a")})] == ["b"]
    assert [t and t.employee for t in spread(["X"], options, {("Y", "a")})] == ["a"]


@LAW
@given(moves, leaving)
def test_in_no_wave_an_account_loses_two_or_somebody_takes_part_twice(
    every: list[tuple[str, str, str]], away: dict[str, int]
) -> None:
    numbers = waves(every, away)
    assert all(
        number > away.get(account, 0) for number, (account, _, _) in zip(numbers, every, strict=True)
    )
    for wave in set(numbers):
        together = [move for move, number in zip(every, numbers, strict=True) if number == wave]
        assert max(Counter(account for account, _, _ in together).values()) == 1
        assert max(Counter(who for _, *both in together for who in set(both)).values()) == 1


@LAW
@given(moves, leaving)
def test_no_move_could_go_earlier_beside_those_of_more_at_stake(
    every: list[tuple[str, str, str]], away: dict[str, int]
) -> None:
    numbers = waves(every, away)
    for place, (account, *both) in enumerate(every):
        for earlier in range(away.get(account, 0) + 1, numbers[place]):
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


def test_who_fits_takes_a_second_account_in_a_later_wave_and_no_third() -> None:
    customer = Customer()
    customer.document["accounts"] = []
    for account in "XYZ":
        customer.account(account, region="North").seat(f"{account}.s", f"{account}.p", account=account)
        customer.employee("star", **STAR).tie("star", f"{account}.p", 0.9, assessed_on=LONG_AGO)
    customer.document["seats"] = [{**seat, **DECIDER} for seat in customer.document["seats"]]
    alone = rotation(facts_of(customer.document)).moves
    assert {(m.account, m.taking, m.reason) for m in alone} == {(a, None, NOBODY_FITS) for a in "XYZ"}
    customer.employee("twin", **STAR)
    found = rotation(facts_of(customer.document)).moves
    assert {(m.taking and m.taking.taker, m.taking and m.taking.wave, m.reason) for m in found} == {
        ("twin", 1, None), ("twin", 2, None), (None, None, ALL_TAKEN),
    }  # fmt: skip


def test_who_holds_an_account_since_long_rotates_though_somebody_assesses_the_tie_every_year() -> None:
    customer = portfolio(since=day(0))
    for years in (0, 1, 2):
        customer.tie("star", "X.p", 0.9, assessed_on=day(-365 * years), valid_from="2015-01-01")
    found = rotation(facts_of(customer.document))
    assert {(m.account, m.since) for m in found.moves} == {("X", date(2015, 1, 1))}
    assert {h.account for h in found.recent} == {"Y"}


def two_alike(*others: str, **star: object) -> Customer:
    """Half of X hangs on each of star and third, both since long; the others hold nothing."""
    customer = Customer()
    customer.document["accounts"] = []
    customer.account("X", region="North")
    for seat, contact, employee in (("s", "p", "star"), ("t", "q", "third")):
        customer.seat(seat, contact, account="X", **DECIDER).employee(employee, **STAR)
        customer.tie(employee, contact, 0.9, assessed_on=LONG_AGO)
    for other in others:
        customer.employee(other, **STAR)
    customer.document = changed(customer, "star", **star)
    return customer


@pytest.mark.parametrize(
    ("leaves", "wave"),
    [({"on_notice": True}, 2), ({"valid_to": day(20)}, 2), ({"valid_to": day(90)}, 2),
     ({"valid_to": day(91)}, 3), ({"on_notice": True, "valid_to": day(180)}, 3)],
)  # fmt: skip
def test_nobody_moves_away_from_an_account_while_another_of_its_key_people_leaves(
    leaves: dict[str, object], wave: int
) -> None:
    found = rotation(facts_of(two_alike("v", "w", **leaves).document))
    assert [(h.account, h.employee) for h in found.leaving] == [("X", "star")]
    (move,) = found.moves
    assert move.taking is not None
    assert (move.employee, move.taking.wave) == ("third", wave)
    gone = found.as_of + timedelta(days=POLICY.plan.overlap_days)
    assert move.taking.starts_on >= date.fromisoformat(str(leaves.get("valid_to", gone)))


def test_a_move_after_a_leavers_handover_starts_from_the_account_that_the_leaver_left() -> None:
    document = two_alike("a", on_notice=True).document
    (handed,) = handover_plan(facts_of(document), "star").accounts
    # The first of the likest takes over from star, and so not from third as well.
    for others, taker, reason in ((("a",), None, ALL_TAKEN), (("a", "b"), "b", None)):
        (move,) = rotation(facts_of(two_alike(*others, on_notice=True).document)).moves
        assert (move.taking and move.taking.taker, move.reason) == (taker, reason)
        assert move.today == handed.after
        assert move.today != handed.today


# Since when


def since_of(
    *records: dict[str, object], met: str | None = None, assertions: Document | None = None
) -> str | None:
    """The first day on record of e with p, of whom these ties are stated."""
    customer = Customer(region="North").seat("s", "p", **DECIDER).employee("e", **STAR)
    for record in records:
        customer.state("ties", employee="e", contact="p", **record)
    for day_, level in (assertions or {}).items():
        customer.asserts("e|p", "level", level, day_)
    if met is not None:
        customer.met("e", "p", at=f"{met}T10:00:00+00:00")
    facts = facts_of(customer.document)
    since = History(facts).since(build_graph(facts, "A"), "e")
    return None if since is None else since.isoformat()


def known(level: float | str | None, assessed_on: str | None, *valid: str | None) -> dict[str, object]:
    fields = {
        "level": level,
        "assessed_on": assessed_on,
        **dict(zip(("valid_from", "valid_to"), valid, strict=False)),
    }
    return {key: value for key, value in fields.items() if value is not None}


@pytest.mark.parametrize(
    ("records", "since"),
    [
        # A tie begins where it says, and else with its first assessment.
        ([known(1.0, "2025-05-01", "2015-01-01")], "2015-01-01"),
        ([known(1.0, "2025-05-01")], "2025-05-01"),
        # Assessing again forgets nothing.
        ([known(1.0, "2025-05-01"), known(1.0, "2026-06-01")], "2025-05-01"),
        ([known(1.0, y, "2015-01-01") for y in ("2025-05-01", "2026-06-01")], "2015-01-01"),
        # One record ends where the next begins.
        ([known(1.0, "2018-01-01", "2018-01-01", "2024-01-01"), known(1.0, "2026-06-01", "2024-01-01")],
         "2018-01-01"),
        ([known(1.0, "2018-01-01", "2018-01-01", "2021-01-01"),
          known(0.5, "2020-01-01", "2020-01-01", "2024-01-01"), known(1.0, "2026-06-01", "2023-01-01")],
         "2018-01-01"),
        # A break ends what was before.
        ([known(1.0, "2018-01-01", "2018-01-01", "2023-12-31"), known(1.0, "2026-06-01", "2024-01-01")],
         "2024-01-01"),
        ([known(1.0, "2018-01-01", None, "2023-12-31"), known(1.0, "2026-06-01", "2024-01-01")],
         "2024-01-01"),
        # Who was a stranger then knows the contact since later.
        ([known("none", "2018-01-01"), known(1.0, "2026-06-01")], "2026-06-01"),
        ([known(1.0, "2015-01-01", "2015-01-01"), known(0.0, "2018-01-01"), known(1.0, "2026-06-01")],
         "2026-06-01"),
        # A beginning counts though nobody said how well; what is not yet so does not.
        ([known(None, None, "2015-01-01"), known(1.0, "2026-06-01")], "2015-01-01"),
        ([known(1.0, "2026-06-01"), known(1.0, "2026-07-01", "2015-01-01")], "2026-06-01"),
    ],
)  # fmt: skip
def test_a_tie_is_on_record_since_it_has_held_without_a_break(
    records: list[dict[str, object]], since: str
) -> None:
    assert since_of(*records) == since


def test_what_is_asserted_of_a_level_is_on_record_too() -> None:
    late = known(1.0, "2026-06-01")
    assert since_of(late, assertions={"2020-03-01": "trusted"}) == "2020-03-01"
    assert since_of(known(1.0, "2018-01-01"), assertions={"2026-06-20": "trusted"}) == "2018-01-01"
    # Strangers again, and unknown, which is no stranger.
    denied = {"2020-03-01": "none", "2026-05-01": "trusted"}
    assert since_of(known(1.0, "2018-01-01"), assertions=denied) == "2026-05-01"
    assert since_of(known(1.0, "2018-01-01"), assertions={**denied, "2020-03-01": None}) == "2018-01-01"
    assert since_of(late, assertions={"2026-07-01": "none"}) == "2026-06-01"
    # What was asserted of a tie that ended is of that tie.
    again = known(1.0, "2026-06-01", "2024-01-01")
    assert since_of(again, assertions={"2019-01-01": "trusted"}) == "2024-01-01"


def test_an_interaction_before_the_first_assessment_is_on_record() -> None:
    assert since_of(known(1.0, "2026-06-01"), met="2019-01-01") == "2019-01-01"


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_the_rules_hold_in_any_portfolio(seed: int) -> None:
    rng = Random(seed)
    document = random_bundle(rng)
    for account in document["accounts"]:
        account["region"] = rng.choice(("North", "South"))
    for employee in document["employees"]:
        employee.update(region="North", function="account", level=2)
        employee["on_notice"] = rng.random() < 0.2
        employee["avoid_regions"] = rng.choice(([], ["North"], ["South"]))
    facts = facts_of(document)
    found = rotation(facts)
    taken = [(m, m.taking) for m in found.moves if m.taking is not None]
    assert max(Counter(t.taker for _, t in taken).values(), default=0) <= MOST_TAKEN
    assert max(Counter((m.account, t.taker) for m, t in taken).values(), default=0) <= 1
    assert all((m.reason is None) == (m.taking is not None) for m in found.moves)
    away = {h.account for h in found.leaving}
    assert all(m.account not in away or t.wave > 1 for m, t in taken)
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

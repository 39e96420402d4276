"""Strength of a tie: each row of the table, interactions, fading, and what the firm keeps (section 3)."""

from math import exp

import pytest
from bundles import TODAY, Customer, day

from graphcrm.graph.account import TieEdge

NEARLY_MIDNIGHT = f"{day(1)}T00:00:00+00:00"


def customer(**employee: object) -> Customer:
    return Customer().seat("s1", "p1").seat("s2", "p2").employee("e1", **employee)


def between(told: Customer, employee: str = "e1", contact: str = "p1") -> TieEdge:
    return told.graph().ties[contact][employee]


def shown(x: float) -> float:
    return round(1 - exp(-x / 4), 6)


def at_noon(worth: float, days_ago: float = 0) -> float:
    return worth * 2 ** (-(days_ago + 0.5) / 120)


# The table


def test_a_tie_with_a_level_of_a_captured_employee_is_the_level_faded_into_what_is_observed() -> None:
    told = customer().tie("e1", "p1", "in_depth", assessed_on=day(-365)).met("e1", "p1")
    strength = 0.5 * 0.75 + 0.5 * (1 - exp(-at_noon(2) / 4))
    assert between(told).now == (round(strength, 6), round(strength, 6))


def test_a_tie_of_an_employee_who_is_not_captured_may_still_have_its_level() -> None:
    told = customer(captured=False).tie("e1", "p1", "in_depth", assessed_on=day(-365))
    assert between(told).now == (0.375, 0.75)


def test_an_employee_of_whom_nothing_is_said_is_not_captured() -> None:
    told = Customer().seat("s1", "p1").state("employees", id="e1", name="E1")
    assert between(told.tie("e1", "p1", 0.6, assessed_on=day(-365))).now == (0.3, 0.6)


def test_what_is_observed_above_the_level_of_an_uncaptured_employee_leaves_nothing_open() -> None:
    told = customer(captured=False).tie("e1", "p1", 0.25, assessed_on=day(-365))
    for _ in range(9):
        told.met("e1", "p1", channel="visit")
    low, high = between(told).now
    assert low == high > 0.5


@pytest.mark.parametrize("captured", [True, False])
def test_a_tie_without_a_level_is_at_least_what_is_observed(captured: bool) -> None:
    told = customer(captured=captured).tie("e1", "p1", None).met("e1", "p1")
    assert between(told).now == (shown(at_noon(2)), 1)


@pytest.mark.parametrize("captured", [True, False])
def test_without_a_tie_the_strength_is_what_is_observed(captured: bool) -> None:
    strength = shown(at_noon(2))
    assert between(customer(captured=captured).met("e1", "p1")).now == (strength, strength)


def test_a_pair_with_nothing_on_record_has_no_strength() -> None:
    graph = customer().tie("e1", "p1").graph()
    assert "e1" not in graph.ties["p2"]


@pytest.mark.parametrize(
    ("level", "strength"),
    [
        ("none", 0),
        ("brief", 0.25),
        ("multiple", 0.5),
        ("in_depth", 0.75),
        ("trusted", 1),
        (0.37, 0.37),
        (0, 0),
    ],
)
def test_a_level_is_a_word_or_a_number(level: str | float, strength: float) -> None:
    assert between(customer().tie("e1", "p1", level)).now == (strength, strength)


def test_an_assessment_fades_by_half_in_a_year_of_whole_days() -> None:
    assert between(customer().tie("e1", "p1", 1.0, assessed_on=day(-365))).now == (0.5, 0.5)
    assert between(customer().tie("e1", "p1", 1.0, assessed_on=day(-1))).now.low == round(
        2 ** (-1 / 365), 6
    )


def test_both_ends_are_rounded_to_six_decimals_once() -> None:
    low, high = between(customer(captured=False).tie("e1", "p1", 1 / 3, assessed_on=day(-7))).now
    assert (low, high) == (round(2 ** (-7 / 365) / 3, 6), 0.333333)


# Several records of a pair


def test_of_several_records_of_a_pair_the_latest_assessed_holds() -> None:
    told = customer().tie("e1", "p1", 0.9, assessed_on=TODAY).tie("e1", "p1", 0.4, assessed_on=day(-30))
    assert between(told).now.low == 0.9


def test_then_the_latest_recorded_holds_and_absent_counts_as_earliest() -> None:
    told = customer().tie("e1", "p1", 0.3, recorded_at="2026-06-29").tie("e1", "p1", 0.9)
    assert between(told).now.low == 0.3
    told.tie("e1", "p1", 0.5, recorded_at="2026-06-29T01:00:00+00:00")
    assert between(told).now.low == 0.5


def test_then_the_later_in_the_list_holds() -> None:
    assert between(customer().tie("e1", "p1", 0.3).tie("e1", "p1", 0.9)).now.low == 0.9
    assert between(customer().tie("e1", "p1", 0.9).tie("e1", "p1", 0.3)).now.low == 0.3


def test_a_record_assessed_after_the_day_or_not_valid_does_not_count() -> None:
    told = customer().tie("e1", "p1", 0.4).tie("e1", "p1", 0.9, assessed_on=day(1))
    assert between(told).now.low == 0.4
    assert "e1" not in customer().tie("e1", "p1", valid_to=TODAY).graph().ties["p1"]
    assert "e1" not in customer().tie("e1", "p1", valid_from=day(1)).graph().ties["p1"]
    assert "e1" in customer().tie("e1", "p1", valid_from=TODAY, valid_to=day(1)).graph().ties["p1"]


# Interactions


@pytest.mark.parametrize(
    ("channel", "worth"),
    [("visit", 3), ("meeting", 2), ("call", 1), ("order", 1), ("mail", 0.3), ("message", 0.2)],
)
def test_each_channel_has_its_weight(channel: str, worth: float) -> None:
    assert between(customer().met("e1", "p1", channel=channel)).now.low == shown(at_noon(worth))


def test_an_interaction_fades_by_half_in_120_days_of_real_length() -> None:
    assert between(customer().met("e1", "p1", at=f"{day(-119)}T00:00:00+00:00")).now.low == shown(1)
    assert between(customer().met("e1", "p1", at=f"{day(-119)}T12:00:00+00:00")).now.low == shown(
        at_noon(2, 119)
    )


def test_an_interaction_of_several_is_shared_among_the_distinct_others() -> None:
    told = customer().met("e1", "p1", "p2", "e2", "e1", "p1")
    assert between(told).now.low == shown(at_noon(2 / 3))


def test_an_interaction_of_one_person_alone_ties_nobody() -> None:
    assert not customer().met("p1").graph().observed


def test_mails_both_ways_count_twice_and_the_surplus_of_one_side_a_quarter() -> None:
    told = customer().sent("e1", "p1").sent("e1", "p1").sent("p1", "e1").met("e1", "p1", channel="call")
    worth = at_noon(0.3)
    assert between(told).now.low == shown(at_noon(1) + 2 * worth + 0.25 * worth)
    assert between(customer().sent("e1", "p1")).now == between(customer().sent("p1", "e1")).now


def test_a_directed_interaction_is_shared_among_its_distinct_recipients() -> None:
    told = customer().sent("e1", "p1", "p2", "p1")
    assert between(told).now.low == shown(0.25 * at_noon(0.3 / 2))
    assert between(told, contact="p2").now == between(told).now


def test_co_recipients_have_no_interaction_with_each_other() -> None:
    graph = customer().employee("e2").sent("p1", "e1", "p2", "e2").graph()
    assert set(graph.ties["p1"]) == {"e1", "e2"}
    assert not graph.ties["p2"]
    ours = customer().employee("e2").sent("e1", "e2", "p1").graph()
    assert set(ours.ties["p1"]) == {"e1"}


def test_an_account_of_which_we_only_know_mails_among_themselves_is_not_observed() -> None:
    assert not customer().sent("p1", "p2").graph().observed


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (f"{TODAY}T23:59:59+00:00", True),
        (NEARLY_MIDNIGHT, False),
        (f"{day(1)}T07:59:59+08:00", True),
        (f"{day(1)}T08:00:00+08:00", False),
        (f"{TODAY}T18:59:59-05:00", True),
        (f"{TODAY}T19:00:00-05:00", False),
    ],
)
def test_a_day_ends_at_midnight_utc_and_the_next_moment_does_not_count(at: str, counts: bool) -> None:
    assert customer().met("e1", "p1", at=at).graph().observed is counts


def test_age_is_counted_in_real_time_whatever_the_offset() -> None:
    in_shanghai = between(customer().met("e1", "p1", at=f"{TODAY}T20:00:00+08:00"))
    assert in_shanghai == between(customer().met("e1", "p1"))


# Later


def test_without_contact_ties_fade_and_never_grow() -> None:
    faded = between(customer().tie("e1", "p1")).later
    assert faded == (round(2 ** (-90 / 365), 6),) * 2
    # Assessed as none, much observed: the assessment fades upwards, the tie does not.
    told = customer().tie("e1", "p1", "none")
    for _ in range(20):
        told.met("e1", "p1", channel="visit")
    assert between(told).later == (0, 0)


# What the firm keeps


@pytest.mark.parametrize(("holder", "kept"), [("firm", (0.4, 0.4)), ("unknown", (0, 0.4))])
def test_the_firm_keeps_half_of_a_tie_whose_trust_it_holds(holder: str, kept: tuple[float, float]) -> None:
    assert customer().tie("e1", "p1", 0.8, trust_holder=holder).graph().firm["p1"].now == kept


def test_trust_is_the_persons_until_somebody_asserts_otherwise() -> None:
    assert "p1" not in customer().tie("e1", "p1", 0.8).graph().firm
    assert "p1" not in customer().tie("e1", "p1", 0.8, trust_holder="person").graph().firm
    assert customer().tie("e1", "p1", None, trust_holder="firm").graph().firm["p1"].now == (0, 0.5)


def test_the_firm_keeps_the_largest_over_the_ties_of_a_contact_gone_employees_included() -> None:
    told = customer().tie("e1", "p1", 0.5, trust_holder="firm")
    told.employee("e2", valid_to=TODAY).tie("e2", "p1", 1.0, trust_holder="firm")
    told.employee("e3").tie("e3", "p1", 0.9, trust_holder="unknown")
    assert told.graph().firm["p1"].now == (0.5, 0.5)


def test_the_departure_of_an_employee_ends_the_personal_route_and_leaves_the_firms() -> None:
    told = customer().tie("e1", "p1", 1.0, trust_holder="firm")
    result = told.review().measures
    assert result is not None
    assert result.departure_loss["e1"] == (0.5, 0.5)
    assert result.sole_route == {}
    assert result.survivability["s1"] == (1, 1)


def test_the_firms_own_leg_is_live_at_a_fifth() -> None:
    for level, reached in ((0.4, 0.2), (0.399999, 0.0)):
        told = customer().employee("e2", valid_to=TODAY).tie("e2", "p1", level, trust_holder="firm")
        result = told.review().measures
        assert result is not None
        assert result.reach.low["s1"] == reached


def test_interactions_without_a_tie_leave_the_firm_nothing() -> None:
    assert "p1" not in customer().met("e1", "p1").graph().firm

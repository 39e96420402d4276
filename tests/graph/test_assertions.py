"""Which assertion holds, as of a day and as known at a day (section 1)."""

from typing import Any

import pytest
from bundles import TODAY, Customer, day

from graphcrm.graph.account import AccountGraph

A = "attitude"


def told() -> Customer:
    return Customer().seat("s1", "p1", level=3, roles=["user"]).employee("e1", level=4).tie("e1", "p1", 0.8)


def attitude(customer: Customer, **options: Any) -> str | None:
    return customer.graph(**options).contacts["p1"].attitude


def test_nobody_asserted_anything_is_unknown() -> None:
    assert attitude(told()) is None


def test_the_latest_valid_from_holds_wherever_it_stands_and_whenever_recorded() -> None:
    customer = told().asserts("p1", A, "coach", "2026-03-01")
    customer.asserts("p1", A, "opponent", "2026-01-01", recorded_at="2026-06-01")
    assert attitude(customer) == "coach"


def test_then_the_latest_recorded_holds_and_absent_is_earliest() -> None:
    customer = told().asserts("p1", A, "coach", recorded_at="2026-02-01").asserts("p1", A, "opponent")
    assert attitude(customer) == "coach"
    customer.asserts("p1", A, "neutral", recorded_at="2026-02-01T00:00:01+00:00")
    assert attitude(customer) == "neutral"


def test_recorded_times_are_compared_as_moments_not_as_text() -> None:
    customer = told().asserts("p1", A, "coach", recorded_at="2026-02-01T23:00:00-05:00")
    customer.asserts("p1", A, "opponent", recorded_at="2026-02-02T01:00:00+00:00")
    assert attitude(customer) == "coach"


def test_then_the_later_in_the_list_holds() -> None:
    assert attitude(told().asserts("p1", A, "coach").asserts("p1", A, "neutral")) == "neutral"


def test_null_takes_an_assertion_back() -> None:
    assert attitude(told().asserts("p1", A, "coach").asserts("p1", A, None, "2026-02-01")) is None
    assert attitude(told().asserts("p1", A, None).asserts("p1", A, "coach", "2026-02-01")) == "coach"


def test_what_is_valid_after_the_day_does_not_hold_yet() -> None:
    customer = told().asserts("p1", A, "coach", TODAY).asserts("p1", A, "opponent", day(1))
    assert attitude(customer) == "coach"
    assert attitude(customer, as_of=day(1)) == "opponent"


def level_of_tie(graph: AccountGraph) -> object:
    return graph.ties["p1"]["e1"].now


def kept(graph: AccountGraph) -> object:
    return graph.firm["p1"].now if "p1" in graph.firm else (0.0, 0.0)


READ = {
    "attitude": lambda g: g.contacts["p1"].attitude,
    "roles": lambda g: g.seats["s1"].roles,
    "seat level": lambda g: g.seats["s1"].level,
    "employee level": lambda g: g.employees["e1"].level,
    "tie level": level_of_tie,
    "trust holder": kept,
}
# what is asserted: subject, attribute, value; what is read before and while it holds, and when taken back
CASES = {
    "attitude": ("p1", "attitude", "coach", None, "coach", None),
    "roles": ("s1", "roles", ["decider"], ("user",), ("decider",), None),
    "seat level": ("s1", "level", 1, 3, 1, None),
    "employee level": ("e1", "level", 2, 4, 2, None),
    "tie level": ("e1|p1", "level", 0.4, (0.8, 0.8), (0.4, 0.4), (0.0, 1.0)),
    "trust holder": ("e1|p1", "trust_holder", "firm", (0.0, 0.0), (0.4, 0.4), (0.0, 0.4)),
}
each = pytest.mark.parametrize("what", CASES)


@each
def test_an_assertion_holds_over_the_plain_field_from_its_day_on(what: str) -> None:
    subject, attribute, value, before, after, _ = CASES[what]
    assert READ[what](told().graph()) == before
    assert READ[what](told().asserts(subject, attribute, value, TODAY).graph()) == after
    assert READ[what](told().asserts(subject, attribute, value, day(1)).graph()) == before


@each
def test_as_of_an_earlier_day_it_does_not_hold_yet(what: str) -> None:
    subject, attribute, value, before, after, _ = CASES[what]
    customer = told().asserts(subject, attribute, value, day(1))
    assert READ[what](customer.graph(as_of=TODAY)) == before
    later = READ[what](customer.graph(as_of=day(1)))
    assert later != before
    if isinstance(after, tuple) and isinstance(after[0], float):
        assert later == pytest.approx(after, abs=0.002)  # a day's fading
    else:
        assert later == after


@each
def test_as_known_at_an_earlier_day_what_was_recorded_later_is_left_out(what: str) -> None:
    subject, attribute, value, before, after, _ = CASES[what]
    customer = told().asserts(subject, attribute, value, TODAY, recorded_at="2026-08-15T23:59:59+00:00")
    assert READ[what](customer.graph()) == after
    assert READ[what](customer.graph(known_at="2026-08-15")) == after
    assert READ[what](customer.graph(known_at="2026-08-14")) == before


@each
def test_taken_back_it_is_unknown_whatever_the_plain_field_says(what: str) -> None:
    subject, attribute, value, _, _, unknown = CASES[what]
    customer = told().asserts(subject, attribute, value, day(-1)).asserts(subject, attribute, None, TODAY)
    assert READ[what](customer.graph()) == unknown


def test_a_level_asserted_of_a_tie_is_assessed_on_the_day_it_is_valid_from() -> None:
    customer = told().asserts("e1|p1", "level", "trusted", day(-365))
    assert level_of_tie(customer.graph()) == (0.5, 0.5)


def test_a_tie_is_asserted_of_by_its_given_id() -> None:
    customer = Customer().seat("s1", "p1").tie("e1", "p1", 0.8, id="t7").asserts("t7", "level", 0.3, TODAY)
    assert level_of_tie(customer.graph()) == (0.3, 0.3)


def test_of_a_pair_without_a_tie_an_assertion_says_nothing() -> None:
    customer = Customer().seat("s1", "p1").employee("e1").asserts("e1|p1", "level", 0.3, TODAY)
    assert not customer.graph().observed


@pytest.mark.parametrize("kind", ["ties", "holdings", "seats", "interactions", "influences", "mechanisms"])
def test_every_kind_of_record_is_left_out_while_it_is_not_known(kind: str) -> None:
    customer = told().seat("s2", "p2").influences("s2", "s1").met("e1", "p2").mechanism("m1")
    plain = seen(customer.graph())
    for record in customer.document[kind]:
        record["recorded_at"] = "2026-08-01"
    assert seen(customer.graph()) == plain
    assert seen(customer.graph(known_at="2026-08-01")) == plain
    assert seen(customer.graph(known_at="2026-07-31")) != plain


def seen(graph: AccountGraph) -> object:
    return sorted(graph.network.edges), graph.ties, graph.gates, [m.id for m in graph.mechanisms]


@pytest.mark.parametrize("old_stands_last", [False, True])
def test_what_is_asserted_of_a_superseded_tie_says_nothing_of_the_one_that_holds(
    old_stands_last: bool,
) -> None:
    old = {"id": "old", "level": "multiple", "assessed_on": "2026-01-01"}
    new = {"id": "new", "level": "multiple", "assessed_on": TODAY}
    customer = Customer().seat("s1", "p1", level=1, roles=["decider"]).employee("e1", captured=True)
    for tie in (new, old) if old_stands_last else (old, new):
        customer.tie("e1", "p1", tie["level"], id=tie["id"], assessed_on=tie["assessed_on"])
    customer.asserts("old", "level", "none", "2026-02-01").asserts("new", "level", "trusted", TODAY)
    assert customer.graph().ties["p1"]["e1"].now == (1.0, 1.0)

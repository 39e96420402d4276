"""Money over accounts: what is converted, at which rate, and what stays apart."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.measures.money import Amount, money_total
from graphcrm.policies import Policy, load_policy
from graphcrm.records.interval import Interval, exactly

LAW = settings(derandomize=True, deadline=None, max_examples=200)
DAY = date(2026, 6, 30)
CURRENCIES = ("EUR", "USD", "CNY")


def policy(currency: str | None = "EUR", *rates: tuple[str, str, float]) -> Policy:
    """A pack with these rates: from a day, of a currency, so much."""
    money = {
        "currency": currency,
        "rates": [{"from": since, "currency": c, "rate": rate} for since, c, rate in rates],
    }
    return Policy.model_validate({**load_policy().model_dump(), "money": money})


def euros(*amounts: tuple[float, str]) -> list[Amount]:
    return [Amount(exactly(value), currency) for value, currency in amounts]


def test_an_amount_is_worth_what_the_rate_of_the_day_says() -> None:
    pack = policy("EUR", ("2026-01-01", "USD", 0.9), ("2026-06-30", "USD", 0.8), ("2026-07-01", "USD", 0.5))
    total = money_total(euros((100.0, "USD"), (10.0, "EUR")), pack, DAY)
    assert (total.total, total.currency) == (exactly(90.0), "EUR")
    assert [(r.currency, r.rate, r.since) for r in total.rates] == [("USD", 0.8, date(2026, 6, 30))]
    assert total.by_currency == {"EUR": exactly(10.0), "USD": exactly(100.0)}
    assert total.why_apart is None
    before = money_total(euros((100.0, "USD")), pack, date(2026, 6, 29))
    assert before.total == exactly(90.0)


def test_before_the_first_rate_sums_stay_apart_and_say_which_rate_is_missing() -> None:
    pack = policy("EUR", ("2026-07-01", "USD", 0.9), ("2026-01-01", "CNY", 0.1))
    total = money_total(euros((1.0, "USD"), (2.0, "CNY"), (4.0, "EUR")), pack, DAY)
    assert (total.total, total.currency, total.rates) == (None, None, ())
    assert total.by_currency == {"CNY": exactly(2.0), "EUR": exactly(4.0), "USD": exactly(1.0)}
    assert str(total.why_apart) == "The method pack has no rate to EUR on 2026-06-30 for USD."


def test_the_default_pack_converts_nothing_and_says_so() -> None:
    total = money_total(euros((1.0, "USD"), (2.0, "EUR")), load_policy(), DAY)
    assert (total.total, total.rates) == (None, ())
    assert str(total.why_apart) == "The method pack names no currency to convert to."


@pytest.mark.parametrize("pack", [load_policy(), policy("EUR")])
def test_amounts_of_one_currency_are_added_without_any_rate(pack: Policy) -> None:
    total = money_total(euros((1.0, "USD"), (2.0, "USD")), pack, DAY)
    assert (total.total, total.currency, total.rates) == (exactly(3.0), "USD", ())


def test_of_nothing_there_is_no_sum_and_no_reason() -> None:
    total = money_total([], policy("EUR"), DAY)
    assert (total.total, total.by_currency, total.why_apart) == (None, {}, None)


def test_what_is_unknown_is_counted_and_not_nothing() -> None:
    amounts = [Amount(None, "EUR"), Amount(exactly(5.0), None), Amount(None, None), *euros((1.0, "EUR"))]
    total = money_total(amounts, policy("EUR"), DAY)
    assert (total.total, total.unknown, total.without_currency) == (exactly(1.0), 2, 1)
    assert money_total(amounts[:3], policy("EUR"), DAY).total is None


amounts_ = st.lists(
    st.tuples(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(CURRENCIES)).map(
        lambda drawn: Amount(Interval(float(min(drawn[:2])), float(max(drawn[:2]))), drawn[2])
    ),
    min_size=1,
)
rates_ = st.dictionaries(
    st.tuples(st.integers(-3, 3), st.sampled_from(CURRENCIES[1:])), st.sampled_from((0.125, 0.92, 1.0, 7.5))
)


@LAW
@given(amounts_, rates_)
def test_a_total_is_the_sum_in_exact_fractions_or_none_where_a_rate_is_missing(
    amounts: list[Amount], drawn: dict[tuple[int, str], float]
) -> None:
    """The oracle: rates laid out day by day, sums in fractions."""
    held: dict[str, Fraction] = {"EUR": Fraction(1)}
    for offset in range(-3, 1):
        held.update({c: Fraction(rate) for (o, c), rate in drawn.items() if o == offset})
    pack = policy("EUR", *(((DAY + timedelta(o)).isoformat(), c, rate) for (o, c), rate in drawn.items()))
    total = money_total(amounts, pack, DAY)
    sums: defaultdict[str, list[Fraction]] = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for value, currency in amounts:
        assert value is not None
        assert currency is not None
        for end in (0, 1):
            sums[currency][end] += Fraction(value[end])
    if sums.keys() <= held.keys():
        expected = [sum(held[c] * part[end] for c, part in sums.items()) for end in (0, 1)]
        assert total.currency == "EUR"
        assert total.total == pytest.approx([float(e) for e in expected], rel=1e-12)
        assert {r.currency: Fraction(r.rate) for r in total.rates} == {
            c: held[c] for c in sums if c != "EUR"
        }
    elif len(sums) == 1:
        assert total.currency in sums
    else:
        assert total.total is None
        assert set(total.params["currencies"]) == sums.keys() - held.keys()


@LAW
@given(amounts_, st.randoms())
def test_a_sum_does_not_depend_on_the_order(amounts: list[Amount], rng: Any) -> None:
    pack = policy("EUR", ("2026-01-01", "USD", 0.92), ("2026-01-01", "CNY", 0.125))
    shuffled = rng.sample(amounts, len(amounts))
    assert money_total(amounts, pack, DAY) == money_total(shuffled, pack, DAY)


@pytest.mark.parametrize(
    ("currency", "rates"),
    [
        (None, [("2026-01-01", "USD", 0.9)]),
        ("EUR", [("2026-01-01", "EUR", 1.0)]),
        ("EUR", [("2026-01-01", "USD", 0.9), ("2026-01-01", "USD", 0.9)]),
        ("EUR", [("2026-01-01", "USD", 0.0)]),
        ("EUR", [("2026-01-01", "USD", -1.0)]),
        ("EUR", [("2026-01-01", "USD", float("inf"))]),
        ("EUR", [("2026-01-01", "USD", float("nan"))]),
        ("EUR", [("2026-01-01", "usd", 0.9)]),
        ("EUR", [("2026-13-01", "USD", 0.9)]),
        ("EUR", [(20260101, "USD", 0.9)]),
        ("Euro", []),
    ],
)
def test_a_pack_refuses_rates_that_make_no_sense(currency: str | None, rates: list[Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        policy(currency, *rates)


def test_a_pack_in_yaml_states_rates_as_the_documents_say_and_audits_keep_it_so(tmp_path: Any) -> None:
    file = tmp_path / "euro.yaml"
    text = "{currency: EUR, rates: [{from: 2026-01-01, currency: USD, rate: 0.92}]}"
    file.write_text(f"extends: default\nname: euro\nmoney: {text}\n", encoding="utf-8")
    pack = load_policy(file)
    assert money_total(euros((100.0, "USD")), pack, DAY).total == exactly(92.0)
    kept = pack.model_dump(mode="json")
    assert kept["money"]["rates"] == [{"from": "2026-01-01", "currency": "USD", "rate": 0.92}]
    assert Policy.model_validate(kept) == pack

"""What values look like: dates, numbers, words; truth worked out by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.policies import load_policy
from graphcrm.sources.tables.suggesting.dates import dates_in
from graphcrm.sources.tables.suggesting.numbers import numbers_in
from graphcrm.sources.tables.suggesting.words import likeness, normal, vocabulary

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("words", "formats", "other"),
    [
        (["2026-05-01", "2026-06-30"], (), ()),
        (["2026-05-01T10:00:00+02:00"], (), ()),
        (["31.12.2025", "01.02.2026"], ("%d.%m.%Y",), ()),
        (["12/31/2025", "1/2/2026"], ("%m/%d/%Y",), ()),
        (["31/12/2025", "1/2/2026"], ("%d/%m/%Y",), ()),
        (["01/02/2026", "03/04/2026"], ("%d/%m/%Y",), ("%m/%d/%Y",)),
        (["03/03/2026"], ("%d/%m/%Y",), ()),
        (["2026年5月6日"], ("%Y年%m月%d日",), ()),
        (["5-May-2026"], ("%d-%b-%Y",), ()),
        (["12/31/2025 5:30 PM"], ("%m/%d/%Y %I:%M %p",), ()),
        (["20260506", "20251231"], ("%Y%m%d",), ()),
        (["2026/5/6", "2026-05-07"], ("%Y-%m-%d", "%Y/%m/%d"), ()),
    ],
)
def test_dates_are_read_by_the_format_that_all_values_fit(
    words: list[str], formats: tuple[str, ...], other: tuple[str, ...]
) -> None:
    found = dates_in(words, TODAY)
    assert found is not None
    assert (found.formats, found.other) == (formats, other)


@pytest.mark.parametrize("words", [["5", "6"], ["Ann"], ["2026-05-01", "soon"], ["030-0074321"], []])
def test_what_is_no_date_is_none(words: list[str]) -> None:
    assert dates_in(words, TODAY) is None


def test_the_latest_day_is_not_in_the_future() -> None:
    found = dates_in(["2026-05-01", "2099-01-01"], TODAY)
    assert found is not None
    assert found.last == date(2026, 5, 1)


@pytest.mark.parametrize("form", ["%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%d", "%Y年%m月%d日", "%d-%b-%Y"])
@given(days=st.lists(st.dates(date(1950, 1, 1), date(2050, 12, 31)), min_size=1, max_size=30))
def test_a_column_of_one_format_can_always_be_read_by_it(form: str, days: list[date]) -> None:
    found = dates_in([day.strftime(form) for day in days], TODAY)
    assert found is not None
    assert form in {*(found.formats or ("%Y-%m-%d",)), *found.other} or not found.other


@pytest.mark.parametrize(
    ("words", "decimal", "currency"),
    [
        (["1234.5", "7"], ".", None),
        (["1,234.50"], ".", None),
        (["1.234,50", "7"], ",", None),
        (["12,5", "1.000"], ",", None),
        (["1.200,50 €", "90,00 €"], ",", "EUR"),
        (["EUR 5", "EUR 6"], ".", "EUR"),
        (["￥12,000,000"], ".", "CNY"),
        (["1,234", "5,678"], ".", None),
    ],
)
def test_numbers_show_their_decimal_mark(words: list[str], decimal: str, currency: str | None) -> None:
    found = numbers_in(words)
    assert found is not None
    assert (found.decimal, found.currency) == (decimal, currency)


def test_one_group_of_three_behind_a_point_may_be_either() -> None:
    found = numbers_in(["1.234", "2.500"])
    assert found is not None
    assert found.unsure


@pytest.mark.parametrize("words", [["120万"], ["3k"], ["A1"], ["1.2.3"], ["1,2", "1.2"], [""], []])
def test_what_is_no_number_is_none(words: list[str]) -> None:
    assert numbers_in(words) is None


@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_breaks_the_guesses(words: list[str]) -> None:
    dates_in(words, TODAY)
    numbers_in(words)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        *[("Cust. No", "customer number"), ("Acct Name", "account name"), ("E-Mail", "email")],
        *[("AccountId", "account id"), ("Opp Amount", "opportunity amount"), ("Sales Reps", "sales rep")],
        *[("客户名称（必填）", "客户名称"), ("Customer_Tier__c", "customer tier")],
    ],
)
def test_names_are_made_alike(name: str, known: str) -> None:
    assert normal(name) == normal(known)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_whole_for_the_same(one: str, two: str) -> None:
    assert 0 <= likeness(normal(one), normal(two)) <= 1
    assert likeness(normal(one), normal(one)) == 1


def test_every_word_of_the_default_pack_means_itself() -> None:
    policy = load_policy()
    lists = {
        "channel": policy.strength.channels,
        "roles": policy.decision_weight.roles,
        "tie_level": policy.strength.tie_levels,
        "kind": policy.account_kinds,
        "mode": policy.standards,
        "mechanism": policy.organisation.mechanism_kinds,
        "attitude": policy.attitudes,
    }
    for name, known in lists.items():
        assert set(vocabulary().lists[name].values()) == set(known), name
        assert all(vocabulary().meaning(name, word, known) == word for word in known)


def test_a_word_that_the_pack_lacks_means_nothing() -> None:
    assert vocabulary().meaning("channel", "WeChat", ["visit", "mail"]) is None

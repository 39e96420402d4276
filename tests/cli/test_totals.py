"""Sums of money on a terminal: never converted without the rate and its day beside it."""

import pytest
from bundles import Customer
from cli.terminal import Cli

PACK = """
extends: default
name: euro
money: {currency: EUR, rates: [{from: 2026-01-01, currency: USD, rate: 0.5}]}
"""


@pytest.fixture
def loaded(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A earns 1000 EUR and may win 60 USD; B earns 4000 USD; C and D are not known well enough."""
    monkeypatch.setenv("COLUMNS", "200")
    customer = Customer(annual_revenue=1000.0, currency="EUR")
    customer.account("B", annual_revenue=4000.0, currency="USD").account("C").account(
        "D", annual_revenue=1.0
    )
    customer.state("opportunities", id="o", account="A", amount=60.0, currency="USD")
    cli.load(customer.document)
    (cli.folder / "euro.yaml").write_text(PACK, encoding="utf-8")
    return cli


def test_without_rates_the_list_keeps_currencies_apart_and_says_why(loaded: Cli) -> None:
    lines = loaded("account", "list").out.splitlines()
    assert "Annual revenue: 1,000 EUR, 4,000 USD. The method pack names no currency to convert to." in lines
    assert "Not counted, as the amount is unknown: 1." in lines
    assert "Not counted, as the currency is unknown: 1." in lines
    assert "Open opportunities: 60 USD." in lines


def test_with_rates_the_list_adds_up_and_names_them(loaded: Cli) -> None:
    out = loaded("account", "list", "--policy", loaded.folder / "euro.yaml").out
    assert "Annual revenue: 3,000 EUR (1 USD = 0.5 EUR since 2026-01-01)." in out
    zh = loaded("account", "list", "--policy", loaded.folder / "euro.yaml", "--lang", "zh").out
    assert "年收入：3,000 EUR（自 2026-01-01 起 1 USD = 0.5 EUR）。" in zh


def test_before_the_rate_the_list_says_which_is_missing(loaded: Cli) -> None:
    asked = ("account", "list", "--policy", loaded.folder / "euro.yaml", "--as-of", "2025-12-31")
    assert "The method pack has no rate to EUR on 2025-12-31 for USD." in loaded(*asked).out


def test_an_account_shows_what_may_be_won_there_and_nothing_where_there_is_nothing(loaded: Cli) -> None:
    assert "Open opportunities: 60 USD." in loaded("account", "show", "A").out
    assert "opportunities" not in loaded("account", "show", "B").out

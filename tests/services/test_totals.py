"""Money over the accounts of a portfolio, and of an employee's exposure, worked out by hand."""

from bundles import POLICY, Customer, facts_of

from graphcrm.policies import Policy
from graphcrm.records.interval import exactly
from graphcrm.services.exposure import exposure
from graphcrm.services.totals import open_amount, portfolio_totals, total_document

RATES = [{"from": "2026-01-01", "currency": "USD", "rate": 0.5}]
EURO = Policy.model_validate({**POLICY.model_dump(), "money": {"currency": "EUR", "rates": RATES}})


def portfolio() -> Customer:
    """A earns 1000 EUR, B 4000 USD, C is unknown; e alone knows the deciders of A and B."""
    customer = Customer(mode="enterprise", annual_revenue=1000.0, currency="EUR")
    customer.account("B", annual_revenue=4000.0, currency="USD").account("C")
    for account in ("A", "B", "C"):
        name = account.lower()
        customer.seat(f"s{name}", f"p{name}", "coach", account=account, level=1, roles=["decider"])
        customer.tie("e", f"p{name}")
    for name, account, amount, currency in (
        ("1", "A", 70.0, "EUR"), ("2", "A", 60.0, "USD"), ("3", "B", 10.0, "USD"),
    ):  # fmt: skip
        customer.state("opportunities", id=name, account=account, amount=amount, currency=currency)
    return customer


def test_the_portfolio_adds_what_is_known_at_the_rate_of_the_day() -> None:
    totals = portfolio_totals(facts_of(portfolio().document, policy=EURO))
    assert totals.annual_revenue.total == exactly(1000.0 + 0.5 * 4000.0)
    assert (totals.annual_revenue.currency, totals.annual_revenue.unknown) == ("EUR", 1)
    assert totals.open_amount.total == exactly(70.0 + 0.5 * 60.0 + 0.5 * 10.0)


def test_an_account_has_its_own_opportunities_only() -> None:
    facts = facts_of(portfolio().document, policy=EURO)
    assert open_amount(facts, "A").total == exactly(100.0)
    assert open_amount(facts, "B").by_currency == {"USD": exactly(10.0)}
    assert open_amount(facts, "C").by_currency == {}


def test_without_rates_sums_stay_apart_and_a_document_says_why() -> None:
    totals = portfolio_totals(facts_of(portfolio().document))
    document = total_document(totals.annual_revenue, str.upper)
    assert document["total"] is None
    assert document["by_currency"] == {"EUR": [1000.0, 1000.0], "USD": [4000.0, 4000.0]}
    assert document["why_apart"] == "THE METHOD PACK NAMES NO CURRENCY TO CONVERT TO."


def test_an_exposure_adds_the_revenue_at_risk_of_its_accounts() -> None:
    """All reach leaves with e, so 13.2 % to 17.6 % of 1000 EUR and of 4000 USD at 0.5; C is unknown."""
    total = exposure(facts_of(portfolio().document, policy=EURO), "e").revenue_at_risk
    assert total.total == (396.0, 528.0)
    assert [(r.currency, r.rate) for r in total.rates] == [("USD", 0.5)]
    assert total.unknown == 1
    apart = exposure(facts_of(portfolio().document), "e").revenue_at_risk
    assert apart.total is None
    assert apart.by_currency == {"EUR": (132.0, 176.0), "USD": (528.0, 704.0)}

"""Totals: money over the accounts of a portfolio, and what is open at one of them."""

from collections.abc import Callable

from graphcrm.graph.facts import Facts
from graphcrm.measures.money import Amount, money_total
from graphcrm.records.interval import exactly
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Result
from graphcrm.services.reading import Roster


class PortfolioTotals(Result):
    """What we earn with all accounts in a year, and what may be won at them."""

    annual_revenue: MoneyTotal
    open_amount: MoneyTotal


def portfolio_totals(facts: Facts | Roster) -> PortfolioTotals:
    """The sums over every account, at the method pack's rates of the day.

    An account without annual revenue is counted as unknown.
    """
    revenue = (
        Amount(None if a.annual_revenue is None else exactly(a.annual_revenue), a.currency)
        for _, a in sorted(facts.accounts.items())
    )
    return PortfolioTotals(
        annual_revenue=money_total(revenue, facts.policy, facts.as_of),
        open_amount=_open(facts, *sorted(facts.accounts)),
    )


def open_amount(facts: Facts, account: str) -> MoneyTotal:
    """The sum of an account's opportunities; every one on record is open."""
    return _open(facts, account)


def total_document(total: MoneyTotal, translate: Callable[[str], str]) -> dict[str, object]:
    """A sum for programs, the reason it stays apart spelled out."""
    plain = total.model_dump(mode="json", exclude={"says", "params"})
    why = total.why_apart
    return {**plain, "why_apart": None if why is None else why.text(translate)}


def _open(facts: Facts | Roster, *accounts: str) -> MoneyTotal:
    amounts = (
        Amount(exactly(opportunity.amount), opportunity.currency)
        for account in accounts
        for opportunity in facts.opportunities_of.get(account, ())
    )
    return money_total(amounts, facts.policy, facts.as_of)

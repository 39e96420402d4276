"""Sums of money on a terminal, with the rates that were used or the reason they stay apart."""

from rich.console import Console
from rich.text import Text

from graphcrm.cli.words import money
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.records.money import MoneyTotal
from graphcrm.services.totals import PortfolioTotals


def print_portfolio_totals(console: Console, totals: PortfolioTotals) -> None:
    """What we earn with the accounts in a year, and what may be won at them."""
    print_total(console, _("Annual revenue"), totals.annual_revenue)
    print_total(console, _("Open opportunities"), totals.open_amount)


def print_open_amount(console: Console, total: MoneyTotal) -> None:
    """What may be won at an account."""
    print_total(console, _("Open opportunities"), total)


def print_total(console: Console, title: str, total: MoneyTotal) -> None:
    """A sum with what it is of; nothing where there is nothing to tell."""
    if total.by_currency:
        why = total.why_apart
        line = Text(_("{title}: {sum}.").format(title=title, sum=_said(total)))
        console.print(line if why is None else line + Text(f" {say(why)}", style="dim"))
    if total.unknown:
        words = _("Not counted, as the amount is unknown: {count}.")
        console.print(Text(words.format(count=total.unknown), style="dim"))
    if total.without_currency:
        words = _("Not counted, as the currency is unknown: {count}.")
        console.print(Text(words.format(count=total.without_currency), style="dim"))


def _said(total: MoneyTotal) -> str:
    """The sum, with the rates it took; or the sums apart."""
    if total.total is None:
        return listed(money(value, currency) for currency, value in total.by_currency.items())
    whole = money(total.total, total.currency)
    if not total.rates:
        return whole
    rate = _("1 {currency} = {rate} {into} since {day}")
    rates = (
        rate.format(currency=r.currency, rate=f"{r.rate:g}", into=total.currency, day=r.since)
        for r in total.rates
    )
    return _("{sum} ({rates})").format(sum=whole, rates=listed(rates))

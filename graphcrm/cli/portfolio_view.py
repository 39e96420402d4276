"""A ranking on a terminal: four short tables, each with what its columns say beneath it."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.portfolio_table import print_caution, short
from graphcrm.cli.words import money, percent
from graphcrm.i18n import translate as _
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.money import MoneyTotal
from graphcrm.records.portfolio import Ranking
from graphcrm.records.words import number

ONE_DECIMAL = 0.1
"""Below this many per cent a share is said to be less than it, not 0."""


def print_ranking(console: Console, ranking: Ranking) -> None:
    """What the portfolio hangs on, and how to read it."""
    known = _(", known at {day}").format(day=ranking.known_at) if ranking.known_at else ""
    words = _("As of {day}{known}, policy {policy}.")
    console.print(words.format(day=ranking.as_of, known=known, policy=ranking.policy), style="bold")
    _accounts(console, ranking)
    _employees(console, ranking)
    _pairs(console, ranking)
    _functions(console, ranking)
    console.print()
    print_caution(console)


def _accounts(console: Console, ranking: Ranking) -> None:
    if ranking.reviewed:
        title = _("Accounts by risk")
    else:
        title = _("Accounts by what the worst departure would take (screened, not reviewed)")
    _heading(console, title)
    table = _table(_("Account"), _("Id"), _("Worst departure"))
    for name in (_("Loss, %"), *([_("Risk")] if ranking.reviewed else []), _("Annual revenue")):
        table.add_column(name, justify="right", no_wrap=True)
    for account in ranking.accounts:
        loss = None if account.loss is None else exactly(account.loss)
        earned = None if account.annual_revenue is None else exactly(account.annual_revenue)
        table.add_row(
            short(account.name),
            short(account.account),
            short(account.worst_name or "–"),
            percent(loss),
            *([number(account.risk)] if account.risk else []),
            _("unknown") if earned is None else money(earned, account.currency),
        )
    console.print(table)
    _note(
        console,
        _("Loss: what leaves of the account's reach with that one of ours; – where nothing is reached."),
    )
    without = ranking.unobserved + ranking.unpriced
    if without:
        words = _(
            "Accounts: {in_all}; nothing on record: {unobserved}; on record, but not reached: {unpriced}. "
            "These have no loss to price, which is no sign of safety."
        )
        counts = {"in_all": ranking.in_all, "unobserved": ranking.unobserved, "unpriced": ranking.unpriced}
        _note(console, words.format(**counts))


def _employees(console: Console, ranking: Ranking) -> None:
    _heading(console, _("Employees by what would be lost everywhere"))
    if not ranking.employees:
        _note(console, _("Nothing would be lost with any single departure."))
        return
    table = _table(_("Employee"), _("Id"))
    revenue = _("Revenue at risk") if ranking.reviewed else _("Revenue, proven")
    for name in (_("Lost, %"), _("Accounts"), _("Star of"), revenue):
        table.add_column(name, justify="right", no_wrap=True)
    for employee in ranking.employees:
        table.add_row(
            short(employee.name),
            short(employee.employee),
            _share(employee.share),
            str(employee.accounts),
            str(employee.starred or ""),
            _revenue(employee.revenue_at_risk),
        )
    console.print(table)
    _note(
        console,
        _(
            "Lost: share of all that we reach anywhere. Star of: accounts of whose reach at least "
            "{share} % would go. +n: so many accounts come on top whose revenue is unknown."
        ).format(share=percent(exactly(ranking.star_loss))),
    )


def _pairs(console: Console, ranking: Ranking) -> None:
    _heading(console, _("Worst pairs"))
    if not ranking.pairs:
        _note(console, _("No two of ours hold anything between them."))
        return
    table = _table(_("Employee"), _("Employee"))
    for name in (_("Lost, %"), _("Beyond each, %")):
        table.add_column(name, justify="right", no_wrap=True)
    for pair in ranking.pairs:
        table.add_row(*map(short, pair.names), _share(pair.share), _share(pair.beyond))
    console.print(table)
    _note(console, _("Beyond each: what is lost only because both leave."))


def _functions(console: Console, ranking: Ranking) -> None:
    _heading(console, _("Departments where we know nobody"))
    if not ranking.functions:
        _note(console, _("There is none: every department with seats has a live tie."))
        return
    table = _table(_("Function"))
    for name in (_("Departments"), _("Unknown to us"), _("At accounts")):
        table.add_column(name, justify="right", no_wrap=True)
    for function in ranking.functions:
        table.add_row(
            short(_("not on record") if function.function is None else function.function),
            str(function.departments),
            str(function.blind),
            str(function.accounts),
        )
    console.print(table)


def _heading(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold"))


def _note(console: Console, sentence: str) -> None:
    console.print(Text(sentence, style="dim"))


def _table(*names: str) -> Table:
    """A table whose first columns are names, cut where there is no room."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name in names:
        table.add_column(name, max_width=24)
    return table


def _share(share: float) -> str:
    """A share of a whole portfolio in per cent: small ones matter too."""
    if 0 < share * 100 < ONE_DECIMAL:
        return f"<{ONE_DECIMAL}"
    return f"{share * 100:.1f}"


def _revenue(total: MoneyTotal) -> str:
    """The sum, or the sums apart, a line each; those unknown counted."""
    sums = (
        [(total.total, total.currency)] if total.total else [(v, c) for c, v in total.by_currency.items()]
    )
    known = "\n".join(money(_whole(value), currency) for value, currency in sums)
    unknown = total.unknown + total.without_currency
    if not unknown:
        return known or "0"
    return f"{known} +{unknown}" if known else _("unknown")


def _whole(value: Interval) -> Interval:
    return Interval(round(value.low), round(value.high))

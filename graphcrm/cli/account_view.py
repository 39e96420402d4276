"""One account on a terminal: the answer in one sentence, the axes, who is missing, what hangs on whom."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.portfolio_table import print_caution, stamp
from graphcrm.cli.structure_view import print_structure
from graphcrm.cli.totals_view import print_open_amount
from graphcrm.cli.words import mode, money, percent, severity, verdict
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.policies import Policy
from graphcrm.records.account import Account
from graphcrm.records.finding import SEVERITIES
from graphcrm.records.interval import Interval
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Measures, Review
from graphcrm.records.structure import Structure
from graphcrm.records.words import number
from graphcrm.services.answer import answer

MOST_FINDINGS = 8
"""How many findings of one rule are printed before the rest is counted."""


def print_account(
    console: Console,
    account: Account,
    review: Review,
    found: Structure | None,
    policy: Policy,
    opened: MoneyTotal,
) -> None:
    """A review for people, the account's structure, and what may be won: ``opened``."""
    console.print(Text(account.name, style="bold") + Text(f"  {account.id}", style="dim"))
    console.print(Text(say(answer(review)), style="bold"))
    assumed = _(" (assumed)") if review.mode_assumed else ""
    head = _("{stamp} Mode {mode}, risk {risk} of 100.").format(
        stamp=stamp(review), mode=mode(review.mode) + assumed, risk=number(review.risk)
    )
    console.print(Text(head, style="dim"))
    if review.measures is not None:
        console.print()
        console.print(_axes(review, review.measures, policy))
    _print_missing(console, review)
    if review.measures is not None:
        _print_departures(console, account, review, review.measures)
        _print_risk(console, review.measures, policy)
    if found is not None:
        print_structure(console, found, review.names)
    print_open_amount(console, opened)
    print_caution(console)


def _table(*columns: str, right: frozenset[int]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, title in enumerate(columns):
        table.add_column(title, justify="right" if place in right else "left")
    return table


def _axes(review: Review, m: Measures, policy: Policy) -> Table:
    """Each axis against the shape's standard and the mode's, today and after any departure."""
    standards = [(policy.standards[policy.shape], m.shape, m.shape_after_any_departure, _("3-D"))]
    if review.mode != policy.shape:
        mode = policy.standards[review.mode]
        standards.append((mode, m.meets_mode, m.meets_mode_after_any_departure, _("adequate")))
    table = _table(_("Axis"), "%", right=frozenset({1}))
    for _standard, _now, _after, title in standards:
        table.add_column(_("needed"), justify="right", no_wrap=True)
        table.add_column(title, no_wrap=True)
        table.add_column(_("any leaves"), no_wrap=True)
    rows = (
        (_("Key points"), m.key_points, "key_points", True),
        (_("· weakest decider"), m.key_points_floor, "floor", False),
        (_("Breadth"), m.breadth, "breadth", True),
        (_("Organisation"), m.organisation, "organisation", True),
    )
    for title, value, name, judged in rows:
        cells: list[Text | str] = [title, percent(value)]
        for standard, now, after, _title in standards:
            cells.append(f"{getattr(standard, name) * 100:.0f}")
            cells += [verdict(getattr(axes, name)) if judged else "" for axes in (now, after)]
        table.add_row(*cells)
    return table


def _print_missing(console: Console, review: Review) -> None:
    """The findings, most severe first; many of one rule are counted."""
    if not review.findings:
        return
    console.print()
    console.print(Text(_("Who and what is missing"), style="bold"))
    table = Table(box=None, pad_edge=False, show_header=False)
    for level in SEVERITIES:
        for rule in dict.fromkeys(f.rule for f in review.findings if f.severity == level):
            found = [f for f in review.findings if f.rule == rule]
            for finding in found[:MOST_FINDINGS]:
                table.add_row(severity(level), say(finding.message))
            more = len(found) - MOST_FINDINGS
            if more > 0:
                table.add_row("", Text(_("… and {count} more.").format(count=more), style="dim"))
    console.print(table)


def _print_departures(console: Console, account: Account, review: Review, m: Measures) -> None:
    """What leaves with each of ours, the greatest loss first."""
    if not m.shape_without:
        return
    losses = {employee: m.departure_loss.get(employee) for employee in m.shape_without}
    console.print()
    table = _table(
        _("If one of ours leaves"), _("Id"), _("lost %"), _("3-D"), _("adequate"), _("revenue at risk"),
        right=frozenset({2, 5}),
    )  # fmt: skip
    for employee, loss in sorted(losses.items(), key=_greatest_first):
        at_risk = (m.revenue_at_risk or {}).get(employee)
        table.add_row(
            review.names[employee],
            Text(employee, style="dim"),
            percent(loss),
            verdict(m.shape_without[employee].weakest),
            verdict(m.meets_mode_without[employee].weakest),
            money(at_risk, account.currency) if at_risk is not None else "–",
        )
    console.print(table)


def _greatest_first(item: tuple[str, Interval | None]) -> tuple[float, str]:
    employee, loss = item
    return (1.0 if loss is None else -loss.high, employee)


def _print_risk(console: Console, m: Measures, policy: Policy) -> None:
    """Where the points of risk come from."""
    c, full = m.risk_contributions, policy.risk
    parts = (
        (_("one of ours leaving"), c.dependence, full.dependence),
        (_("one of theirs leaving"), c.contact_departure, full.contact_departure),
        (_("fading"), c.fading, full.fading),
        (_("deciders not covered"), c.uncovered_deciders, full.uncovered_deciders),
        (_("organisation"), c.organisation, full.organisation),
    )
    console.print()
    shown = listed(f"{title} {number(value)}/{of:g}" for title, value, of in parts)
    console.print(Text(_("Risk: "), style="bold") + Text(shown))
    assumption = policy.revenue_at_risk
    if m.revenue_at_risk:
        note = _(
            "Revenue at risk: of the reach lost, so much of revenue is assumed to follow: "
            "{low}–{high} % ({source})."
        )
        console.print(
            Text(
                note.format(
                    low=f"{assumption.low * 100:g}",
                    high=f"{assumption.high * 100:g}",
                    source=assumption.source,
                ),
                style="dim",
            )
        )

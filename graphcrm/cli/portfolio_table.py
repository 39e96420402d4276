"""The portfolio on a terminal: one account a row, what matters most first, fitted to the width."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.words import percent, verdict
from graphcrm.i18n import listed
from graphcrm.i18n import translate as _
from graphcrm.records.interval import Interval
from graphcrm.records.plan import HandoverPlan, Plan, Rotation
from graphcrm.records.review import Review
from graphcrm.records.summary import Summary
from graphcrm.records.words import CAUTION, number

WIDE = 110
"""From this many columns on there is room for everything."""

COLUMNS = tuple(
    column
    for name, field in Summary.model_fields.items()
    for column in (
        (f"{name}.low", f"{name}.high") if field.annotation in {Interval, Interval | None} else (name,)
    )
)
"""A summary as columns of a sheet."""


def stamp(result: Review | Plan | HandoverPlan | Rotation) -> str:
    """What a result was looked at from: the day, what was known, and the policy."""
    known = _(", known at {day}").format(day=result.known_at) if result.known_at else ""
    words = _("As of {day}{known}, policy {policy}.")
    return words.format(day=result.as_of, known=known, policy=result.policy)


def print_caution(console: Console) -> None:
    """Say what the scores are not for."""
    console.print(Text(_(CAUTION), style="dim"))


def print_portfolio(console: Console, reviews: Sequence[Review]) -> None:
    """The accounts, the riskiest first, and how to read the columns."""
    wide = console.width >= WIDE
    table = Table(box=None, pad_edge=False, padding=(0, 2 if wide else 1, 0, 0), header_style="bold")
    table.add_column(_("Account"), max_width=26)
    table.add_column(_("Id"), max_width=18, style="dim")
    for title in (_("3-D"), "−1", _("Adeq."), *(["−1"] if wide else [])):
        table.add_column(title, no_wrap=True)
    for title in (_("Key"), _("Brd"), _("Org"), _("Risk")):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("!", justify="right", no_wrap=True, style="bold red")
    if wide:
        table.add_column(_("Hangs on"), max_width=18)
    for review in sorted(reviews, key=lambda r: (-r.risk.high, -r.risk.low, r.account)):
        table.add_row(*_row(review, wide=wide))
    console.print(table)
    console.print(
        Text(
            _(
                "−1: if any one of ours leaves. Key, Brd, Org: key points, breadth, organisation in %; "
                "two numbers are bounds. Risk: 0 to 100. !: findings of high severity."
            ),
            style="dim",
        )
    )


def print_totals(console: Console, reviews: Sequence[Review]) -> None:
    """The portfolio in one sentence."""
    shapes = Counter(r.measures.three_dimensional if r.measures else None for r in reviews)
    robust = sum(
        r.measures is not None and r.measures.robustly_three_dimensional == "proven" for r in reviews
    )
    console.print(
        _(
            "Accounts: {accounts}. Three-dimensional: {proven} (whoever leaves: {robust}), "
            "possibly: {possible}, not: {no}, unknown: {unknown}. Findings of high severity: {findings}."
        ).format(
            accounts=len(reviews),
            proven=shapes["proven"],
            robust=robust,
            possible=shapes["possible"],
            no=shapes["no"],
            unknown=shapes[None],
            findings=sum(r.high_findings for r in reviews),
        ),
        style="bold",
    )
    print_caution(console)


def _row(review: Review, *, wide: bool) -> list[Text | str]:
    m = review.measures
    axes: list[Interval | None] = [m.key_points, m.breadth, m.organisation] if m else [None, None, None]
    return [
        short(review.name),
        short(review.account),
        verdict(m.three_dimensional if m else None),
        verdict(m.robustly_three_dimensional if m else None),
        verdict(m.adequate if m else None),
        *([verdict(m.robustly_adequate if m else None)] if wide else []),
        *(percent(axis) for axis in axes),
        number(review.risk),
        str(review.high_findings or ""),
        *([short(_stars(review))] if wide else []),
    ]


def short(text: str) -> Text:
    """Text cut where there is no room: only a column that may wrap gives way, and this does not wrap."""
    return Text(text, no_wrap=True, overflow="ellipsis")


def _stars(review: Review) -> str:
    """The employees with whom at least half of the reach leaves."""
    stars = (f for f in review.findings if f.rule == "star_employee")
    return listed(review.names[f.subjects[0]] for f in stars)

"""The portfolio on a terminal: one account a row, what matters most first, fitted to the width."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.words import percent, points, verdict
from graphcrm.i18n import translate as _
from graphcrm.records.interval import Interval
from graphcrm.records.review import Review

WIDE = 100
"""From this many columns on there is room for everything."""

SUMMARY = (
    "account", "name", "mode", "observed",
    "three_dimensional", "robustly_three_dimensional", "adequate", "robustly_adequate",
    "key_points", "key_points_floor", "breadth", "organisation", "risk", "high_findings",
)  # fmt: skip
"""What a row says of an account, under the names of the API."""


def summary(review: Review) -> dict[str, object]:
    """An account's row for programs."""
    whole = {
        **review.as_dict(),
        "name": review.names[review.account],
        "high_findings": review.high_findings,
    }
    return {key: whole.get(key) for key in SUMMARY}


def print_portfolio(console: Console, reviews: Sequence[Review]) -> None:
    """The accounts, the riskiest first, and how to read the columns."""
    wide = console.width >= WIDE
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    table.add_column(_("Account"), overflow="ellipsis", no_wrap=True, max_width=30 if wide else 17)
    if wide:
        table.add_column(_("Id"), overflow="ellipsis", no_wrap=True, max_width=16, style="dim")
        table.add_column(_("Mode"), no_wrap=True)
    table.add_column(_("3-D"), no_wrap=True)
    table.add_column(_("if any leaves") if wide else _("any leaves"), no_wrap=True)
    table.add_column(_("Adequate") if wide else _("Adeq."), no_wrap=True)
    if wide:
        table.add_column(_("if any leaves"), no_wrap=True)
    for title in (_("Key"), _("Brd"), _("Org")):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column(_("Risk"), justify="right", no_wrap=True)
    table.add_column("!", justify="right", no_wrap=True, style="bold red")
    for review in sorted(reviews, key=lambda r: (-r.risk.high, -r.risk.low, r.account)):
        table.add_row(*_row(review, wide=wide))
    console.print(table)
    console.print(
        Text(
            _(
                "Key, Brd, Org: key points, breadth, organisation in %; two numbers are bounds. "
                "Risk: 0 to 100. !: findings of high severity."
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
            "{accounts} accounts: {proven} three-dimensional ({robust} whoever leaves), "
            "{possible} possibly, {no} not, {unknown} unknown; {findings} findings of high severity."
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


def _row(review: Review, *, wide: bool) -> list[Text | str]:
    m = review.measures
    axes: list[Interval | None] = [m.key_points, m.breadth, m.organisation] if m else [None, None, None]
    name = review.names[review.account]
    return [
        name,
        *([review.account, review.mode] if wide else []),
        verdict(m.three_dimensional if m else None),
        verdict(m.robustly_three_dimensional if m else None),
        verdict(m.adequate if m else None),
        *([verdict(m.robustly_adequate if m else None)] if wide else []),
        *(percent(axis) for axis in axes),
        points(review.risk),
        str(review.high_findings or ""),
    ]

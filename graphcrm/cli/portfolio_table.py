"""The portfolio on a terminal: one account a row, what matters most first, fitted to the width."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

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


@dataclass(frozen=True)
class Row:
    """What the table shows of a review, which is much larger: its summary, and on whom it hangs."""

    summary: Summary
    hangs_on: tuple[str, ...]

    @classmethod
    def of(cls, review: Review) -> Self:
        """The row of a review; it hangs on the employees with whom at least half of the reach leaves."""
        stars = (f for f in review.findings if f.rule == "star_employee")
        return cls(Summary.of(review), tuple(review.names[f.subjects[0]] for f in stars))


def stamp(result: Review | Summary | Plan | HandoverPlan | Rotation) -> str:
    """What a result was looked at from: the day, what was known, and the policy."""
    known = _(", known at {day}").format(day=result.known_at) if result.known_at else ""
    words = _("As of {day}{known}, policy {policy}.")
    return words.format(day=result.as_of, known=known, policy=result.policy)


def print_caution(console: Console) -> None:
    """Say what the scores are not for."""
    console.print(Text(_(CAUTION), style="dim"))


def print_portfolio(console: Console, rows: Sequence[Row]) -> None:
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
    for row in sorted(rows, key=_riskiest_first):
        table.add_row(*_cells(row, wide=wide))
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


def print_totals(console: Console, rows: Sequence[Row]) -> None:
    """The portfolio in one sentence."""
    shapes = Counter(row.summary.three_dimensional for row in rows)
    robust = sum(row.summary.robustly_three_dimensional == "proven" for row in rows)
    console.print(
        _(
            "Accounts: {accounts}. Three-dimensional: {proven} (whoever leaves: {robust}), "
            "possibly: {possible}, not: {no}, unknown: {unknown}. Findings of high severity: {findings}."
        ).format(
            accounts=len(rows),
            proven=shapes["proven"],
            robust=robust,
            possible=shapes["possible"],
            no=shapes["no"],
            unknown=shapes[None],
            findings=sum(row.summary.high_findings for row in rows),
        ),
        style="bold",
    )
    print_caution(console)


def _riskiest_first(row: Row) -> tuple[float, float, str]:
    low, high = row.summary.risk
    return -high, -low, row.summary.account


def _cells(row: Row, *, wide: bool) -> list[Text | str]:
    summary = row.summary
    return [
        short(summary.name),
        short(summary.account),
        verdict(summary.three_dimensional),
        verdict(summary.robustly_three_dimensional),
        verdict(summary.adequate),
        *([verdict(summary.robustly_adequate)] if wide else []),
        *(percent(axis) for axis in (summary.key_points, summary.breadth, summary.organisation)),
        number(summary.risk),
        str(summary.high_findings or ""),
        *([short(listed(row.hangs_on))] if wide else []),
    ]


def short(text: str) -> Text:
    """Text cut where there is no room: only a column that may wrap gives way, and this does not wrap."""
    return Text(text, no_wrap=True, overflow="ellipsis")

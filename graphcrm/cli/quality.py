"""``graphcrm quality``: what is missing or doubtful, what matters most for the verdicts first."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.context import Run, console
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    KnownAtOption,
    LangOption,
    PolicyOption,
    StoreOption,
)
from graphcrm.cli.output import write_csv, write_json
from graphcrm.cli.progress import track
from graphcrm.cli.words import verdict_name
from graphcrm.gaps.registry import GAPS
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.records.quality import GapRecord, GapResult, Quality
from graphcrm.services.quality import quality, read_snapshot

COLUMNS = (
    "gap", "doubtful", "records", "of", "accounts", "decided_accounts", "verdicts", "axes", "what", "why",
)  # fmt: skip
"""What a row says of a gap."""
RECORD_COLUMNS = ("gap", "doubtful", "kind", "id", "name", "verdicts", "axes", "what")
"""What a row says of one record of an account."""
MOST_RECORDS = 8
"""How many records of one gap are printed before the rest is counted."""
WIDE = 110
"""From this many columns on the reason stands beside, not beneath."""


def quality_(
    account: Annotated[
        str | None,
        typer.Option("--account", metavar="ID", help=_("Only this account, and each record by its id.")),
    ] = None,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Look for gaps."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    with run.store() as opened:
        snapshot = read_snapshot(opened, run.view)
    result = quality(snapshot, account, lambda gaps: track(gaps, len(GAPS), _("Looking for gaps")))
    if run.format is Format.json:
        write_json(_document(result))
    elif run.format is Format.table:
        _print(console(), result)
    elif account is None:
        write_csv(COLUMNS, map(_row, result.gaps))
    else:
        write_csv(RECORD_COLUMNS, (_record_row(g, r, account) for g in result.gaps for r in g.records))


def _document(result: Quality) -> dict[str, object]:
    """The gaps for programs: a row each, with the records and what hangs on each account."""
    return {
        **result.model_dump(mode="json", exclude={"gaps"}),
        "gaps": [
            {
                **_row(gap),
                "touched": {a: touched.model_dump(mode="json") for a, touched in gap.accounts.items()},
                "found": [record.model_dump(mode="json") for record in gap.records],
            }
            for gap in result.gaps
        ],
    }


def _row(gap: GapResult) -> dict[str, object]:
    return {
        "gap": gap.gap,
        "doubtful": gap.doubtful,
        "records": len(gap.records),
        "of": gap.of,
        "accounts": len(gap.accounts),
        "decided_accounts": gap.decided,
        "verdicts": gap.verdicts,
        "axes": gap.axes,
        "what": say(gap.what),
        "why": say(gap.why_it_matters),
    }


def _record_row(gap: GapResult, record: GapRecord, account: str) -> dict[str, object]:
    touched = gap.accounts[account]
    return {
        "gap": gap.gap,
        "doubtful": gap.doubtful,
        "kind": record.kind,
        "id": " ".join(record.ids),
        "name": record.name,
        "verdicts": " ".join(touched.verdicts),
        "axes": " ".join(touched.axes),
        "what": say(gap.what),
    }


def _print(out: Console, result: Quality) -> None:
    """The gaps for people."""
    known = _(", known at {day}").format(day=result.known_at) if result.known_at else ""
    words = _("As of {day}{known}, policy {policy}.")
    out.print(words.format(day=result.as_of, known=known, policy=result.policy), style="bold")
    if not result.gaps:
        out.print(_("Nothing is missing and nothing looks doubtful."))
    elif result.account is None:
        _print_table(out, result)
    else:
        _print_records(out, result, result.account)


def _print_table(out: Console, result: Quality) -> None:
    wide = out.width >= WIDE
    table = Table(box=None, pad_edge=False, padding=(0, 2 if wide else 1, 0, 0), header_style="bold")
    table.add_column(_("Missing or doubtful"), ratio=2, overflow="fold")
    if wide:
        table.add_column(_("What to find out, and why"), ratio=3, overflow="fold", style="dim")
    for title in (_("Records"), _("Accounts"), _("Verdicts"), _("Axes")):
        table.add_column(title, justify="right", no_wrap=True)
    for gap in result.gaps:
        what, why = _titled(gap), say(gap.why_it_matters)
        numbers = (
            f"{len(gap.records)}/{gap.of}",
            _number(len(gap.accounts) or None),
            _number(gap.verdicts),
            _number(gap.axes),
        )
        table.add_row(*((what, why) if wide else (what + Text(f"\n{why}", style="dim"),)), *numbers)
    out.print(table)
    legend = _(
        "Verdicts: so many of the {all} verdicts (four an account) could turn out otherwise if this alone "
        "became known; Axes: the same of the axes. –: unknown which accounts it concerns. ?: doubtful. "
        "`graphcrm quality --account ID` shows each record."
    )
    out.print(Text(legend.format(all=4 * result.accounts), style="dim"))


def _print_records(out: Console, result: Quality, account: str) -> None:
    for gap in result.gaps:
        out.print()
        count = f"  {len(gap.records)}"
        out.print(_titled(gap) + Text(count, style="bold"))
        out.print(Text(say(gap.why_it_matters), style="dim"))
        if verdicts := gap.accounts[account].verdicts:
            hangs = _("Hangs on it: {verdicts}.")
            out.print(Text(hangs.format(verdicts=listed(map(verdict_name, verdicts))), style="yellow"))
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        for record in gap.records[:MOST_RECORDS]:
            table.add_row(Text(f"  {record.name}"), Text("  ".join(record.ids), style="dim"))
        out.print(table)
        if (more := len(gap.records) - MOST_RECORDS) > 0:
            words = _("… and {count} more: `--format csv` shows all.")
            out.print(Text("  " + words.format(count=more), style="dim"))


def _titled(gap: GapResult) -> Text:
    mark = Text("? ", style="yellow") if gap.doubtful else Text("")
    return mark + Text(say(gap.what), style="bold" if gap.verdicts else "")


def _number(count: int | None) -> str:
    """A count; unknown is not zero."""
    return "–" if count is None else str(count)

"""``graphcrm audit``: review the whole portfolio and keep it; look at audits and compare them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import SystemClock, share_portfolio
from graphcrm.cli.accounts import print_rows
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    JobsOption,
    KnownAtOption,
    LangOption,
    PolicyOption,
    StoreOption,
)
from graphcrm.cli.output import BEFORE_AND_AFTER, write_csv, write_json
from graphcrm.cli.portfolio_table import Row
from graphcrm.cli.progress import filling
from graphcrm.cli.reviewing import Who, processes_of, reviews, reviews_shared, tell_lost
from graphcrm.cli.words import indented, severity, verdict, verdict_name
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.records.audit import Audit, AuditDiff, AuditHeader
from graphcrm.records.review import Review
from graphcrm.records.words import number
from graphcrm.services.audit import diff_audits, get_audit, run_audit
from graphcrm.services.documents import audit_document
from graphcrm.services.reading import read_roster, settled

app = typer.Typer(no_args_is_help=True, help=_("Review the portfolio and keep the result; compare audits."))

HEADER = ("id", "run_at", "as_of", "known_at", "policy", "accounts")
ExecutorOption = Annotated[
    Who | None,
    typer.Option(
        "--executor",
        metavar="|".join(Who),
        help=_("Who reviews: this process, or as many as --jobs says; without it one for each core."),
    ),
]
HowManyOption = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", min=1, help=_("How many processes do the work; 1 if not given.")),
]
NumberArgument = Annotated[int, typer.Argument(metavar="N", help=_("The audit's number."))]


@app.command("run", help=_("Review every account, keep the audit, and print it."))
def run_(
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
    executor: ExecutorOption = None,
    jobs: HowManyOption = None,
    shared: Annotated[
        Path | None,
        typer.Option(
            "--shared",
            metavar="FOLDER",
            help=_("Read the partitions that `graphcrm audit share` wrote there, and not the store."),
        ),
    ] = None,
) -> None:
    """Run an audit."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    count = processes_of(executor, jobs)
    with run.store() as opened:
        if shared is None:
            view = settled(opened, run.view)
            reviewed = reviews(run, view, tuple(read_roster(opened, view).accounts), count)
        else:
            view, reviewed = reviews_shared(run, opened, shared, count)
        rows: list[Row] = []
        header = run_audit(opened, view, SystemClock(), _noting(rows, reviewed))
        if run.format is Format.json:
            _print_document(get_audit(opened, header.id))
            return
    _print_rows(run, header, rows)


def _noting(rows: list[Row], reviewed: Iterable[Review]) -> Iterator[Review]:
    """The reviews, of each of which the row is kept: all of them are too much to be held."""
    for review in reviewed:
        rows.append(Row.of(review))
        yield review


@app.command(
    "share", help=_("Write what an audit reads into a folder, so that workers elsewhere can review it.")
)
def share(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=_("A new or an empty folder."))],
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
    jobs: JobsOption = 1,
) -> None:
    """Share a portfolio."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    with filling(_("Writing")) as told:
        manifest = share_portfolio(
            run.settings.store,
            run.view,
            folder,
            jobs=jobs,
            progress=lambda done, of: told(done / of),
            lost=tell_lost,
            settings=run.settings,
        )
    row = {
        "folder": str(folder),
        "as_of": manifest.as_of.isoformat(),
        "known_at": manifest.known_at and manifest.known_at.isoformat(),
        "policy": run.policy.label,
        "partitions": len(manifest.partitions),
        "accounts": len(manifest.accounts),
        "records": sum(partition.records for partition in manifest.partitions),
        "bytes": sum(partition.bytes for partition in manifest.partitions),
    }
    if run.format is Format.json:
        write_json(row)
    elif run.format is Format.csv:
        write_csv(tuple(row), [row])
    else:
        wrote = _("Wrote {accounts} accounts as of {as_of} to {folder}; partitions: {partitions}.")
        console().print(wrote.format(**row), soft_wrap=True)


@app.command("list", help=_("List the audits, the latest first."))
def list_(store: StoreOption = None, format_: FormatOption = None, lang: LangOption = None) -> None:
    """List audits."""
    run = Run.of(store=store, format=format_, lang=lang)
    with run.store() as opened:
        headers = opened.audits()
    rows = [h.model_dump(mode="json") for h in headers]
    if run.format is Format.json:
        write_json(rows)
    elif run.format is Format.csv:
        write_csv(HEADER, rows)
    elif not headers:
        console().print(_("No audit yet: `graphcrm audit run` makes one."))
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in (_("No."), _("Run at (UTC)"), _("As of"), _("Known at"), _("Policy"), _("Accounts")):
            table.add_column(title, no_wrap=True)
        for h in headers:
            table.add_row(
                str(h.id),
                f"{h.run_at:%Y-%m-%d %H:%M}",
                str(h.as_of),
                str(h.known_at or "–"),
                h.policy,
                str(h.accounts),
            )
        console().print(table)


@app.command("show", help=_("Print an audit as it was."))
def show(
    number: NumberArgument,
    store: StoreOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Show an audit."""
    run = Run.of(store=store, format=format_, lang=lang)
    with run.store() as opened:
        audit = get_audit(opened, number)
    if run.format is Format.json:
        _print_document(audit)
    else:
        _print_rows(run, audit.header, [Row.of(review) for review in audit.reviews])


@app.command("diff", help=_("Compare two audits: verdicts, risk, findings opened and closed."))
def diff(
    before: Annotated[int, typer.Argument(metavar="A", help=_("The earlier audit's number."))],
    after: Annotated[int, typer.Argument(metavar="B", help=_("The later audit's number."))],
    store: StoreOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Compare two audits."""
    run = Run.of(store=store, format=format_, lang=lang)
    with run.store() as opened:
        result = diff_audits(get_audit(opened, before), get_audit(opened, after))
    if run.format is Format.json:
        write_json(result.model_dump(mode="json"))
    elif run.format is Format.csv:
        write_csv(("account", "what", *BEFORE_AND_AFTER), _rows(result))
    else:
        _print_diff(result)


def _print_document(audit: Audit) -> None:
    write_json(audit_document(audit, _))


def _print_rows(run: Run, header: AuditHeader, rows: list[Row]) -> None:
    if run.format is Format.table:
        console().print(_title(header), style="bold")
    print_rows(run, rows)


def _title(header: AuditHeader) -> str:
    known = _(", known at {day}").format(day=header.known_at) if header.known_at else ""
    return _("Audit {number} as of {as_of}{known}, policy {policy}").format(
        number=header.id, as_of=header.as_of, known=known, policy=header.policy
    )


def _rows(result: AuditDiff) -> list[dict[str, object]]:
    """The changes as rows: an account or a finding is there or it is not, a verdict or risk was and is."""
    changes: list[tuple[str, str, object, object]] = [
        *((account, "account", None, "there") for account in result.appeared),
        *((account, "account", "there", None) for account in result.disappeared),
    ]
    for c in result.changes:
        changes += [
            (c.account, "risk", *c.risk),
            *((c.account, name, *verdicts) for name, verdicts in c.verdicts.items()),
            *((c.account, f.identity, None, "open") for f in c.opened),
            *((c.account, f.identity, "open", None) for f in c.closed),
        ]
    return [{"account": account, "what": what, "before": b, "after": a} for account, what, b, a in changes]


def _print_diff(result: AuditDiff) -> None:
    out = console()
    out.print(f"{_title(result.before)}\n→ {_title(result.after)}", style="bold")
    if result.appeared:
        out.print(_("New accounts: {accounts}").format(accounts=", ".join(result.appeared)))
    if result.disappeared:
        out.print(_("Accounts gone: {accounts}").format(accounts=", ".join(result.disappeared)))
    if not (result.changes or result.appeared or result.disappeared):
        out.print(_("Nothing changed."))
    unseen = 0
    for change in result.changes:
        was, now = (number(r) for r in change.risk)
        if was == now and not (change.verdicts or change.opened or change.closed):
            unseen += 1
            continue
        risk = (
            _("risk {risk}").format(risk=was)
            if was == now
            else _("risk {was} → {now}").format(was=was, now=now)
        )
        out.print(
            Text(f"{change.name}  ", style="bold") + Text(f"{change.account}  ", style="dim") + Text(risk)
        )
        for name, (old, new) in change.verdicts.items():
            out.print(Text(f"  {verdict_name(name)}: ") + verdict(old) + Text(" → ") + verdict(new))  # type: ignore[arg-type]
        for sign, findings, style in (("+", change.opened, ""), ("−", change.closed, "dim")):
            for finding in findings:
                line = Text(f"{sign} ", style=style) + severity(finding.severity)
                out.print(indented(line + Text(f" {say(finding.message)}", style=style), 2))
    if unseen:
        less = _("Accounts whose risk moved by less than a point: {count}.")
        out.print(Text(less.format(count=unseen), style="dim"))

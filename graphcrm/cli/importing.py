"""``graphcrm import``: bring facts in, whole or not at all."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import SystemClock, read_draft
from graphcrm.cli import words
from graphcrm.cli.context import Run, console, messages
from graphcrm.cli.options import Format, FormatOption, LangOption, PolicyOption, StoreOption
from graphcrm.cli.output import write_csv, write_json
from graphcrm.i18n import translate as _
from graphcrm.records.store_state import ImportSummary
from graphcrm.services.importing import import_draft

app = typer.Typer(no_args_is_help=True, help=_("Bring facts in; an import happens whole or not at all."))

COLUMNS = ("kind", "new", "changed", "retired", "unchanged")


@app.command("bundle", help=_("Import a bundle: one JSON file with the facts of a portfolio."))
def bundle(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The bundle's file."))],
    store: StoreOption = None,
    policy: PolicyOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Import a bundle."""
    run = Run.of(store=store, policy=policy, format=format_, lang=lang)
    note = messages()
    with note.status(Text(_("Reading {file} …").format(file=file.name))):
        draft = read_draft(file)
    progress = note.status(_("Importing {count} records …").format(count=len(draft.bundle)))
    with progress, run.store(create=True) as opened:
        summary = import_draft(draft, opened, run.policy, SystemClock())
    _print(run, summary)


def _print(run: Run, summary: ImportSummary) -> None:
    rows: list[dict[str, object]] = [
        {"kind": kind, **{name: getattr(change, name) for name in COLUMNS[1:]}}
        for kind, change in summary.kinds.items()
    ]
    if run.format is Format.json:
        write_json({"name": summary.name, "changed": summary.changed, "kinds": rows})
        return
    if run.format is Format.csv:
        write_csv(COLUMNS, rows)
        return
    out = console()
    if not summary.changed:
        out.print(
            _("{name}: nothing changed; the store holds all of it already.").format(name=summary.name)
        )
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, title in enumerate((_("Kind"), _("new"), _("changed"), _("retired"), _("unchanged"))):
        table.add_column(title, justify="right" if place else "left")
    for row in rows:
        if any(row[name] for name in COLUMNS[1:]):
            table.add_row(words.kind(str(row["kind"])), *(str(row[name] or "") for name in COLUMNS[1:]))
    out.print(_("{name}: imported.").format(name=summary.name), style="bold")
    out.print(table)

"""``graphcrm import``: bring facts in, whole or not at all."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from graphcrm.bootstrap import SystemClock, read_draft, table_source
from graphcrm.cli.context import Run, messages
from graphcrm.cli.import_view import print_import
from graphcrm.cli.options import FormatOption, LangOption, PolicyOption, StoreOption
from graphcrm.cli.progress import reading
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.records.draft import Draft
from graphcrm.records.store_state import ImportSummary
from graphcrm.services.importing import Rehearsal, doubts, import_draft, rehearse

app = typer.Typer(no_args_is_help=True, help=_("Bring facts in; an import happens whole or not at all."))

DryRunOption = Annotated[
    bool,
    typer.Option("--dry-run", help=_("Show what would change, and the first records; write nothing.")),
]
DayOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=_("The day the tables show; without it, the mapping's, or else today."),
    ),
]


@app.command("bundle", help=_("Import a bundle: one JSON file with the facts of a portfolio."))
def bundle(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The bundle's file."))],
    dry_run: DryRunOption = False,
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
    with note.status(_("Importing {count} records …").format(count=len(draft.bundle))):
        done = _bring(run, draft, dry_run=dry_run)
    print_import(run, done)


@app.command(
    "tables", help=_("Import a company's own tables, CSV, XLSX, Parquet or JSON lines, by a mapping.")
)
def tables(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            help=_("The tables' files, or folders they are in; without any, the mapping's folder."),
            show_default=False,
        ),
    ] = None,
    mapping: Annotated[
        Path, typer.Option("--mapping", "-m", metavar="FILE", help=_("What the tables mean: a YAML file."))
    ] = ...,  # type: ignore[assignment]
    dry_run: DryRunOption = False,
    as_of: DayOption = None,
    store: StoreOption = None,
    policy: PolicyOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Import tables."""
    run = Run.of(store=store, policy=policy, as_of=as_of, format=format_, lang=lang)
    source = table_source(mapping, paths or ())
    # The setting is for reviews; what a file shows is said of the file.
    day = run.settings.as_of if "as_of" in run.given else None
    with reading(source.size, _("Reading tables")) as progress:
        draft = source.draft(day or source.as_of or SystemClock().now().date(), progress)
        done = _bring(run, draft, dry_run=dry_run)
    print_import(run, done, source.understood())


def _bring(run: Run, draft: Draft, *, dry_run: bool) -> ImportSummary | Rehearsal:
    with run.store_to_rehearse() if dry_run else run.store(create=True) as opened:
        latest = opened.latest_as_of()
        bring = rehearse if dry_run else import_draft
        done = bring(draft, opened, run.policy, SystemClock())
    summary = done.summary if isinstance(done, Rehearsal) else done
    for doubt in doubts(summary, draft.bundle.as_of, latest):
        messages().print(Text.assemble((_("Note: "), "bold yellow"), say(doubt)))
    return done

"""``graphcrm db``: look after the store."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from graphcrm.cli import words
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    KnownAtOption,
    LangOption,
    StoreOption,
)
from graphcrm.cli.output import write_csv, write_file, write_json
from graphcrm.errors import N_, InputError
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.services.exporting import importable
from graphcrm.services.reading import latest_day

app = typer.Typer(no_args_is_help=True, help=_("Look after the store."))


@app.command("status", help=_("Where the store is, which schema it has, how much it holds."))
def status(store: StoreOption = None, format_: FormatOption = None, lang: LangOption = None) -> None:
    """Show the store's state."""
    run = Run.of(store=store, format=format_, lang=lang)
    with run.store() as opened:
        state = opened.status()
    plain = {
        "url": state.url,
        "schema_version": state.schema_version,
        "latest_version": state.latest_version,
        "latest_as_of": state.latest_as_of.isoformat() if state.latest_as_of else None,
        "last_import_at": state.last_import_at.isoformat() if state.last_import_at else None,
        "imports": state.imports,
        "audits": state.audits,
        "note": say(state.note) if state.note else None,
    }
    if run.format is Format.json:
        write_json({**plain, "counts": dict(state.counts)})
    elif run.format is Format.csv:
        write_csv(
            ("name", "value"), [{"name": k, "value": v} for k, v in {**plain, **state.counts}.items()]
        )
    else:
        out = console()
        out.print(state.url, style="bold", soft_wrap=True)
        current = state.schema_version == state.latest_version
        out.print(
            _("Schema {version}, up to date.").format(version=state.schema_version)
            if current
            else _("Schema {version}; {latest} is the latest: run `graphcrm db migrate`.").format(
                version=state.schema_version, latest=state.latest_version
            )
        )
        out.print(
            _("Imports: {imports}, the latest as of {as_of}; audits: {audits}.").format(
                imports=state.imports, as_of=state.latest_as_of or "–", audits=state.audits
            )
        )
        if any(state.counts.values()):
            held = _("{kind}: {count}")
            out.print(
                listed(
                    held.format(kind=words.kind(name), count=count)
                    for name, count in state.counts.items()
                    if count
                )
            )
        if state.note:
            out.print(say(state.note))


@app.command("migrate", help=_("Bring the store's schema up to date; make the store if there is none."))
def migrate(store: StoreOption = None, format_: FormatOption = None, lang: LangOption = None) -> None:
    """Migrate the store."""
    run = Run.of(store=store, format=format_, lang=lang)
    with run.store(create=True) as opened:
        applied = opened.migrate()
    if run.format is Format.json:
        write_json({"applied": list(applied)})
    elif run.format is Format.csv:
        write_csv(("applied",), [{"applied": label} for label in applied])
    else:
        console().print(
            _("Applied: {labels}.").format(labels=", ".join(applied))
            if applied
            else _("The schema is up to date.")
        )
        console().print(run.settings.store, style="dim", soft_wrap=True)


@app.command("export", help=_("Write the facts as a bundle, to a file or to standard output."))
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=_("Where to; without it, standard output."))
    ] = None,
    bundle: Annotated[
        bool, typer.Option("--bundle", help=_("As a bundle, the one form there is."))
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("Where to."))
    ] = None,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lang: LangOption = None,
) -> None:
    """Export the facts in force."""
    run = Run.of(store=store, as_of=as_of, known_at=known_at, lang=lang)
    if not bundle:
        raise InputError(N_("Say in which form to export."), hint=N_("Add --bundle."))
    if file is not None and output is not None:
        raise InputError(N_("Two places to write to."), hint=N_("Give FILE or -o, not both."))
    with run.store() as opened:
        day: date = latest_day(opened, run.settings.as_of)
        text = importable(opened.facts(day, run.settings.known_at)).to_json()
    place = output or file
    if place is None:
        typer.echo(text)
    else:
        write_file(place, text + "\n", private=True)
        console().print(_("Wrote {file}.").format(file=place), soft_wrap=True)

"""``graphcrm db``: look after the store."""

import typer

from graphcrm.cli import words
from graphcrm.cli.archives import copy, export, restore
from graphcrm.cli.checking import check
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import Format, FormatOption, LangOption, StoreOption
from graphcrm.cli.output import write_csv, write_json
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _

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


app.command("check", help=_("Look the whole store over: exit code 0 if it is sound, else 1."))(check)
app.command("copy", help=_("Copy a store into another that is empty, with its whole history."))(copy)
app.command("export", help=_("Write the whole history as an archive, or the facts as a bundle."))(export)
app.command("restore", help=_("Bring an archive back into a store that is empty."))(restore)

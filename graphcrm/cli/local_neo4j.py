"""``graphcrm neo4j``: a Neo4j on this computer, with pip alone."""

import shlex
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from graphcrm.bootstrap import NEO4J_VERSION, local_neo4j, local_neo4js
from graphcrm.cli.context import Run, console, messages
from graphcrm.cli.options import Format, FormatOption, LangOption
from graphcrm.cli.output import write_csv, write_json
from graphcrm.errors import StoreError
from graphcrm.i18n import translate as _

app = typer.Typer(
    no_args_is_help=True,
    help=_("Keep a Neo4j on this computer: fetched, started and stopped here, on loopback only."),
)

_PORTS = {"min": 1, "max": 65535}
LineOption = Annotated[
    str | None,
    typer.Option("--version", metavar="VERSION", help=_("Only the one of this version's line.")),
]


@app.command(
    "up", help=_("Start Neo4j and say how to use it; the first time it is fetched from Maven Central.")
)
def up(
    version: Annotated[
        str, typer.Option("--version", metavar="VERSION", help=_("5.26.N or 2026.MM.N."))
    ] = NEO4J_VERSION,
    port: Annotated[
        int | None,
        typer.Option(
            **_PORTS, help=_("Bolt port; without it the one of before, else 7687 or the next free.")
        ),
    ] = None,
    http_port: Annotated[
        int | None,
        typer.Option(
            **_PORTS, help=_("HTTP port; without it the one of before, else 7474 or the next free.")
        ),
    ] = None,
    fetch_again: Annotated[
        bool, typer.Option("--fetch-again", help=_("Throw away what was fetched and fetch it anew."))
    ] = False,
    lang: LangOption = None,
) -> None:
    """Start the server; the lines to evaluate on standard output, all else on standard error."""
    home = Run.of(lang=lang).settings.neo4j_home
    server, notes = local_neo4j(version, home=home), messages()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=notes, transient=True, disable=not notes.is_terminal) as progress:
        bar = progress.add_task(_("Starting Neo4j"), total=None)
        told = False

        def watch(done: int, total: int | None) -> None:
            nonlocal told
            if not told:
                told = True
                notes.print(
                    _(
                        "Fetching Neo4j Community {version} from Maven Central, once: 150 to 180 MB. "
                        "It is under the GPL-3 and no part of graphcrm."
                    ).format(version=version),
                    soft_wrap=True,
                )
            title = _("Reading what is needed") if total is None else _("Fetching")
            whole = total if total is not None and done < total else None
            progress.update(
                bar,
                description=title if total != done else _("Starting Neo4j"),
                completed=done,
                total=whole,
            )

        status, started = server.up(
            version, port=port, http_port=http_port, watch=watch, fetch_again=fetch_again
        )
    said = _("Neo4j {version} is up.") if started else _("Neo4j {version} is up already.")
    notes.print(said.format(version=status.version), style="bold")
    notes.print(_("Bolt {url}, HTTP {http}, log {log}").format(**vars(status)), soft_wrap=True)
    notes.print(
        _("Run these lines, and graphcrm works on it; then import a bundle or ask `graphcrm db status`:")
    )
    typer.echo(f"export GRAPHCRM_STORE={status.url}")
    typer.echo(f'export GRAPHCRM_NEO4J_PASSWORD="$(cat {shlex.quote(str(status.password_file))})"')


@app.command("status", help=_("Whether Neo4j runs here, and where. Exit code 3 if none does."))
def status(version: LineOption = None, format_: FormatOption = None, lang: LangOption = None) -> None:
    """Show every local server."""
    run = Run.of(format=format_, lang=lang)
    servers = local_neo4js(version, home=run.settings.neo4j_home)
    found = [state for server in servers if (state := server.status())]
    rows: list[dict[str, object]] = [
        {
            "version": state.version,
            "running": state.running,
            "url": state.url,
            "http": state.http,
            "pid": state.pid,
            "folder": str(state.folder),
            "log": str(state.log),
        }
        for state in found
    ]
    if run.format is Format.json:
        write_json(rows)
    elif run.format is Format.csv:
        write_csv(("version", "running", "url", "http", "pid", "folder", "log"), rows)
    else:
        for state in found:
            said = (
                _("Neo4j {version} runs: {url}, HTTP {http}, process {pid}.")
                if state.running
                else _("Neo4j {version} is stopped.")
            )
            console().print(said.format(**vars(state)), style="bold", soft_wrap=True)
            console().print(_("Folder {folder}, log {log}").format(**vars(state)), soft_wrap=True)
        if not found:
            console().print(_("No Neo4j has been brought up here."))
    if not any(state.running for state in found):
        raise typer.Exit(StoreError.exit_code)


@app.command("down", help=_("Stop the Neo4j that runs here; its data stay."))
def down(version: LineOption = None, lang: LangOption = None) -> None:
    """Stop every local server, or the one of a line."""
    home = Run.of(lang=lang).settings.neo4j_home
    stopped = [server for server in local_neo4js(version, home=home) if server.down()]
    for server in stopped:
        state = server.status()
        assert state is not None
        console().print(
            _("Neo4j {version} has stopped; its data stay in {folder}.").format(**vars(state)),
            soft_wrap=True,
        )
    if not stopped:
        console().print(_("No Neo4j was running here."))

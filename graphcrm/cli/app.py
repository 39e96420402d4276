"""The command line, put together; errors become messages here and nowhere else."""

import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from graphcrm.cli import accounts, audits, configuration, databases, importing, local_neo4j, mapping, maps
from graphcrm.cli.ask import ask_
from graphcrm.cli.context import messages
from graphcrm.cli.failures import report
from graphcrm.cli.language import asked
from graphcrm.cli.options import LangOption
from graphcrm.cli.plan import plan_
from graphcrm.cli.portfolio import portfolio_
from graphcrm.cli.quality import quality_
from graphcrm.cli.sensitivity import sensitivity_
from graphcrm.cli.serve import serve
from graphcrm.cli.template import template
from graphcrm.cli.what_if import what_if_
from graphcrm.cli.why import why_
from graphcrm.errors import N_, GraphcrmError
from graphcrm.i18n import translate as _

INTERRUPTED = 130
"""What typer ends a run with in which somebody pressed Ctrl-C: 128 and the number of the signal."""

app = typer.Typer(
    name="graphcrm",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=_("Is each customer relationship three-dimensional, and on whom does it hang?"),
    epilog=_("Start with: graphcrm mapping suggest PATH, or graphcrm import bundle FILE."),
)
app.add_typer(importing.app, name="import")
app.add_typer(mapping.app, name="mapping")
app.command("template", help=_("Write tables to fill in: a workbook and CSV files, and their mappings."))(
    template
)
app.add_typer(audits.app, name="audit")
accounts.app.command(
    "ask", help=_("Say which facts, if known, would narrow an account's risk most, and whom to ask.")
)(ask_)
app.add_typer(accounts.app, name="account")
app.command(
    "portfolio", help=_("Show what the whole portfolio hangs on: accounts, employees, pairs, departments.")
)(portfolio_)
app.command(
    "quality",
    help=_("Show what is missing or doubtful in the data, what most verdicts hang on first."),
)(quality_)
app.command(
    "what-if",
    help=_("Compare an account with what it would be if people left, handed over, or met somebody."),
)(what_if_)
app.command("why", help=_("Explain an account's figures, down to records, days and the method pack."))(why_)
app.command(
    "plan",
    help=_("Plan which ties to build next, a leaver's handover, or a rotation of who holds accounts."),
)(plan_)
app.command(
    "sensitivity",
    help=_("Show how verdicts and ranks move when each number of the policy moves by a quarter."),
)(sensitivity_)
app.command(
    "map", help=_("Write an account's page with its relationship map, or all of them with an index.")
)(maps.map_)
app.command("serve", help=_("Serve the API and the account pages, to this computer only."))(serve)
app.add_typer(databases.app, name="db")
app.add_typer(local_neo4j.app, name="neo4j")
app.add_typer(configuration.app, name="config")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"graphcrm {version('graphcrm')}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version_: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help=_("Print the version.")),
    ] = False,
    lang: LangOption = None,
) -> None:
    del version_
    asked.set(lang)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit code: 0 done, 2 bad input, 3 store, 1 anything else."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name in a script that this terminal lacks is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _outcome(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _outcome(arguments: Sequence[str]) -> int:
    try:
        app(args=list(arguments), prog_name="graphcrm")
    except SystemExit as end:
        # How typer ends every run; it has said by now what was wrong with the arguments.
        if end.code == INTERRUPTED:
            messages().print(_("Interrupted."))
        return end.code if isinstance(end.code, int) else 1
    except GraphcrmError as error:
        return report(error, messages())
    except OSError as error:
        return report(_refused(error), messages())
    except Exception as error:  # the last line before a user would see a traceback
        if os.environ.get("GRAPHCRM_DEBUG"):
            raise
        return report(_bug(error), messages())
    return 0


def _refused(error: OSError) -> GraphcrmError:
    return GraphcrmError(
        N_("The operating system refused: {reason}."),
        hint=N_("Look for a full disk, or for what else standard output leads to."),
        reason=error.strerror or str(error),
    )


def _bug(error: Exception) -> GraphcrmError:
    return GraphcrmError(
        N_("Something went wrong that should not: {kind}: {error}."),
        hint=N_("Please report it; GRAPHCRM_DEBUG=1 shows where."),
        kind=type(error).__name__,
        error=str(error),
    )

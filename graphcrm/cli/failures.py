"""Errors on a terminal: one clear message, its cure, never a traceback."""

from rich.console import Console
from rich.text import Text

from graphcrm.errors import GraphcrmError, RefusedImport
from graphcrm.i18n import say
from graphcrm.i18n import translate as _

VALUE_WIDTH = 60


def report(error: GraphcrmError, console: Console) -> int:
    """Print an error with its cure, and give its exit code."""
    console.print(Text(_("Error") + ": ", style="bold red") + Text(say(error.message), style=""))
    if isinstance(error, RefusedImport):
        _problems(error, console)
    if error.hint is not None:
        console.print(Text(say(error.hint), style="dim"))
    return error.exit_code


def _problems(error: RefusedImport, console: Console) -> None:
    for problem in error.shown:
        value = repr(problem.value)
        value = value if len(value) <= VALUE_WIDTH else value[: VALUE_WIDTH - 1] + "…"
        console.print(
            Text("  ") + Text(problem.path, style="bold") + Text(f" = {value}: ") + Text(say(problem.what))
        )
        console.print(Text("      → " + say(problem.cure), style="dim"))
    more = len(error.problems) - len(error.shown)
    if more:
        console.print(Text("  " + _("… and {count} more.").format(count=more), style="bold"))

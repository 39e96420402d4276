"""Errors on a terminal: one clear message, its cure, never a traceback."""

from rich.console import Console
from rich.text import Text

from graphcrm.cli.words import indented
from graphcrm.errors import GraphcrmError, RefusedImport
from graphcrm.i18n import say
from graphcrm.i18n import translate as _

VALUE_WIDTH = 60


def report(error: GraphcrmError, console: Console) -> int:
    """Print an error with its cure, and give its exit code. In a log a sentence is one line."""
    log = not console.is_terminal
    console.print(Text.assemble((_("Error: "), "bold red"), say(error.message)), soft_wrap=log)
    if isinstance(error, RefusedImport):
        _problems(error, console, log=log)
    if error.hint is not None:
        console.print(Text(say(error.hint), style="dim"), soft_wrap=log)
    return error.exit_code


def _problems(error: RefusedImport, console: Console, *, log: bool) -> None:
    for problem in error.shown:
        value = repr(problem.value)
        value = value if len(value) <= VALUE_WIDTH else value[: VALUE_WIDTH - 1] + "…"
        wrong = Text.assemble((problem.path, "bold"), f" = {value}: ", say(problem.what))
        cure = Text("→ " + say(problem.cure), style="dim")
        for text, indent in ((wrong, 2), (cure, 6)):
            if log:
                console.print(Text(" " * indent) + text, soft_wrap=True)
            else:
                console.print(indented(text, indent))
    more = len(error.problems) - len(error.shown)
    if more:
        console.print(Text("  " + _("… and {count} more.").format(count=more), style="bold"))

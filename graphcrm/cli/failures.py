"""Errors on a terminal: one clear message, its cure, never a traceback."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.text import Text

from graphcrm.cli.output import csv_text, write_file
from graphcrm.cli.words import indented
from graphcrm.errors import GraphcrmError, InputError, Problem, RefusedImport
from graphcrm.i18n import say
from graphcrm.i18n import translate as _

VALUE_WIDTH = 60
COLUMNS = ("place", "value", "problem", "cure", "times")


def report(error: GraphcrmError, console: Console) -> int:
    """Print an error with its cure, and give its exit code. In a log a sentence is one line."""
    log = not console.is_terminal
    console.print(Text.assemble((_("Error: "), "bold red"), say(error.message)), soft_wrap=log)
    if isinstance(error, RefusedImport):
        print_problems(error.name, error.problems, console)
    if error.hint is not None:
        console.print(Text(say(error.hint), style="dim"), soft_wrap=log)
    return error.exit_code


def print_problems(name: str, problems: Sequence[Problem], console: Console) -> None:
    """Print the first problems, and say how many more there are; then all of them go to a file."""
    log = not console.is_terminal
    for problem in problems[: RefusedImport.SHOWN]:
        wrong = Text.assemble((problem.path, "bold"), f"{_stands(problem.value)}: ", say(problem.what))
        if problem.times > 1:
            wrong.append(" " + _("({count} rows have it.)").format(count=problem.times))
        cure = Text("→ " + say(problem.cure), style="dim")
        for text, indent in ((wrong, 2), (cure, 6)):
            if log:
                console.print(Text(" " * indent) + text, soft_wrap=True)
            else:
                console.print(indented(text, indent))
    more = len(problems) - RefusedImport.SHOWN
    if more > 0:
        console.print(Text("  " + _("… and {count} more.").format(count=more), style="bold"))
        file = Path(f"{Path(name).stem}.problems.csv")
        with suppress(InputError):
            write_file(file, csv_text(COLUMNS, map(problem_row, problems)), private=True)
            console.print(Text("  " + _("All of them: {file}").format(file=file)), soft_wrap=log)


def _stands(value: object) -> str:
    """What stands there, where something does."""
    if value is None:
        return ""
    written = repr(value)
    return f" = {written if len(written) <= VALUE_WIDTH else written[: VALUE_WIDTH - 1] + '…'}"


def problem_row(problem: Problem) -> dict[str, object]:
    """A problem for programs, in the user's language."""
    return {
        "place": problem.path,
        "value": problem.value if isinstance(problem.value, str | None) else repr(problem.value),
        "problem": say(problem.what),
        "cure": say(problem.cure),
        "times": problem.times,
    }

"""``graphcrm db check``: everything in a store looked over."""

from collections.abc import Sequence

import typer
from rich.table import Table
from rich.text import Text

from graphcrm.cli.context import Run, console
from graphcrm.cli.failures import print_problems, problem_row
from graphcrm.cli.options import Format, FormatOption, LangOption, StoreOption
from graphcrm.cli.output import write_csv, write_json
from graphcrm.cli.progress import filling
from graphcrm.errors import Problem
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.records.store_check import Check
from graphcrm.services.checking import check_store
from graphcrm.settings import without_credentials

COLUMNS = ("check", "what", "looked_at", "problems", "place", "problem", "cure")
TOLD = ("place", "problem", "cure")


def check(store: StoreOption = None, format_: FormatOption = None, lang: LangOption = None) -> None:
    """Check a store."""
    run = Run.of(store=store, format=format_, lang=lang)
    with run.store() as opened, filling(_("Checking")) as progress:
        checks = tuple(check_store(opened, progress))
    sound = not any(each.in_all for each in checks)
    if run.format is Format.json:
        rows = [{**_row(each), "first": [_told(p) for p in each.problems]} for each in checks]
        url = without_credentials(run.settings.store)
        write_json({"store": url, "sound": sound, "checks": rows})
    elif run.format is Format.csv:
        write_csv(COLUMNS, [row for each in checks for row in _rows(each)])
    else:
        _print(run, checks, sound=sound)
    if not sound:
        raise typer.Exit(1)


def _print(run: Run, checks: Sequence[Check], *, sound: bool) -> None:
    out = console()
    out.print(without_credentials(run.settings.store), style="bold", soft_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("What must hold"))
    table.add_column(_("Looked at"), justify="right", no_wrap=True)
    table.add_column(_("Problems"), justify="right", no_wrap=True)
    for each in checks:
        found = Text(f"{each.in_all:,}", "bold red" if each.in_all else "dim")
        table.add_row(say(each.what), f"{each.looked_at:,}", found)
    out.print(table)
    out.print(_("The store is sound.") if sound else _("The store is not sound."), style="bold")
    for each in checks:
        print_problems(run.settings.store, each.problems, out)
        if each.in_all > len(each.problems):
            out.print("  " + _("… and {count} more.").format(count=each.in_all - len(each.problems)))


def _row(check: Check) -> dict[str, object]:
    return {
        "check": check.name,
        "what": say(check.what),
        "looked_at": check.looked_at,
        "problems": check.in_all,
    }


def _rows(check: Check) -> list[dict[str, object]]:
    """A row for each problem that is told, or one where there is none."""
    return [{**_row(check), **_told(problem)} for problem in check.problems] or [_row(check)]


def _told(problem: Problem) -> dict[str, object]:
    row = problem_row(problem)
    return {name: row[name] for name in TOLD}

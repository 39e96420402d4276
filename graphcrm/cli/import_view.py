"""What an import did, or would do, as people and programs read it."""

from collections.abc import Mapping, Sequence

import typer
from rich.padding import Padding
from rich.table import Table

from graphcrm.cli import words
from graphcrm.cli.context import Run, console, messages
from graphcrm.cli.failures import print_problems, problem_row
from graphcrm.cli.options import Format
from graphcrm.cli.output import write_csv, write_json
from graphcrm.errors import InputError
from graphcrm.i18n import translate as _
from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS
from graphcrm.records.draft import Understood
from graphcrm.records.store_state import ImportSummary, KindChange
from graphcrm.services.importing import Rehearsal

COLUMNS = ("kind", "new", "changed", "retired", "unchanged")
VALUE_WIDTH = 40


def print_import(run: Run, done: ImportSummary | Rehearsal, understood: Sequence[Understood] = ()) -> None:
    """What an import did; of a rehearsal, what it would do."""
    if isinstance(done, Rehearsal):
        print_rehearsal(run, done, understood)
    else:
        print_summary(run, done)


def print_summary(run: Run, summary: ImportSummary) -> None:
    """What an import did."""
    rows = [_row(kind, change) for kind, change in summary.kinds.items()]
    if run.format is Format.json:
        write_json({"name": summary.name, "changed": summary.changed, "kinds": rows})
    elif run.format is Format.csv:
        write_csv(COLUMNS, rows)
    elif summary.changed:
        console().print(_("{name}: imported.").format(name=summary.name), style="bold")
        console().print(_counts(rows, COLUMNS))
    else:
        console().print(
            _("{name}: nothing changed; the store holds all of it already.").format(name=summary.name)
        )


def print_rehearsal(run: Run, rehearsal: Rehearsal, understood: Sequence[Understood]) -> None:
    """What an import would do; problems end with the exit code of bad input."""
    summary, columns = rehearsal.summary, (*COLUMNS, "refused")
    kinds = {kind for counts in (summary.kinds, rehearsal.refused) for kind in counts}
    rows = [
        {**_row(kind, summary.kinds.get(kind, KindChange())), "refused": rehearsal.refused.get(kind, 0)}
        for kind in RECORDS
        if kind in kinds
    ]
    if run.format is Format.json:
        write_json(
            {
                "name": summary.name,
                "dry_run": True,
                "changed": summary.changed,
                "tables": [_table(each) for each in understood],
                "kinds": rows,
                "first": {k: [_plain(r) for r in found] for k, found in rehearsal.first.items()},
                "problems": [problem_row(problem) for problem in rehearsal.problems],
            }
        )
    elif run.format is Format.csv:
        write_csv(columns, rows)
    else:
        _print_rehearsal(rehearsal, understood, rows, columns)
    if rehearsal.problems:
        if run.format is not Format.json:
            print_problems(summary.name, rehearsal.problems, messages())
        raise typer.Exit(InputError.exit_code)


def _print_rehearsal(
    rehearsal: Rehearsal,
    understood: Sequence[Understood],
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str],
) -> None:
    out = console()
    if understood:
        out.print(_("What was understood"), style="bold")
        out.print(_files(understood))
        out.print()
    for kind, records in rehearsal.first.items():
        out.print(_("The first {kind}").format(kind=words.kind(kind)), style="bold")
        out.print(Padding(_records(records), (0, 0, 1, 2)))
    out.print(
        _("{name}: this would be imported; nothing was written.").format(name=rehearsal.summary.name)
        if not rehearsal.problems
        else _("{name}: this cannot be imported; nothing was written.").format(name=rehearsal.summary.name),
        style="bold",
    )
    out.print(_counts(rows, columns))


def _row(kind: str, change: KindChange) -> dict[str, object]:
    return {"kind": kind, **{name: getattr(change, name) for name in COLUMNS[1:]}}


def _counts(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> Table:
    titles = {
        "kind": _("Kind"),
        "new": _("new"),
        "changed": _("changed"),
        "retired": _("retired"),
        "unchanged": _("unchanged"),
        "refused": _("refused"),
    }
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, name in enumerate(columns):
        table.add_column(titles[name], justify="right" if place else "left")
    for row in rows:
        if any(row[name] for name in columns[1:]):
            table.add_row(words.kind(str(row["kind"])), *(f"{row[name] or ''}" for name in columns[1:]))
    return table


def _files(understood: Sequence[Understood]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (_("Table"), _("File"), _("Rows"), _("Read as")):
        table.add_column(title, justify="right" if title == _("Rows") else "left")
    for each in understood:
        read_as = ", ".join(f"{name} {value}" for name, value in each.read_as.items())
        table.add_row(each.table, each.file, f"{each.rows:,}", read_as)
    return table


def _table(understood: Understood) -> dict[str, object]:
    return {
        "table": understood.table,
        "file": understood.file,
        "rows": understood.rows,
        "read_as": dict(understood.read_as),
    }


def _plain(record: Record) -> dict[str, object]:
    return record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)


def _records(records: Sequence[Record]) -> Table:
    """Records as a table of the fields they state, cut to the terminal's width."""
    rows = [_plain(record) for record in records]
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in names:
        table.add_column(name, no_wrap=True, overflow="ellipsis", max_width=VALUE_WIDTH)
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in names))
    return table


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)

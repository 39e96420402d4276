"""``graphcrm mapping``: from tables to a first mapping, and what a mapping may say."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.bootstrap import SystemClock, mapping_schema, mapping_text, suggest_mapping
from graphcrm.cli.context import Run, console, messages
from graphcrm.cli.options import Format, FormatOption, LangOption, PolicyOption
from graphcrm.cli.output import refuse_existing, write_csv, write_file, write_json
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.sources.tables.suggesting.shown import Row, Suggestion, rows_of

app = typer.Typer(no_args_is_help=True, help=_("Say what tables mean: a mapping, for `import tables`."))

COLUMNS = ("table", "column", "field", "sure", "sample")
_STYLES = {"sure": "green", "likely": "yellow", "guess": "red"}


@app.command("suggest", help=_("Write a first mapping of the tables at hand, to be corrected."))
def suggest(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help=_("The tables' files, or folders with them."))
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help=_("Where to write the mapping; else it is printed.")
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))] = False,
    schema: Annotated[
        str | None,
        typer.Option(
            "--schema", metavar="FILE", help=_("Where the mapping's JSON Schema is, for editors.")
        ),
    ] = None,
    policy: PolicyOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Suggest a mapping."""
    run = Run.of(policy=policy, format=format_, lang=lang)
    if output is not None:
        refuse_existing((output,), force=force)
    with messages().status(_("Looking at the tables …")):
        found = suggest_mapping(paths, run.policy, SystemClock().now().date())
        text = mapping_text(found, _, schema)
    if output is not None:
        write_file(output, text)
    rows = list(rows_of(found))
    if run.format is Format.json:
        write_json(_document(found, rows, None if output else text, output))
    elif run.format is Format.csv:
        write_csv(COLUMNS, (row.as_dict() for row in rows))
    else:
        out = console() if output else messages()
        _print(out, found, rows)
        if output is None:
            sys.stdout.write(text)
            return
        out.print(_("Wrote {file}. Read it, correct it, then:").format(file=output), soft_wrap=True)
        files = " ".join(_quoted(str(path)) for path in paths)
        out.print(f"    graphcrm import tables --mapping {_quoted(str(output))} {files}", soft_wrap=True)


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path


def _document(
    found: Suggestion, rows: list[Row], text: str | None, output: Path | None
) -> Mapping[str, object]:
    written = {"file": str(output)} if output else {"mapping": text}
    problems = [{"path": p.path, "what": say(p.what), "cure": say(p.cure)} for p in found.problems]
    return {**written, "columns": [row.as_dict() for row in rows], "problems": problems}


def _print(out: Console, found: Suggestion, rows: list[Row]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(_("Column"), min_width=min(24, 2 + max((len(row.column) for row in rows), default=0)))
    table.add_column("→ " + _("Field"), min_width=26)
    table.add_column(_("How sure"), no_wrap=True)
    table.add_column(_("Sample value"), style="dim")
    for cells in _lines(rows):
        table.add_row(*cells)
    out.print(table)
    for problem in found.problems:
        out.print(Text(f"{problem.path}: {say(problem.what)} → {say(problem.cure)}", style="yellow"))


def _lines(rows: list[Row]) -> Iterator[tuple[Text, ...]]:
    words = {"sure": _("sure"), "likely": _("likely"), "guess": _("guess"), "": ""}
    before = None
    for row in rows:
        if row.table != before:
            before = row.table
            yield Text(row.table, style="bold"), Text(""), Text(""), Text("")
        field = row.field or "–"
        sure = Text(words[row.sure], style=_STYLES.get(row.sure, ""))
        # Only a column that may wrap gives way where there is no room; the sample does not wrap.
        sample = Text(row.sample, no_wrap=True, overflow="ellipsis")
        yield Text(f"  {row.column}"), Text(field, style="" if row.field else "dim"), sure, sample


@app.command("schema", help=_("Print the JSON Schema of mappings, for editors."))
def schema_() -> None:
    """Print the schema."""
    write_json(mapping_schema())

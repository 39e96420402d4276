"""Opening: a table file of any format, by its ending or as its layout says."""

from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG

from graphcrm.errors import N_
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.files.csv_opening import open_csv
from graphcrm.sources.tables.files.disguises import disguised
from graphcrm.sources.tables.files.json_lines import open_json
from graphcrm.sources.tables.files.layout import Format, Layout
from graphcrm.sources.tables.files.parquet import open_parquet
from graphcrm.sources.tables.files.refusal import RefusedTable, problem, unread
from graphcrm.sources.tables.files.sheet import open_sheet
from graphcrm.sources.tables.files.table_file import TableFile

ENDINGS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".psv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
"""What a file is taken for by the ending of its name; .xls is here to be told what it really is."""

_READABLE = ", ".join(ending for ending in ENDINGS if ending != ".xls")


def open_table(path: Path, layout: Layout, name: str | None = None) -> TableFile:
    """The table in a file, of which only the start is read; problems call it by ``name``, or the file's.

    Raises RefusedTable where the file cannot be read as a table; its problems say why.
    """
    name = name or str(shown(path.name))
    try:
        return _opened(path, name, layout)
    except OSError as error:
        raise RefusedTable(unread(name, error)) from None


def _opened(path: Path, name: str, layout: Layout) -> TableFile:
    try:
        kind = path.stat().st_mode
    except ValueError:
        kind = 0
    if not S_ISREG(kind):
        raise RefusedTable(
            problem(name, str(path), N_("This is no file."), N_("Give the path of one file with a table."))
        )
    form = layout.format or ENDINGS.get(path.suffix.lower())
    if form is None:
        path.open("rb").close()
        raise RefusedTable(
            problem(
                name,
                path.suffix,
                N_("What kind of table this is cannot be told from the ending of its name."),
                N_("State its format, or give it one of the endings {endings}."),
                endings=_READABLE,
            )
        )
    if wrong := disguised(path, name, form):
        raise RefusedTable(wrong)
    return _OPENERS[form](path, name, layout)


_OPENERS: dict[Format, Callable[[Path, str, Layout], TableFile]] = {
    "csv": open_csv,
    "xlsx": open_sheet,
    "parquet": open_parquet,
    "jsonl": open_json,
}

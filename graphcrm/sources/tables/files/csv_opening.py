"""Opening CSV files: encoding, separator and header, from what is said and from the first lines."""

import csv
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from graphcrm.errors import N_, Problem
from graphcrm.sources.tables.files.csv_file import CsvFile
from graphcrm.sources.tables.files.csv_rows import unreadable
from graphcrm.sources.tables.files.encodings import SAMPLE, Encoding, encoding_of
from graphcrm.sources.tables.files.header import named, no_header
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.refusal import RefusedTable, Stopped, place, problem
from graphcrm.sources.tables.files.separators import LINES, Dialect, separator_of
from graphcrm.sources.tables.files.text_stream import ODD, Stream, legible

_SAID = re.compile(r'"?sep=([^"\r\n]+)"?\s*')
"""The first line by which Excel is told the separator."""


def open_csv(path: Path, name: str, layout: Layout) -> CsvFile:
    """The text table in a file, of which only the start is read. Raises RefusedTable or OSError."""
    encoding = _encoding(path, name, layout.encoding)
    skipped = layout.header - 1 if isinstance(layout.header, int) else 0
    lines = _lines(path, name, encoding, skipped)
    said = _SAID.fullmatch(lines[0]) if lines and not skipped else None
    before = skipped + bool(said)
    lines = lines[bool(said) :]
    dialect = _dialect(name, layout, said[1] if said else None, [line for line in lines if line.strip()])
    understood = {"format": "csv", "separator": dialect.separator, "encoding": encoding.name}
    if not isinstance(layout.header, int):
        if wrong := _unfit(name, layout.header, dialect, lines):
            raise RefusedTable(wrong)
        return CsvFile(path, name, layout.header, understood, encoding, dialect, None, before)
    blank = next((n for n, line in enumerate(lines) if line.strip()), None)
    if blank is None:
        raise RefusedTable(no_header(name, layout.header))
    before += blank
    stream = Stream(path, name, encoding, separator=dialect.separator, quote=dialect.quote)
    cells, height = _header(stream, dialect, before)
    if isinstance(cells, Problem):
        raise RefusedTable(cells)
    return CsvFile(path, name, named(cells), understood, encoding, dialect, before + 1, before + height)


def _encoding(path: Path, name: str, said: str | None) -> Encoding:
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        whole = not file.read(1)
    return encoding_of(name, sample, whole, said)


def _lines(path: Path, name: str, encoding: Encoding, skipped: int) -> list[str]:
    lines: list[str] = []
    try:
        lines.extend(islice(Stream(path, name, encoding).lines(), skipped, skipped + LINES))
    except Stopped as stopped:
        if not lines:
            raise RefusedTable(stopped.problem) from None
    return lines


def _dialect(name: str, layout: Layout, said: str | None, lines: list[str]) -> Dialect:
    quote = layout.quote or ""
    if len(quote) > 1 or quote in {"\r", "\n", "\0"}:
        raise RefusedTable(
            problem(
                name,
                quote,
                N_("A quote is one character."),
                N_("Name one character, or null where cells are not quoted."),
            )
        )
    columns = None if isinstance(layout.header, int) else len(layout.header)
    found = layout.separator if layout.separator is not None else said
    separator = separator_of(lines, quote, columns) if found is None else found
    if not separator or {"\r", "\n", "\0"} & set(separator) or (quote and quote in separator):
        raise RefusedTable(
            problem(
                name,
                separator,
                N_("This cannot separate cells."),
                N_("Name one or more characters, but neither a line break nor the quote."),
            )
        )
    return Dialect(separator, quote)


def _header(stream: Stream, dialect: Dialect, before: int) -> tuple[list[str] | Problem, int]:
    reader = csv.reader(islice(stream.lines(), before, None), **dialect.options())
    try:
        cells = [stream.restored(cell) for cell in next(reader)]
    except csv.Error as error:
        return unreadable(stream, before + 1, before + reader.line_num, error), 0
    except Stopped as stopped:
        return stopped.problem, 0
    for cell in cells:
        if ODD.search(cell):
            return _odd(stream, before + 1, cell), 0
    return cells, reader.line_num


def _odd(stream: Stream, row: int, cell: str) -> Problem:
    return problem(
        place(stream.name, row),
        legible(cell),
        N_("The header holds what is no text in {encoding}."),
        N_("Name the encoding of the file, or save it as UTF-8."),
        encoding=stream.encoding,
    )


def _unfit(name: str, header: tuple[str, ...], dialect: Dialect, lines: list[str]) -> Problem | None:
    """The problem of names that are more or fewer than the columns of most rows."""
    rows = csv.reader(dialect.prepared(lines), **{**dialect.options(), "strict": False})
    widths = Counter(len(row) for row in rows if row)
    if not widths or len(header) in widths:
        return None
    return problem(
        name,
        None,
        N_("Its rows have {count} cells, and {named} columns are named."),
        N_("Name every column, in order; or correct the separator, which is {separator}."),
        count=widths.most_common(1)[0][0],
        named=len(header),
        separator=repr(dialect.separator),
    )

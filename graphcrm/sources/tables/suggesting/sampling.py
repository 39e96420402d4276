"""Sampling: the first rows of each table in the files given, and where their header stands."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from graphcrm.errors import N_, InputError, Problem
from graphcrm.sources.tables.conversions import text
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.files.header import letter
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import ENDINGS, open_table
from graphcrm.sources.tables.files.refusal import RefusedTable, Stopped
from graphcrm.sources.tables.files.table_file import TableFile
from graphcrm.sources.tables.files.workbook import Workbook
from graphcrm.sources.tables.suggesting.dates import dates_in
from graphcrm.sources.tables.suggesting.numbers import numbers_in
from graphcrm.sources.tables.suggesting.words import likeness, normal, synonyms

ROWS = 20_000
"""So many rows of a file are looked at."""

HEADER_WITHIN = 10
"""A header stands in one of the first rows, below a title perhaps."""

_FULLER = 0.6
_DECIDING = 0.9
Tell = Callable[[Problem], None]


@dataclass(frozen=True)
class Sample:
    """The start of a table: its files (of one shape), how it is laid out, and its cells by column.

    ``repeated`` are names that several columns have, so that none of them can be read.
    """

    paths: tuple[Path, ...]
    layout: Layout
    header: tuple[str, ...]
    columns: Mapping[str, Sequence[Cell]]
    rows: int
    whole: bool
    repeated: tuple[str, ...] = ()

    @property
    def headerless(self) -> bool:
        """Whether its columns are named by letters, as no row names them."""
        return not isinstance(self.layout.header, int)

    @property
    def name(self) -> str:
        """What people call it: its sheet, or its file without the ending."""
        return self.layout.sheet or self.paths[0].stem


def samples_of(paths: Sequence[Path], tell: Tell) -> list[Sample]:
    """A sample of every table in these files and folders; what cannot be read is told.

    Raises InputError where nothing is at a path.
    """
    found = [sample for path in _files(paths) for sample in _of_file(path, tell)]
    return _alike(found)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = (each for each in sorted(path.iterdir()) if each.suffix.lower() in ENDINGS)
            yield from (each for each in inside if each.is_file() and not _is_note(each))
        elif path.exists():
            yield path
        else:
            raise InputError(
                N_("{file} does not exist."),
                hint=N_("Give the tables' files, or the folder they are in."),
                file=str(path),
            )


def _is_note(path: Path) -> bool:
    """A licence or a read-me beside the tables, or what Excel leaves while a workbook is open."""
    return path.name.startswith(("~$", ".")) or (
        path.suffix.lower() == ".txt" and path.stem.casefold() in {"license", "licence", "readme", "source"}
    )


def _of_file(path: Path, tell: Tell) -> Iterator[Sample]:
    for layout in _layouts(path):
        try:
            if sample := _sampled(path, layout):
                yield sample
        except RefusedTable as refused:
            for problem in refused.problems:
                tell(problem)


def _layouts(path: Path) -> list[Layout]:
    """The tables a file holds: one, or one a sheet."""
    if ENDINGS.get(path.suffix.lower()) == "xlsx":
        try:
            with path.open("rb") as file:
                sheets = [s for s in Workbook(path.name, file).sheets if s.visible and s.has_cells]
        except (Stopped, OSError):
            return [Layout()]  # opening it says what is wrong
        if len(sheets) > 1:
            return [Layout(sheet=sheet.title) for sheet in sheets]
    return [Layout()]


def _sampled(path: Path, layout: Layout) -> Sample | None:
    opened = open_table(path, layout)
    if opened.understood.get("format") in {"csv", "xlsx"}:
        layout, opened = _with_header(path, layout, opened)
    sample = _read(path, layout, opened)
    if sample.rows and opened.understood.get("format") in {"csv", "xlsx"} and _is_data(sample):
        letters = tuple(letter(index) for index in range(len(opened.header)))
        layout = replace(layout, header=letters)
        sample = _read(path, layout, open_table(path, layout))
    return sample if sample.header else None


def _with_header(path: Path, layout: Layout, opened: TableFile) -> tuple[Layout, TableFile]:
    """The table read from the row that names the most columns, if the first names far fewer."""
    best, best_layout = opened, layout
    for row in range(2, HEADER_WITHIN + 1):
        tried = replace(layout, header=row)
        try:
            other = open_table(path, tried)
        except RefusedTable:
            break
        if _named(other) > _named(best):
            best, best_layout = other, tried
    return (best_layout, best) if _named(opened) < _FULLER * _named(best) else (layout, opened)


def _named(opened: TableFile) -> int:
    names = [n for i, n in enumerate(opened.header) if n.rstrip("'") != letter(i) and not _shaped(n)]
    return len(set(names))


def _read(path: Path, layout: Layout, opened: TableFile) -> Sample:
    counts = Counter(opened.header)
    names = [name for name in opened.header if counts[name] == 1]
    columns: dict[str, list[Cell]] = {name: [] for name in names}
    rows = 0
    whole = True
    for chunk in opened.chunks(names, lambda _: None):
        for name in names:
            columns[name].extend(chunk.columns[name])
        rows += len(chunk.rows)
        if rows >= ROWS:
            whole = False
            break
    repeated = tuple(name for name, times in counts.items() if times > 1)
    return Sample((path,), layout, tuple(opened.header), columns, rows, whole, repeated)


def _is_data(sample: Sample) -> bool:
    """Whether the row taken for the header is a row of data like those below it."""
    data, names = 0, 0
    known = {*synonyms().ignored, *(w for words in synonyms().full.values() for w in words)}
    known |= {w for fields in synonyms().bare.values() for words in fields.values() for w in words}
    for name in sample.columns:
        if _shaped(name) or _repeated(name, sample.columns[name]):
            data += 1
        elif any(likeness(normal(name), each) >= _DECIDING for each in known):
            names += 1
    return data > names


def _repeated(name: str, cells: Sequence[Cell]) -> bool:
    """Whether a name is one of the values below it, or numbered as all of them are."""
    words = {_text(cell) for cell in cells}
    numbered = _numbered(name)
    return name in words or (numbered != name and {_numbered(word) for word in words} == {numbered})


def _numbered(word: str) -> str:
    return "".join("0" if letter.isdigit() else letter for letter in word)


def _shaped(name: str) -> bool:
    """Whether this is a date, a number or an address rather than a name of a column."""
    return "@" in name or numbers_in([name]) is not None or dates_in([name], date.max) is not None


def _text(cell: Cell) -> str:
    return "" if cell is None else text(cell).strip()


def _alike(samples: list[Sample]) -> list[Sample]:
    """Files of one shape, such as orders of several years, as one table."""

    def shape(sample: Sample) -> tuple[object, ...]:
        stem = "".join(c for c in sample.paths[0].stem.casefold() if c.isalpha())
        return (
            stem,
            str(sample.layout.sheet),
            sample.paths[0].suffix,
            str(sample.layout.header),
            sample.header,
        )

    found = []
    for _, group in groupby(sorted(samples, key=shape), key=shape):
        first, *others = group
        columns = {n: [c for s in (first, *others) for c in s.columns[n]] for n in first.columns}
        found.append(
            replace(
                first,
                paths=tuple(dict.fromkeys(p for s in (first, *others) for p in s.paths)),
                columns=columns,
                rows=sum(s.rows for s in (first, *others)),
                whole=all(s.whole for s in (first, *others)),
            )
        )
    return found

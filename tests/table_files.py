"""Table files for tests: written as bytes, read as a list of rows, with the problems told."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from graphcrm.errors import Problem
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table
from graphcrm.sources.tables.files.refusal import RefusedTable
from graphcrm.sources.tables.files.table_file import TableFile


@dataclass(frozen=True)
class Read:
    """What came out of a table file: where each row stands, and its cells in the order asked for."""

    rows: list[int]
    cells: list[list[Cell]]
    problems: list[Problem]

    @property
    def paths(self) -> list[str]:
        return [problem.path for problem in self.problems]

    @property
    def told(self) -> list[str]:
        return [f"{problem.path}: {problem.what}" for problem in self.problems]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(table: TableFile, columns: Collection[str] | None = None) -> Read:
    """All of a table, or the columns asked for."""
    problems: list[Problem] = []
    rows: list[int] = []
    cells: list[list[Cell]] = []
    asked = list(table.header if columns is None else columns)
    for chunk in table.chunks(asked, problems.append):
        assert set(chunk.columns) == set(asked)
        rows.extend(chunk.rows)
        cells.extend(map(list, zip(*(chunk.columns[name] for name in asked), strict=True)))
    assert not asked or len(rows) == len(cells)
    return Read(rows, cells, problems)


def read_file(path: Path, layout: Layout | None = None, columns: Collection[str] | None = None) -> Read:
    """All of a file, be it a table or not."""
    try:
        table = open_table(path, layout or Layout())
    except RefusedTable as refused:
        return Read([], [], list(refused.problems))
    return read(table, columns)

"""Opened: the files of a mapping's tables, found and ready to be read."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from graphcrm.errors import N_, InputError, Message, Problem
from graphcrm.records.checks.nearest import Nearest
from graphcrm.sources.tables.entries import Reader, Tell
from graphcrm.sources.tables.files.chunk import Chunk
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table
from graphcrm.sources.tables.files.refusal import RefusedTable
from graphcrm.sources.tables.files.table_file import TableFile
from graphcrm.sources.tables.lookups import Lookup
from graphcrm.sources.tables.mapping import Table, several
from graphcrm.sources.tables.mapping_file import MappingFile

Progress = Callable[[int, int], None]
"""Told of bytes and rows that have been read since it was told last."""


@dataclass(frozen=True)
class Opened:
    """The files of each table, in the order of their names."""

    files: Mapping[str, tuple[TableFile, ...]]
    rows_read: dict[str, int] = field(default_factory=dict)

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns that every file of a table has."""
        first, *others = (file.header for file in self.files[table])
        return tuple(name for name in first if all(name in header for header in others))

    def has(self, table: str, column: str) -> bool:
        """Whether a table may have a column; in JSON lines it may come in a later line."""
        return all(
            column in file.header or file.understood.get("format") == "jsonl" for file in self.files[table]
        )

    def size(self, table: str) -> int:
        """How many bytes a table's files have."""
        return sum(file.path.stat().st_size for file in self.files[table])

    def chunks(
        self, readers: Sequence[Reader], tell: Tell, progress: Progress
    ) -> Iterator[tuple[str, Chunk, Sequence[Reader]]]:
        """The rows of every table these readers read, once each, with its file and who reads it."""
        for table in self.files:
            reading = [reader for reader in readers if reader.entry.table == table]
            if reading:
                own = frozenset[str]().union(*(reader.own_columns() for reader in reading))
                for name, chunk in self._rows(table, own, tell, progress):
                    yield name, chunk, reading

    def fill(
        self, lookup: Lookup, table: str, columns: Collection[str], tell: Tell, progress: Progress
    ) -> None:
        """Fill a lookup with a table's rows."""
        for name, chunk in self._rows(table, columns, tell, progress):
            lookup.fill(name, iter((chunk,)), tell)

    def _rows(
        self, table: str, columns: Collection[str], tell: Tell, progress: Progress
    ) -> Iterator[tuple[str, Chunk]]:
        for file in self.files[table]:
            self.rows_read[file.name] = 0
            for chunk in file.chunks(columns, tell, lambda count: progress(count, 0)):
                progress(0, len(chunk.rows))
                self.rows_read[file.name] += len(chunk.rows)
                yield file.name, chunk


def open_tables(mapping: MappingFile, paths: Sequence[Path], tell: Tell) -> Opened:
    """Find and open the files of every table; what is missing or unreadable is told."""
    found = _candidates(paths)
    unused = {path for path in paths if path.is_file()}
    files: dict[str, tuple[TableFile, ...]] = {}
    for name, table in mapping.mapping.tables.items():
        matching = [path for path in found if _matches(path, table)]
        unused.difference_update(matching)
        if not matching:
            tell(_no_file(mapping.at("tables", name, "files"), table, found))
        files[name] = tuple(_opened(matching, table, tell))
    for path in sorted(unused):
        tell(_not_mapped(path))
    return Opened(files)


def _candidates(paths: Sequence[Path]) -> list[Path]:
    """The files given, and those in the folders given.

    Raises InputError where nothing is at a path.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(each for each in path.iterdir() if each.is_file()))
        elif path.exists():
            found.append(path)
        else:
            raise InputError(
                N_("{file} does not exist."),
                hint=N_("Give the tables' files, or the folder they are in."),
                file=str(path),
            )
    return list(dict.fromkeys(found))


def _matches(path: Path, table: Table) -> bool:
    return any(fnmatchcase(path.name, PurePath(pattern).name) for pattern in several(table.files))


def _opened(paths: Sequence[Path], table: Table, tell: Tell) -> Iterator[TableFile]:
    layout = Layout(
        format=table.format,
        separator=table.separator,
        quote=table.quote,
        encoding=table.encoding,
        header=table.header,
        sheet=table.sheet,
    )
    for path in paths:
        try:
            yield open_table(path, layout)
        except RefusedTable as error:
            for problem in error.problems:
                tell(problem)


def _no_file(path: str, table: Table, found: Sequence[Path]) -> Problem:
    patterns = ", ".join(several(table.files))
    close = Nearest().to(several(table.files)[0], [each.name for each in found])
    params = {"patterns": patterns, "nearest": close}
    return Problem(
        path,
        patterns,
        Message(N_("No file given is called so."), params),
        Message(
            N_("Did you mean {nearest}? If not, give its file, or the folder it is in.")
            if close
            else N_("Give its file, or the folder it is in."),
            params,
        ),
    )


def _not_mapped(path: Path) -> Problem:
    return Problem(
        path.name,
        None,
        Message(N_("The mapping has no table for this file.")),
        Message(N_("Add its name to the files of a table, or leave it out.")),
    )

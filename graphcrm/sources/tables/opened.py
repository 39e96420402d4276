"""Opened: the files of a mapping's tables, found and ready to be read."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from unicodedata import normalize

from graphcrm.errors import N_, InputError, Message, Problem
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
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


def unheeded(_bytes: int, _rows: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Opened:
    """The files of each table, in the order they were given, those of a folder by their names.

    ``rows_read`` are how many rows each of them has, once they have been read, by table and name.
    """

    files: Mapping[str, tuple[TableFile, ...]]
    rows_read: dict[tuple[str, str], int] = field(default_factory=dict)

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns that every file of a table has."""
        first, *others = (file.header for file in self.files[table])
        return tuple(name for name in first if all(name in header for header in others))

    def has(self, table: str, column: str) -> bool:
        """Whether a table may have a column; in JSON lines it may come in a later line."""
        return not self.lacking(table, column)

    def lacking(self, table: str, column: str) -> tuple[str, ...]:
        """The names of a table's files that lack a column; of JSON lines that cannot be known."""
        return tuple(
            file.name
            for file in self.files[table]
            if column not in file.header and file.understood.get("format") != "jsonl"
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
            count, key = 0, (table, file.name)
            for chunk in file.chunks(columns, tell, lambda count: progress(count, 0)):
                progress(0, len(chunk.rows))
                count += len(chunk.rows)
                # A later reading may end before the last row.
                self.rows_read[key] = max(count, self.rows_read.get(key, 0))
                yield file.name, chunk


def open_tables(mapping: MappingFile, paths: Sequence[Path], tell: Tell) -> Opened:
    """Find and open the files of every table; what is missing or unreadable is told."""
    found = [path for path in _candidates(paths) if not path.samefile(mapping.path)]
    unused = {path for path in paths if path in found}
    names = _names(found)
    files: dict[str, tuple[TableFile, ...]] = {}
    for name, table in mapping.mapping.tables.items():
        matching = [path for path in found if _matches(path, table)]
        unused.difference_update(matching)
        if not matching:
            tell(_no_file(mapping.at("tables", name, "files"), table, found))
        files[name] = tuple(_opened(matching, table, names, tell))
    for path in sorted(unused):
        tell(_not_mapped(names[path]))
    return Opened(files)


def _candidates(paths: Sequence[Path]) -> list[Path]:
    """The files given, and those in the folders given, each once; hidden ones only if given themselves.

    Raises InputError where nothing is at a path, or where a folder cannot be read.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            within = sorted(filter(_is_meant, path.iterdir())) if path.is_dir() else [path]
            for each in within:
                found.setdefault(each.resolve(strict=True), each)
        except (OSError, ValueError, RuntimeError) as error:
            missing = isinstance(error, FileNotFoundError | ValueError)
            raise InputError(
                N_("{file} does not exist.") if missing else N_("{file} cannot be read: {reason}."),
                hint=N_("Give the tables' files, or the folder they are in."),
                file=shown(str(path)),
                reason=getattr(error, "strerror", None) or str(error),
            ) from None
    return list(found.values())


def _is_meant(path: Path) -> bool:
    """Not what systems and programs leave in folders: a spreadsheet that is open locks itself so."""
    return path.is_file() and not path.name.startswith((".", "~$"))


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What problems call the files: by their names, with their folders where several are called so."""
    counts = Counter(path.name for path in paths)
    return {
        path: str(
            shown(path.name if counts[path.name] == 1 else f"{path.resolve().parent.name}/{path.name}")
        )
        for path in paths
    }


def _matches(path: Path, table: Table) -> bool:
    """Whether a table's files may be called so; some systems take accents and letters apart in names."""
    name = normalize("NFC", path.name)
    patterns = [normalize("NFC", PurePath(pattern).name) for pattern in several(table.files)]
    return any(name == pattern or fnmatchcase(name, pattern) for pattern in patterns)


def _opened(
    paths: Sequence[Path], table: Table, names: Mapping[Path, str], tell: Tell
) -> Iterator[TableFile]:
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
            yield open_table(path, layout, names[path])
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
        Message(N_("None of the files given is called {patterns}."), params),
        Message(
            N_("Did you mean {nearest}? If not, give its file, or the folder it is in.")
            if close
            else N_("Give its file, or the folder it is in."),
            params,
        ),
    )


def _not_mapped(name: str) -> Problem:
    return Problem(
        name,
        None,
        Message(N_("The mapping has no table for this file.")),
        Message(N_("Add its name to the files of a table, or leave it out.")),
    )

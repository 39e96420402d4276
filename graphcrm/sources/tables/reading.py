"""Reading tables: a mapping and files become a draft; interactions stay a stream."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from graphcrm.errors import N_, Message, Problem, RefusedImport
from graphcrm.records.bundle import Bundle
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.records.draft import Draft, Understood
from graphcrm.sources.tables.collected import Collected
from graphcrm.sources.tables.entries import Reader, words_of_nothing
from graphcrm.sources.tables.interactions import InteractionStream
from graphcrm.sources.tables.lookups import Lookup
from graphcrm.sources.tables.mapping import Entry
from graphcrm.sources.tables.mapping_file import MappingFile
from graphcrm.sources.tables.opened import Opened, Progress, open_tables, unheeded
from graphcrm.sources.tables.places import Places
from graphcrm.sources.tables.told import Told, TooMany

STREAMED = "interactions"


class TableSource:
    """The tables of a mapping, found and opened; their rows are read when the draft is asked for."""

    def __init__(self, mapping: Path, paths: Sequence[Path]) -> None:
        """Read the mapping, find the files, compare one with the other.

        Without ``paths`` the files stand beside the mapping. Raises InputError where nothing can be read,
        and RefusedImport with everything that is wrong with the mapping or the files as such.
        """
        self.file = MappingFile(mapping)
        problems: list[Problem] = []
        self.opened = open_tables(self.file, paths or (mapping.parent,), problems.append)
        if not problems:
            self._readers = tuple(self._reader(number) for number in range(len(self._entries)))
            problems.extend(self._columns_that_are_not_there())
        if problems:
            raise RefusedImport(self.file.name, problems)

    @property
    def as_of(self) -> date | None:
        """The day the tables show, where the mapping says it."""
        return self.file.mapping.as_of

    @property
    def size(self) -> int:
        """How many bytes will be read: a table that feeds both records and interactions is read twice."""
        tables = [join.table for entry in self._entries for join in entry.join]
        for streamed in (False, True):
            tables += {e.table for e in self._entries if (e.kind == STREAMED) == streamed}
        return sum(self.opened.size(table) for table in tables)

    def understood(self) -> tuple[Understood, ...]:
        """How each file was read; its rows are known once they have been read."""
        return tuple(
            Understood(table, file.name, self.opened.rows_read.get((table, file.name), 0), file.understood)
            for table, files in self.opened.files.items()
            for file in files
        )

    def draft(self, as_of: date, progress: Progress = unheeded) -> Draft:
        """The draft as of a day: its records read, its interactions still to be read."""
        told = Told(self.file.name)
        collected = Collected(told)
        try:
            self._fill_lookups(told, progress)
            readers = [reader for reader in self._readers if reader.kind != STREAMED]
            for name, chunk, reading in self.opened.chunks(readers, told, progress):
                for reader in reading:
                    collected.take(name, reader, *reader.read(name, chunk, told, collected.declare))
        except TooMany:
            return self._draft(as_of, Collected(told), told, None)
        streamed = [reader for reader in self._readers if reader.kind == STREAMED]
        stream = InteractionStream(self.file.name, self.opened, streamed, progress) if streamed else None
        return self._draft(as_of, collected, told, stream)

    @property
    def _entries(self) -> tuple[Entry, ...]:
        return self.file.mapping.records

    def _draft(
        self, as_of: date, collected: Collected, told: Told, stream: InteractionStream | None
    ) -> Draft:
        mapping = self.file.mapping
        records, places = collected.records()
        header = Bundle(as_of=as_of, source=mapping.source, complete=mapping.complete)
        return Draft(
            name=self.file.name,
            bundle=header.model_copy(update=dict(records)),
            places=places,
            problems=tuple(told.problems),
            declared=collected.declared(),
            stream=stream,
            origin=Places(self._readers, self.file.at),
        )

    def _reader(self, number: int) -> Reader:
        entry = self._entries[number]
        reader = Reader(number, entry, self.file.notation(entry.table))
        for join in entry.join:
            before = f"{join.table}."
            columns = sorted(n.removeprefix(before) for n in reader.needs if n.startswith(before))
            empty = words_of_nothing(self.file.notation(join.table))
            reader.lookups.append(Lookup(tuple(join.on.values()), columns, empty))
        return reader

    def _fill_lookups(self, told: Told, progress: Progress) -> None:
        for reader in self._readers:
            for join, lookup in zip(reader.entry.join, reader.lookups, strict=True):
                columns = {*join.on.values(), *lookup.columns}
                self.opened.fill(lookup, join.table, columns, told, progress)

    def _columns_that_are_not_there(self) -> Iterator[Problem]:
        """Each column the mapping names and a file lacks, told where the mapping names it."""
        nearest = Nearest()
        for reader in self._readers:
            entry, place = reader.entry, ("records", reader.number)
            for location, column in reader.named():
                table, name = reader.table_of(column)
                if not self.opened.has(table, name):
                    yield _no_column(self.file.at(*place, *location), name, self.opened, table, nearest)
            for at, join in enumerate(entry.join):
                for here, there in join.on.items():
                    if not self.opened.has(join.table, there):
                        path = self.file.at(*place, "join", at, "on", here)
                        yield _no_column(path, there, self.opened, join.table, nearest)


def _no_column(path: str, name: str, opened: Opened, table: str, nearest: Nearest) -> Problem:
    columns = opened.columns(table)
    params = {
        "table": table,
        "column": shown(name),
        "columns": ", ".join(str(shown(column)) for column in columns),
        "files": ", ".join(opened.lacking(table, name)),
        "nearest": nearest.to(name, columns),
    }
    return Problem(
        path,
        shown(name),
        Message(N_("There is no column {column} in {files}."), params),
        Message(
            N_("Did you mean {nearest}? There are: {columns}.")
            if params["nearest"]
            else N_("Name one that is there: {columns}."),
            params,
        ),
    )

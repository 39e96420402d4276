"""CSV files: text tables of any separator, quote and encoding."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graphcrm.sources.tables.files.chunk import Chunk
from graphcrm.sources.tables.files.csv_rows import Rows
from graphcrm.sources.tables.files.encodings import Encoding
from graphcrm.sources.tables.files.header import positions
from graphcrm.sources.tables.files.separators import Dialect
from graphcrm.sources.tables.files.table_file import Progress, Tell, unheeded
from graphcrm.sources.tables.files.text_stream import Stream


@dataclass(frozen=True)
class CsvFile:
    """A text table whose encoding, separator and header are known.

    ``header_row`` is the line where its header begins, None where it has none; ``before`` is how many
    lines stand before its first row.
    """

    path: Path
    name: str
    header: tuple[str, ...]
    understood: Mapping[str, str]
    encoding: Encoding
    dialect: Dialect
    header_row: int | None
    before: int

    def chunks(
        self, columns: Collection[str], tell: Tell, progress: Progress = unheeded
    ) -> Iterator[Chunk]:
        """The sound rows in chunks."""
        wanted = positions(self.name, self.header_row, self.header, columns, tell)
        if wanted is None:
            return
        stream = Stream(
            self.path,
            self.name,
            self.encoding,
            separator=self.dialect.separator,
            quote=self.dialect.quote,
            progress=progress,
        )
        yield from Rows(stream, self.dialect, self.before, len(self.header)).chunks(wanted, tell)

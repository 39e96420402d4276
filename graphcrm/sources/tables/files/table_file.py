"""TableFile: a table as a file holds it, whatever its format."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeAlias

from graphcrm.errors import Problem
from graphcrm.sources.tables.files.chunk import Chunk

Tell: TypeAlias = Callable[[Problem], None]
Progress: TypeAlias = Callable[[int], None]


def unheeded(consumed: int, /) -> None:
    """Progress that nobody watches."""


class TableFile(Protocol):
    """A table file: its header is known, its rows are read when asked for, as often as asked for."""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        ...

    @property
    def name(self) -> str:
        """What problems call it: the file's name, with its sheet where a workbook has several."""
        ...

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns, in their order."""
        ...

    @property
    def understood(self) -> Mapping[str, str]:
        """What was said or found out about it, for people: format, separator, encoding, sheet."""
        ...

    def chunks(
        self, columns: Collection[str], tell: Tell, progress: Progress = unheeded
    ) -> Iterator[Chunk]:
        """The sound rows in chunks, only the columns asked for.

        A wrong row or cell is told and its row left out; what stops the reading is told and ends it.
        ``progress`` gets the bytes of the file newly consumed.
        """
        ...

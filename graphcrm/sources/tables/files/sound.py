"""Sound: a chunk without its wrong rows, which are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from graphcrm.errors import N_, Problem
from graphcrm.sources.tables.files.chunk import Chunk
from graphcrm.sources.tables.files.refusal import problem
from graphcrm.sources.tables.files.table_file import Tell
from graphcrm.sources.tables.files.text_stream import legible, undecoded


def sound(chunk: Chunk, wrong: Mapping[int, Sequence[Problem]], tell: Tell) -> Chunk:
    """The chunk without the rows at the indexes in ``wrong``, whose problems are told in their order."""
    if not wrong:
        return chunk
    for index in sorted(wrong):
        for each in wrong[index]:
            tell(each)
    keep = [index not in wrong for index in range(len(chunk.rows))]
    return Chunk(
        list(compress(chunk.rows, keep)),
        {column: list(compress(cells, keep)) for column, cells in chunk.columns.items()},
    )


def odd_text(path: str, text: str, encoding: str | None = None) -> Problem:
    """The problem of a text that holds what no text holds; ``encoding`` if it was decoded by us."""
    if encoding and undecoded(text):
        return problem(
            path,
            legible(text),
            N_("This cell holds bytes that are no text in {encoding}."),
            N_("Save the whole file in one encoding, best UTF-8; or name the one it is written in."),
            encoding=encoding,
        )
    if "\0" in text:
        return problem(
            path,
            text,
            N_("This cell holds a character of code 0, which no text has."),
            N_("Remove it, or export the file anew."),
        )
    return problem(path, text, N_("This text holds half a character."), N_("Write the text anew."))


def no_rows(name: str) -> Problem:
    """The problem of a table without rows."""
    return problem(
        name, None, N_("It has no rows."), N_("Export it with its rows, or do not import this file.")
    )


@dataclass(frozen=True)
class Wrong:
    """Stands where a cell cannot be used: what stands there, and what is wrong with it."""

    value: object
    what: str
    cure: str

    def at(self, path: str) -> Problem:
        """Its problem."""
        return problem(path, self.value, self.what, self.cure)

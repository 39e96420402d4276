"""CSV rows: one reading of a text table, chunk by chunk, with what is wrong told on the way.

Everything here works on whole chunks, so that it runs at the speed of the csv module; single rows and
cells are looked at only where a chunk is not as it should be.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, islice
from operator import itemgetter, not_

from graphcrm.errors import N_, Problem
from graphcrm.sources.tables.files.chunk import Chunk
from graphcrm.sources.tables.files.refusal import Stopped, place, problem, unread
from graphcrm.sources.tables.files.separators import Dialect
from graphcrm.sources.tables.files.sound import no_rows, odd_text, sound
from graphcrm.sources.tables.files.table_file import Tell
from graphcrm.sources.tables.files.text_stream import ODD, Stream, legible

ROWS = 5_000
"""How many rows a chunk has at most."""

LONGEST_CELL = 1 << 20
"""How many characters a cell may have: a quote that is never closed must not swallow a whole file."""

_FIRST_ROWS = 100
_CHARACTERS = 1 << 21
"""How many characters a chunk has, roughly; so that memory stays flat however wide the rows are."""

_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class _Block:
    """Rows as the csv module gives them, the line each begins in, and why there are no more.

    ``end`` is the line after the last row, where a row that could not be read begins.
    """

    rows: list[list[str]]
    starts: Sequence[int]
    end: int
    error: csv.Error | None = None
    stop: Problem | None = None


class Rows:
    """One reading of the rows after the header; ``width`` is how many cells each must have."""

    def __init__(self, stream: Stream, dialect: Dialect, before: int, width: int) -> None:
        self._name = stream.name
        self._stream = stream
        self._width = width
        self._before = before
        self._line = before
        self._read = 0
        csv.field_size_limit(LONGEST_CELL)
        self._reader = csv.reader(islice(stream.lines(), before, None), **dialect.options())

    def chunks(self, wanted: Mapping[str, int], tell: Tell) -> Iterator[Chunk]:
        """The sound rows, only the columns wanted."""
        size = _FIRST_ROWS
        while True:
            block = self._block(size)
            if block.rows and (chunk := self._chunk(block, wanted, tell)).rows:
                yield chunk
            if block.stop is not None:
                tell(block.stop)
                return
            if block.error is not None:
                self._read += 1
                tell(unreadable(self._stream, block.end, self._line, block.error))
                if _swallows(block.error) and block.end < self._line:
                    return
            elif not block.rows:
                break
            size = max(1, min(ROWS, _CHARACTERS * self._read // (self._stream.characters or 1)))
        if not self._read:
            tell(no_rows(self._name))

    def _block(self, size: int) -> _Block:
        rows: list[list[str]] = []
        error: csv.Error | None = None
        stop: Problem | None = None
        try:
            rows.extend(islice(self._reader, size))
        except csv.Error as wrong:
            error = wrong
        except Stopped as stopped:
            stop = stopped.problem
        except OSError as wrong:
            stop = unread(self._name, wrong)
        line, self._line = self._line, self._before + self._reader.line_num
        if error is None and stop is None and self._line - line == len(rows):
            return _Block(rows, range(line + 1, self._line + 1), self._line + 1)
        *starts, end = accumulate(map(_height, rows), initial=line + 1)
        return _Block(rows, starts, end, error, stop)

    def _chunk(self, block: _Block, wanted: Mapping[str, int], tell: Tell) -> Chunk:
        rows, starts = self._stating(block.rows, block.starts)
        if set(map(len, rows)) != {self._width}:
            rows, starts = self._even(rows, starts, tell)
        else:
            self._read += len(rows)
        if not rows:
            return Chunk((), dict.fromkeys(wanted, ()))
        columns: dict[str, Sequence[str]]
        if len(wanted) * _FEW < self._width:
            columns = {column: list(map(itemgetter(at), rows)) for column, at in wanted.items()}
        else:
            cells = list(zip(*rows, strict=True))
            columns = {column: cells[at] for column, at in wanted.items()}
        if self._stream.restoring:
            columns = {column: self._restored(texts) for column, texts in columns.items()}
        if self._stream.odd:
            return self._sound(Chunk(starts, columns), columns, tell)
        return Chunk(starts, columns)

    def _stating(
        self, rows: list[list[str]], starts: Sequence[int]
    ) -> tuple[list[list[str]], Sequence[int]]:
        """The rows in which something stands: spreadsheets export empty ones as separators alone."""
        read = self._stream.restored if self._stream.restoring else str
        blank = [not (row and read(row[0]).strip()) and not read("".join(row)).strip() for row in rows]
        if not any(blank):
            return rows, starts
        stating = list(map(not_, blank))
        return list(compress(rows, stating)), list(compress(starts, stating))

    def _even(
        self, rows: list[list[str]], starts: Sequence[int], tell: Tell
    ) -> tuple[list[list[str]], Sequence[int]]:
        """The rows of the right width; others are told."""
        even: list[list[str]] = []
        at: list[int] = []
        for row, start in zip(rows, starts, strict=True):
            if len(row) == self._width:
                even.append(row)
                at.append(start)
            else:
                self._read += 1
                tell(self._ragged(row, start))
        self._read += len(even)
        return even, at

    def _ragged(self, row: list[str], start: int) -> Problem:
        what, cure = _TOO_MANY if len(row) > self._width else _TOO_FEW
        cells = [legible(self._stream.restored(cell)) for cell in row]
        return problem(place(self._name, start), cells, what, cure, count=len(row), width=self._width)

    def _restored(self, texts: Sequence[str]) -> Sequence[str]:
        joined = "".join(texts)
        if self._stream.restored(joined) == joined:
            return texts
        return [self._stream.restored(text) for text in texts]

    def _sound(self, chunk: Chunk, columns: Mapping[str, Sequence[str]], tell: Tell) -> Chunk:
        """The rows of which no cell holds what is no text; the others are told."""
        wrong: dict[int, list[Problem]] = {}
        for column, texts in columns.items():
            if not ODD.search("".join(texts)):
                continue
            for index, text in enumerate(texts):
                if ODD.search(text):
                    path = place(self._name, chunk.rows[index], column)
                    wrong.setdefault(index, []).append(odd_text(path, text, self._stream.encoding))
        return sound(chunk, wrong, tell)


def unreadable(stream: Stream, start: int, end: int, error: csv.Error) -> Problem:
    """The problem of a row from line ``start`` to ``end`` that the csv module could not read."""
    if _swallows(error):
        what, cure = _ENDLESS if end > start else _TOO_LONG
    elif "unexpected end" in str(error):
        what, cure = _UNCLOSED
    else:
        what, cure = _CLOSED_LATE if end > start else _QUOTED_WITHIN
    value = stream.line(start)
    return problem(place(stream.name, start), value, what, cure, line=end, limit=LONGEST_CELL)


def _swallows(error: csv.Error) -> bool:
    return "field limit" in str(error)


def _height(row: list[str]) -> int:
    """How many lines a row takes."""
    return 1 + len(_BREAK.findall("\0".join(row)))


_FEW = 3
"""From how many times as many columns as are wanted on it is faster to pick than to transpose."""

_CLOSE = N_('Close it where the cell ends, and double the quotes within it: "".')

_TOO_MANY = (
    N_("This row has {count} cells, too many: the table has {width} columns."),
    N_("Quote the cell that holds a separator, or remove the cells too many."),
)
_TOO_FEW = (
    N_("This row has {count} cells, too few: the table has {width} columns."),
    N_("Add the cells that are missing, or quote the cell that holds a line break."),
)
_ENDLESS = (
    N_(
        "A quote that opens in this row is not closed within {limit} characters; nothing after it was read."
    ),
    _CLOSE,
)
_TOO_LONG = (
    N_("A cell of this row is longer than {limit} characters."),
    N_("Shorten it; if a quote opens it, see that it is closed."),
)
_UNCLOSED = (N_("A quote that opens in this row is never closed; nothing after it was read."), _CLOSE)
_CLOSED_LATE = (
    N_("A quote that opens in this row closes in line {line}, and not at the end of a cell."),
    _CLOSE,
)
_QUOTED_WITHIN = (
    N_("A quoted cell of this row goes on after its closing quote."),
    N_('Double the quotes within a quoted cell: "".'),
)

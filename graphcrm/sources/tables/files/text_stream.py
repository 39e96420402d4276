"""Text stream: the lines of a text file, decoded block by block, with what is odd in them marked.

A byte that cannot be decoded becomes a lone surrogate, which no decoded text holds. So reading goes on,
and whoever keeps the text finds the place. A separator of several characters becomes one control
character, since the csv module takes no other; where that character stands in the file it becomes a lone
surrogate too. ``Stream.odd`` says whether there is anything to look for.
"""

import codecs
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from graphcrm.errors import N_
from graphcrm.sources.tables.files.encodings import Encoding
from graphcrm.sources.tables.files.refusal import Stopped, place, problem
from graphcrm.sources.tables.files.table_file import Progress, unheeded

BLOCK = 1 << 18
"""How many bytes are decoded at a time."""

LONGEST_LINE = 1 << 24
"""How many characters a line may have; a longer one is not a row of a table."""

STAND_IN = "\x1f"
"""Stands for a separator of several characters."""

ODD = re.compile("[\0\ud800-\udfff]")
"""What stands in a cell that cannot be used."""

_BYTES = 0xDC00
_STAND_IN_ITSELF = "\ud81f"
_MARKED = re.compile("[\udc00-\udcff]")
_FURTHER_BREAKS = ("\v", "\f", "\x1c", "\x1d", "\x1e")
_WIDE_BREAKS = ("\x85", "\u2028", "\u2029")


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(_BYTES + byte) for byte in wrong), error.end


codecs.register_error("graphcrm.marked", _marked)


def undecoded(text: str) -> bool:
    """Whether a text holds bytes that could not be decoded."""
    return _MARKED.search(text) is not None


def legible(text: str) -> str:
    r"""A text with its undecoded bytes written out.

    >>> print(legible("M\udcfcller"))
    M\xfcller
    """
    return _MARKED.sub(lambda byte: f"\\x{ord(byte[0]) - _BYTES:02x}", text)


class Stream:
    """One reading of a text file from its start."""

    def __init__(
        self,
        path: Path,
        name: str,
        encoding: Encoding,
        *,
        separator: str = "",
        quote: str = "",
        progress: Progress = unheeded,
    ) -> None:
        self._path = path
        self.name = name
        self.encoding = encoding.name
        self._mark = encoding.mark
        self._separator = separator if len(separator) > 1 else ""
        self._quote = quote
        self._progress = progress
        self._decoder = codecs.getincrementaldecoder(encoding.name)()
        self.odd = False
        """Whether some text so far holds NUL or a lone surrogate."""
        self.restoring = False
        """Whether some cell so far may hold the stand-in, because the separator stood in quotes."""
        self.characters = 0
        """How many characters were decoded so far."""
        self._block: list[str] = []
        self._before_block = 0

    def lines(self) -> Iterator[str]:
        """The lines with their ends. Raises Stopped or OSError."""
        return chain.from_iterable(self._blocks())

    def restored(self, text: str) -> str:
        """A cell as it stands in the file."""
        if not self._separator:
            return text
        return text.replace(STAND_IN, self._separator).replace(_STAND_IN_ITSELF, STAND_IN)

    def line(self, number: int) -> str | None:
        """A line of those read last, as it stands in the file; None where it is gone."""
        index = number - 1 - self._before_block
        if not 0 <= index < len(self._block):
            return None
        return legible(self.restored(self._block[index].rstrip("\r\n")))

    def _blocks(self) -> Iterator[list[str]]:
        rest = ""
        with self._path.open("rb") as file:
            file.seek(self._mark)
            consumed = self._mark
            while block := file.read(BLOCK):
                text = rest + self._decoded(block)
                cut = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
                yield self._lines_of(text[:cut])
                rest = text[cut:]
                if len(rest) > LONGEST_LINE:
                    raise Stopped(
                        problem(
                            place(self.name),
                            rest,
                            N_("It has a line of more than {limit} characters."),
                            N_("Export it anew, each row on a line of its own."),
                            limit=LONGEST_LINE,
                        )
                    )
                self._progress(consumed + len(block))
                consumed = 0
        yield self._lines_of(rest + self._decoded(b"", final=True))

    def _lines_of(self, text: str) -> list[str]:
        self.characters += len(text)
        lines = self._split(text)
        if lines:
            self._before_block += len(self._block)
            self._block = lines
        return lines

    def _decoded(self, block: bytes, *, final: bool = False) -> str:
        decoder = self._decoder
        before = decoder.getstate()
        try:
            return decoder.decode(block, final)
        except UnicodeDecodeError:
            self.odd = True
            decoder.setstate(before)
            decoder.errors = "graphcrm.marked"
            try:
                return decoder.decode(block, final)
            finally:
                decoder.errors = "strict"

    def _split(self, text: str) -> list[str]:
        if "\0" in text:
            self.odd = True
        if self._separator:
            if STAND_IN in text:
                text = text.replace(STAND_IN, _STAND_IN_ITSELF)
                self.restoring = True
            text = text.replace(self._separator, STAND_IN)
            self.restoring = self.restoring or (self._quote in text if self._quote else False)
        if any(each in text for each in _FURTHER_BREAKS) or (
            not text.isascii() and any(each in text for each in _WIDE_BREAKS)
        ):
            return list(io.StringIO(text, newline=""))
        return text.splitlines(keepends=True)

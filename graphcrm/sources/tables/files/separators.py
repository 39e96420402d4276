"""Separators: what stands between the cells of a text table, found out from its first lines."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphcrm.sources.tables.files.text_stream import STAND_IN

LINES = 100
"""How many lines are looked at."""

_LIKELY = ("|+|", "|~|", "~|~", "^|^", "|;|", "||", "::", "~~", "^^", "##", "\t", "|", ";", ",", "^", "~")
"""The surer comes first: a comma or semicolon stands in texts more often than a tab."""

_LEAST = 0.3
"""Which share of the lines must agree."""


@dataclass(frozen=True)
class Dialect:
    """What separates cells, and what quotes them: nothing, or one character."""

    separator: str
    quote: str

    def prepared(self, lines: Sequence[str]) -> Sequence[str]:
        """Lines as the csv module can take them."""
        if len(self.separator) == 1:
            return lines
        return [line.replace(self.separator, STAND_IN) for line in lines]

    def options(self) -> dict[str, Any]:
        """How the csv module is to read it, the separator's stand-in in the separator's place."""
        return {
            "delimiter": self.separator if len(self.separator) == 1 else STAND_IN,
            "quotechar": self.quote or None,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "strict": True,
        }


def separator_of(lines: Sequence[str], quote: str, columns: int | None) -> str:
    """The separator that cuts the lines most evenly.

    ``columns`` is how many there are, where somebody said; else the first line shows it.

    >>> separator_of(["Name;Sum", "Ann;1,5", "Bob;2,5"], '"', None)
    ';'
    """
    shares = [(separator, *_evenness(lines, separator, quote, columns)) for separator in _LIKELY]
    several = [(share, separator) for separator, share, width in shares if width > 1 and share > _LEAST]
    if several:
        return max(several, key=lambda each: each[0])[1]
    single = [(share, separator) for separator, share, width in reversed(shares) if width == 1]
    return max(single, key=lambda each: each[0], default=(0, ","))[1]


def _evenness(lines: Sequence[str], separator: str, quote: str, columns: int | None) -> tuple[float, int]:
    """Which share of the rows has as many cells as the first, and how many that are."""
    dialect = Dialect(separator, quote)
    rows: list[list[str]] = []
    with suppress(csv.Error):  # a huge cell; what was read before it counts
        rows.extend(
            islice(csv.reader(dialect.prepared(lines), **{**dialect.options(), "strict": False}), LINES)
        )
    widths = [len(row) for row in rows if len(row) > 1 or "".join(row).strip()]
    if not widths:
        return 0, 1
    width = columns or widths[0]
    return widths.count(width) / len(widths), width

"""Grid: spans of an axis one after the other, and places in a cell that do not overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

ONE_BY_ONE = 5
"""So many marks in a cell still stand one below the other."""


@dataclass(frozen=True)
class Slot:
    """The room one mark needs, with its label."""

    width: float
    height: float


@dataclass(frozen=True)
class Span:
    """A stretch of an axis."""

    start: float
    length: float

    @property
    def middle(self) -> float:
        """Half way."""
        return self.start + self.length / 2

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.start + self.length


def lay(lengths: Sequence[float], start: float, gap: float) -> tuple[Span, ...]:
    """Spans of these lengths one after the other, with a gap between them."""
    spans = []
    for length in lengths:
        spans.append(Span(start, length))
        start += length + gap
    return tuple(spans)


def side_by_side(count: int) -> int:
    """How many of so many marks in a cell stand side by side: few, so that a column stays narrow.

    >>> [side_by_side(n) for n in (0, 1, 5, 6, 8, 18, 50)]
    [1, 1, 1, 2, 2, 3, 5]
    """
    return 1 if count <= ONE_BY_ONE else ceil(sqrt(count / 2))


def lines(count: int, across: int) -> int:
    """How many lines so many marks take."""
    return ceil(count / across)


def spread(count: int, across: int, column: Span, row: Span, slot: Slot) -> Iterator[tuple[float, float]]:
    """Middles of so many slots in a cell, line by line, each line and the whole centred."""
    top = row.middle - lines(count, across) * slot.height / 2
    for index in range(count):
        line, place = divmod(index, across)
        in_line = min(across, count - line * across)
        left = column.middle - in_line * slot.width / 2
        yield left + (place + 0.5) * slot.width, top + (line + 0.5) * slot.height

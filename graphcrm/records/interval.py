"""Interval: what is known of a number, from its lowest possible value to its highest."""

from collections.abc import Iterable
from math import floor
from typing import NamedTuple

DECIMALS = 6


class Interval(NamedTuple):
    """Two ends; equal where the number is known.

    >>> Interval(0.25, 0.5) * 2
    Interval(low=0.5, high=1.0)
    """

    low: float
    high: float

    def rounded(self) -> "Interval":
        """Both ends to the six decimals results are stated in."""
        return Interval(round(self.low, DECIMALS) + 0.0, round(self.high, DECIMALS) + 0.0)

    def rounded_down(self, decimals: int) -> "Interval":
        """Both ends cut to so many decimals.

        >>> Interval(0.596, 0.6).rounded_down(2)
        Interval(low=0.59, high=0.6)
        """
        scale = 10**decimals
        return Interval(*(floor(round(end * scale, DECIMALS)) / scale for end in self))

    def __mul__(self, factor: float) -> "Interval":  # type: ignore[override]
        """Both ends times a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)

    def __str__(self) -> str:
        """One number, or the two it lies between."""
        return f"{self.low:g}" if self.known else f"{self.low:g}–{self.high:g}"

    @property
    def known(self) -> bool:
        """Whether both ends are the same."""
        return self.low == self.high


class Count(NamedTuple):
    """What is known of a whole number."""

    low: int
    high: int


ANYTHING = Interval(0.0, 1.0)
"""A share nothing is known about."""


def exactly(value: float) -> Interval:
    """A number that is known."""
    return Interval(value, value)


def largest(intervals: Iterable[Interval]) -> Interval:
    """The largest low and the largest high end of one interval or more."""
    lows, highs = zip(*intervals, strict=True)
    return Interval(max(lows), max(highs))

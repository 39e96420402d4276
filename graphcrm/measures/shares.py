"""Shares whose weights are only known as intervals, bounded exactly (method, section 5)."""

from collections.abc import Iterable
from math import fsum
from typing import NamedTuple

from graphcrm.records.interval import Interval


class Term(NamedTuple):
    """One seat's part in a share: its weight, what counts of it (v), and of how much (u); 0 ≤ v ≤ u."""

    weight: Interval
    part: float
    whole: float


def smallest_share(terms: Iterable[Term]) -> float | None:
    """The least Σ w·v / Σ w·u over all weights in their intervals; None if the denominator is always 0.

    >>> terms = [Term(Interval(0.5, 1), 1, 1), Term(Interval(0, 1), 0, 1)]
    >>> smallest_share(terms), largest_share(terms)
    (0.3333333333333333, 1.0)
    """
    return _extreme(terms, largest=False)


def largest_share(terms: Iterable[Term]) -> float | None:
    """The greatest Σ w·v / Σ w·u over all weights in their intervals; None if always undefined."""
    return _extreme(terms, largest=True)


def _extreme(terms: Iterable[Term], *, largest: bool) -> float | None:
    """Order by v/u: at an extreme the first k weights stand at one end, the rest at the other.

    The share is quasi-linear in each weight, so no weight rests between its ends.
    """
    counting = [t for t in terms if t.whole > 0 and t.weight.high > 0]
    counting.sort(key=lambda t: t.part / t.whole, reverse=largest)
    uncertain = [i for i, t in enumerate(counting) if not t.weight.known]
    shares: list[float] = []
    for k in (0, *(i + 1 for i in uncertain)):
        weights = [t.weight.high if i < k else t.weight.low for i, t in enumerate(counting)]
        whole = fsum(w * t.whole for w, t in zip(weights, counting, strict=True))
        if whole > 0:
            shares.append(fsum(w * t.part for w, t in zip(weights, counting, strict=True)) / whole)
    if not shares:
        return None
    return max(shares) if largest else min(shares)


def share_interval(low_terms: Iterable[Term], high_terms: Iterable[Term]) -> Interval | None:
    """The least share of the low world and the greatest of the high one.

    A world without anything to divide counts 0; None if both are.
    """
    low, high = smallest_share(low_terms), largest_share(high_terms)
    return None if low is None and high is None else Interval(low or 0.0, high or 0.0)

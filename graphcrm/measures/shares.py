"""Shares whose weights are only known as intervals, bounded exactly (method, section 5)."""

from collections.abc import Iterable, Mapping
from math import fsum
from operator import gt, lt
from typing import Generic, NamedTuple, TypeVar

from graphcrm.records.interval import Interval

K = TypeVar("K")


class Term(NamedTuple):
    """One seat's part in a share: its weight, what counts of it (v), and of how much (u); 0 ≤ v ≤ u."""

    weight: Interval
    part: float
    whole: float


class Share(Generic[K]):
    """Σ w·v / Σ w·u over seats, to be asked again with what counts of a few seats changed.

    Weights stay with the seats. A change costs little more than the seats it concerns: sums are exact
    (``fsum``), so taking a product away leaves nothing of it.
    """

    def __init__(self, terms: Mapping[K, Term]) -> None:
        self._terms = terms
        known = [t for t in terms.values() if t.weight.known]
        self._parts = [t.weight.low * t.part for t in known]
        self._wholes = [t.weight.low * t.whole for t in known]
        self._uncertain = {key: t for key, t in terms.items() if not t.weight.known}

    def smallest(self, changed: Mapping[K, Term] | None = None) -> float | None:
        """The least share over all weights in their intervals; None if the denominator is always 0."""
        return self._extreme(changed or {}, largest=False)

    def largest(self, changed: Mapping[K, Term] | None = None) -> float | None:
        """The greatest share over all weights in their intervals; None if the denominator is always 0."""
        return self._extreme(changed or {}, largest=True)

    def _extreme(self, changed: Mapping[K, Term], *, largest: bool) -> float | None:
        """Order by v/u: at an extreme the first k weights stand at their high end, the rest at the low one.

        The share is quasi-linear in each weight, so no weight rests between its ends; and one more at its
        high end helps as long as its own v/u is beyond the share so far.
        """
        parts, wholes, uncertain = self._with(changed)
        part, whole = fsum(parts), fsum(wholes)
        unsure = [t for t in uncertain.values() if t.whole > 0]
        part += fsum(t.weight.low * t.part for t in unsure)
        whole += fsum(t.weight.low * t.whole for t in unsure)
        beyond, most = (gt, max) if largest else (lt, min)
        start = part / whole if whole > 0 else None
        for t in sorted(unsure, key=_ratio, reverse=largest):
            if whole > 0 and not beyond(_ratio(t), part / whole):
                break
            more = t.weight.high - t.weight.low
            part += more * t.part
            whole += more * t.whole
        if whole == 0:
            return None
        return part / whole if start is None else most(start, part / whole)

    def _with(self, changed: Mapping[K, Term]) -> tuple[list[float], list[float], Mapping[K, Term]]:
        """The products of known weight and the terms of uncertain weight, after a change."""
        if not changed:
            return self._parts, self._wholes, self._uncertain
        parts, wholes, uncertain = self._parts.copy(), self._wholes.copy(), dict(self._uncertain)
        for key, new in changed.items():
            old, weight = self._terms[key], new.weight.low
            if key in uncertain:
                uncertain[key] = new
            else:
                parts += (-(weight * old.part), weight * new.part)
                wholes += (-(weight * old.whole), weight * new.whole)
        return parts, wholes, uncertain


def _ratio(term: Term) -> float:
    return term.part / term.whole


def smallest_share(terms: Iterable[Term]) -> float | None:
    """The least Σ w·v / Σ w·u over all weights in their intervals; None if the denominator is always 0.

    >>> terms = [Term(Interval(0.5, 1), 1, 1), Term(Interval(0, 1), 0, 1)]
    >>> round(smallest_share(terms), 6), largest_share(terms)
    (0.333333, 1.0)
    """
    return Share(dict(enumerate(terms))).smallest()


def largest_share(terms: Iterable[Term]) -> float | None:
    """The greatest Σ w·v / Σ w·u over all weights in their intervals; None if always undefined."""
    return Share(dict(enumerate(terms))).largest()


def share_interval(low_terms: Iterable[Term], high_terms: Iterable[Term]) -> Interval | None:
    """The least share of the low world and the greatest of the high one."""
    return between(smallest_share(low_terms), largest_share(high_terms))


def between(low: float | None, high: float | None) -> Interval | None:
    """From the least share to the greatest; one with nothing to divide counts 0, None if neither has."""
    return None if low is None and high is None else Interval(low or 0.0, high or 0.0)

"""Operators over seats' parts, pairs and carriers: bounded shares, matchings, who carries half."""

from collections.abc import Iterable
from itertools import combinations
from math import fsum

import networkx as nx

from graphcrm.explanation.operator import Values, numbers, of, verdicts
from graphcrm.measures.shares import Term, largest_share, smallest_share
from graphcrm.records.explanation import Carried, Pair, SeatPart, Value, Words
from graphcrm.records.interval import ANYTHING, Interval, exactly

EXACT = 9
"""Decimals to which two sums of weights are told apart."""


def seat_part(values: Values) -> Value:
    """Weight, part and whole, in this order; of the whole 1 where none is given."""
    weight, part, *whole = numbers(values)
    return SeatPart(weight, part, *(whole or [exactly(1.0)]))


def kept(values: Values) -> Value:
    """Weight and whole, of which nothing is lost."""
    weight, whole = numbers(values)
    return SeatPart(weight, exactly(0.0), whole)


def _low(values: Values) -> list[Term]:
    return [Term(p.weight, p.part.low, p.whole.low) for p in of(SeatPart, values)]


def _high(values: Values) -> list[Term]:
    return [Term(p.weight, p.part.high, p.whole.high) for p in of(SeatPart, values)]


def share(values: Values) -> Value:
    """The least Σ w·v / Σ w·u at the low ends and the greatest at the high ends; null if undefined."""
    low, high = smallest_share(_low(values)), largest_share(_high(values))
    return None if low is None or high is None else Interval(low, high)


def least_share(values: Values) -> Value:
    """The least Σ w·v / Σ w·u over all weights; null if undefined."""
    low = smallest_share(_low(values))
    return None if low is None else exactly(low)


def greatest_share(values: Values) -> Value:
    """The greatest Σ w·v / Σ w·u over all weights; null if undefined."""
    high = largest_share(_high(values))
    return None if high is None else exactly(high)


def weighted_mean(values: Values) -> Value:
    """As ``share``, and anything if no weight is known to be above 0."""
    if not any(part.weight.low > 0 for part in of(SeatPart, values)):
        return ANYTHING
    return share(values)


def between(values: Values) -> Value:
    """The low and the high end. An end with nothing to divide counts 0; null if both have nothing."""
    low, high = (value.low if isinstance(value, Interval) else None for value in values)
    return None if low is None and high is None else Interval(low or 0.0, high or 0.0)


def pair(values: Values) -> Value:
    """Two names, and whether they are joined."""
    left, right = of(Words, values)
    (holds,) = verdicts(values)
    return Pair(left.words[0], right.words[0], holds)


def matching(values: Values) -> Value:
    """How many pairs there can be at most if nobody is in two of them, at both ends."""
    pairs = of(Pair, values)
    return Interval(
        _matched(p for p in pairs if p.holds == "proven"), _matched(p for p in pairs if p.holds != "no")
    )


def _matched(pairs: Iterable[Pair]) -> float:
    joined: nx.Graph[tuple[str, str]] = nx.Graph()
    joined.add_edges_from((("left", p.left), ("right", p.right)) for p in pairs)
    lefts = [node for node in joined if node[0] == "left"]
    return len(nx.bipartite.hopcroft_karp_matching(joined, lefts)) / 2


def only_one(values: Values) -> Value:
    """The left of the one proven pair; null if there is none or another, or if nobody in person is it."""
    proven = [p.left for p in of(Pair, values) if p.holds == "proven"]
    return Words((proven[0],)) if len(proven) == 1 and proven[0] else None


def carried(values: Values) -> Value:
    """The weight, and the lefts of proven pairs; the firm, which has no name, outdoes them."""
    by = tuple(p.left for p in of(Pair, values) if p.holds == "proven")
    return Carried(numbers(values)[0], None if "" in by else by)


def fewest_for_half(values: Values) -> Value:
    """The size of the smallest set of people without whom less than half of the weight is carried.

    Null if nothing carried has weight, or if the firm itself carries half. By exhaustion.
    """
    seats = of(Carried, values)
    whole = fsum(s.weight.low for s in seats)
    firm = fsum(s.weight.low for s in seats if s.by is None)
    if whole == 0 or round(firm, EXACT) >= round(whole / 2, EXACT):
        return None
    people = sorted({e for s in seats for e in s.by or ()})
    return next(
        exactly(float(size))
        for size in range(1, len(people) + 1)
        if any(_costs_half(seats, frozenset(gone), whole) for gone in combinations(people, size))
    )


def _costs_half(seats: Iterable[Carried], gone: frozenset[str], whole: float) -> bool:
    lost = fsum(s.weight.low for s in seats if s.by is not None and gone.issuperset(s.by))
    return round(lost, EXACT) > round(whole / 2, EXACT)


def herfindahl(values: Values) -> Value:
    """Σ (x / Σ x)²; null if there is nothing."""
    held = [number.low for number in numbers(values)]
    whole = fsum(held)
    return None if whole == 0 else exactly(fsum((x / whole) ** 2 for x in held))

"""Bus factor: how few of our employees carry half of what we reach (section 10)."""

from collections import defaultdict
from collections.abc import Mapping
from heapq import nlargest
from math import fsum

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import doors, leg

EXACT = 9
"""Decimals to which two sums of weights are told apart."""


def bus_factor(graph: AccountGraph) -> int | None:
    """The fewest employees whose leaving takes the weight of reached seats below half of today's.

    At proven strength and low weights. None if the firm's own routes hold half, or nothing reached has
    weight. Exact, by branch and bound (the word: Williams & Kessler 2002, *Pair Programming Illuminated*).
    """
    carried, kept = _carried(graph)
    whole = fsum((*carried.values(), kept))
    if whole == 0 or round(kept, EXACT) >= round(whole / 2, EXACT):
        return None
    # Seats nobody in the set carries alone stay; so the set must carry alone more than this much weight.
    needed = round(whole / 2, EXACT)
    people = sorted({e for carriers in carried for e in carriers})
    for size in range(1, len(people)):
        if _can_lose(carried, size, needed):
            return size
    return len(people)


def _carried(graph: AccountGraph) -> tuple[Mapping[frozenset[str], float], float]:
    """Weight of the reached seats by who carries them; and of those the firm's routes keep."""
    weights: defaultdict[frozenset[str], list[float]] = defaultdict(list)
    kept: list[float] = []
    for seat in graph.scope:
        through = [holder for holder, _ in doors(graph, seat)]
        if any(leg(graph.firm.get(holder), graph, "low") > 0 for holder in through):
            kept.append(seat.weight.low)
        elif carriers := frozenset(
            e for holder in through for e, tie in graph.ties[holder].items() if leg(tie, graph, "low") > 0
        ):
            weights[carriers].append(seat.weight.low)
    return {carriers: fsum(parts) for carriers, parts in weights.items()}, fsum(kept)


def _can_lose(carried: Mapping[frozenset[str], float], size: int, needed: float) -> bool:
    """Whether some ``size`` people together carry alone more than ``needed``.

    Branches on the person with the most at stake leaving or staying. The bound: share the weight of each
    seat that could still fall equally among those of its carriers who are left; so many more departures
    cannot cost more than the largest of these sums.
    """

    def branch(gone: frozenset[str], stay: frozenset[str]) -> bool:
        left = size - len(gone)
        lost = [w for carriers, w in carried.items() if carriers <= gone]
        if round(fsum(lost), EXACT) > needed:
            return True
        stakes: defaultdict[str, float] = defaultdict(float)
        for carriers, weight in carried.items():
            remaining = carriers - gone
            if 0 < len(remaining) <= left and not carriers & stay:
                for person in remaining:
                    stakes[person] += weight / len(remaining)
        if round(fsum((*lost, *nlargest(left, stakes.values()))), EXACT) <= needed:
            return False
        person = max(sorted(stakes), key=stakes.__getitem__)
        return branch(gone | {person}, stay) or branch(gone, stay | {person})

    return branch(frozenset(), frozenset())

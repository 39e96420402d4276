"""Bus factor: how few of our employees carry half of what we reach (section 10)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
        if _can_lose(carried, people, size, needed):
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


def _can_lose(
    carried: Mapping[frozenset[str], float], people: Iterable[str], size: int, needed: float
) -> bool:
    """Whether some ``size`` people together carry alone more than ``needed``.

    Branches on the next person to leave or stay; cuts where even losing every seat that so many more
    departures could still cost would not be enough.
    """
    order = sorted(people, key=lambda e: -fsum(w for c, w in carried.items() if e in c))

    def branch(at: int, gone: frozenset[str], stay: frozenset[str]) -> bool:
        left = size - len(gone)
        open_weight = fsum(w for c, w in carried.items() if not c & stay and len(c - gone) <= left)
        if round(open_weight, EXACT) <= needed:
            return False
        if round(fsum(w for c, w in carried.items() if c <= gone), EXACT) > needed:
            return True
        if left == 0 or at == len(order):
            return False
        person = order[at]
        return branch(at + 1, gone | {person}, stay) or branch(at + 1, gone, stay | {person})

    return branch(0, frozenset(), frozenset())

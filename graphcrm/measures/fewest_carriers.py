"""The fewest people who together carry alone more than so much: search, then an integer programme.

What leaves with a set of people is supermodular: two may carry together what neither carries alone. So
taking the greatest loss first proves nothing, and gives only an upper bound.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import nlargest
from math import ceil, gcd, isfinite

import numpy as np

from graphcrm.records.interval import Count

MOST_NODES = 20_000
"""How many nodes of the search tree are looked at before an integer programme is asked."""
RULING_OUT = 10
"""The part of them, one in so many, spent on ruling out smaller sets where that did not settle it."""
HAIR = 1_000
"""Units by which sums of shares, which are no whole numbers, may be off."""
PROGRAMME_NODES = 100
"""How many nodes the integer programme may look at: unlike a time, the same on every computer."""
INFEASIBLE = 2
"""What scipy's ``milp`` answers where no point fulfils the constraints."""
TOLERANCE = 1e-6
"""By how much the numbers of the integer programme may be off."""

Loads = list[tuple[frozenset[str], int]]
"""Who carries each load together, and its weight in whole units."""


def fewest_carriers(carried: Mapping[frozenset[str], int], needed: int, *, seconds: float) -> Count:
    """The least and the most people it takes to carry alone more than ``needed``; the same where settled.

    ``carried`` gives the weight of what each set of people carries together; all of them carry more than
    ``needed``. The search and the integer programme after it are limited by nodes, so that the answer does
    not depend on the computer; ``seconds`` are the programme's last resort.

    >>> fewest_carriers({frozenset("a"): 3, frozenset("bc"): 4, frozenset("d"): 2}, 5, seconds=1)
    Count(low=3, high=3)
    """
    loads = sorted(carried.items(), key=lambda load: (-load[1], sorted(load[0])))
    people = sorted({who for carriers in carried for who in carriers})
    most = _greedy(loads, needed, people)
    least = 1 + bisect_left(range(1, most), True, key=lambda size: _could(loads, size, needed))
    most, settled = _search(loads, needed, least, most, nodes=MOST_NODES)
    if settled:
        return Count(most, most)
    while least < most:  # what cannot be settled whole may still be ruled out for smaller sets
        middle = (least + most + 1) // 2
        found, settled = _search(loads, needed, least, middle, nodes=MOST_NODES // RULING_OUT)
        if not settled:
            break
        if found < middle:
            return Count(found, found)
        least = middle
    return _programme(loads, needed, people, Count(least, most), seconds)


def _greedy(loads: Loads, needed: int, people: Sequence[str]) -> int:
    """An upper bound: let stay, one after the other, whoever keeps least, while enough is still lost."""
    open_, lost, gone = loads, sum(weight for _, weight in loads), set(people)
    while gone:
        costs = dict.fromkeys(sorted(gone), 0)
        for carriers, weight in open_:
            for who in carriers:
                costs[who] += weight
        stays = min(costs, key=costs.__getitem__)
        if lost - costs[stays] <= needed:
            break
        lost -= costs[stays]
        gone.discard(stays)
        open_ = [load for load in open_ if stays not in load[0]]
    return len(gone)


def _shares(loads: Loads, size: int) -> dict[str, float]:
    """The weight of each load that ``size`` more people can carry alone, shared equally by its carriers."""
    shares: defaultdict[str, float] = defaultdict(float)
    for carriers, weight in loads:
        if len(carriers) <= size:
            share = weight / len(carriers)
            for who in carriers:
                shares[who] += share
    return shares


def _could(loads: Loads, size: int, needed: int) -> bool:
    """Whether ``size`` departures might cost enough: never more than the largest of these shares."""
    return sum(nlargest(size, _shares(loads, size).values())) + HAIR > needed


def _search(loads: Loads, needed: int, least: int, most: int, *, nodes: int) -> tuple[int, bool]:
    """Branch and bound on who has the most at stake: the fewest found, and whether that is proven."""
    branches: list[tuple[int, int, Loads]] = [(0, 0, loads)]
    for _ in range(nodes):
        if most == least or not branches:
            return most, True
        gone, lost, open_ = branches.pop()
        if lost > needed:
            most = min(most, gone)
            continue
        size = most - 1 - gone
        shares = _shares(open_, size)
        if lost + sum(nlargest(size, shares.values())) + HAIR <= needed or not shares:
            continue
        person = max(sorted(shares), key=shares.__getitem__)
        stays = [load for load in open_ if person not in load[0]]
        leaves = [(carriers - {person}, weight) for carriers, weight in open_]
        falls = sum(weight for carriers, weight in leaves if not carriers)
        branches.append((gone, lost, stays))
        branches.append((gone + 1, lost + falls, [load for load in leaves if load[0]]))
    return most, False


def _programme(loads: Loads, needed: int, people: Sequence[str], known: Count, seconds: float) -> Count:
    """The same as an integer programme (HiGHS): who leaves (0 or 1), and the part of each load that falls.

    Its numbers are floating, so what it finds counts only if whole units confirm it; what it proves counts
    rounded down, for its tolerance can only let more sets pass.
    """
    # Imported where it is needed: that takes longer than most reviews, and few accounts come here.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    place = {who: i for i, who in enumerate(people)}
    pairs = [(j, place[who]) for j, (carriers, _) in enumerate(loads) for who in sorted(carriers)]
    rows = np.arange(len(pairs))
    falls, leaves = np.array(pairs, dtype=np.intp).T
    # A load falls no further than each of its carriers leaves.
    alone = csr_array(
        (
            np.r_[np.ones(len(pairs)), -np.ones(len(pairs))],
            (np.r_[rows, rows], np.r_[falls + len(people), leaves]),
        ),
        shape=(len(pairs), len(people) + len(loads)),
    )
    # All sums are multiples of the unit: to ask for the least that suffices keeps ties out of tolerance.
    unit = gcd(*(weight for _, weight in loads))
    suffices = needed // unit + 1
    scale = len(loads) * unit / sum(weight for _, weight in loads)
    counted = np.r_[np.ones(len(people)), np.zeros(len(loads))]
    lost = np.r_[np.zeros(len(people)), [weight // unit * scale for _, weight in loads]]
    answer = milp(
        counted,
        integrality=counted,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(alone, -np.inf, 0),
            LinearConstraint(lost[None, :], suffices * scale, np.inf),
            LinearConstraint(counted[None, :], known.low, known.high - 1),
        ],
        options={"node_limit": PROGRAMME_NODES, "time_limit": seconds},
    )
    if answer.status == INFEASIBLE:
        return Count(known.high, known.high)
    least, most = known
    if answer.mip_dual_bound is not None and isfinite(answer.mip_dual_bound):
        least = max(least, ceil(answer.mip_dual_bound - TOLERANCE))
    if answer.x is not None:
        gone = {who for who, leaves_ in zip(people, answer.x, strict=False) if leaves_ > 1 / 2}
        if sum(weight for carriers, weight in loads if carriers <= gone) > needed:
            most = min(most, len(gone))
    return Count(least, most)

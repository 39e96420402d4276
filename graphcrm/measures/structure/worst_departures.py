"""Worst departures: which one, two or three of ours, leaving together, cost most (section 10)."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from math import comb, fsum

import numpy as np

from graphcrm.errors import N_, Message
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.once import once
from graphcrm.graph.reach import reach, routes
from graphcrm.measures.structure.top_sets import TOO_MANY, top_sets
from graphcrm.records.structure import TopSets

SIZES = (1, 2, 3)
"""How many leave together."""
NO_REACH = N_("Nobody of ours has a proven route to a seat that has weight.")


def worst_departures(graph: AccountGraph, size: int) -> TopSets | Message:
    """The greatest loss(S) = (T − T without S)/T, T = Σ w·R, of ``size`` employees, and every such set.

    A share of reach, 0..1, at proven strength and low weights, over the employees with a live route; no
    set where nothing is lost. Loss is supermodular: the worst pair may hold neither of the worst two, so
    every set is looked at, up to three of ours. The reason instead, where T is 0, where fewer than ``size``
    employees have a route, or where there are more sets than the policy lets be looked at.
    """
    people = carriers(graph)
    whole = fsum(seat.weight.low * reach(graph, "low")[seat.id] for seat in graph.scope)
    if whole == 0:
        return Message(NO_REACH)
    if len(people) < size:
        return Message(N_("Fewer than {size} of ours have a proven route to a seat."), {"size": size})
    if (count := comb(len(people), size)) > (most := graph.policy.structure.most_sets):
        return Message(TOO_MANY, {"count": count, "size": size, "most": most})
    place = {who: i for i, who in enumerate(people)}
    sets = np.array(list(combinations(range(len(people)), size)), dtype=np.intp)
    losses = np.zeros(len(sets))
    for n in range(1, size + 1):
        table = np.zeros((len(people),) * n)
        for together, weight in _lost_together(graph).items():
            if len(together) == n:
                table[tuple(sorted(place[who] for who in together))] = weight / whole
        for columns in combinations(range(size), n):
            losses += table[tuple(sets[:, column] for column in columns)]
    return top_sets(sets, losses, people)


def carriers(graph: AccountGraph) -> tuple[str, ...]:
    """The employees with a live route to a seat in scope at proven strength, in id order."""
    through = routes(graph, "low").values()
    return tuple(sorted({who for best in through for who in best if who is not None}))


@once
def _lost_together(graph: AccountGraph) -> Mapping[frozenset[str], float]:
    """What is lost once all of a set have left: w·(V_k − V_k+1) of each seat whose best k are these.

    The loss of a set is the sum over its subsets, so the four best routes to a seat price every triple
    without removing anybody. The firm never leaves, so nothing is lost beyond its route.
    """
    steps: defaultdict[frozenset[str], list[float]] = defaultdict(list)
    for seat in graph.scope:
        best = sorted(routes(graph, "low")[seat.id].items(), key=lambda route: -route[1])
        gone: frozenset[str] = frozenset()
        for k, (who, strength) in enumerate(best[: max(SIZES)], start=1):
            if who is None:
                break
            gone |= {who}
            rest = best[k][1] if k < len(best) else 0.0
            steps[gone].append(seat.weight.low * (strength - rest))
    return {together: fsum(parts) for together, parts in steps.items()}

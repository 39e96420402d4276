"""Bus factor: how few of our employees carry half of what we reach (section 10)."""

from collections import defaultdict
from collections.abc import Mapping
from math import fsum

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.once import once
from graphcrm.graph.reach import routes
from graphcrm.measures.fewest_carriers import fewest_carriers
from graphcrm.records.interval import Count

SAME = 10**3
"""Units by which two sums of weights must differ to be told apart: a billionth."""
UNITS = 10**12
"""Units that a weight is counted in: as whole numbers their sums are exact in any order."""


def bus_factor(graph: AccountGraph) -> int | None:
    """The fewest employees whose leaving takes the weight of reached seats below half of today's.

    1 or more, at proven strength and low weights. None if the firm's own routes hold half, if nothing
    reached has weight, or if it was not settled within the limits of the search. The word: Williams &
    Kessler 2002, *Pair Programming Illuminated*; with weights it is the contributor absence factor of
    CHAOSS (https://chaoss.community/kb/metric-contributor-absence-factor/).
    """
    bounds = bus_factor_bounds(graph)
    return bounds.low if bounds is not None and bounds.low == bounds.high else None


@once
def bus_factor_bounds(graph: AccountGraph) -> Count | None:
    """The least and the most the bus factor can be; the same where it is settled.

    None if the firm's own routes hold half, or nothing reached has weight. Exhaustive search first, then an
    integer programme, both limited by size; the policy's seconds are the last resort.
    """
    carried, kept = _carried(graph)
    # Seats nobody in the set carries alone stay; so the set must carry alone more than half of the weight.
    whole = sum(carried.values()) + kept
    needed = whole // 2 + SAME
    if sum(carried.values()) <= needed:
        return None
    return fewest_carriers(carried, needed, seconds=graph.policy.structure.seconds)


def firm_holds_weight(graph: AccountGraph) -> bool:
    """Whether the firm's own routes reach a seat known to have weight, whoever leaves."""
    _, kept = _carried(graph)
    return kept > 0


def _carried(graph: AccountGraph) -> tuple[Mapping[frozenset[str], int], int]:
    """Weight of the reached seats by who carries them; and of those the firm's routes keep."""
    weights: defaultdict[frozenset[str], list[float]] = defaultdict(list)
    kept: list[float] = []
    reached = routes(graph, "low")
    for seat in graph.scope:
        carriers = reached[seat.id]
        if None in carriers:
            kept.append(seat.weight.low)
        elif carriers and seat.weight.low > 0:
            weights[frozenset(who for who in carriers if who is not None)].append(seat.weight.low)
    return {carriers: _units(parts) for carriers, parts in weights.items()}, _units(kept)


def _units(weights: list[float]) -> int:
    return round(fsum(weights) * UNITS)

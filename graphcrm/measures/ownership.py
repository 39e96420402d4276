"""Ownership: is the relationship one person's (section 10)."""

from collections import defaultdict
from math import fsum

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import leg


def ownership_hhi(graph: AccountGraph) -> float | None:
    """Σ shareₑ², shareₑ ∝ Σ w·direct live strength of e: 1 is one owner, 1/n is n equal ones.

    At proven strength and low weights; None where nobody holds anything. Herfindahl–Hirschman index
    (Hirschman 1964, American Economic Review 54(5)).
    """
    held: defaultdict[str, list[float]] = defaultdict(list)
    for seat in graph.scope:
        if seat.holder is not None:
            for employee, tie in graph.ties[seat.holder].items():
                held[employee].append(seat.weight.low * leg(tie, graph, "low"))
    totals = [fsum(parts) for _, parts in sorted(held.items())]
    whole = fsum(totals)
    return None if whole == 0 else fsum((t / whole) ** 2 for t in totals)

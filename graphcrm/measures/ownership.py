"""Ownership: is the relationship one person's (section 10)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from math import fsum

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import leg


def ownership_hhi(graph: AccountGraph) -> float | None:
    """Σ shareₑ², shareₑ ∝ Σ w·direct live strength of e: 1 is one owner, 1/n is n equal ones.

    At proven strength and low weights; None where nobody holds anything. Herfindahl–Hirschman index
    (Hirschman 1964, American Economic Review 54(5)).
    """
    return hhi(ownership_shares(graph).values())


def ownership_shares(graph: AccountGraph) -> Mapping[str, float]:
    """The part of all direct live strength, times weight, that is each employee's; they add up to 1.

    Employees who hold something, in id order; empty where nobody does.
    """
    held: defaultdict[str, list[float]] = defaultdict(list)
    for seat in graph.scope:
        if seat.holder is not None:
            for employee, tie in graph.ties[seat.holder].items():
                held[employee].append(seat.weight.low * leg(tie, graph, "low"))
    totals = {employee: fsum(parts) for employee, parts in sorted(held.items())}
    whole = fsum(totals.values())
    return {employee: total / whole for employee, total in totals.items() if total > 0}


def hhi(shares: Collection[float]) -> float | None:
    """Σ share²; None without shares.

    >>> round(hhi([0.3, 0.3, 0.2, 0.2]), 6)
    0.26
    """
    return fsum(share**2 for share in shares) if shares else None

"""Breadth (面): which departments and levels we reach in person (section 6)."""

from collections import defaultdict
from math import fsum

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import End, leg
from graphcrm.records.interval import ANYTHING, Interval


def breadth(graph: AccountGraph) -> Interval:
    """B = Σ m·(mean over the department's level cells of min(1, share/target)) / Σ m.

    Over the account's own departments, m their importance; own seats without a department form one more
    of importance 1. A cell is the seats of one level (those of unknown level form one); its share is that
    with a direct live tie of a present employee. A department without seats counts 0. Anything, where
    there is nothing of importance. The idea: contact density (Palmatier 2008, doi:10.1509/jmkg.72.4.76).
    """
    cells = department_cells(graph)
    importance: dict[str | None, float] = {d.id: d.importance for d in graph.departments}
    if None in cells:
        importance[None] = 1.0
    whole = fsum(importance.values())
    if whole == 0:
        return ANYTHING

    def covered(end: End) -> float:
        return (
            fsum(
                m * _department(graph, cells.get(department, {}), end)
                for department, m in importance.items()
            )
            / whole
        )

    return Interval(covered("low"), covered("high"))


def department_cells(graph: AccountGraph) -> dict[str | None, dict[int | None, list[SeatNode]]]:
    """The account's own seats by department (None: without one) and level (None: unknown)."""
    cells: dict[str | None, dict[int | None, list[SeatNode]]] = defaultdict(lambda: defaultdict(list))
    known = {d.id for d in graph.departments}
    for seat in graph.scope:
        if seat.own:
            department = seat.department if seat.department in known else None
            cells[department][seat.level].append(seat)
    return cells


def directly_reached(graph: AccountGraph, seat: SeatNode, end: End) -> bool:
    """Whether a present employee has a live tie to the seat's holder."""
    return seat.holder is not None and any(
        leg(tie, graph, end) > 0 for tie in graph.ties[seat.holder].values()
    )


def _department(graph: AccountGraph, cells: dict[int | None, list[SeatNode]], end: End) -> float:
    if not cells:
        return 0.0
    shares = []
    for level, seats in cells.items():
        share = sum(directly_reached(graph, s, end) for s in seats) / len(seats)
        shares.append(min(1.0, share / graph.policy.breadth.target(level)))
    return fsum(shares) / len(shares)

"""Breadth (面): which departments and levels we reach in person (section 6)."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import fsum

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.once import once
from graphcrm.graph.reach import End, legs
from graphcrm.records.interval import ANYTHING, Interval

Cell = tuple[str | None, int | None]
"""A department (None: without one) and a level of its seats (None: unknown)."""


def breadth(graph: AccountGraph, *, without: str | None = None) -> Interval:
    """B = Σ m·(mean over the department's level cells of min(1, share/target)) / Σ m.

    Over the account's own departments, m their importance; own seats without a department form one more
    of importance 1. A cell is the seats of one level (those of unknown level form one); its share is that
    with a direct live tie of a present employee (``without`` one, if named). A department without seats
    counts 0. Anything, where there is nothing of importance. The idea: contact density (Palmatier 2008,
    doi:10.1509/jmkg.72.4.76).
    """
    cells = department_cells(graph)
    importance: dict[str | None, float] = {d.id: d.importance for d in graph.departments}
    if None in cells:
        importance[None] = 1.0
    whole = fsum(importance.values())
    if whole == 0:
        return ANYTHING

    def covered(end: End) -> float:
        values = _departments(graph, end)
        fallen = {} if without is None else _fallen(graph, end, without)
        return fsum(m * fallen.get(d, values.get(d, 0.0)) for d, m in importance.items()) / whole

    return Interval(covered("low"), covered("high"))


@once
def department_cells(graph: AccountGraph) -> Mapping[str | None, Mapping[int | None, list[SeatNode]]]:
    """The account's own seats by department (None: without one) and level (None: unknown)."""
    cells: dict[str | None, dict[int | None, list[SeatNode]]] = defaultdict(lambda: defaultdict(list))
    known = {d.id for d in graph.departments}
    for seat in graph.scope:
        if seat.own:
            department = seat.department if seat.department in known else None
            cells[department][seat.level].append(seat)
    return {department: dict(levels) for department, levels in cells.items()}


def directly_reached(graph: AccountGraph, seat: SeatNode, end: End) -> bool:
    """Whether a present employee has a live tie to the seat's holder."""
    return seat.holder is not None and any(who is not None for who in legs(graph, end)[seat.holder])


def _department(graph: AccountGraph, department: str | None, reached: Mapping[Cell, int]) -> float:
    shares = [
        min(1.0, reached.get((department, level), 0) / len(seats) / graph.policy.breadth.target(level))
        for level, seats in department_cells(graph)[department].items()
    ]
    return fsum(shares) / len(shares)


@once
def _departments(graph: AccountGraph, end: End) -> Mapping[str | None, float]:
    """The coverage of every department with seats."""
    reached = _reached(graph, end)
    return {d: _department(graph, d, reached) for d in department_cells(graph)}


@once
def _reached(graph: AccountGraph, end: End) -> Mapping[Cell, int]:
    """How many seats of each cell are directly reached."""
    return Counter(
        (department, level)
        for department, levels in department_cells(graph).items()
        for level, seats in levels.items()
        for seat in seats
        if directly_reached(graph, seat, end)
    )


@once
def _alone(graph: AccountGraph, end: End) -> Mapping[str, Counter[Cell]]:
    """By employee: how many seats of each cell nobody else of ours reaches directly."""
    alone: defaultdict[str, Counter[Cell]] = defaultdict(Counter)
    direct = legs(graph, end)
    for department, levels in department_cells(graph).items():
        for level, seats in levels.items():
            for seat in seats:
                known_by = [] if seat.holder is None else [e for e in direct[seat.holder] if e is not None]
                if len(known_by) == 1:
                    alone[known_by[0]][department, level] += 1
    return alone


def _fallen(graph: AccountGraph, end: End, without: str) -> dict[str | None, float]:
    """The coverage of the departments that an employee's leaving lowers."""
    lost = _alone(graph, end).get(without, Counter())
    if not lost:
        return {}
    reached = _reached(graph, end)
    left = {**reached, **{cell: reached[cell] - count for cell, count in lost.items()}}
    return {d: _department(graph, d, left) for d in {department for department, _ in lost}}

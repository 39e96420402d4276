"""What is missing about departments: which matter more, and who sits in them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphcrm.errors import N_
from graphcrm.gaps.entering import entered, holder_we_know
from graphcrm.gaps.gap import Found, Gap, Looked, Subject
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.breadth import breadth
from graphcrm.records.base import Record
from graphcrm.records.bundle import Bundle
from graphcrm.records.department import Department
from graphcrm.records.seat import Seat

ALL_THAT_MATTERS = 1_000_000.0
"""An importance beside which the others vanish; the largest a record may have."""


def _importance(snapshot: Snapshot) -> Looked:
    """Departments of an account that has several, all of the importance that holds where none is stated."""
    departments = [d for graph in snapshot.graphs() for d in graph.departments]
    found = (
        _found(department)
        for graph in snapshot.graphs()
        if len(graph.departments) > 1 and {d.importance for d in graph.departments} == {1.0}
        for department in graph.departments
    )
    return Looked(len(departments), tuple(found))


def _one_matters(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Of each account the department we cover best is all that matters, and: the one we cover worst."""
    graphs = [snapshot.graph(a) for a in sorted({a for _, accounts in found for a in accounts})]
    for pick in (max, min):
        yield entered(
            snapshot,
            (
                department
                for graph in graphs
                for department in _only(
                    graph,
                    pick(graph.departments, key=lambda d, g=graph: breadth(_of(g, d)).low),  # type: ignore[misc]
                )
            ),
        )


def _only(graph: AccountGraph, matters: Department) -> tuple[Department, ...]:
    return tuple(
        d.model_copy(update={"importance": ALL_THAT_MATTERS if d.id == matters.id else 0.0})
        for d in graph.departments
    )


def _of(graph: AccountGraph, matters: Department) -> AccountGraph:
    return replace(graph, departments=_only(graph, matters))


def _without_seat(snapshot: Snapshot) -> Looked:
    departments = [d for graph in snapshot.graphs() for d in graph.departments]
    filled = {seat.department for seat in snapshot.facts.seats.values()}
    return Looked(len(departments), tuple(_found(d) for d in departments if d.id not in filled))


def _a_seat_we_reach(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """A seat without a say whose holder we know; none, which is the worst, is what is on record."""

    def records() -> Iterator[Record]:
        for subject, accounts in found:
            for department in subject.ids:
                seat = f"?{department}"
                yield Seat(id=seat, account=accounts[0], department=department, roles=())
                yield from holder_we_know(snapshot, seat, accounts[0])

    yield entered(snapshot, records())


def _found(department: Department) -> Found:
    return Found(Subject("departments", (department.id,), department.name), (department.account,))


IMPORTANCE_UNKNOWN = Gap(
    "importance_unknown",
    N_("Departments of which nobody said which matter more"),
    N_("All of an account count alike in breadth: say which of them matter to us."),
    _importance,
    _one_matters,
)
DEPARTMENT_EMPTY = Gap(
    "department_empty",
    N_("Departments without a seat"),
    N_("They count as not reached: enter who works there, or take them out."),
    _without_seat,
    _a_seat_we_reach,
)

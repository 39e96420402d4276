"""department_unreached: a department has seats, and none with a live tie to one of ours."""

from graphcrm.errors import N_
from graphcrm.findings.rule import Hit, Looked, MeasureRule
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.breadth import department_cells, directly_reached
from graphcrm.records.review import Measures


def _look(graph: AccountGraph, measures: Measures) -> Looked:
    del measures
    cells = department_cells(graph)
    staffed = [
        (d, [s for level in cells[d.id].values() for s in level])
        for d in graph.departments
        if d.id in cells
    ]
    hits = [
        Hit((department.id,), {"department": department.name}, {"seats": [s.id for s in seats]})
        for department, seats in staffed
        if not any(directly_reached(graph, s, "low") for s in seats)
    ]
    return Looked(len(staffed), hits)


RULE = MeasureRule(
    "department_unreached", "medium", N_("Nobody of ours knows anybody in {department}."), _look
)

"""single_threaded_decider: only one of our employees gets through to a decider."""

from graphcrm.errors import N_
from graphcrm.findings.rule import Hit, Looked, MeasureRule, decider_seats, employee_name, seat_name
from graphcrm.graph.account import AccountGraph
from graphcrm.records.review import Measures


def _look(graph: AccountGraph, measures: Measures) -> Looked:
    deciders = decider_seats(graph)
    hits = [
        Hit(
            (s.id,),
            {"seat": seat_name(graph, s), "employee": employee_name(graph, employee)},
            {"employee": employee, "reach": measures.reach.low[s.id]},
        )
        for s in deciders
        if (employee := measures.sole_route.get(s.id)) is not None
    ]
    return Looked(len(deciders), hits)


RULE = MeasureRule(
    "single_threaded_decider", "high", N_("{seat} decides, and only {employee} gets through."), _look
)

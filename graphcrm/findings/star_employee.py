"""star_employee: with one employee at least half of the reach leaves, proven."""

from graphcrm.errors import N_
from graphcrm.findings.rule import Hit, Looked, MeasureRule, employee_name
from graphcrm.graph.account import AccountGraph
from graphcrm.records.interval import exactly
from graphcrm.records.review import Measures
from graphcrm.records.words import percent


def _look(graph: AccountGraph, measures: Measures) -> Looked:
    hits = [
        Hit(
            (employee,),
            {"employee": employee_name(graph, employee), "share": f"{percent(exactly(loss.low))} %"},
            {"departure_loss": list(loss)},
        )
        for employee, loss in measures.departure_loss.items()
        if loss is not None and loss.low >= graph.policy.findings.star_loss
    ]
    return Looked(len(measures.departure_loss), hits)


RULE = MeasureRule(
    "star_employee", "high", N_("At least {share} of our reach leaves with {employee}."), _look
)

"""fading_tie: a tie to the holder of a key seat is live now and will not be without new contact."""

from graphcrm.errors import N_
from graphcrm.findings.rule import Hit, Looked, MeasureRule, employee_name, key_seats
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import leg
from graphcrm.records.review import Measures


def _look(graph: AccountGraph, measures: Measures) -> Looked:
    del measures
    holders = sorted({s.holder for s in key_seats(graph) if s.holder is not None})
    live = [
        (employee, contact, tie)
        for contact in holders
        for employee, tie in graph.ties[contact].items()
        if leg(tie, graph, "low") > 0
    ]
    hits = [
        Hit(
            (employee, contact),
            {
                "employee": employee_name(graph, employee),
                "contact": graph.contacts[contact].name,
                "days": str(graph.policy.fade_days),
            },
            {"strength_now": tie.now.low, "strength_later": tie.later.low},
        )
        for employee, contact, tie in live
        if leg(tie, graph, "low", "later") == 0
    ]
    return Looked(len(live), hits)


RULE = MeasureRule(
    "fading_tie",
    "medium",
    N_("{employee} loses touch with {contact} within {days} days without contact."),
    _look,
)

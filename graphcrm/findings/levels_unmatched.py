"""levels_unmatched: even at best, fewer than half of the top seats meet somebody of ours on their level."""

from graphcrm.errors import N_
from graphcrm.findings.rule import Hit, Looked, MeasureRule
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.organisation import matched_seats
from graphcrm.records.review import Measures


def _look(graph: AccountGraph, measures: Measures) -> Looked:
    matching = measures.organisation_elements.matching
    unmatched = matching.high < graph.policy.findings.matching
    return Looked(
        len(matched_seats(graph)), [Hit((), evidence={"matching": list(matching)})] if unmatched else []
    )


RULE = MeasureRule(
    "levels_unmatched",
    "medium",
    N_("Too few of their leaders meet somebody of ours on their own level."),
    _look,
)

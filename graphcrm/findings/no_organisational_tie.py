"""no_organisational_tie: no communication, joint work or recognition, or no mechanism in force."""

from graphcrm.errors import N_
from graphcrm.findings.rule import Hit, Looked, MeasureRule
from graphcrm.graph.account import AccountGraph
from graphcrm.records.review import Measures

NOTHING = N_("No mechanism between the companies is in force: enter those there are.")


def _look(graph: AccountGraph, measures: Measures) -> Looked:
    e = measures.organisation_elements
    none_works = e.communication.high == e.joint_work.high == e.recognition.high == 0
    hits = []
    if none_works or not graph.mechanisms:
        unknown = not graph.mechanisms and not graph.account.mechanisms_complete
        evidence = {"mechanisms": [m.id for m in graph.mechanisms]}
        hits = [Hit((), evidence=evidence, says=NOTHING if unknown else None)]
    return Looked(len(graph.mechanisms), hits)


RULE = MeasureRule("no_organisational_tie", "medium", N_("Nothing ties company to company."), _look)

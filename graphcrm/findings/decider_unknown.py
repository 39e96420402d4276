"""decider_unknown: no seat in scope is known to decide or approve."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked, decider_seats
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    hits = [] if decider_seats(graph) else [Hit((), evidence={"seats": len(graph.scope)})]
    return Looked(len(graph.scope), hits)


RULE = FactRule("decider_unknown", "high", N_("Nobody is known to decide here: find out who does."), _look)

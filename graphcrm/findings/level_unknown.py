"""level_unknown: on which level a seat is, is not on record."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked, seat_name
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    hits = [Hit((s.id,), {"seat": seat_name(graph, s)}) for s in graph.scope if s.level is None]
    return Looked(len(graph.scope), hits)


RULE = FactRule("level_unknown", "low", N_("The level of {seat} is not known."), _look)

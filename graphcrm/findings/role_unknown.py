"""role_unknown: what a seat has to say in a decision is not on record."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked, seat_name
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    hits = [Hit((s.id,), {"seat": seat_name(graph, s)}) for s in graph.scope if s.roles is None]
    return Looked(len(graph.scope), hits)


RULE = FactRule("role_unknown", "low", N_("What {seat} has to say is not known."), _look)

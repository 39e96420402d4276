"""attitude_unknown: whether the holder of a key seat supports us is not on record."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked, key_seats
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    holders = sorted({s.holder for s in key_seats(graph) if s.holder is not None})
    hits = [
        Hit((contact,), {"contact": graph.contacts[contact].name})
        for contact in holders
        if graph.contacts[contact].attitude is None
    ]
    return Looked(len(holders), hits)


RULE = FactRule("attitude_unknown", "low", N_("Whether {contact} supports us is not known."), _look)

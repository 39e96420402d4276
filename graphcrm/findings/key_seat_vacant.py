"""key_seat_vacant: nobody holds a key seat; it stays a blind spot until it is filled."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked, key_seats, seat_name
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    key = key_seats(graph)
    hits = [
        Hit((s.id,), {"seat": seat_name(graph, s)}, {"decision_weight": list(s.weight.rounded())})
        for s in key
        if s.holder is None
    ]
    return Looked(len(key), hits)


RULE = FactRule("key_seat_vacant", "medium", N_("{seat} is vacant, and a key seat."), _look)

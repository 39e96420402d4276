"""opponent_decides: who holds a decider's seat is against us."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked, decider_seats, seat_name
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    held = [(s, graph.contacts[s.holder]) for s in decider_seats(graph) if s.holder is not None]
    hits = [
        Hit(
            (seat.id, holder.id),
            {"seat": seat_name(graph, seat)},
            {"contact": holder.id, "attitude": holder.attitude},
        )
        for seat, holder in held
        if holder.attitude in graph.policy.opposed
    ]
    return Looked(len(held), hits)


RULE = FactRule("opponent_decides", "high", N_("{seat} decides, and is against us."), _look)

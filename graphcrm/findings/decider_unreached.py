"""decider_unreached: a decider's seat is occupied and no live route leads to it."""

from graphcrm.errors import N_
from graphcrm.findings.rule import Hit, Looked, MeasureRule, decider_seats, seat_name
from graphcrm.graph.account import AccountGraph
from graphcrm.records.review import Measures

POSSIBLY = N_("{seat} decides; whether anybody of ours gets through is not known.")


def _look(graph: AccountGraph, measures: Measures) -> Looked:
    occupied = [s for s in decider_seats(graph) if s.holder is not None]
    hits = [
        Hit(
            (s.id,),
            {"seat": seat_name(graph, s)},
            {"reach": [0.0, measures.reach.high[s.id]], "possibly_reached": measures.reach.high[s.id] > 0},
            says=POSSIBLY if measures.reach.high[s.id] > 0 else None,
        )
        for s in occupied
        if measures.reach.low[s.id] == 0
    ]
    return Looked(len(occupied), hits)


RULE = MeasureRule(
    "decider_unreached", "high", N_("{seat} decides, and nobody of ours gets through."), _look
)

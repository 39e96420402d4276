"""Contact loss: what falls away when a person at the customer leaves all seats (section 8)."""

from collections import defaultdict
from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.once import once
from graphcrm.graph.reach import ENDS, End, doors, legs, reach
from graphcrm.measures.shares import Share, Term, between
from graphcrm.records.interval import Interval


@once
def contact_loss(graph: AccountGraph) -> Mapping[str, Interval | None]:
    """The share of T = Σ w·R that falls with each holder of a seat in scope; None where T can only be 0.

    All of the person's seats fall vacant and keep their weight, so the person is no gate any more. High
    end: ties into the person (the firm's too) high, the rest low; low end the other way round.
    """
    best = {end: _best_legs(graph, end) for end in ENDS}
    whole = {end: reach(graph, end) for end in ENDS}
    unmoved = {
        end: Share({s.id: Term(s.weight, 0.0, whole[end][s.id]) for s in graph.scope}) for end in ENDS
    }
    doors_of = {s.id: list(doors(graph, s)) for s in graph.scope}
    behind: defaultdict[str, list[SeatNode]] = defaultdict(list)
    for seat in graph.scope:
        for holder in {holder for holder, _ in doors_of[seat.id]}:
            behind[holder].append(seat)

    def changed(person: str, own: End, others: End) -> dict[str, Term]:
        """The seats the person holds, or opens a door to, in the world where ties into them stand apart."""
        terms = {}
        for seat in behind[person]:
            if seat.holder == person:
                terms[seat.id] = Term(seat.weight, whole[own][seat.id], whole[own][seat.id])
                continue
            through = stays = 0.0
            for holder, factor in doors_of[seat.id]:
                if holder == person:
                    through = max(through, best[own][holder] * factor)
                else:
                    stays = max(stays, best[others][holder] * factor)
            today = max(through, stays)
            terms[seat.id] = Term(seat.weight, today - stays, today)
        return terms

    return {
        p: between(
            unmoved["high"].smallest(changed(p, "low", "high")),
            unmoved["low"].largest(changed(p, "high", "low")),
        )
        for p in sorted({s.holder for s in graph.scope if s.holder is not None})
    }


def _best_legs(graph: AccountGraph, end: End) -> Mapping[str, float]:
    """The best direct leg into each contact, an employee's or the firm's."""
    return {contact: max(theirs.values(), default=0.0) for contact, theirs in legs(graph, end).items()}

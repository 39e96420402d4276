"""Contact loss: what falls away when a person at the customer leaves all seats (section 8)."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import End, doors, leg, reach
from graphcrm.measures.shares import Term, share_interval
from graphcrm.records.interval import Interval


def contact_loss(graph: AccountGraph) -> Mapping[str, Interval | None]:
    """The share of T = Σ w·R that falls with each holder of a seat in scope; None where T can only be 0.

    All of the person's seats fall vacant and keep their weight, so the person is no gate any more. High
    end: ties into the person (the firm's too) high, the rest low; low end the other way round.
    """
    holders = sorted({s.holder for s in graph.scope if s.holder is not None})
    best = {end: _best_legs(graph, end) for end in ("low", "high")}
    whole = {end: reach(graph, end) for end in ("low", "high")}

    def terms(person: str, own: End, others: End) -> list[Term]:
        legs = {**best[others], person: best[own][person]}
        return [
            Term(s.weight, whole[own][s.id], whole[own][s.id])
            if s.holder == person
            else _through(graph, s, person, legs)
            for s in graph.scope
        ]

    return {p: share_interval(terms(p, "low", "high"), terms(p, "high", "low")) for p in holders}


def _best_legs(graph: AccountGraph, end: End) -> dict[str, float]:
    """The best direct leg into each contact, an employee's or the firm's."""
    return {
        contact: max((leg(t, graph, end) for t in (*ties.values(), graph.firm.get(contact))), default=0.0)
        for contact, ties in graph.ties.items()
    }


def _through(graph: AccountGraph, seat: SeatNode, person: str, legs: Mapping[str, float]) -> Term:
    """What a seat held by somebody else loses when the person opens no door to it any more."""
    routes = [(holder, legs[holder] * factor) for holder, factor in doors(graph, seat)]
    today = max((strength for _, strength in routes), default=0.0)
    stays = max((strength for holder, strength in routes if holder != person), default=0.0)
    return Term(seat.weight, today - stays, today)

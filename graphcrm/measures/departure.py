"""Departures: what leaves with one of our employees (section 8)."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import ENDS, End, labels, routes
from graphcrm.measures.shares import Term, share_interval
from graphcrm.records.interval import Interval, exactly, largest


def departure_loss(graph: AccountGraph) -> Mapping[str, Interval | None]:
    """loss(e) = (T − T without e)/T, T = Σ w·R: the share of reach that leaves with each employee.

    Of the present employees with a tie to, or interaction with, a holder of a seat in scope or of a gate
    to one. High end: e's own ties high, all others and the firm's low; low end the other way round. None
    where T can only be 0.
    """
    worlds = {end: (routes(graph, end), labels(graph, end)) for end in ENDS}

    def terms(employee: str, own: End, others: End) -> list[Term]:
        """Each seat in the world where e's ties stand at one end and everybody else's at the other."""
        (theirs, _), (_, rest) = worlds[own], worlds[others]
        parts = []
        for seat in graph.scope:
            stays = rest[seat.id].without(employee)
            today = max(theirs[seat.id].get(employee, 0.0), stays)
            parts.append(Term(seat.weight, today - stays, today))
        return parts

    return {e: share_interval(terms(e, "low", "high"), terms(e, "high", "low")) for e in graph.concerned}


def dependence(graph: AccountGraph, losses: Mapping[str, Interval | None]) -> Interval | None:
    """P: the largest loss, at each end; 0 where seats are reached and no departure concerns them."""
    known = [loss for loss in losses.values() if loss is not None]
    if known:
        return largest(known)
    reached = any(label.best > 0 for label in labels(graph, "high").values())
    return exactly(0.0) if reached and not losses else None

"""Departures: what leaves with one of our employees (section 8)."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import End, labels, reach_of
from graphcrm.measures.shares import Term, share_interval
from graphcrm.records.interval import Interval, exactly, largest


def departure_loss(graph: AccountGraph) -> Mapping[str, Interval | None]:
    """loss(e) = (T − T without e)/T, T = Σ w·R: the share of reach that leaves with each employee.

    Of the present employees with a tie to, or interaction with, a holder of a seat in scope or of a gate
    to one. High end: e's own ties high, all others and the firm's low; low end the other way round. None
    where T can only be 0.
    """
    return {employee: _loss(graph, employee) for employee in graph.concerned}


def dependence(graph: AccountGraph, losses: Mapping[str, Interval | None]) -> Interval | None:
    """P: the largest loss, at each end; 0 where seats are reached and no departure concerns them."""
    known = [loss for loss in losses.values() if loss is not None]
    if known:
        return largest(known)
    reached = any(label.best > 0 for label in labels(graph, "high").values())
    return exactly(0.0) if reached and not losses else None


def _loss(graph: AccountGraph, employee: str) -> Interval | None:
    return share_interval(_terms(graph, employee, "low", "high"), _terms(graph, employee, "high", "low"))


def _terms(graph: AccountGraph, employee: str, own: End, others: End) -> list[Term]:
    """Each seat in the world where e's ties stand at one end and everybody else's at the other."""
    rest = labels(graph, others)
    terms = []
    for seat in graph.scope:
        stays = rest[seat.id].without(employee)
        today = max(reach_of(graph, employee, seat, own), stays)
        terms.append(Term(seat.weight, today - stays, today))
    return terms

"""Departures: what leaves with one of our employees (section 8)."""

from collections import defaultdict
from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.once import once
from graphcrm.graph.reach import ENDS, End, labels, routes
from graphcrm.measures.shares import Share, Term, between
from graphcrm.records.interval import Interval, exactly, largest


@once
def departure_loss(graph: AccountGraph) -> Mapping[str, Interval | None]:
    """loss(e) = (T − T without e)/T, T = Σ w·R: the share of reach that leaves with each employee.

    Of the present employees with a tie to, or interaction with, a holder of a seat in scope or of a gate
    to one. High end: e's own ties high, all others and the firm's low; low end the other way round. None
    where T can only be 0.
    """
    seats = {seat.id: seat for seat in graph.scope}
    world = {end: (routes(graph, end), labels(graph, end)) for end in ENDS}
    # What stays of a seat where somebody's ties do not matter: nothing is lost, whatever its reach.
    unmoved = {
        end: Share({s: Term(seats[s].weight, 0.0, label.best) for s, label in world[end][1].items()})
        for end in ENDS
    }
    concerns = _seats_of(graph)

    def changed(employee: str, own: End, others: End) -> dict[str, Term]:
        """The employee's seats where their ties stand at one end and everybody else's at the other."""
        theirs, rest = world[own][0], world[others][1]
        terms = {}
        for seat in concerns[employee]:
            stays = rest[seat].without(employee)
            today = max(theirs[seat].get(employee, 0.0), stays)
            terms[seat] = Term(seats[seat].weight, today - stays, today)
        return terms

    return {
        e: between(
            unmoved["high"].smallest(changed(e, "low", "high")),
            unmoved["low"].largest(changed(e, "high", "low")),
        )
        for e in graph.concerned
    }


def _seats_of(graph: AccountGraph) -> Mapping[str, list[str]]:
    """By employee: the seats they have a live route to, proven or possible."""
    seats: defaultdict[str, list[str]] = defaultdict(list)
    for seat, through in routes(graph, "high").items():  # what is live at the low end is so here
        for who in through:
            if who is not None:
                seats[who].append(seat)
    return seats


def dependence(graph: AccountGraph, losses: Mapping[str, Interval | None]) -> Interval | None:
    """P: the largest loss, at each end; 0 where seats are reached and no departure concerns them."""
    known = [loss for loss in losses.values() if loss is not None]
    if known:
        return largest(known)
    reached = any(label.best > 0 for label in labels(graph, "high").values())
    return exactly(0.0) if reached and not losses else None

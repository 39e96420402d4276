"""Succession: who could stand in for one of ours at an account (section 11)."""

from collections.abc import Iterable
from dataclasses import dataclass

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import leg
from graphcrm.measures.verdict import passes
from graphcrm.planning.colleagues import Colleagues
from graphcrm.planning.likeness import is_available, similarity
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict


@dataclass(frozen=True)
class Successor:
    """Who could stand in for the giver at an account: how like the giver, and whether that is enough."""

    employee: str
    similarity: Interval
    fits: Verdict


def successors(graph: AccountGraph, giver: str, colleagues: Colleagues, most: int = 1) -> list[Successor]:
    """Who may take over from the giver, the likest first; ids decide between equals.

    Everybody on the account, and of each group of colleagues from outside the first ``most``: who is there,
    not leaving, not to be kept out of the account's region, and alike enough (``plan.least_likeness``), at
    least possibly.
    """
    record, known = graph.employees[giver], _known_seats(graph, giver)
    found = []
    for other in sorted(graph.present - {giver}):
        if is_available(graph.employees[other], graph):
            shared = len(known & _known_seats(graph, other)) / len(known) if known else 0.0
            found.append((other, similarity(record, graph.employees[other], shared, graph.policy)))
    for group in colleagues.strangers_to(graph):
        like = similarity(record, group[0], 0.0, graph.policy)
        found += [(other.id, like) for other in group[:most]]
    least = graph.policy.plan.least_likeness
    fitting = [Successor(e, like, fits) for e, like in found if (fits := passes(like, least)) != "no"]
    return sorted(fitting, key=lambda s: (-s.similarity.low, -s.similarity.high, s.employee))


def successor_with(graph: AccountGraph, contact: str, ranked: Iterable[Successor]) -> Successor | None:
    """The likest successor; of equally like ones who is closest to the contact already."""

    def order(successor: Successor) -> tuple[float, float, float]:
        tie = graph.ties[contact].get(successor.employee)
        low, high = successor.similarity
        return -low, -high, 0.0 if tie is None else -tie.now.low

    return min(ranked, key=order, default=None)  # the first of several: ids decided before


def held(graph: AccountGraph, giver: str) -> list[str]:
    """The contacts whom the giver has a live tie with, for certain or possibly: what can be handed over."""
    return [contact for contact in graph.contacts if leg(graph.ties[contact].get(giver), graph, "high") > 0]


def _known_seats(graph: AccountGraph, employee: str) -> set[str]:
    """The seats in scope to whose holder the employee has a proven live tie."""
    return {
        seat.id
        for seat in graph.scope
        if seat.holder is not None and leg(graph.ties[seat.holder].get(employee), graph, "low") > 0
    }

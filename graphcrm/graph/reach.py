"""Reach: how strongly our side comes through to each seat, directly or through one gate (section 4)."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from graphcrm.graph.account import AccountGraph, SeatNode, TieEdge
from graphcrm.graph.once import once

End = Literal["low", "high"]
"""Which end of what is known: strengths proven (low) or possible (high)."""
Time = Literal["now", "later"]
ENDS: tuple[End, End] = ("low", "high")


class Label(NamedTuple):
    """The best route to a seat, whose it is (None: the firm's, or nobody's), and the best of another."""

    best: float
    by: str | None
    other: float

    def without(self, employee: str) -> float:
        """The reach that stays when the employee leaves."""
        return self.other if self.by == employee else self.best


def live(strength: float, graph: AccountGraph) -> float:
    """The strength, or 0 where the direct leg is too weak to carry anything."""
    return strength if strength >= graph.policy.reach.live else 0.0


def leg(tie: TieEdge | None, graph: AccountGraph, end: End, time: Time = "now") -> float:
    """The live strength of a direct leg at one end; 0 without a tie."""
    return 0.0 if tie is None else live(getattr(getattr(tie, time), end), graph)


@once
def legs(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, Mapping[str | None, float]]:
    """By contact: who has a live direct leg (None: the firm), and how strong it is."""
    theirs: dict[str, dict[str | None, float]] = {}
    for contact, ties in graph.ties.items():
        live = ((who, leg(tie, graph, end, time)) for who, tie in ties.items())
        theirs[contact] = {who: strength for who, strength in live if strength > 0}
        if kept := leg(graph.firm.get(contact), graph, end, time):
            theirs[contact][None] = kept
    return theirs


def doors(graph: AccountGraph, seat: SeatNode) -> Iterator[tuple[str, float]]:
    """Through whom the seat is reached: its holder with factor 1, and the holder of each gate."""
    if seat.holder is not None:
        yield seat.holder, 1.0
        for gate, influence in graph.gates[seat.id].items():
            holder = graph.seats[gate].holder
            assert holder is not None, "a gate is occupied"
            yield holder, influence


@once
def routes(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, Mapping[str | None, float]]:
    """V(e, c) by seat in scope, then employee (None: the firm): the best live route, directly or by a gate.

    Who has none is left out.
    """
    direct = legs(graph, end, time)
    best: dict[str, dict[str | None, float]] = {}
    for seat in graph.scope:
        through = best[seat.id] = {}
        for holder, factor in doors(graph, seat):
            for who, strength in direct[holder].items():
                route = strength * factor
                if route > through.get(who, 0.0):
                    through[who] = route
    return best


@once
def labels(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, Label]:
    """Both labels of every seat in scope: they price every departure without recomputation."""
    return {seat: _label(through) for seat, through in routes(graph, end, time).items()}


def _label(through: Mapping[str | None, float]) -> Label:
    best, by, other = 0.0, None, 0.0
    for who, strength in through.items():
        if strength > best:
            best, by, other = strength, who, best
        elif strength > other:
            other = strength
    return Label(best, by, other)


@once
def reach(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, float]:
    """R of every seat in scope: the best route of a present employee or of the firm."""
    return {seat: label.best for seat, label in labels(graph, end, time).items()}

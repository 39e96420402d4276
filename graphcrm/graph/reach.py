"""Reach: how strongly our side comes through to each seat, directly or through one gate (section 4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graphcrm.graph.account import AccountGraph, SeatNode, TieEdge

End = Literal["low", "high"]
"""Which end of what is known: strengths proven (low) or possible (high)."""
Time = Literal["now", "later"]
ENDS: tuple[End, End] = ("low", "high")


@dataclass(frozen=True)
class Label:
    """The best route to a seat, whose it is (None: the firm's, or nobody's), and the best of another."""

    best: float
    by: str | None
    other: float

    def without(self, employee: str) -> float:
        """The reach that stays when the employee leaves."""
        return self.other if self.by == employee else self.best


NOTHING = Label(0.0, None, 0.0)


def live(strength: float, graph: AccountGraph) -> float:
    """The strength, or 0 where the direct leg is too weak to carry anything."""
    return strength if strength >= graph.policy.reach.live else 0.0


def leg(tie: TieEdge | None, graph: AccountGraph, end: End, time: Time = "now") -> float:
    """The live strength of a direct leg at one end; 0 without a tie."""
    return 0.0 if tie is None else live(getattr(getattr(tie, time), end), graph)


def doors(graph: AccountGraph, seat: SeatNode) -> Iterator[tuple[str, float]]:
    """Through whom the seat is reached: its holder with factor 1, and the holder of each gate."""
    if seat.holder is not None:
        yield seat.holder, 1.0
        for gate, influence in graph.gates[seat.id].items():
            holder = graph.seats[gate].holder
            assert holder is not None, "a gate is occupied"
            yield holder, influence


def routes(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, Mapping[str | None, float]]:
    """V(e, c) by seat in scope, then employee (None: the firm): the best live route, directly or by a gate.

    Who has none is left out.
    """
    legs = {contact: _live_legs(graph, contact, end, time) for contact in graph.contacts}
    best: dict[str, dict[str | None, float]] = {}
    for seat in graph.scope:
        through = best[seat.id] = {}
        for holder, factor in doors(graph, seat):
            for who, strength in legs[holder].items():
                through[who] = max(through.get(who, 0.0), strength * factor)
    return best


def _live_legs(graph: AccountGraph, contact: str, end: End, time: Time) -> dict[str | None, float]:
    """Who has a live direct leg to the contact, the firm included."""
    ties: list[tuple[str | None, TieEdge | None]] = [
        *graph.ties[contact].items(),
        (None, graph.firm.get(contact)),
    ]
    strengths = {who: leg(tie, graph, end, time) for who, tie in ties}
    return {who: strength for who, strength in strengths.items() if strength > 0}


def labels(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, Label]:
    """Both labels of every seat in scope: they price every departure without recomputation."""
    return {seat: _label(through) for seat, through in routes(graph, end, time).items()}


def _label(through: Mapping[str | None, float]) -> Label:
    if not through:
        return NOTHING
    by = max(through, key=through.__getitem__)
    return Label(through[by], by, max((v for who, v in through.items() if who != by), default=0.0))


def reach(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, float]:
    """R of every seat in scope: the best route of a present employee or of the firm."""
    return {seat: label.best for seat, label in labels(graph, end, time).items()}

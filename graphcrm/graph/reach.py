"""Reach: how strongly our side comes through to each seat, directly or through one gate (section 4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graphcrm.graph.account import AccountGraph, SeatNode, TieEdge

End = Literal["low", "high"]
"""Which end of what is known: strengths proven (low) or possible (high)."""
Time = Literal["now", "later"]


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


def reach_of(graph: AccountGraph, employee: str, seat: SeatNode, end: End) -> float:
    """V(e, c): the employee's best live route to the seat, directly or through one gate."""
    ties = graph.ties
    return max(
        (leg(ties[holder].get(employee), graph, end) * factor for holder, factor in doors(graph, seat)),
        default=0.0,
    )


def labels(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, Label]:
    """Both labels of every seat in scope: they price every departure without recomputation."""
    return {seat.id: _label(graph, seat, end, time) for seat in graph.scope}


def _label(graph: AccountGraph, seat: SeatNode, end: End, time: Time) -> Label:
    best: dict[str | None, float] = {}
    for holder, factor in doors(graph, seat):
        routes: list[tuple[str | None, TieEdge | None]] = [
            *graph.ties[holder].items(),
            (None, graph.firm.get(holder)),
        ]
        for who, tie in routes:
            best[who] = max(best.get(who, 0.0), leg(tie, graph, end, time) * factor)
    ranked = sorted(best.items(), key=lambda item: -item[1])[:2]
    if not ranked or ranked[0][1] == 0:
        return NOTHING
    return Label(ranked[0][1], ranked[0][0], ranked[1][1] if len(ranked) > 1 else 0.0)


def reach(graph: AccountGraph, end: End, time: Time = "now") -> Mapping[str, float]:
    """R of every seat in scope: the best route of a present employee or of the firm."""
    return {seat: label.best for seat, label in labels(graph, end, time).items()}

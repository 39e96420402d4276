"""Worth of an account's ties: what a plan makes as large as it can (section 11)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import Label, doors, labels, live


@dataclass(frozen=True)
class Worth:
    """J = ½·Σ w·s₁ + ½·Σ w·s₂ over the seats in scope, from 0 to Σ w.

    s₁ is the best route to the seat, s₂ the best without the employee who has it (the firm's route is
    nobody's, so nobody takes it along): half for reaching the seat, half for still reaching it whoever
    leaves. At proven strength and low weights, which are frozen; seats of weight 0 are left out.

    J is monotone and submodular in the ties: s₁ + s₂ is the rank of a weighted matroid (at most two routes,
    one an employee). So no tie gains more after others than before them, and greedy steps bound the best
    plan (Nemhauser, Wolsey & Fisher 1978, doi:10.1007/BF01588971).
    """

    weights: Mapping[str, float]
    labels: Mapping[str, Label]
    touches: Mapping[str, Mapping[str, float]]
    """By contact: the seats a tie to it leads to, and how much of its strength gets there."""
    strength: float
    """What a new tie carries; 0 if it would not be live."""

    @classmethod
    def of(cls, graph: AccountGraph) -> "Worth":
        """Today's, with new ties at the policy's target strength."""
        weights = {seat.id: seat.weight.low for seat in graph.scope if seat.weight.low > 0}
        touches: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for seat in graph.scope:
            if seat.id in weights:
                for holder, factor in doors(graph, seat):
                    touches[holder][seat.id] = max(factor, touches[holder].get(seat.id, 0.0))
        today = labels(graph, "low")
        target = live(graph.policy.plan.target_strength, graph)
        return cls(weights, {seat: today[seat] for seat in weights}, dict(touches), target)

    @cached_property
    def value(self) -> float:
        """J."""
        return fsum(weight * half_worth(self.labels[seat]) for seat, weight in self.weights.items())

    def gain(self, employee: str, contact: str) -> float:
        """How much J rises by a tie of the target strength."""
        return fsum(
            self.weights[seat]
            * (half_worth(raised(self.labels[seat], employee, through)) - half_worth(self.labels[seat]))
            for seat, through in self.through(contact)
        )

    def after(self, employee: str, contact: str) -> "Worth":
        """The worth with that tie."""
        changed = {
            seat: raised(self.labels[seat], employee, through) for seat, through in self.through(contact)
        }
        return replace(self, labels={**self.labels, **changed})

    def through(self, contact: str) -> list[tuple[str, float]]:
        """The seats of weight that a new tie to the contact leads to, and how strongly."""
        return [(seat, factor * self.strength) for seat, factor in self.touches.get(contact, {}).items()]


def half_worth(label: Label) -> float:
    """½·(s₁ + s₂) of a seat."""
    return (label.best + (label.best if label.by is None else label.other)) / 2


def raised(label: Label, employee: str, through: float) -> Label:
    """The label after the employee comes through this strongly.

    >>> raised(Label(0.9, "star", 0.3), "new", 0.5)
    Label(best=0.9, by='star', other=0.5)
    """
    if label.by == employee:
        return Label(max(label.best, through), employee, label.other)
    if through > label.best:
        return Label(through, employee, label.best)
    return Label(label.best, label.by, max(label.other, through))

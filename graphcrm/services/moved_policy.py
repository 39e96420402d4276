"""An account under a policy of which one number moved: only what that number bears on is computed anew."""

from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from typing import NamedTuple

from graphcrm.gaps.snapshot import Snapshot
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.account import mode
from graphcrm.measures.account_risk import RiskParts, risk_of, risk_parts
from graphcrm.measures.risk import UNKNOWN_RISK
from graphcrm.measures.verdict import AxisValues, after_departures, axis_values, verdicts, worst
from graphcrm.policies import Policy
from graphcrm.policies.variation import Move
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict


class Bears(IntEnum):
    """What a number bears on first; everything after it follows."""

    facts = 0
    """Strengths, influence, weights: the graph is built anew."""
    measures = 1
    """What is read off the graph."""
    judgement = 2
    """The standards and the points that measures are held to."""
    neither = 3
    """Neither a verdict nor the risk: findings, plans, revenue, money."""


BEARS_ON: Mapping[str, Bears] = {
    "strength": Bears.facts,
    "reach": Bears.facts,
    "reach.live": Bears.measures,
    "decision_weight": Bears.facts,
    "decision_weight.key": Bears.neither,
    "fade_days": Bears.facts,
    "attitudes": Bears.measures,
    "breadth": Bears.measures,
    "organisation": Bears.measures,
    "standards": Bears.judgement,
    "risk": Bears.judgement,
    "revenue_at_risk": Bears.neither,
    "structure": Bears.neither,
    "findings": Bears.neither,
    "plan": Bears.neither,
    "money": Bears.neither,
}
"""By part of a pack; the longest that an entry starts with counts."""


def bears_on(entry: str) -> Bears:
    """What an entry of a method pack bears on.

    >>> bears_on("reach.hops").name, bears_on("reach.live").name
    ('facts', 'measures')
    """
    return BEARS_ON[max((part for part in BEARS_ON if f"{entry}.".startswith(f"{part}.")), key=len)]


def facts_under(snapshot: Snapshot | None, move: Move) -> Snapshot | None:
    """The facts under a moved policy, where what moved bears on them."""
    return snapshot.under(move.policy) if snapshot and bears_on(move.entry) is Bears.facts else None


class Measured(NamedTuple):
    """What verdicts and risk are told from: parts of the risk, axes now and without each of ours."""

    parts: RiskParts
    now: AxisValues
    without: Mapping[str, AxisValues]


class Outcome(NamedTuple):
    """The four verdicts of an account, by name, and its risk; none where nothing is observed."""

    verdicts: Mapping[str, Verdict]
    risk: Interval


class Subject:
    """An account as it is, to be looked at under moved policies."""

    def __init__(self, graph: AccountGraph) -> None:
        self.graph = graph
        self._measured = _measured(graph) if graph.observed else None
        self.outcome = self._judged(graph.policy)

    def under(self, move: Move, snapshot: Snapshot | None) -> Outcome:
        """The outcome under a moved policy; ``snapshot`` are the facts under it, see ``facts_under``."""
        match bears_on(move.entry):
            case Bears.facts:
                assert snapshot is not None, "the graph is built anew from facts"
                return Subject(snapshot.graph(self.graph.account.id)).outcome
            case Bears.measures:
                return Subject(replace(self.graph, policy=move.policy)).outcome
            case Bears.judgement:
                return self._judged(move.policy)
            case Bears.neither:
                return self.outcome

    def _judged(self, policy: Policy) -> Outcome:
        """What is measured, held to a policy's standards and points."""
        if self._measured is None:
            return Outcome({}, UNKNOWN_RISK)
        told: dict[str, Verdict] = {}
        standards = {"three_dimensional": policy.shape, "adequate": mode(self.graph)}
        for name, which in standards.items():
            standard = policy.standards[which]
            now = verdicts(self._measured.now, standard)
            after = worst((verdicts(v, standard) for v in self._measured.without.values()), now)
            told[name] = now.weakest
            told[f"robustly_{name}"] = after.weakest  # the worst of all departures, and of today
        return Outcome(told, risk_of(replace(self.graph, policy=policy), self._measured.parts))


def _measured(graph: AccountGraph) -> Measured:
    return Measured(risk_parts(graph), axis_values(graph), after_departures(graph))

"""The ties into one contact: how strong each employee's is, and what of them the firm keeps."""

from collections.abc import Mapping

from graphcrm.graph.account import FIRM, Node, TieEdge
from graphcrm.graph.facts import Facts, TieFact
from graphcrm.graph.strength import later, observed_strengths, tie_strength
from graphcrm.records.interval import Interval


def contact_ties(
    facts: Facts, contact: str, stated: Mapping[str, TieFact] | None = None
) -> Mapping[Node, TieEdge]:
    """Each employee's direct route to the contact, and the firm's: the largest φ·s over the ties.

    ``stated`` are the ties of that contact, by employee, to reckon with instead of those on record.
    """
    policy, day = facts.policy, facts.as_of
    interactions = facts.interactions_of.get(contact, [])
    ties = facts.ties_of.get(contact, {}) if stated is None else stated
    now, then = (
        observed_strengths(contact, interactions, facts.employees, policy, d)
        for d in (day, later(day, policy))
    )
    edges: dict[Node, TieEdge] = {}
    kept: list[tuple[Interval, Interval]] = []
    for employee in sorted({*ties, *now}):
        tie, captured = ties.get(employee), facts.employees[employee].captured
        strength = tie_strength(tie, now.get(employee, 0.0), policy, day, captured=captured)
        faded = tie_strength(tie, then.get(employee, 0.0), policy, later(day, policy), captured=captured)
        # No tie gets stronger by waiting: an assessment below what was observed would fade upwards.
        faded = Interval(min(strength.low, faded.low), min(strength.high, faded.high))
        edges[Node("employee", employee)] = TieEdge(strength, faded)
        if tie is not None:
            share = policy.strength.firm_share[tie.trust_holder]
            kept.append((_times(share, strength), _times(share, faded)))
    if any(strength.high > 0 for strength, _ in kept):
        ends = [
            Interval(max(i.low for i in col), max(i.high for i in col)) for col in zip(*kept, strict=True)
        ]
        edges[FIRM] = TieEdge(ends[0], ends[1])
    return edges


def _times(share: tuple[float, float], strength: Interval) -> Interval:
    return Interval(share[0] * strength.low, share[1] * strength.high)

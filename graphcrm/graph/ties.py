"""The ties into one contact: how strong each employee's is, and what of them the firm keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphcrm.graph.account import FIRM, Node, TieEdge
from graphcrm.graph.facts import Facts
from graphcrm.graph.scenario import raised
from graphcrm.graph.strength import later, observed_strengths, tie_strength
from graphcrm.policies import Policy
from graphcrm.records.interval import Interval, exactly, largest


def contact_ties(facts: Facts, contact: str) -> Mapping[Node, TieEdge]:
    """Each employee's direct route to the contact, and the firm's."""
    policy, day = facts.policy, facts.as_of
    interactions, ties = facts.interactions_of.get(contact, []), facts.ties_of.get(contact, {})
    now, then = (
        observed_strengths(contact, interactions, facts.employees, policy, d)
        for d in (day, later(day, policy))
    )
    edges: dict[Node, TieEdge] = {}
    for employee in sorted({*ties, *now}):
        tie, captured = ties.get(employee), facts.employees[employee].captured
        seen, left = now.get(employee, 0.0), then.get(employee, 0.0)
        strength = tie_strength(tie, seen, policy, day, captured=captured)
        faded = tie_strength(tie, left, policy, later(day, policy), captured=captured)
        # No tie gets stronger by waiting: an assessment below what was observed would fade upwards.
        faded = Interval(min(strength.low, faded.low), min(strength.high, faded.high))
        edge = TieEdge(strength, faded, fades_into=left)
        edges[Node("employee", employee)] = edge if tie is None else trusted(edge, tie.trust_holder, policy)
    firm = firm_route(edges.values())
    return edges if firm is None else {**edges, FIRM: firm}


def assessed_today(tie: TieEdge, strength: Interval, policy: Policy, *, captured: bool) -> TieEdge:
    """The tie had it been assessed on the day, at both ends of a strength; whoever holds its trust."""
    if tie.fades_into is None:
        faded = Interval(min(strength.low, tie.later.low), min(strength.high, tie.later.high))
    else:
        seen = TieEdge(exactly(0.0), exactly(tie.fades_into))
        faded = raised(seen, strength, policy, captured=captured).later
    return trusted(replace(tie, now=strength, later=faded), tie.trust_holder, policy)


def trusted(tie: TieEdge, holder: str | None, policy: Policy) -> TieEdge:
    """The tie with its trust held by the person, the firm or an unknown one of both: the firm keeps φ·s."""
    share = (0.0, 0.0) if holder is None else policy.strength.firm_share[holder]
    now, faded = (Interval(share[0] * s.low, share[1] * s.high) for s in (tie.now, tie.later))
    return replace(tie, trust_holder=holder, kept=TieEdge(now, faded) if now.high > 0 else None)


def firm_route(ties: Iterable[TieEdge]) -> TieEdge | None:
    """The firm's route to a contact: the largest that it keeps of the ties; None if it keeps nothing."""
    kept = [tie.kept for tie in ties if tie.kept is not None]
    return TieEdge(largest(k.now for k in kept), largest(k.later for k in kept)) if kept else None

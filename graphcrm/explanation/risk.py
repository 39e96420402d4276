"""Risk in points, where they come from, and the revenue at risk (section 9)."""

from collections.abc import Callable, Mapping

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import Ground, entry, family, leaf, node, nothing
from graphcrm.explanation.losses import contact_loss, departure_loss, dependence, fade_90
from graphcrm.explanation.organisation import organisation
from graphcrm.explanation.reach import reach
from graphcrm.explanation.uncovered import uncovered
from graphcrm.explanation.weight import decision_weight
from graphcrm.records.explanation import Node
from graphcrm.records.interval import Interval, exactly


@family
def risk(why: Ground) -> Node:
    """The sum of the contributions; anything from 0 to the full points where nothing is observed."""
    says = Message(N_("risk"))
    if why.graph.observed:
        return node(says, "sum", *(risk_contributions(why, name) for name in CAUSES), unit="points")
    unknown = nothing(Message(N_("no tie and no interaction with a holder of a seat on record")))
    full = [entry(why, f"risk.{name}", unit="points") for name in CAUSES]
    most = node(Message(N_("full points of risk")), "sum", *full, unit="points")
    return node(says, "or_less", most, unknown, unit="points")


@family
def risk_contributions(why: Ground, cause: str) -> Node:
    """The points of one cause: its share of the full points."""
    says, share = TITLES[cause], CAUSES[cause](why)
    full = entry(why, f"risk.{cause}", unit="points")
    if cause in {"uncovered_deciders", "organisation"}:
        return node(says, "product", share, full, unit="points")
    whole = total_reach(why)
    assert isinstance(whole.value, Interval)
    if whole.value.high == 0 or share.value is None:
        return node(says, "full", full, whole, unit="points")
    if whole.value.low == 0:
        return node(says, "or_less", full, whole, unit="points")
    return node(says, "product", share, full, unit="points")


@family
def total_reach(why: Ground) -> Node:
    """T = Σ w·R over the seats in scope."""
    parts = [
        node(
            Message(N_("weight × reach at {seat}"), {"seat": why.seat(s.id)}),
            "product",
            decision_weight(why, s.id),
            reach(why, s.id),
            unit="number",
        )
        for s in why.graph.scope
    ]
    none = nothing(Message(N_("no seat on record")), exactly(0.0), "number")
    return node(Message(N_("reach over all seats")), "sum", *(parts or [none]), unit="number")


@family
def largest_contact_loss(why: Ground) -> Node:
    """The largest loss by one of their people leaving, at each end."""
    holders = sorted({s.holder for s in why.graph.scope if s.holder is not None})
    none = nothing(Message(N_("nobody holds a seat")))
    losses = [contact_loss(why, holder) for holder in holders]
    return node(Message(N_("the largest loss by a contact leaving")), "largest", *(losses or [none]))


def _missing_organisation(why: Ground) -> Node:
    return node(Message(N_("organisation that is missing")), "complement", organisation(why))


CAUSES: Mapping[str, Callable[[Ground], Node]] = {
    "dependence": dependence,
    "contact_departure": largest_contact_loss,
    "fading": fade_90,
    "uncovered_deciders": uncovered,
    "organisation": _missing_organisation,
}
"""What each contribution is a share of."""

TITLES: Mapping[str, Message] = {
    "dependence": Message(N_("one of ours leaving")),
    "contact_departure": Message(N_("one of theirs leaving")),
    "fading": Message(N_("fading")),
    "uncovered_deciders": Message(N_("deciders not covered")),
    "organisation": Message(N_("organisation")),
}
"""Each contribution in words."""


@family
def revenue_at_risk(why: Ground, employee: str) -> Node:
    """Annual revenue × loss(e) × the share that is assumed to follow."""
    account = why.graph.account
    assert account.annual_revenue is not None, "without revenue nothing is at risk"
    assumed = node(
        Message(N_("share of revenue that follows the reach lost, an assumption")),
        "span",
        entry(why, "revenue_at_risk.low"),
        entry(why, "revenue_at_risk.high"),
    )
    return node(
        Message(N_("revenue at risk if {employee} leaves"), {"employee": why.employee(employee)}),
        "product",
        leaf(
            Message(N_("annual revenue")), exactly(float(account.annual_revenue)), "money", evidence=account
        ),
        departure_loss(why, employee),
        assumed,
        unit="money",
    )

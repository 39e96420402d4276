"""Risk, 0 to 100 points, and the revenue at risk (section 9)."""

from collections.abc import Iterable, Mapping
from math import fsum

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import reach
from graphcrm.records.interval import ANYTHING, Interval, exactly, largest
from graphcrm.records.review import RiskContributions

UNKNOWN_RISK = Interval(0.0, 100.0)
"""The risk of an account nothing is known about."""


def risk_contributions(
    graph: AccountGraph,
    *,
    dependence: Interval | None,
    contact_losses: Iterable[Interval | None],
    fade: Interval | None,
    uncovered: Interval,
    organisation: Interval,
) -> RiskContributions:
    """30·P + 20·(largest contact loss) + 15·fade + 20·uncovered + 15·(1 − O), each an interval of points.

    If T = Σ w·R can only be 0 the first three are full; if it is 0 at the low end only, each of them may
    be anything up to full. Not isotone: a stronger tie of one person can raise dependence.
    """
    full = graph.policy.risk
    certain, possible = (
        fsum(
            getattr(s.weight, end) * r for s, r in zip(graph.scope, reach(graph, end).values(), strict=True)
        )
        for end in ("low", "high")
    )

    def points(value: Interval | None, of: float) -> Interval:
        if possible == 0 or value is None:
            return exactly(of)
        return (ANYTHING if certain == 0 else value) * of

    losses = [loss for loss in contact_losses if loss is not None]
    return RiskContributions(
        dependence=points(dependence, full.dependence),
        contact_departure=points(largest(losses) if losses else None, full.contact_departure),
        fading=points(fade, full.fading),
        uncovered_deciders=uncovered * full.uncovered_deciders,
        organisation=Interval(1 - organisation.high, 1 - organisation.low) * full.organisation,
    )


def risk(contributions: RiskContributions) -> Interval:
    """The sum of the contributions."""
    parts = [interval for _, interval in contributions]
    return Interval(fsum(p.low for p in parts), fsum(p.high for p in parts))


def revenue_at_risk(
    graph: AccountGraph, losses: Mapping[str, Interval | None]
) -> Mapping[str, Interval] | None:
    """Annual revenue × loss(e) × [13.2 %, 17.6 %], in the account's currency; None without revenue.

    The share is the policy's assumption (Shi, Sridhar, Grewal & Lilien 2017, Journal of Marketing 81(2),
    doi:10.1509/jm.15.0273, as reported in the abstract). Employees whose loss is undefined are left out.
    """
    revenue, share = graph.account.annual_revenue, graph.policy.revenue_at_risk
    if revenue is None:
        return None
    return {
        employee: Interval(revenue * loss.low * share.low, revenue * loss.high * share.high)
        for employee, loss in losses.items()
        if loss is not None
    }

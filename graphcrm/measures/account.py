"""All measures of one account, in the order the method gives them."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import reach
from graphcrm.measures.account_risk import contributions_of, risk_parts
from graphcrm.measures.bus_factor import bus_factor
from graphcrm.measures.contact_loss import contact_loss
from graphcrm.measures.departure import departure_loss
from graphcrm.measures.live_routes import firm_routes, live_routes
from graphcrm.measures.ownership import ownership_hhi
from graphcrm.measures.risk import revenue_at_risk, risk
from graphcrm.measures.sole_route import sole_route
from graphcrm.measures.survivability import survivability
from graphcrm.measures.verdict import axis_values, judge
from graphcrm.records.interval import DECIMALS, Interval
from graphcrm.records.review import Elements, Ends, Measures, RiskContributions


def mode(graph: AccountGraph) -> str:
    """The account's engagement mode; the policy says which one to assume where it is unknown."""
    return graph.account.mode or graph.policy.mode_if_unknown


def measure(graph: AccountGraph) -> tuple[Measures, Interval]:
    """The measures of an observed account and its risk, rounded to six decimals at the end.

    Verdicts compare rounded axes; risk and revenue come from unrounded losses.
    """
    parts = risk_parts(graph)
    losses, contact_losses = departure_loss(graph), contact_loss(graph)
    contributions = contributions_of(graph, parts)
    revenue = revenue_at_risk(graph, losses)
    hhi = ownership_hhi(graph)
    values = axis_values(graph)
    judged = judge(graph, values, mode(graph))
    measures = Measures(
        key_points=values.key_points,
        key_points_floor=values.floor,
        breadth=values.breadth,
        organisation=values.organisation,
        organisation_elements=Elements(**{k: v.rounded() for k, v in parts.elements._asdict().items()}),
        reach=Ends(low=_rounded(reach(graph, "low")), high=_rounded(reach(graph, "high"))),
        routes={e: _rounded_intervals(seats) for e, seats in live_routes(graph).items()},
        firm_routes=_rounded_intervals(firm_routes(graph)),
        departure_loss={e: _round(loss) for e, loss in losses.items()},
        dependence=_round(parts.dependence),
        contact_loss={p: _round(loss) for p, loss in contact_losses.items()},
        fade_90=_round(parts.fade),
        uncovered=parts.uncovered.rounded(),
        ownership_hhi=None if hhi is None else round(hhi, DECIMALS),
        bus_factor=bus_factor(graph),
        survivability=survivability(graph),
        sole_route=sole_route(graph),
        **dict(judged),
        risk_contributions=RiskContributions(**{name: points.rounded() for name, points in contributions}),
        revenue_at_risk=None if revenue is None else {e: r.rounded() for e, r in revenue.items()},
    )
    return measures, risk(contributions).rounded()


def _round(interval: Interval | None) -> Interval | None:
    return None if interval is None else interval.rounded()


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {key: round(value, DECIMALS) for key, value in values.items()}


def _rounded_intervals(values: Mapping[str, Interval]) -> dict[str, Interval]:
    return {key: value.rounded() for key, value in values.items()}

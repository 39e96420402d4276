"""The risk of an account alone, in the parts it is added up from (section 9).

Where only some facts change, only the parts that rest on them need to be computed anew.
"""

from typing import NamedTuple

from graphcrm.graph.account import AccountGraph
from graphcrm.measures.contact_loss import contact_loss
from graphcrm.measures.departure import departure_loss, dependence
from graphcrm.measures.fade import fade
from graphcrm.measures.organisation import OrganisationElements, organisation, organisation_elements
from graphcrm.measures.risk import UNKNOWN_RISK, risk, risk_contributions
from graphcrm.measures.uncovered import uncovered
from graphcrm.records.interval import Interval
from graphcrm.records.review import RiskContributions


class RiskParts(NamedTuple):
    """The shares that risk gives points for, each an interval; None is undefined."""

    dependence: Interval | None
    contact_losses: tuple[Interval | None, ...]
    fade: Interval | None
    uncovered: Interval
    elements: OrganisationElements


def risk_parts(graph: AccountGraph) -> RiskParts:
    """All parts of an account's risk."""
    return RiskParts(
        dependence=dependence(graph, departure_loss(graph)),
        contact_losses=tuple(contact_loss(graph).values()),
        fade=fade(graph),
        uncovered=uncovered(graph),
        elements=organisation_elements(graph),
    )


def risk_of(graph: AccountGraph, parts: RiskParts) -> Interval:
    """The points these parts make, 0 to 100, rounded to six decimals; anything where nothing is observed.

    ``graph`` gives weights, reach and the policy's points.
    """
    return risk(contributions_of(graph, parts)).rounded() if graph.observed else UNKNOWN_RISK


def contributions_of(graph: AccountGraph, parts: RiskParts) -> RiskContributions:
    """The points of each cause, unrounded."""
    return risk_contributions(
        graph,
        dependence=parts.dependence,
        contact_losses=parts.contact_losses,
        fade=parts.fade,
        uncovered=parts.uncovered,
        organisation=organisation(parts.elements),
    )


def account_risk(graph: AccountGraph) -> Interval:
    """The risk of an account, 0 to 100 points, as its review states it."""
    return risk_of(graph, risk_parts(graph)) if graph.observed else UNKNOWN_RISK

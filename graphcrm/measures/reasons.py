"""Why a measure is undefined, or could be anything: one sentence each, under the measure's name."""

from collections.abc import Iterator

from graphcrm.errors import N_, Message
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.breadth import department_cells
from graphcrm.measures.bus_factor import bus_factor_bounds, firm_holds_weight
from graphcrm.measures.organisation import matched_seats
from graphcrm.records.review import Measures, Reason

NO_REACH = N_("Nobody of ours can reach a seat that has weight.")
NO_OWNER = N_("No seat known to have weight has a live tie.")
NO_MECHANISMS = N_("No such mechanism is on record, and the record is not marked complete.")


def reasons(graph: AccountGraph, measures: Measures | None) -> dict[str, Reason]:
    """Reasons by measure; an unobserved account has one, for all of them."""
    if measures is None:
        return {"observed": N_("No tie and no interaction with a holder of a seat is on record.")}
    return {**dict(_axes(graph)), **dict(_organisation(graph)), **dict(_undefined(graph, measures))}


def _axes(graph: AccountGraph) -> Iterator[tuple[str, str]]:
    if not any(s.weight.low > 0 for s in graph.scope):
        yield "key_points", N_("No seat is known to have decision weight.")
    if not any(s.is_decider for s in graph.scope):
        yield "key_points_floor", N_("No seat is known to decide.")
    if not any(s.is_decider and s.weight.low > 0 for s in graph.scope):
        yield "uncovered", N_("No seat that decides is known to have weight.")
    if not any(d.importance for d in graph.departments) and None not in department_cells(graph):
        yield "breadth", N_("No department of importance and no seat outside one is on record.")
    if graph.account.mode is None:
        yield "meets_mode", N_("The engagement mode is not on record; the policy's is assumed.")


def _organisation(graph: AccountGraph) -> Iterator[tuple[str, str]]:
    if not matched_seats(graph):
        yield "organisation_elements.matching", N_("No seat of the top levels is on record.")
    if graph.account.mechanisms_complete:
        return
    if all(m.cadence_days is None for m in graph.mechanisms):
        yield "organisation_elements.communication", NO_MECHANISMS
    if not graph.stages:
        yield "organisation_elements.joint_work", N_("No stage of the value chain is on record.")
    if not any(m.mechanism_kind in graph.policy.organisation.agreements for m in graph.mechanisms):
        yield "organisation_elements.recognition", NO_MECHANISMS


def _undefined(graph: AccountGraph, measures: Measures) -> Iterator[tuple[str, Reason]]:
    if measures.dependence is None:
        yield "dependence", NO_REACH
    if measures.fade_90 is None:
        yield "fade_90", NO_REACH
    if any(loss is None for loss in measures.departure_loss.values()):
        yield "departure_loss", NO_REACH
    if any(loss is None for loss in measures.contact_loss.values()):
        yield "contact_loss", NO_REACH
    if measures.ownership_hhi is None:
        yield "ownership_hhi", NO_OWNER
    if (reason := bus_factor_reason(graph)) is not None:
        yield "bus_factor", reason
    if graph.account.annual_revenue is None:
        yield "revenue_at_risk", N_("The account's annual revenue is not on record.")


def bus_factor_reason(graph: AccountGraph) -> Reason | None:
    """Why the bus factor is not one number; None where it is."""
    bounds = bus_factor_bounds(graph)
    if bounds is None and firm_holds_weight(graph):
        return N_("The firm itself holds half of the weight reached, whoever leaves.")
    if bounds is None:
        return N_("No seat known to have weight is reached.")
    if bounds.low == bounds.high:
        return None
    between = N_("Between {lower} and {upper}: not settled within the limits of the search.")
    return Message(between, {"lower": bounds.low, "upper": bounds.high})

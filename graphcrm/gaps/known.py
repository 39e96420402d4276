"""The risk of an account once an unknown fact is known: that of a review after it was entered."""

from dataclasses import replace

from graphcrm.gaps.unknown import Unknown
from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.changed import with_contact, with_employee, with_seat, with_tie
from graphcrm.graph.ties import assessed_today, trusted
from graphcrm.graph.weight import decision_weight, is_decider
from graphcrm.measures.account_risk import RiskParts, risk_of, risk_parts
from graphcrm.measures.organisation import organisation_elements
from graphcrm.measures.uncovered import uncovered
from graphcrm.policies import Policy
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.question import Value
from graphcrm.records.seat import Seat


def risk_once_known(graph: AccountGraph, parts: RiskParts, fact: Unknown, value: Value) -> Interval:
    """The risk with that value entered, all else as it is; ``parts`` are those of the risk today.

    Of the parts only those that rest on the fact are made anew.
    """
    match fact.kind, fact.subjects, value:
        case "attitude", (contact,), str(attitude):
            then = with_contact(graph, replace(graph.contacts[contact], attitude=attitude))
            return risk_of(then, parts._replace(uncovered=uncovered(then)))
        case "employee_level", (employee,), int(level):
            then = with_employee(graph, graph.employees[employee].model_copy(update={"level": level}))
            return risk_of(then, parts._replace(elements=organisation_elements(then)))
        case "tie", (employee, contact), float(strength):
            tie, captured = graph.every_tie[contact][employee], graph.employees[employee].captured
            tie = assessed_today(tie, exactly(strength), graph.policy, captured=captured)
            then = with_tie(graph, employee, contact, tie)
        case "trust_holder", (employee, contact), str(holder):
            tie = trusted(graph.every_tie[contact][employee], holder, graph.policy)
            then = with_tie(graph, employee, contact, tie)
        case "roles" | "seat_level", (seat,), _:
            field = "roles" if fact.kind == "roles" else "level"
            then = with_seat(graph, _filled(graph.seats[seat], field, value, graph.policy))
        case element, _, float(share):
            return risk_of(
                graph, parts._replace(elements=parts.elements._replace(**{element: exactly(share)}))
            )
        case _:
            raise AssertionError(fact.id)
    return risk_of(then, risk_parts(then))


def _filled(seat: SeatNode, field: str, value: Value, policy: Policy) -> SeatNode:
    """The seat with its roles or its level known; a weight that was given, and not worked out, stays."""
    was = Seat(id=seat.id, account=seat.account, roles=seat.roles, level=seat.level)
    given = seat.weight.known and seat.weight != decision_weight(was, policy)
    entered = was.model_copy(update={field: value, "weight": seat.weight.low if given else None})
    weight, decides = decision_weight(entered, policy), is_decider(entered, policy)
    return replace(
        seat,
        roles=entered.roles,
        level=entered.level,
        weight=weight,
        is_decider=decides,
        is_key=decides or weight.high >= policy.decision_weight.key,
    )

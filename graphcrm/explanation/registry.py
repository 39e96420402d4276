"""The registry of figures: every node that has a name, and which of them an account has."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from graphcrm.explanation import breadth as breadth_
from graphcrm.explanation import (
    findings,
    losses,
    organisation,
    reach,
    risk,
    stated,
    structure,
    verdict,
    weight,
)
from graphcrm.explanation import key_points as key_points_
from graphcrm.explanation import strength as strength_
from graphcrm.explanation import uncovered as uncovered_
from graphcrm.explanation.ground import LATER, Ground
from graphcrm.measures.organisation import matched_seats
from graphcrm.records.explanation import Node, escaped, unescaped

Names = tuple[str, ...]
There = Callable[[Ground], Iterable[Names]]


class Figure(NamedTuple):
    """How a figure is explained, and for what of an account it is there."""

    explain: Callable[..., Node]
    there: There


def _once(why: Ground) -> Iterable[Names]:
    del why
    return [()]


def _each(words: Iterable[str]) -> There:
    """The same few names at every account."""
    return lambda _: [(word,) for word in words]


def _axes_without(why: Ground) -> Iterable[Names]:
    return [(employee, axis) for employee in verdict.leaving(why) for axis in verdict.AXES]


def _seats(why: Ground) -> Iterable[Names]:
    return [(seat.id,) for seat in why.graph.scope]


def _every_seat(why: Ground) -> Iterable[Names]:
    return [(seat,) for seat in why.graph.seats]


def _holders(why: Ground) -> Iterable[Names]:
    return [(holder,) for holder in sorted({s.holder for s in why.graph.scope if s.holder is not None})]


def _contacts(why: Ground) -> Iterable[Names]:
    return [(contact,) for contact in why.graph.contacts]


def _employees(why: Ground) -> Iterable[Names]:
    return [(employee,) for employee in why.graph.concerned]


def _losing(why: Ground) -> Iterable[Names]:
    if why.graph.account.annual_revenue is None:
        return []
    return [names for names in _employees(why) if losses.departure_loss(why, *names).value is not None]


def _ties(why: Ground) -> Iterable[Names]:
    return [(employee, contact) for contact, ties in why.graph.ties.items() for employee in ties]


def _firm(why: Ground) -> Iterable[Names]:
    return [(contact,) for contact in why.graph.firm]


def _routes(why: Ground) -> Iterable[Names]:
    return [(employee, seat.id) for seat in why.graph.scope for employee in reach.carriers(why, seat.id)]


def _firm_routes(why: Ground) -> Iterable[Names]:
    return [(s.id,) for s in why.graph.scope if any(p in why.graph.firm for p, _ in reach.doors(why, s.id))]


def _meetings(why: Ground) -> Iterable[Names]:
    return [
        (e, s.id)
        for s in matched_seats(why.graph)
        if s.holder is not None
        for e in why.graph.ties[s.holder]
    ]


def _now_and_later(there: There) -> There:
    """What is there today, and what of it without contact."""
    return lambda why: [(*names, *time) for names in there(why) for time in ((), (LATER,))]


def _influences(why: Ground) -> Iterable[Names]:
    return [(gate, seat) for seat, gates in why.graph.gates.items() for gate in gates]


MEASURED: Mapping[str, Figure] = {
    "three_dimensional": Figure(verdict.three_dimensional, _once),
    "robustly_three_dimensional": Figure(verdict.robustly_three_dimensional, _once),
    "adequate": Figure(verdict.adequate, _once),
    "robustly_adequate": Figure(verdict.robustly_adequate, _once),
    "shape": Figure(verdict.shape, _each(verdict.AXES)),
    "shape_after_any_departure": Figure(verdict.shape_after_any_departure, _each(verdict.AXES)),
    "shape_without": Figure(verdict.shape_without, _axes_without),
    "meets_mode": Figure(verdict.meets_mode, _each(verdict.AXES)),
    "meets_mode_after_any_departure": Figure(verdict.meets_mode_after_any_departure, _each(verdict.AXES)),
    "meets_mode_without": Figure(verdict.meets_mode_without, _axes_without),
    "key_points": Figure(key_points_.key_points, _once),
    "key_points_floor": Figure(key_points_.key_points_floor, _once),
    "key_points_part": Figure(key_points_.key_points_part, _seats),
    "supported": Figure(key_points_.supported, _seats),
    "breadth": Figure(breadth_.breadth, _once),
    "met": Figure(breadth_.met, _seats),
    "live_tie": Figure(breadth_.live_tie, _ties),
    "organisation": Figure(organisation.organisation, _once),
    "meets": Figure(organisation.meets, _meetings),
    "organisation_elements": Figure(organisation.organisation_elements, _each(organisation.ELEMENTS)),
    "reach": Figure(reach.reach, _now_and_later(_seats)),
    "routes": Figure(reach.routes, _now_and_later(_routes)),
    "firm_routes": Figure(reach.firm_routes, _now_and_later(_firm_routes)),
    "leg": Figure(reach.leg, _now_and_later(_ties)),
    "firm_leg": Figure(reach.firm_leg, _now_and_later(_firm)),
    "best_leg": Figure(reach.best_leg, _contacts),
    "influence": Figure(reach.influence, _influences),
    "strength": Figure(strength_.strength, _now_and_later(_ties)),
    "firm_strength": Figure(strength_.firm_strength, _now_and_later(_firm)),
    "attitude": Figure(stated.attitude, _contacts),
    "attitude_word": Figure(stated.attitude_word, _contacts),
    "seat_level": Figure(stated.seat_level, _every_seat),
    "seat_roles": Figure(stated.seat_roles, _every_seat),
    "employee_level": Figure(stated.employee_level, lambda why: [(e,) for e in why.graph.employees]),
    "decision_weight": Figure(weight.decision_weight, _every_seat),
    "decides": Figure(weight.decides, _every_seat),
    "departure_loss": Figure(losses.departure_loss, _employees),
    "kept": Figure(losses.kept, lambda why: [(s, end) for (s,) in _seats(why) for end in ("low", "high")]),
    "dependence": Figure(losses.dependence, _once),
    "contact_loss": Figure(losses.contact_loss, _holders),
    "largest_contact_loss": Figure(risk.largest_contact_loss, _once),
    "fade_90": Figure(losses.fade_90, _once),
    "uncovered": Figure(uncovered_.uncovered, _once),
    "bare": Figure(uncovered_.bare, _seats),
    "ownership_hhi": Figure(structure.ownership_hhi, _once),
    "bus_factor": Figure(structure.bus_factor, _once),
    "survivability": Figure(structure.survivability, _seats),
    "sole_route": Figure(structure.sole_route, _seats),
    "comes_through": Figure(structure.comes_through, _routes),
    "total_reach": Figure(risk.total_reach, _once),
    "risk_contributions": Figure(risk.risk_contributions, _each(risk.CAUSES)),
    "revenue_at_risk": Figure(risk.revenue_at_risk, _losing),
}
"""The figures and steps of an observed account: the keys of its result, and what they are made of."""

ALWAYS: Mapping[str, Figure] = {
    "risk": Figure(risk.risk, _once),
    "finding": Figure(findings.finding, findings.identities),
}
"""What an account has even where nothing of it is observed."""


def figures(why: Ground) -> Mapping[str, Figure]:
    """The figures of an account, by name."""
    return {**ALWAYS, **MEASURED} if why.graph.observed else ALWAYS


def names(why: Ground, figure: str) -> list[str]:
    """The names of the nodes that a figure of an account has."""
    return ["/".join(map(escaped, (figure, *args))) for args in figures(why)[figure].there(why)]


def lookup(why: Ground, wanted: str) -> Node | None:
    """The node of that name or id; None where the account has none."""
    name, _, path = wanted.partition("#")
    ground, (figure, *args) = why, [unescaped(part) for part in name.split("/")]
    if figure == "without" and len(args) > 1 and args[0] in verdict.leaving(why) and why.graph.observed:
        ground, (figure, *args) = why.without(args[0]), args[1:]
    known: Any = figures(ground).get(figure)
    if known is None or tuple(args) not in set(known.there(ground)):
        return None
    node: Node | None = known.explain(ground, *args)
    for place in path.split(".") if path else ():
        below = node.children if node is not None else ()
        node = below[int(place)] if place.isdecimal() and int(place) < len(below) else None
    return node

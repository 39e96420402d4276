"""Structure: who owns the ties, how many routes there are, and who carries a seat alone (section 10)."""

from collections.abc import Iterator

from graphcrm.errors import N_, Message
from graphcrm.explanation.breadth import live_tie
from graphcrm.explanation.ground import (
    Ground,
    employee_named,
    everywhere,
    family,
    leaf,
    named,
    node,
    nothing,
    seat_named,
)
from graphcrm.explanation.losses import at_end
from graphcrm.explanation.reach import carriers, doors, firm_routes, leg, routes
from graphcrm.explanation.weight import decision_weight
from graphcrm.measures.bus_factor import bus_factor as measured
from graphcrm.records.explanation import Node, Words
from graphcrm.records.interval import exactly

FIRM = ""
"""The firm has no name among those who carry a seat: it never leaves."""


@family
def ownership_hhi(why: Ground) -> Node:
    """Σ share², the shares in Σ w·direct live strength, at proven strength and low weights."""
    owners = [_held(why, employee) for employee in why.graph.concerned]
    none = nothing(Message(N_("no tie and no interaction on record")))
    return node(Message(N_("ownership concentration")), "herfindahl", *(owners or [none]), unit="number")


def _held(why: Ground, employee: str) -> Node:
    """What an employee holds: the weight of seats times the direct live tie."""
    says = Message(N_("what {employee} holds"), {"employee": why.employee(employee)})
    parts = [
        node(
            Message("{seat}", {"seat": why.seat(seat.id)}),
            "product",
            at_end(decision_weight(why, seat.id), "low"),
            at_end(leg(why, employee, seat.holder), "low"),
            unit="number",
        )
        for seat in why.graph.scope
        if seat.holder is not None and employee in why.graph.ties[seat.holder]
    ]
    none = nothing(Message(N_("no tie to the holder of a seat")), exactly(0.0), "number")
    return node(says, "sum", *(parts or [none]), unit="number")


@family
def survivability(why: Ground, seat: str) -> Node:
    """Disjoint routes to a seat: pairs of employees and doors; a direct tie is a door of its own."""
    pairs = list(_disjoint(why, seat))
    none = nothing(Message(N_("no tie and no interaction on record")))
    says = Message(N_("independent routes to {seat}"), {"seat": why.seat(seat)})
    return node(says, "matching", *(pairs or [none]), unit="count")


def _disjoint(why: Ground, seat: str) -> Iterator[Node]:
    for holder, gate in doors(why, seat):
        for employee in why.graph.ties[holder]:
            who = {"employee": why.employee(employee), "contact": why.contact(holder)}
            if gate is None:
                says = Message(N_("{employee} to {contact} directly"), who)
                own = Message(N_("a route of their own"))
                key = Words((f"={employee}",))  # no seat's id
                door = leaf(own, key, "key", evidence=why.graph.employees[employee])
            else:
                says = Message(N_("{employee} through {contact}"), who)
                door = seat_named(why, gate)
            yield node(
                says,
                "pair",
                employee_named(why, employee),
                door,
                live_tie(why, employee, holder),
                unit="pair",
            )


@everywhere
def comes_through(why: Ground, employee: str, seat: str) -> Node:
    """Whether an employee reaches a seat: possible where it is not proven."""
    return _joined(why, employee_named(why, employee), seat, routes(why, employee, seat))


def _joined(why: Ground, carrier: Node, seat: str, route: Node) -> Node:
    nought = Message(N_("no live route"))
    live = node(
        Message(N_("a live route")), "not", node(nought, "is_nought", route, unit="verdict"), unit="verdict"
    )
    says = Message(N_("{carrier} reaches {seat}"), {"carrier": carrier.says, "seat": why.seat(seat)})
    return node(says, "pair", carrier, seat_named(why, seat), live, unit="pair")


def _through(why: Ground, seat: str) -> list[Node]:
    """Everybody with a tie by which the seat may be reached, the firm included."""
    pairs = [comes_through(why, employee, seat) for employee in carriers(why, seat)]
    if any(holder in why.graph.firm for holder, _ in doors(why, seat)):
        firm = named(Message(N_("the firm")), FIRM, evidence=why.graph.account)
        pairs.append(_joined(why, firm, seat, firm_routes(why, seat)))
    return pairs


@family
def sole_route(why: Ground, seat: str) -> Node:
    """The one employee without whom a reached seat is not reached, at proven strength."""
    says = Message(N_("only route to {seat}"), {"seat": why.seat(seat)})
    none = nothing(Message(N_("no tie and no interaction on record")))
    return node(says, "only_one", *(_through(why, seat) or [none]), unit="words")


@family
def bus_factor(why: Ground) -> Node:
    """The fewest employees whose leaving takes the weight of reached seats below half of today's."""
    fewest = measured(why.graph)

    def seats() -> tuple[Node, ...]:
        reached = tuple(_carried(why, seat.id) for seat in why.graph.scope)
        return tuple(s for s in reached if s is not None) or (nothing(Message(N_("no seat is reached"))),)

    return Node(
        says=Message(N_("bus factor")),
        operator="fewest_for_half",
        value=None if fewest is None else exactly(float(fewest)),
        unit="count",
        grow=seats,
    )


def _carried(why: Ground, seat: str) -> Node | None:
    """A reached seat: its weight and those who reach it."""
    pairs = _through(why, seat)
    if not any(getattr(pair.value, "holds", "no") == "proven" for pair in pairs):
        return None
    weight = at_end(decision_weight(why, seat), "low")
    return node(Message("{seat}", {"seat": why.seat(seat)}), "carried", weight, *pairs, unit="carried")

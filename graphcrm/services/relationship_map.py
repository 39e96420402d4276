"""The relationship map of one account: what a picture of it shows."""

from collections.abc import Iterator, Mapping

from graphcrm.graph.account import AccountGraph, SeatNode, TieEdge
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.reach import ENDS, End, leg, reach
from graphcrm.measures.breadth import department_cells, directly_reached
from graphcrm.measures.sole_route import sole_route
from graphcrm.records.interval import Interval
from graphcrm.records.relationship_map import (
    MapInfluence,
    MapTie,
    OurPerson,
    RelationshipMap,
    TheirDepartment,
    TheirSeat,
)
from graphcrm.records.review import Review
from graphcrm.services.review import review


def map_account(facts: Facts, account: str) -> RelationshipMap:
    """The map of an account with its review. Raises UnknownRecord where the facts hold none of that id."""
    graph = build_graph(facts, account)
    return relationship_map(graph, review(graph))


def relationship_map(graph: AccountGraph, review: Review) -> RelationshipMap:
    """Everything a picture of the account needs, with nothing left to compute."""
    routes = sole_route(graph)
    return RelationshipMap(
        name=graph.account.name,
        our_people=tuple(_person(graph, employee, routes) for employee in sorted(graph.present)),
        departments=tuple(_departments(graph)),
        seats=tuple(_seats(graph, routes)),
        ties=tuple(_ties(graph)),
        influences=tuple(
            MapInfluence(source=gate, target=seat, strength=strength)
            for seat, gates in graph.gates.items()
            for gate, strength in gates.items()
        ),
        review=review,
    )


def _person(graph: AccountGraph, employee: str, routes: Mapping[str, str]) -> OurPerson:
    record = graph.employees[employee]
    return OurPerson(
        id=employee,
        name=record.name,
        function=record.function,
        level=record.level,
        only_route_to=tuple(seat for seat, only in routes.items() if only == employee),
    )


def _departments(graph: AccountGraph) -> Iterator[TheirDepartment]:
    cells = department_cells(graph)
    for department in graph.departments:
        seats = [s for level in cells.get(department.id, {}).values() for s in level]
        yield TheirDepartment(
            id=department.id,
            name=department.name,
            seats=len(seats),
            reached=sum(directly_reached(graph, s, "low") for s in seats),
        )


def _seats(graph: AccountGraph, routes: Mapping[str, str]) -> Iterator[TheirSeat]:
    low, high = reach(graph, "low"), reach(graph, "high")
    for seat in graph.seats.values():
        holder = graph.contacts[seat.holder] if seat.holder is not None else None
        if seat.in_scope:
            reached = Interval(low[seat.id], high[seat.id])
        else:  # a gate elsewhere is priced for its own account; here counts who knows its holder
            reached = Interval(*(_direct(graph, seat, end) for end in ENDS))
        yield TheirSeat(
            id=seat.id,
            title=seat.title or seat.id,
            holder=seat.holder,
            holder_name=holder.name if holder else None,
            department=seat.department if seat.own else None,
            elsewhere=None if seat.own else seat.account_name,
            level=seat.level,
            roles=seat.roles,
            attitude=holder.attitude if holder else None,
            is_key=seat.is_key and seat.in_scope,
            is_decider=seat.is_decider,
            in_scope=seat.in_scope,
            reach=reached.rounded(),
            only_through=routes.get(seat.id),
        )


def _direct(graph: AccountGraph, seat: SeatNode, end: End) -> float:
    """The best live direct leg to the seat's holder, an employee's or the firm's."""
    assert seat.holder is not None, "a gate is occupied"
    legs = (*graph.ties[seat.holder].values(), graph.firm.get(seat.holder))
    return max((leg(tie, graph, end) for tie in legs), default=0.0)


def _ties(graph: AccountGraph) -> Iterator[MapTie]:
    for seat in graph.seats.values():
        if seat.holder is None:
            continue
        for employee, tie in graph.ties[seat.holder].items():
            if tie.now.high > 0:
                yield _tie(graph, seat, employee, tie)
        firm = graph.firm.get(seat.holder)
        if firm is not None and leg(firm, graph, "high") > 0:
            yield _tie(graph, seat, None, firm)


def _tie(graph: AccountGraph, seat: SeatNode, employee: str | None, tie: TieEdge) -> MapTie:
    live = leg(tie, graph, "low") > 0
    return MapTie(
        employee=employee,
        seat=seat.id,
        strength=tie.now.rounded(),
        live=live,
        fading=live and leg(tie, graph, "low", "later") == 0,
    )

"""An account with something else known of it: another seat, contact or tie; all else as it is.

The given graph stays as it was. Equal to building it anew from facts that say so, without reading them.
"""

from dataclasses import replace

from graphcrm.graph.account import FIRM, AccountGraph, ContactNode, Node, SeatNode, TieEdge
from graphcrm.graph.ties import firm_route
from graphcrm.records.employee import Employee


def with_seat(graph: AccountGraph, seat: SeatNode) -> AccountGraph:
    """The account with this seat in the place of the one with its id."""
    network = graph.network.copy()
    network.nodes[Node("seat", seat.id)]["seat"] = seat
    return replace(graph, network=network)


def with_contact(graph: AccountGraph, contact: ContactNode) -> AccountGraph:
    """The account with this contact in the place of the one with its id."""
    network = graph.network.copy()
    network.nodes[Node("contact", contact.id)]["contact"] = contact
    return replace(graph, network=network)


def with_tie(graph: AccountGraph, employee: str, contact: str, tie: TieEdge) -> AccountGraph:
    """The account with this tie of an employee to a contact, and what the firm then keeps of all."""
    network, person = graph.network.copy(), Node("contact", contact)
    network.add_edge(Node("employee", employee), person, tie=tie)
    network.remove_edges_from([(FIRM, person)])
    firm = firm_route(data["tie"] for _, _, data in network.in_edges(person, data=True))
    if firm is not None:
        network.add_edge(FIRM, person, tie=firm)
    return replace(graph, network=network)


def with_employee(graph: AccountGraph, employee: Employee) -> AccountGraph:
    """The account with this employee in the place of the one with that id."""
    return replace(graph, employees={**graph.employees, employee.id: employee})

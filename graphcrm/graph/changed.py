"""An account with something else known of it: another seat, contact or ties; all else as it is.

The given graph stays as it was. Equal to building it anew from facts that say so, without reading them.
"""

from collections.abc import Mapping
from dataclasses import replace

from graphcrm.graph.account import AccountGraph, ContactNode, Node, SeatNode, TieEdge
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


def with_ties(graph: AccountGraph, contact: str, ties: Mapping[Node, TieEdge]) -> AccountGraph:
    """The account with these ties into a contact, ours and the firm's, and no others."""
    network, person = graph.network.copy(), Node("contact", contact)
    network.remove_edges_from(list(network.in_edges(person)))
    network.add_edges_from((source, person, {"tie": tie}) for source, tie in ties.items())
    return replace(graph, network=network)


def with_employee(graph: AccountGraph, employee: Employee) -> AccountGraph:
    """The account with this employee in the place of the one with that id."""
    return replace(graph, employees={**graph.employees, employee.id: employee})

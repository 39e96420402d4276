"""False redundancy: several of ours reach a seat, and all through one contact (section 10)."""

from collections.abc import Iterator

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import legs
from graphcrm.records.structure import SingleThread


def single_threads(graph: AccountGraph) -> tuple[SingleThread, ...]:
    """Seats in scope that two or more employees reach, none of them directly, all through one contact.

    At proven strength. Without that contact the seat is not reached, whoever stays: what looks like
    several routes is one thread. A contact with two seats is two gates and still one thread; a route that
    the firm keeps through anybody else is a second one.
    """
    return tuple(_threads(graph))


def _threads(graph: AccountGraph) -> Iterator[SingleThread]:
    live = legs(graph, "low")
    for seat in graph.scope:
        # Direct legs first: a seat whose holder we know is never one gate's, however weak the tie.
        if seat.holder is None or live[seat.holder]:
            continue
        open_ = [gate for gate in graph.gates[seat.id] if live[graph.seats[gate].holder or ""]]
        holders = {graph.seats[gate].holder for gate in open_}
        if len(holders) != 1:
            continue
        (contact,) = holders
        assert contact is not None, "a gate is occupied"
        employees = tuple(sorted(who for who in live[contact] if who is not None))
        if len(employees) > 1:
            yield SingleThread(seat=seat.id, contact=contact, gates=tuple(open_), employees=employees)

"""What somebody drew: nodes and edges of a networkx graph read as people, seats and ties, or refused."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any, TypeVar

import networkx as nx
from pydantic import ValidationError

from graphcrm.errors import N_, InputError, Message
from graphcrm.policies import Policy
from graphcrm.records.base import Record
from graphcrm.records.contact import Contact
from graphcrm.records.department import Department
from graphcrm.records.employee import Employee
from graphcrm.records.interval import ANYTHING, Interval, exactly
from graphcrm.records.seat import Seat

Said = Mapping[str, object]
"""What a node, an edge or a mapping says of itself."""
R = TypeVar("R", bound=Record)

NODES: Mapping[str, frozenset[str]] = {
    "employee": frozenset(Employee.model_fields) - {"id"},
    "contact": frozenset({"name", "attitude"}),
    "seat": frozenset({"account", "title", "level", "roles", "weight", "reports_to", "decides_for"}),
    "department": frozenset({"name", "function", "importance"}),
}
"""What a node of each kind may say besides ``kind`` and ``id``."""
EDGES: Mapping[tuple[str, str], frozenset[str]] = {
    ("employee", "contact"): frozenset({"strength", "later", "trust_holder"}),
    ("contact", "seat"): frozenset(),
    ("seat", "department"): frozenset(),
    ("seat", "seat"): frozenset({"strength"}),
}
"""Which kinds an edge may join, and what it may say."""


@dataclass(frozen=True)
class DrawnTie:
    """A tie as drawn; None is not said. Without ``later`` a strength fades as the method has it."""

    now: Interval | None
    later: Interval | None
    trust_holder: str


@dataclass(frozen=True)
class Drawn:
    """What was drawn, by id; ties by employee and contact, influence by gate and seat."""

    employees: dict[str, Employee] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    attitudes: dict[str, str | None] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    holder: dict[str, str] = field(default_factory=dict)
    ties: dict[tuple[str, str], DrawnTie] = field(default_factory=dict)
    influence: dict[tuple[str, str], float] = field(default_factory=dict)


def read_drawn(network: "nx.DiGraph[Any]", policy: Policy, account: str) -> Drawn:
    """Everything in the network; raises InputError that names the first thing that makes no sense."""
    if not network.is_directed() or network.is_multigraph():
        raise InputError(
            N_("An account is a directed graph with at most one edge from one node to another."),
            hint=N_("Build it as a networkx.DiGraph."),
        )
    names = _names(network)
    department = _departments_of_seats(network, names)
    drawn = Drawn()
    for node, (kind, id_) in sorted(names.items(), key=lambda named: named[1]):
        said, where = _said(network.nodes[node]), Message(N_("Node {node}"), {"node": repr(node)})
        fields = {"id": id_, **{key: value for key, value in said.items() if key not in {"kind", "id"}}}
        if kind == "employee":
            drawn.employees[id_] = record(Employee, where, {"name": id_, **fields})
        elif kind == "contact":
            drawn.attitudes[id_] = word(
                where, "attitude", fields.pop("attitude", None), policy.attitudes, policy
            )
            drawn.contacts[id_] = record(Contact, where, {"name": id_, **fields})
        elif kind == "department":
            drawn.departments[id_] = record(Department, where, {"name": id_, "account": account, **fields})
        else:
            seat = record(Seat, where, {"account": account, "department": department.get(id_), **fields})
            for role in seat.roles or ():
                word(where, "roles", role, policy.decision_weight.roles, policy)
            drawn.seats[id_] = seat
    _read_edges(drawn, network, names, policy)
    _read_bosses(drawn, policy)
    return drawn


def record(kind: type[R], where: Message, fields: Said) -> R:
    """The record with these fields; InputError names where they stand and the first that is wrong."""
    try:
        return kind.model_validate({key: value for key, value in fields.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(
            N_("{where}: {attribute} is {value}: {what}."),
            hint=N_("docs/bundles.md lists what {kind} may say."),
            where=where,
            attribute=".".join(map(str, first["loc"])),
            value=repr(first["input"]),
            what=first["msg"],
            kind=kind.kind,
        ) from None


def word(
    where: Message, attribute: str, value: object, scale: Collection[str], policy: Policy
) -> str | None:
    """A word of the policy's, or None; InputError where it knows no such word."""
    if value is None or (isinstance(value, str) and value in scale):
        return value
    raise InputError(
        N_("{where}: {attribute} is {value}, which policy {policy} does not define."),
        hint=N_("Use one of: {known}."),
        where=where,
        attribute=attribute,
        value=repr(value),
        policy=policy.name,
        known=", ".join(scale),
    )


def plain(value: object) -> object:
    """A value as records take it: numbers of numpy become Python's, and lists tuples."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    return tuple(map(plain, value)) if isinstance(value, list | tuple) else value


def _said(attributes: Said) -> dict[str, object]:
    """What is said: None says nothing."""
    return {key: plain(value) for key, value in attributes.items() if value is not None}


def _names(network: "nx.DiGraph[Any]") -> Mapping[Hashable, tuple[str, str]]:
    """Kind and id of every node."""
    names: dict[Hashable, tuple[str, str]] = {}
    drawn: dict[tuple[str, str], Hashable] = {}
    for node, attributes in network.nodes(data=True):
        said = _said(attributes)
        kind, id_ = said.get("kind"), said.get("id", node)
        if not isinstance(kind, str) or kind not in NODES:
            raise InputError(
                N_("Node {node} has no kind that is known here: {kind}."),
                hint=N_("Give it the attribute kind, one of: {known}."),
                node=repr(node),
                kind=repr(kind),
                known=", ".join(NODES),
            )
        if not isinstance(id_, str):
            raise InputError(
                N_("Node {node} has no id that is text."),
                hint=N_(
                    "Give it the attribute id, or name all nodes by text: networkx.relabel_nodes(g, str)."
                ),
                node=repr(node),
            )
        if surplus := sorted(set(said) - NODES[kind] - {"kind", "id"}, key=str):
            raise InputError(
                N_("Node {node} says {attribute!r}, which has no meaning here."),
                hint=N_("A node of the kind {kind} may say: {known}."),
                node=repr(node),
                attribute=surplus[0],
                kind=kind,
                known=", ".join(sorted(NODES[kind])),
            )
        if (kind, id_) in drawn:
            raise InputError(
                N_("Nodes {one} and {other} are both the {kind} {id!r}."),
                hint=N_("Give each an id of its own."),
                one=repr(drawn[kind, id_]),
                other=repr(node),
                kind=kind,
                id=id_,
            )
        names[node] = (kind, id_)
        drawn[kind, id_] = node
    return names


def _departments_of_seats(
    network: "nx.DiGraph[Any]", names: Mapping[Hashable, tuple[str, str]]
) -> Mapping[str, str]:
    """The department that each seat is drawn into."""
    found: dict[str, str] = {}
    for start, end in network.edges:
        (kind, seat), (to, department) = names[start], names[end]
        if (kind, to) == ("seat", "department"):
            if seat in found:
                raise _taken(
                    seat,
                    N_("Seat {seat!r} is in two departments: {one} and {other}."),
                    found[seat],
                    department,
                )
            found[seat] = department
    return found


def _read_edges(
    drawn: Drawn, network: "nx.DiGraph[Any]", names: Mapping[Hashable, tuple[str, str]], policy: Policy
) -> None:
    for start, end, attributes in network.edges(data=True):
        (kind, one), (to, other) = names[start], names[end]
        said, where = (
            _said(attributes),
            Message(N_("Edge {start} → {end}"), {"start": repr(start), "end": repr(end)}),
        )
        _check_edge(where, (kind, to), said, loop=start == end)
        if kind == "employee":
            drawn.ties[one, other] = _tie(where, said)
        elif kind == "contact":
            if other in drawn.holder:
                raise _taken(
                    other,
                    N_("Seat {seat!r} has two holders: {one} and {other}."),
                    drawn.holder[other],
                    one,
                )
            drawn.holder[other] = one
        elif to == "seat":
            low, high = _strength(where, "strength", said.get("strength", policy.reach.influence))
            if low != high:
                raise _no_strength(where, "strength", said["strength"])
            drawn.influence[one, other] = low
    if idle := sorted(set(drawn.contacts) - set(drawn.holder.values())):
        raise InputError(
            N_("Contact {contact!r} holds no seat, and so counts for nothing."),
            hint=N_("Draw an edge from the contact to a seat, or leave the contact out."),
            contact=idle[0],
        )


def _check_edge(where: Message, kinds: tuple[str, str], said: Said, *, loop: bool) -> None:
    if loop:
        raise InputError(
            N_("{where} leads from a node to itself."), hint=N_("Take that edge out."), where=where
        )
    if kinds not in EDGES:
        raise InputError(
            N_("{where} leads from the kind {one} to the kind {other}."),
            hint=N_("Edges lead {known}: turn it round, or take it out."),
            where=where,
            one=kinds[0],
            other=kinds[1],
            known=", ".join(" → ".join(pair) for pair in EDGES),
        )
    if surplus := sorted(set(said) - EDGES[kinds], key=str):
        raise InputError(
            N_("{where} says {attribute!r}, which has no meaning here."),
            hint=N_("An edge {kinds} may say: {known}."),
            where=where,
            attribute=surplus[0],
            kinds=" → ".join(kinds),
            known=", ".join(sorted(EDGES[kinds])) or "–",
        )


def _tie(where: Message, said: Said) -> DrawnTie:
    now, later = (
        _strength(where, name, said[name]) if name in said else None for name in ("strength", "later")
    )
    low, high = now or ANYTHING
    if later is not None and (later.low > low or later.high > high):
        raise InputError(
            N_("{where}: later is above strength, and no tie gets stronger by waiting."),
            hint=N_("Give a later that is at most the strength, at both ends."),
            where=where,
        )
    holder = said.get("trust_holder", "person")
    if holder not in {"person", "firm", "unknown"}:
        raise InputError(
            N_("{where}: trust_holder is {value}."),
            hint=N_("Write person, firm or unknown."),
            where=where,
            value=repr(holder),
        )
    return DrawnTie(now, later, str(holder))


def _strength(where: Message, attribute: str, value: object) -> Interval:
    """A number from 0 to 1, or two of them in order."""
    match value:
        case bool():
            pass
        case (float() | int() as low, float() | int() as high) if 0 <= low <= high <= 1:
            return Interval(float(low), float(high)).rounded()
        case float() | int() if 0 <= value <= 1:  # NaN is in no order, and so refused too
            return exactly(float(value)).rounded()
    raise _no_strength(where, attribute, value)


def _no_strength(where: Message, attribute: str, value: object) -> InputError:
    return InputError(
        N_("{where}: {attribute} is {value}."),
        hint=N_("Give a number from 0 to 1, or for a tie also (low, high)."),
        where=where,
        attribute=attribute,
        value=repr(value),
    )


def _read_bosses(drawn: Drawn, policy: Policy) -> None:
    """Reporting bears on the boss, and back; the largest influence of several counts."""
    for seat in drawn.seats.values():
        boss = seat.reports_to
        if boss is None:
            continue
        if boss not in drawn.seats or boss == seat.id:
            raise InputError(
                N_("Seat {seat!r} reports to {boss!r}, which is no other seat here."),
                hint=N_("Give the id of its boss's seat."),
                seat=seat.id,
                boss=boss,
            )
        for pair, strength in (
            ((seat.id, boss), policy.reach.to_boss),
            ((boss, seat.id), policy.reach.to_subordinate),
        ):
            drawn.influence[pair] = max(strength, drawn.influence.get(pair, 0.0))


def _taken(seat: str, template: str, one: str, other: str) -> InputError:
    return InputError(
        template, hint=N_("Keep one of these edges."), seat=seat, one=repr(one), other=repr(other)
    )

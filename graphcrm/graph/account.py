"""The account graph: one customer as a networkx graph as of a day, and the tables read off it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import networkx as nx

from graphcrm.graph.facts import scale_value
from graphcrm.policies import Policy, Standard
from graphcrm.records.account import Account
from graphcrm.records.department import Department
from graphcrm.records.employee import Employee
from graphcrm.records.interval import Interval
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.stage import Stage


class Node(NamedTuple):
    """A node of an account graph: its kind (employee, firm, contact, seat, department) and id."""

    kind: str
    id: str


FIRM = Node("firm", "")
"""Where trust rests that no employee carries."""


@dataclass(frozen=True)
class SeatNode:
    """A seat as the graph holds it. ``own`` seats are the account's; others decide for it or are gates."""

    id: str
    title: str | None
    account: str
    account_name: str
    own: bool
    in_scope: bool
    department: str | None
    level: int | None
    roles: tuple[str, ...] | None
    weight: Interval
    holder: str | None
    is_decider: bool
    is_key: bool


@dataclass(frozen=True)
class ContactNode:
    """A contact as the graph holds it; ``attitude`` None is unknown. ``seats_held`` are all of them."""

    id: str
    name: str
    attitude: str | None
    seats_held: tuple[str, ...]


@dataclass(frozen=True)
class TieEdge:
    """A direct route to a contact: its strength at the day, and later without new contact.

    The rest is said of ties of ours: who holds the trust (None: no tie is on record), what of it the firm
    keeps, and what an assessment of the day fades into (None: ``later`` was stated, and holds).
    """

    now: Interval
    later: Interval
    trust_holder: str | None = None
    kept: "TieEdge | None" = None
    fades_into: float | None = 0.0


@dataclass(frozen=True)
class Leaver:
    """A contact who left a seat here lately: when, with what attitude, and which seats elsewhere now."""

    contact: str
    name: str
    seat: str
    left_on: date
    attitude: str | None
    now_at: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class AccountGraph:
    """One account as of a day: ``network`` holds nodes and edges, the rest belongs to the whole.

    Edges of ``network``: employee → contact and FIRM → contact (``tie``: TieEdge), contact → seat,
    seat → seat where one bears on the other (``strength``, ``distance`` = −ln strength), and
    seat → department. ``present`` are the employees of ours who are there. A graph never changes, so the
    tables below, and what measures read off it (``once``), are made once.
    """

    account: Account
    as_of: date
    known_at: date | None
    policy: Policy
    network: "nx.DiGraph[Node]"
    employees: Mapping[str, Employee]
    present: frozenset[str]
    departments: tuple[Department, ...]
    mechanisms: tuple[Mechanism, ...]
    stages: tuple[Stage, ...]
    leavers: tuple[Leaver, ...]
    remembered: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def without(self, employee: str) -> "AccountGraph":
        """The same account without one of our employees; what the firm keeps stays."""
        return replace(self, present=self.present - {employee})

    def attitude_value(self, attitude: str) -> float:
        """How much an attitude supports us, on the policy's scale."""
        return scale_value(self.policy.attitudes, attitude, "attitudes", self.policy)

    def standard(self, mode: str) -> Standard:
        """What an engagement mode requires."""
        return scale_value(self.policy.standards, mode, "standards", self.policy)

    @cached_property
    def seats(self) -> Mapping[str, SeatNode]:
        """Seats in scope and gates to them, by id, in id order."""
        return {n.id: data["seat"] for n, data in sorted(self._nodes("seat"))}

    @cached_property
    def scope(self) -> tuple[SeatNode, ...]:
        """The account's own seats and seats elsewhere that decide for it, in id order."""
        return tuple(s for s in self.seats.values() if s.in_scope)

    @cached_property
    def contacts(self) -> Mapping[str, ContactNode]:
        """The holders of those seats, by id, in id order."""
        return {n.id: data["contact"] for n, data in sorted(self._nodes("contact"))}

    @cached_property
    def every_tie(self) -> Mapping[str, Mapping[str, TieEdge]]:
        """By contact, then employee of ours, there or not: the direct routes."""
        return {
            contact: {
                source.id: data["tie"]
                for source, _, data in sorted(self.network.in_edges(Node("contact", contact), data=True))
                if source.kind == "employee"
            }
            for contact in self.contacts
        }

    @cached_property
    def ties(self) -> Mapping[str, Mapping[str, TieEdge]]:
        """By contact, then present employee: the direct routes."""
        return {
            contact: {who: tie for who, tie in ties.items() if who in self.present}
            for contact, ties in self.every_tie.items()
        }

    @cached_property
    def firm(self) -> Mapping[str, TieEdge]:
        """By contact: the route that the firm keeps, whoever leaves."""
        return {node.id: data["tie"] for _, node, data in sorted(self.network.out_edges(FIRM, data=True))}

    @cached_property
    def gates(self) -> Mapping[str, Mapping[str, float]]:
        """By seat in scope: the occupied seats that bear on it, with their influence."""
        return {
            seat.id: {
                source.id: data["strength"]
                for source, _, data in sorted(self.network.in_edges(Node("seat", seat.id), data=True))
                if source.kind == "seat"
            }
            for seat in self.scope
        }

    @cached_property
    def concerned(self) -> tuple[str, ...]:
        """Present employees with a tie to, or interaction with, the holder of a seat or gate."""
        return tuple(sorted({employee for ties in self.ties.values() for employee in ties}))

    @cached_property
    def observed(self) -> bool:
        """Whether a tie or interaction that counts concerns a holder of a seat in scope, whoever had it."""
        holders = {s.holder for s in self.scope if s.holder is not None}
        return any(
            source.kind == "employee"
            for holder in holders
            for source, _ in self.network.in_edges(Node("contact", holder))
        )

    def _nodes(self, kind: str) -> list[tuple[Node, dict[str, Any]]]:
        return [(n, data) for n, data in self.network.nodes(data=True) if n.kind == kind]

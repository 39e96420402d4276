"""An account that somebody builds by hand, as a networkx graph in a notebook."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from math import log
from typing import Any

import networkx as nx

from graphcrm.errors import N_, InputError, Message
from graphcrm.graph.account import FIRM, AccountGraph, ContactNode, Node, SeatNode, TieEdge
from graphcrm.graph.drawn import Drawn, DrawnTie, Said, plain, read_drawn, record, word
from graphcrm.graph.scenario import prune
from graphcrm.graph.ties import assessed_today, firm_route, trusted
from graphcrm.graph.weight import decision_weight, is_decider
from graphcrm.policies import Policy, load_policy
from graphcrm.records.account import Account
from graphcrm.records.interval import ANYTHING
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.seat import Seat
from graphcrm.records.stage import Stage


def account_graph(
    network: "nx.DiGraph[Any]",
    *,
    policy: Policy | None = None,
    as_of: date | None = None,
    account: Account | Said | str = "account",
    mechanisms: Iterable[Said] = (),
    stages: Iterable[str] = (),
) -> AccountGraph:
    """One account from a directed graph made by hand; what is not said is unknown, not zero.

    **Nodes** need ``kind``. The node is its own id, unless it says an ``id``.

    - ``employee``: one of ours. Any field of an employee's record: ``name``, ``level``, ``captured`` …
    - ``contact``: a person at the customer. ``name``; ``attitude`` (absent: unknown).
    - ``seat``: a position. ``title``; ``level``, 1 is the top (absent: unknown); ``roles`` (absent:
      unknown, empty: none); ``weight``, stated instead of both; ``reports_to``, the boss's seat;
      ``account``, if it is another's, and ``decides_for``, the accounts it decides for.
    - ``department``: ``name``, ``function``, ``importance`` (1).

    **Edges** are what they join.

    - employee → contact, a tie. ``strength`` 0..1, or ``(low, high)`` (absent: unknown, 0..1);
      ``trust_holder`` person, firm or unknown (person); ``later``, the strength after the policy's days of
      fading (absent: it fades as an assessment of ``as_of`` does).
    - contact → seat: holds it. One holder a seat; nobody: vacant.
    - seat → department: is in it. One department a seat.
    - seat → seat: bears on it. ``strength`` 0..1 (absent: the policy's).

    ``policy`` is the default method pack if None, ``as_of`` today (UTC). ``account`` is the name, or fields
    of an account's record (``name``, ``mode``, ``annual_revenue``, ``mechanisms_complete`` …).
    ``mechanisms`` are fields of mechanism records (``kind``, ``our_owners``, ``cadence_days``, ``held`` …),
    ``stages`` are names. An employee without a tie may get one in a what-if. ``network`` stays as it is.

    Raises InputError that names the first node or edge which makes no sense, and the cure.

    >>> network = nx.DiGraph()
    >>> network.add_node("li", kind="employee")
    >>> network.add_node("chen", kind="contact", attitude="supporter")
    >>> network.add_node("ceo", kind="seat", level=1, roles=["decider"])
    >>> network.add_edge("li", "chen", strength=0.8)
    >>> network.add_edge("chen", "ceo")
    >>> account_graph(network, account="Acme").ties["chen"]["li"].now
    Interval(low=0.8, high=0.8)
    """
    policy, as_of = policy or load_policy(), _day(as_of)
    customer = _account(account, policy)
    drawn = read_drawn(network, policy, customer.id)
    in_force = [m for m in _mechanisms(mechanisms, customer, drawn, policy) if m.valid_at(as_of)]
    return AccountGraph(
        account=customer,
        as_of=as_of,
        known_at=None,
        policy=policy,
        network=_network(drawn, policy, customer.id),
        employees=drawn.employees,
        present=frozenset(e.id for e in drawn.employees.values() if e.valid_at(as_of)),
        departments=tuple(drawn.departments.values()),
        mechanisms=tuple(sorted(in_force, key=lambda m: m.id)),
        stages=tuple(Stage(account=customer.id, name=name) for name in sorted(stages)),
        leavers=(),
    )


def _day(as_of: date | None) -> date:
    """The day; a time of day would be compared with none."""
    if as_of is None:
        return datetime.now(UTC).date()
    if isinstance(as_of, datetime) or not isinstance(as_of, date):
        raise InputError(
            N_("as_of is {value!r}, which is no day."), hint=N_("Give a datetime.date."), value=as_of
        )
    return as_of


def _account(account: Account | Said | str, policy: Policy) -> Account:
    if isinstance(account, Account):
        return account
    said = {"name": account} if isinstance(account, str) else account
    where = Message(N_("The account"))
    word(where, "mode", said.get("mode"), policy.standards, policy)
    return record(Account, where, {"id": said.get("name"), **{key: plain(v) for key, v in said.items()}})


def _mechanisms(
    mechanisms: Iterable[Said], account: Account, drawn: Drawn, policy: Policy
) -> Iterable[Mechanism]:
    seen: set[str] = set()
    for number, said in enumerate(mechanisms, 1):
        where = Message(N_("Mechanism {number}"), {"number": number})
        word(where, "kind", said.get("kind"), policy.organisation.mechanism_kinds, policy)
        fields = {"id": f"mechanism {number}", **{key: plain(value) for key, value in said.items()}}
        mechanism = record(Mechanism, where, {**fields, "account": account.id})
        if mechanism.id in seen:
            raise InputError(
                N_("{where} has the id {id}, as another one has."),
                hint=N_("Give each mechanism an id of its own, or none."),
                where=where,
                id=mechanism.id,
            )
        seen.add(mechanism.id)
        for owner in mechanism.our_owners:
            if owner not in drawn.employees:
                raise InputError(
                    N_("{where} has the owner {owner!r}, who is no employee in the graph."),
                    hint=N_("Draw a node of the kind employee for every owner of ours."),
                    where=where,
                    owner=owner,
                )
        yield mechanism


def _network(drawn: Drawn, policy: Policy, account: str) -> "nx.DiGraph[Node]":
    """What was drawn as account graphs hold it."""
    network: nx.DiGraph[Node] = nx.DiGraph()
    network.add_nodes_from([FIRM, *(Node("employee", e) for e in drawn.employees)])
    for seat in drawn.seats.values():
        network.add_node(Node("seat", seat.id), seat=_seat(seat, drawn, policy, account))
        if seat.department is not None:
            network.add_edge(Node("seat", seat.id), Node("department", seat.department))
    for seat_id, holder in drawn.holder.items():
        network.add_edge(Node("contact", holder), Node("seat", seat_id))
    for contact in drawn.contacts.values():
        held = tuple(sorted(seat for seat, holder in drawn.holder.items() if holder == contact.id))
        node = ContactNode(contact.id, contact.name, drawn.attitudes[contact.id], held)
        network.add_node(Node("contact", contact.id), contact=node)
    for (gate, seat_id), strength in drawn.influence.items():
        occupied = gate in drawn.holder and seat_id in drawn.holder
        in_scope = network.nodes[Node("seat", seat_id)]["seat"].in_scope
        if (
            policy.reach.hops
            and occupied
            and in_scope
            and strength >= max(policy.reach.least_influence, 1e-6)
        ):
            network.add_edge(
                Node("seat", gate), Node("seat", seat_id), strength=strength, distance=-log(strength) + 0.0
            )
    _add_ties(network, drawn, policy)
    prune(network)
    return network


def _seat(seat: Seat, drawn: Drawn, policy: Policy, account: str) -> SeatNode:
    weight, decides = decision_weight(seat, policy), is_decider(seat, policy)
    own = seat.account == account
    return SeatNode(
        id=seat.id,
        title=seat.title,
        account=seat.account,
        account_name=seat.account,
        own=own,
        in_scope=own or account in seat.decides_for,
        department=seat.department,
        level=seat.level,
        roles=seat.roles,
        weight=weight,
        holder=drawn.holder.get(seat.id),
        is_decider=decides,
        is_key=decides or weight.high >= policy.decision_weight.key,
    )


def _add_ties(network: "nx.DiGraph[Node]", drawn: Drawn, policy: Policy) -> None:
    """Every tie, and the firm's route to a contact."""
    routes: defaultdict[str, list[TieEdge]] = defaultdict(list)
    for (employee, contact), said in drawn.ties.items():
        tie = _tie(said, policy, captured=drawn.employees[employee].captured)
        network.add_edge(Node("employee", employee), Node("contact", contact), tie=tie)
        routes[contact].append(tie)
    for contact, ties in routes.items():
        if (firm := firm_route(ties)) is not None:
            network.add_edge(FIRM, Node("contact", contact), tie=firm)


def _tie(said: DrawnTie, policy: Policy, *, captured: bool) -> TieEdge:
    later, into = (ANYTHING, 0.0) if said.later is None else (said.later, None)
    tie = trusted(TieEdge(ANYTHING, later, fades_into=into), said.trust_holder, policy)
    # What is unknown today stays unknown; only what somebody said can fade.
    return tie if said.now is None else assessed_today(tie, said.now, policy, captured=captured)

"""Build one account's graph from the facts of a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import log

import networkx as nx

from graphcrm.errors import N_, UnknownRecord
from graphcrm.graph.account import FIRM, AccountGraph, ContactNode, Leaver, Node, SeatNode
from graphcrm.graph.facts import Facts
from graphcrm.graph.ties import contact_ties
from graphcrm.graph.weight import decision_weight, is_decider
from graphcrm.records.seat import Seat


def build_graph(facts: Facts, account: str) -> AccountGraph:
    """The account as a graph: scope, gates, holders, and every employee tied to one of them.

    Raises UnknownRecord where the facts hold no such account.
    """
    record = facts.accounts.get(account)
    if record is None:
        raise UnknownRecord(
            N_("No account has the id {id!r} on {day}."),
            hint=N_("`graphcrm account list` shows the ids."),
            id=account,
            day=facts.as_of.isoformat(),
        )
    own = facts.seats_of.get(account, [])
    scope = {s.id: s for s in (*own, *facts.seats_deciding_for.get(account, []))}
    network: nx.DiGraph[Node] = nx.DiGraph()
    network.add_node(FIRM)
    bearing = list(_influences(facts, scope))
    gates = {gate: facts.seats[gate] for gate, _, _ in bearing}
    for seat in (scope | gates).values():
        _add_seat(network, facts, seat, account, in_scope=seat.id in scope)
    for gate, seat_id, strength in bearing:
        network.add_edge(
            Node("seat", gate), Node("seat", seat_id), strength=strength, distance=-log(strength) + 0.0
        )
    for node in [n for n in network if n.kind == "contact"]:
        for source, tie in contact_ties(facts, node.id).items():
            network.add_edge(source, node, tie=tie)
    mechanisms = tuple(sorted(facts.mechanisms_of.get(account, []), key=lambda m: m.id))
    named = {n.id for n in network if n.kind == "employee"} | {o for m in mechanisms for o in m.our_owners}
    return AccountGraph(
        account=record,
        as_of=facts.as_of,
        known_at=facts.known_at,
        policy=facts.policy,
        network=network,
        employees={e: facts.employees[e] for e in sorted(named) if e in facts.employees},
        present=facts.present & named,
        departments=tuple(sorted(facts.departments_of.get(account, []), key=lambda d: d.id)),
        mechanisms=mechanisms,
        stages=tuple(sorted(facts.stages_of.get(account, []), key=lambda s: s.name)),
        leavers=tuple(_leavers(facts, own, account)),
    )


def _influences(facts: Facts, scope: Iterable[str]) -> Iterable[tuple[str, str, float]]:
    """Gate, seat and strength, for occupied seats in scope and occupied gates to them."""
    if facts.policy.reach.hops == 0:
        return
    for seat in sorted(scope):
        for gate, strength in sorted(facts.influence.get(seat, {}).items()):
            if seat in facts.holder and gate in facts.holder:
                yield gate, seat, strength


def _add_seat(
    network: "nx.DiGraph[Node]", facts: Facts, seat: Seat, account: str, *, in_scope: bool
) -> None:
    weight = decision_weight(seat, facts.policy)
    decider = is_decider(seat, facts.policy)
    holder = facts.holder.get(seat.id)
    node = Node("seat", seat.id)
    network.add_node(
        node,
        seat=SeatNode(
            id=seat.id,
            title=seat.title,
            account=seat.account,
            account_name=facts.account_names.get(seat.account, seat.account),
            own=seat.account == account,
            in_scope=in_scope,
            department=seat.department,
            level=seat.level,
            roles=seat.roles,
            weight=weight,
            holder=holder,
            is_decider=decider,
            is_key=decider or weight.high >= facts.policy.decision_weight.key,
        ),
    )
    if seat.department is not None:
        network.add_edge(node, Node("department", seat.department))
    if holder is not None:
        person = Node("contact", holder)
        network.add_node(
            person,
            contact=ContactNode(
                id=holder,
                name=facts.contacts[holder].name,
                attitude=facts.attitude(holder),
                seats_held=tuple(sorted(facts.seats_held[holder])),
            ),
        )
        network.add_edge(person, node)


def _leavers(facts: Facts, own: list[Seat], account: str) -> Iterable[Leaver]:
    """Who left a seat here lately, once each, and which seats at other accounts they hold now."""
    since = facts.as_of - timedelta(days=facts.policy.findings.moved_days)
    for seat in sorted(own, key=lambda s: s.id):
        left: dict[str, date] = {}
        for holding in facts.holdings_of_seat.get(seat.id, []):
            end = holding.valid_to
            if end is not None and since <= end <= facts.as_of and holding.contact in facts.contacts:
                left[holding.contact] = max(end, left.get(holding.contact, end))
        left.pop(facts.holder.get(seat.id, ""), None)  # who came back has not left
        for person, left_on in sorted(left.items()):
            contact = facts.contacts[person]
            held = facts.seats_held.get(person, [])
            yield Leaver(
                contact=contact.id,
                name=contact.name,
                seat=seat.id,
                left_on=left_on,
                attitude=facts.attitude(contact.id),
                now_at=tuple(sorted(s for s in held if facts.seats[s].account != account)),
            )

"""Accounts drawn by hand: the same review as from facts."""

from datetime import date
from random import Random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from bundles import METHOD_KEYS, TODAY, Customer, as_json, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle
from sketches import Network, sketch

from graphcrm import Scenario, apply_scenario
from graphcrm.errors import InputError, UnknownRecord
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.by_hand import account_graph
from graphcrm.graph.facts import Facts
from graphcrm.records.base import Record
from graphcrm.records.interval import ANYTHING, Interval, exactly
from graphcrm.records.review import Review
from graphcrm.services.review import review
from graphcrm.services.what_if import what_if

LAW = settings(derandomize=True, deadline=None, max_examples=40)
DAY = date.fromisoformat(TODAY)


# The same as from facts


def said(record: Record, *names: str) -> dict[str, Any]:
    whole = record.model_dump(by_alias=True)
    return {name: whole[name] for name in names} if names else whole


def drawn_again(facts: Facts, graph: AccountGraph) -> AccountGraph:
    """The account told by the words of a graph made by hand, and built of that."""
    network = Network()
    for employee in graph.employees.values():
        network.add_node(("e", employee.id), kind="employee", **said(employee))
    for department in graph.departments:
        fields = said(department, "name", "function", "importance")
        network.add_node(("d", department.id), kind="department", id=department.id, **fields)
    for seat in graph.seats.values():
        record = facts.seats[seat.id]
        fields = said(record, "account", "title", "level", "roles", "weight", "decides_for")
        network.add_node(("s", seat.id), kind="seat", id=seat.id, **fields)
        if ("d", seat.department) in network:
            network.add_edge(("s", seat.id), ("d", seat.department))
        if seat.holder is not None:
            network.add_edge(("c", seat.holder), ("s", seat.id))
    for contact in graph.contacts.values():
        who = ("c", contact.id)
        network.add_node(who, kind="contact", id=contact.id, name=contact.name, attitude=contact.attitude)
    draw_edges(network, facts, graph)
    owned = [m.model_copy(update={"our_owners": known(m.our_owners, graph)}) for m in graph.mechanisms]
    return account_graph(
        network,
        policy=graph.policy,
        as_of=graph.as_of,
        account=graph.account,
        mechanisms=[said(m) for m in owned],
        stages=[stage.name for stage in graph.stages],
    )


def draw_edges(network: Network, facts: Facts, graph: AccountGraph) -> None:
    for start, end, data in graph.network.edges(data=True):
        if (start.kind, end.kind) == ("employee", "contact"):
            tie = facts.ties_of.get(end.id, {}).get(start.id)
            network.add_edge(
                ("e", start.id),
                ("c", end.id),
                strength=data["tie"].now,
                later=data["tie"].later,
                trust_holder="person" if tie is None else tie.trust_holder,
            )
        if (start.kind, end.kind) == ("seat", "seat"):
            network.add_edge(("s", start.id), ("s", end.id), strength=data["strength"])


def known(owners: tuple[str, ...], graph: AccountGraph) -> tuple[str, ...]:
    return tuple(owner for owner in owners if owner in graph.employees)


def told(result: Review) -> dict[str, Any]:
    """All a review says but of who left lately, which a drawing does not tell."""
    whole = as_json(result)
    findings = [f for f in whole["findings"] if f["rule"] != "contact_moved"]
    rest = ("reasons", "mode", "mode_assumed", "as_of", "policy", "name", "currency")
    return {**{k: whole[k] for k in (*METHOD_KEYS, *rest) if k in whole}, "findings": findings}


def fading(graph: AccountGraph) -> dict[tuple[str, str], tuple[Interval, Interval]]:
    """Every tie now and later: what else it says of how it came about, a drawing states."""
    return {(p, e): (tie.now, tie.later) for p, ties in graph.ties.items() for e, tie in ties.items()}


@LAW
@given(st.integers(0, 2**32))
def test_an_account_drawn_again_by_hand_has_the_same_review(seed: int) -> None:
    facts = facts_of(random_bundle(Random(seed)))
    for account in facts.accounts:
        graph = build_graph(facts, account)
        again = drawn_again(facts, graph)
        assert told(review(again)) == told(review(graph))
        assert fading(again) == fading(graph)
        assert again.gates == graph.gates
        assert again.seats.keys() == graph.seats.keys()


@LAW
@given(st.integers(0, 2**32))
def test_a_what_if_on_a_drawing_is_the_one_on_facts(seed: int) -> None:
    rng = Random(seed)
    facts = facts_of(random_bundle(rng))
    for account in facts.accounts:
        graph = build_graph(facts, account)
        if not graph.present or not graph.contacts:
            continue
        asked: dict[str, Any] = {
            "leaves": rng.sample(sorted(graph.present), 1),
            "contact_leaves": rng.sample(sorted(graph.contacts), 1),
        }
        by_hand = what_if(drawn_again(facts, graph), **asked)
        stored = what_if(facts, account, **asked)
        assert told(by_hand.after) == told(stored.after)
        assert by_hand.supposed == stored.supposed
        assert by_hand.opened is None
        assert stored.opened is not None


# Defaults


def test_a_drawing_is_the_account_that_the_same_facts_make() -> None:
    customer = Customer().department("board").employee("li", level=2, captured=False).employee("wang")
    customer.seat("ceo", "chen", "supporter", level=1, roles=["decider"], department="board")
    customer.tie("li", "chen", 0.8)
    by_hand = account_graph(sketch(), account={"id": "A", "name": "Customer A"}, as_of=DAY)
    assert told(review(by_hand)) == told(customer.review())


def test_what_is_not_said_is_unknown() -> None:
    network = Network()
    network.add_node("li", kind="employee")
    network.add_node("chen", kind="contact", attitude=None)
    network.add_node("seat", kind="seat")
    network.add_edge("li", "chen")
    network.add_edge("chen", "seat")
    graph = account_graph(network)
    assert (graph.account.id, graph.account.mode, graph.policy.name) == ("account", None, "default")
    assert graph.ties["chen"]["li"].now == graph.ties["chen"]["li"].later == ANYTHING
    assert (graph.contacts["chen"].attitude, graph.contacts["chen"].name) == (None, "chen")
    assert (graph.seats["seat"].roles, graph.seats["seat"].weight) == (None, Interval(0, 1))
    result = review(graph)
    assert result.measures is not None
    assert result.measures.key_points == ANYTHING
    assert {f.rule for f in result.findings} >= {"role_unknown", "level_unknown"}


def test_a_strength_fades_as_an_assessment_of_that_day() -> None:
    network = sketch()
    tie = account_graph(network).ties["chen"]["li"]
    assert (tie.now, tie.later) == (exactly(0.8), Interval(round(0.8 * 2 ** (-90 / 365), 6), 0.8))
    network.nodes["li"]["captured"] = True
    assert account_graph(network).ties["chen"]["li"].later == exactly(round(0.8 * 2 ** (-90 / 365), 6))
    network.edges["li", "chen"]["later"] = 0.1
    assert account_graph(network).ties["chen"]["li"].later == exactly(0.1)


def test_trust_that_the_firm_holds_stays_with_it() -> None:
    network = sketch()
    network.edges["li", "chen"]["trust_holder"] = "unknown"
    assert account_graph(network).firm["chen"].now == Interval(0, 0.4)


def test_who_reports_bears_on_the_boss_and_back() -> None:
    network = sketch()
    network.add_node("cfo", kind="seat", reports_to="ceo")
    network.add_node("wu", kind="contact")
    network.add_edge("wu", "cfo")
    assert account_graph(network).gates == {"ceo": {"cfo": 0.5}, "cfo": {"ceo": 0.3}}
    network.add_edge("cfo", "ceo", strength=0.9)
    network.add_edge("ceo", "cfo", strength=0.1)
    assert account_graph(network).gates == {"ceo": {"cfo": 0.9}, "cfo": {"ceo": 0.3}}
    network.remove_edge("wu", "cfo")
    network.remove_node("wu")
    assert account_graph(network).gates == {"ceo": {}, "cfo": {}}


def test_a_seat_elsewhere_counts_where_it_decides_or_bears_on_one() -> None:
    network = sketch()
    for seat, fields in (("group", {"decides_for": ["Acme"]}), ("gate", {}), ("far", {})):
        network.add_node(seat, kind="seat", account="Group", **fields)
        network.add_node(f"at {seat}", kind="contact")
        network.add_edge(f"at {seat}", seat)
    network.add_edge("gate", "ceo")
    network.add_edge("far", "gate")  # a second step, which does not count
    graph = account_graph(network, account="Acme")
    assert {s.id for s in graph.scope} == {"ceo", "group"}
    assert {*graph.seats} == {"ceo", "group", "gate"}
    assert {*graph.contacts} == {"chen", "at group", "at gate"}


def test_numbers_of_numpy_and_any_names_are_taken() -> None:
    network = nx.relabel_nodes(sketch(), {"li": 1, "chen": ("c", 2)})
    network.nodes[1].update(id="li", level=np.int64(2))
    network.nodes["c", 2]["id"] = "chen"
    network.edges[1, ("c", 2)]["strength"] = np.float32(0.5)
    assert account_graph(network).ties["chen"]["li"].now == exactly(0.5)


def test_mechanisms_and_stages_come_along() -> None:
    mechanism = {"kind": "steering_committee", "our_owners": ["li"], "cadence_days": 90, "held": [DAY]}
    over = {"kind": "joint_innovation", "stage": "design", "valid_to": DAY}
    graph = account_graph(sketch(), as_of=DAY, mechanisms=[mechanism, over], stages=["design"])
    assert {(m.id, m.our_owners) for m in graph.mechanisms} == {("mechanism 1", ("li",))}
    measures = review(graph).measures
    assert measures is not None
    assert measures.organisation_elements.communication == exactly(1.0)
    assert measures.organisation_elements.joint_work == exactly(0.0)


def test_the_drawing_stays_as_it_is_and_who_knows_nobody_can_get_a_tie() -> None:
    network = sketch()
    before = nx.node_link_data(network, edges="edges")
    graph = account_graph(network)
    told_ = what_if(graph, handovers=[("li", "wang")])
    assert told_.after.measures is not None
    assert told_.after.measures.reach.low == {"ceo": 0.5}
    assert nx.node_link_data(network, edges="edges") == before


def test_a_later_drawing_is_reviewed_after_the_what_if_and_an_earlier_one_refused() -> None:
    faded = sketch()
    faded.edges["li", "chen"]["strength"] = 0.6
    later = account_graph(faded, as_of=date(2026, 12, 31))
    graph = account_graph(sketch(), as_of=DAY)
    result = what_if(graph, later=later)
    assert (result.before, result.after) == (review(graph), review(later))
    with pytest.raises(InputError, match="2026-06-30 is before 2026-12-31"):
        what_if(later, later=graph)
    with pytest.raises(InputError, match="nothing is given"):
        what_if(graph)


def test_who_is_drawn_and_knows_nobody_has_nothing_to_hand_over_and_may_leave() -> None:
    graph = account_graph(sketch())
    with pytest.raises(UnknownRecord, match="'wang' has nothing to hand over"):
        what_if(graph, handovers=[("wang", "li")])
    told_ = what_if(graph, leaves=["wang", "li"])
    assert [str(message) for message in told_.supposed] == [
        "wang, who has nothing to do with this account, leaves us",
        "LI leaves us",
    ]
    owner = account_graph(sketch(), mechanisms=[{"kind": "steering_committee", "our_owners": ["wang"]}])
    (mechanism,) = apply_scenario(owner, Scenario(handovers=(("wang", "li"),))).mechanisms
    assert mechanism.our_owners == ("li",)


def test_lists_in_the_place_of_tuples_are_read() -> None:
    graph, parts = account_graph(sketch()), {"handovers": [["li", "wang"]] * 2}
    assert what_if(graph, **parts).after == what_if(graph, handovers=[("li", "wang")]).after


def test_a_lone_id_is_not_its_letters() -> None:
    graph = account_graph(sketch())
    assert what_if(graph, leaves="li").after == what_if(graph, leaves=["li"]).after


def test_a_scenario_can_be_applied_by_itself() -> None:
    graph = account_graph(sketch())
    assert apply_scenario(graph, Scenario(leaves=("li",))).present == {"wang"}

"""Reach and gates (section 4)."""

import pytest
from bundles import POLICY, TODAY, Customer, day

from graphcrm.graph.account import Node
from graphcrm.graph.reach import Label, labels, reach, routes


def told() -> Customer:
    """A boss nobody knows, and a gate that e1 knows well."""
    return Customer().seat("boss", "p1", level=1, roles=["decider"]).seat("gate", "p2").tie("e1", "p2", 0.8)


def boss(customer: Customer, **options: object) -> float:
    return reach(customer.graph(**options), "low")["boss"]


def test_a_seat_is_reached_by_a_direct_live_tie() -> None:
    assert boss(told().tie("e1", "p1", 0.2)) == 0.2
    assert boss(told().tie("e1", "p1", 0.199999)) == 0


def test_a_gate_carries_its_strength_times_its_influence() -> None:
    assert boss(told().influences("gate", "boss", 0.6)) == pytest.approx(0.48)
    assert boss(told().influences("gate", "boss", None)) == pytest.approx(0.4)


def test_the_direct_leg_alone_has_to_be_live() -> None:
    customer = told().influences("gate", "boss", 0.3)
    customer.document["ties"][0]["level"] = 0.2
    assert boss(customer) == pytest.approx(0.06)
    customer.document["ties"][0]["level"] = 0.199999
    assert boss(customer) == 0


@pytest.mark.parametrize(("strength", "gates"), [(0.299999, set()), (0.3, {"gate"}), (1, {"gate"})])
def test_an_influence_below_three_tenths_is_none(strength: float, gates: set[str]) -> None:
    assert set(told().influences("gate", "boss", strength).graph().gates["boss"]) == gates


def test_the_largest_of_several_influences_counts() -> None:
    customer = (
        told()
        .influences("gate", "boss", 0.4)
        .influences("gate", "boss", 0.9)
        .influences("gate", "boss", 0.3)
    )
    assert customer.graph().gates["boss"] == {"gate": 0.9}


def test_a_negative_influence_neither_carries_nor_cancels() -> None:
    assert boss(told().influences("gate", "boss", 1, sign=-1)) == 0
    both = told().influences("gate", "boss", 0.5).influences("gate", "boss", 1, sign=-1)
    assert boss(both) == pytest.approx(0.4)


def test_an_influence_counts_while_it_is_valid() -> None:
    assert boss(told().influences("gate", "boss", valid_to=TODAY)) == 0
    assert boss(told().influences("gate", "boss", valid_from=day(1))) == 0
    assert boss(told().influences("gate", "boss", valid_from=TODAY, valid_to=day(1))) > 0


def test_reporting_bears_half_on_the_boss_and_three_tenths_back() -> None:
    customer = (
        Customer().seat("boss", "p1").seat("gate", "p2", reports_to="boss").tie("e1", "p2").tie("e2", "p1")
    )
    graph = customer.graph()
    assert graph.gates == {"boss": {"gate": 0.5}, "gate": {"boss": 0.3}}
    assert routes(graph, "low") == {"boss": {"e1": 0.5, "e2": 1.0}, "gate": {"e1": 1.0, "e2": 0.3}}


def test_a_gate_has_to_be_occupied_and_so_has_the_seat_behind_it() -> None:
    vacant_gate = Customer().seat("boss", "p1").seat("gate").tie("e1", "p2").influences("gate", "boss")
    assert vacant_gate.graph().gates["boss"] == {}
    vacant_boss = Customer().seat("boss").seat("gate", "p2").tie("e1", "p2").influences("gate", "boss")
    assert boss(vacant_boss) == 0


def test_at_most_one_gate_lies_on_a_route() -> None:
    customer = told().seat("far", "p3").tie("e2", "p3").influences("far", "gate").influences("gate", "boss")
    graph = customer.graph()
    assert routes(graph, "low") == {
        "boss": {"e1": 0.4},
        "far": {"e2": 1.0},
        "gate": {"e1": 0.8, "e2": 0.5},
    }


def test_a_gate_may_be_at_another_account_and_need_not_be_in_scope() -> None:
    customer = Customer().account("B").seat("boss", "p1").seat("far", "p2", account="B").tie("e1", "p2")
    graph = customer.influences("far", "boss", 0.8).graph()
    assert [s.id for s in graph.scope] == ["boss"]
    assert reach(graph, "low") == {"boss": 0.8}
    assert graph.concerned == ("e1",)


def test_the_firm_goes_through_gates_too() -> None:
    customer = Customer().seat("boss", "p1").seat("gate", "p2").influences("gate", "boss", 0.5)
    customer.employee("e1", valid_to=TODAY).tie("e1", "p2", 1, trust_holder="firm")
    assert labels(customer.graph(), "low")["boss"] == Label(0.25, None, 0.0)


def test_a_hop_limit_of_nought_switches_gates_off() -> None:
    direct = POLICY.model_copy(update={"reach": POLICY.reach.model_copy(update={"hops": 0})})
    customer = told().influences("gate", "boss")
    assert boss(customer) > 0
    assert boss(customer, policy=direct) == 0


def test_a_person_of_two_seats_opens_both_doors() -> None:
    customer = (
        told().seat("board").state("holdings", contact="p2", seat="board").influences("board", "boss", 0.9)
    )
    customer.influences("gate", "boss", 0.3)
    assert boss(customer) == pytest.approx(0.72)
    assert customer.graph().contacts["p2"].seats_held == ("board", "gate")


def test_the_two_labels_are_the_best_route_and_the_best_of_another() -> None:
    customer = told().tie("e1", "p1", 0.9).tie("e2", "p1", 0.6).influences("gate", "boss", 1)
    label = labels(customer.graph(), "low")["boss"]
    assert label == Label(0.9, "e1", 0.6)
    assert (label.without("e1"), label.without("e2")) == (0.6, 0.9)


def test_only_who_is_present_reaches() -> None:
    for dates in ({"valid_to": TODAY}, {"valid_from": day(1)}):
        customer = Customer().seat("boss", "p1").employee("e1", **dates).tie("e1", "p1")
        graph = customer.graph()
        assert graph.observed
        assert reach(graph, "low")["boss"] == 0
        assert graph.concerned == ()


def test_scope_is_own_seats_and_seats_elsewhere_that_decide_for_it() -> None:
    customer = (
        Customer()
        .account("B")
        .seat("own")
        .seat("head", account="B", decides_for=["A"])
        .seat("b", account="B")
    )
    assert [(s.id, s.own) for s in customer.graph().scope] == [("head", False), ("own", True)]
    assert [s.id for s in customer.graph("B").scope] == ["b", "head"]


def test_influence_edges_carry_their_distance() -> None:
    graph = told().influences("gate", "boss", 1).graph()
    edge = graph.network.edges[Node("seat", "gate"), Node("seat", "boss")]
    assert (edge["strength"], edge["distance"]) == (1, 0)

"""False redundancy: cases by hand, and vacating each contact of random accounts."""

from random import Random

from bundles import Customer, Document, facts_of
from random_bundles import random_bundle

from graphcrm.graph.build import build_graph
from graphcrm.graph.reach import routes
from graphcrm.measures.structure.single_threads import single_threads
from graphcrm.records.structure import SingleThread


def behind_one_gate() -> Customer:
    """A chief whom nobody knows, and an assistant two of ours know."""
    customer = Customer().seat("chief", "c").seat("desk", "d").influences("desk", "chief")
    return customer.tie("e1", "d").tie("e2", "d")


THREAD = SingleThread(seat="chief", contact="d", gates=("desk",), employees=("e1", "e2"))


def test_two_of_ours_who_reach_a_seat_through_one_gate_are_one_thread() -> None:
    assert single_threads(behind_one_gate().graph()) == (THREAD,)


def test_a_tie_too_weak_to_be_live_does_not_hide_the_thread() -> None:
    assert single_threads(behind_one_gate().tie("e3", "c", 0.1).graph()) == (THREAD,)


def test_a_direct_live_tie_is_another_thread_however_weak() -> None:
    # Weaker than the way through the gate: looking for the strongest way alone would miss it.
    assert single_threads(behind_one_gate().tie("e3", "c", 0.2).graph()) == ()


def test_a_second_gate_is_another_thread_unless_the_same_person_holds_it() -> None:
    elsewhere = behind_one_gate().seat("other", "o").influences("other", "chief").tie("e1", "o")
    assert single_threads(elsewhere.graph()) == ()
    twice = behind_one_gate().seat("board", "d").influences("board", "chief")
    (thread,) = single_threads(twice.graph())
    assert (thread.contact, thread.gates) == ("d", ("board", "desk"))


def test_what_the_firm_keeps_through_another_is_another_thread_and_through_the_same_is_not() -> None:
    def also_known_to_one_who_left(contact: str) -> Customer:
        customer = behind_one_gate().seat("other", "o").influences("other", "chief")
        customer.employee("gone", valid_to="2026-01-01")
        return customer.tie("gone", contact, trust_holder="firm")

    assert single_threads(also_known_to_one_who_left("o").graph()) == ()
    assert single_threads(also_known_to_one_who_left("d").graph()) == (THREAD,)


def test_one_employee_alone_is_no_redundancy_at_all() -> None:
    customer = Customer().seat("chief", "c").seat("desk", "d").influences("desk", "chief").tie("e1", "d")
    assert single_threads(customer.graph()) == ()


def vacated(document: Document, contact: str) -> Document:
    return {
        **document,
        "holdings": [h for h in document.get("holdings", []) if h["contact"] != contact],
    }


def test_a_thread_is_a_seat_whose_every_route_ends_when_one_other_contact_leaves() -> None:
    found = 0
    for seed in range(150):
        document = random_bundle(Random(seed))
        facts = facts_of(document)
        for account in facts.accounts:
            graph = build_graph(facts, account)
            now = routes(graph, "low")
            expected = set()
            for contact in graph.contacts:
                after = routes(build_graph(facts_of(vacated(document, contact)), account), "low")
                for seat in graph.scope:
                    several = len({who for who in now[seat.id] if who is not None}) > 1
                    if several and seat.holder != contact and not after[seat.id]:
                        expected.add((seat.id, contact))
            assert {(thread.seat, thread.contact) for thread in single_threads(graph)} == expected
            found += len(expected)
    assert found > 5

"""What-ifs held to the review of facts in which it happened, to worked examples, and to laws."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from bundles import (
    LAST_PLACE,
    METHOD_KEYS,
    POLICY,
    TODAY,
    Customer,
    Document,
    as_json,
    differences,
    facts_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle
from two_who_decide import two_who_decide

from graphcrm.graph.account import AccountGraph, Node, TieEdge
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.reach import leg
from graphcrm.graph.scenario import Scenario, apply
from graphcrm.measures.verdict import axis_values
from graphcrm.records.interval import Interval, exactly
from graphcrm.services.review import review

LAW = settings(derandomize=True, deadline=None, max_examples=40)
seeds = st.integers(0, 2**32)
KEPT_90 = 2 ** (-90 / 365)
"""What is kept of an assessment after 90 days."""


def accounts(document: Document) -> Iterator[tuple[Facts, AccountGraph]]:
    facts = facts_of(document)
    return ((facts, build_graph(facts, account)) for account in facts.accounts)


def told(graph: AccountGraph) -> dict[str, Any]:
    """All a review says but the names."""
    whole = as_json(review(graph))
    return {key: whole[key] for key in (*METHOD_KEYS, "findings", "reasons") if key in whole}


def disagreements(graph: AccountGraph, document: Document, *, within: float = LAST_PLACE) -> list[str]:
    """Where an account differs from the one that is built of the document."""
    return differences(told(graph), told(build_graph(facts_of(document), graph.account.id)), within=within)


def changed(document: Document, kind: str, where: dict[str, Any], **fields: Any) -> Document:
    """The document with the records of a kind that match changed."""
    copy = deepcopy(document)
    for record in copy.get(kind, []):
        if where.items() <= record.items():
            record.update(fields)
    return copy


# The same as the review of facts in which it happened


@LAW
@given(seeds)
def test_an_employee_who_leaves_is_one_whose_last_day_was_the_day_before(seed: int) -> None:
    document = random_bundle(Random(seed))
    for _, graph in accounts(document):
        for employee in graph.present:
            gone = changed(document, "employees", {"id": employee}, valid_to=TODAY)
            assert disagreements(apply(graph, Scenario(leaves=(employee,))), gone) == []


@LAW
@given(seeds)
def test_a_contact_who_leaves_is_one_whose_seats_all_fell_vacant_that_day(seed: int) -> None:
    document = random_bundle(Random(seed))
    for facts, graph in accounts(document):
        for contact in graph.contacts:
            gone = document
            for seat in facts.seats_held[contact]:
                gone = changed(gone, "holdings", {"contact": contact, "seat": seat}, valid_to=TODAY)
            after = apply(graph, Scenario(contact_leaves=(contact,)))
            assert disagreements(after, gone) == []
            built = build_graph(facts_of(gone), graph.account.id)
            assert (after.seats, after.contacts, after.gates) == (built.seats, built.contacts, built.gates)
            assert (after.ties, after.leavers) == (built.ties, built.leavers)


@LAW
@given(seeds)
def test_a_new_tie_is_one_assessed_that_day_where_none_was_on_record(seed: int) -> None:
    rng = Random(seed)
    document = random_bundle(rng)
    document["employees"] = [{**e, "captured": True} for e in document["employees"]]
    for facts, graph in accounts(document):
        for employee in facts.present:
            for contact in graph.contacts:
                if employee in facts.ties_of.get(contact, {}):
                    continue
                seen = graph.ties[contact].get(employee)
                level = rng.choice((0.0, 0.2, 0.5, 1.0, rng.random()))
                if seen is not None and level < seen.now.low:
                    continue  # then what is there stays, and an assessment would have the last word
                met = deepcopy(document)
                # An id of its own: of the pair something else may be asserted.
                tie = {"id": "new", "employee": employee, "contact": contact}
                met.setdefault("ties", []).append({**tie, "level": level, "assessed_on": TODAY})
                after = apply(graph, Scenario(new_ties=((employee, contact, level),)), facts.employees)
                # What was seen comes rounded here, and not there.
                assert disagreements(after, met, within=1e-4) == []


@LAW
@given(seeds)
def test_a_handover_is_a_departure_new_ties_of_the_successor_and_new_owners(seed: int) -> None:
    document = random_bundle(Random(seed))
    document["employees"] = [{**e, "captured": True} for e in document["employees"]]
    for facts, graph in accounts(document):
        for giver in sorted(graph.present):
            known = {c: t[giver].now for c, t in graph.ties.items() if giver in t}
            if any(not strength.known for strength in known.values()):
                continue
            for taker in sorted(facts.present - {giver}):
                after = apply(graph, Scenario(handovers=((giver, taker),)), facts.employees)
                target = POLICY.plan.target_strength
                ties = [(taker, c, min(target, s.low)) for c, s in known.items() if s.low >= 0.2]
                step = apply(graph, Scenario(leaves=(giver,), new_ties=tuple(ties)), facts.employees)
                assert {c: t.get(taker) for c, t in after.ties.items()} == {
                    c: t.get(taker) for c, t in step.ties.items()
                }
                owners = {
                    m.id: {taker if o == giver else o for o in m.our_owners} for m in graph.mechanisms
                }
                assert {m.id: {*m.our_owners} for m in after.mechanisms} == owners
                assert giver not in after.present
                assert taker in after.present


# Worked by hand


def tie_of(graph: AccountGraph, employee: str, contact: str) -> TieEdge:
    tie: TieEdge = graph.network.edges[Node("employee", employee), Node("contact", contact)]["tie"]
    return tie


def test_a_new_tie_fades_like_an_assessment_of_that_day() -> None:
    for captured in (True, False):
        graph = two_who_decide(captured=captured).graph()
        after = apply(graph, Scenario(new_ties=(("e", "q", 0.6),)))
        assert tie_of(after, "e", "q").now == Interval(0.6, 0.6)
        # f·a + (1 − f)·o, and o is the fading tie that was there.
        low, high = tie_of(graph, "e", "q").later
        faded = KEPT_90 * 0.6 + (1 - KEPT_90) * low
        assert tie_of(after, "e", "q").later.low == pytest.approx(faded, abs=1e-6)
        # Where imports cover nobody, it may hold as it is.
        top = KEPT_90 * 0.6 + (1 - KEPT_90) * high if captured else 0.6
        assert tie_of(after, "e", "q").later.high == pytest.approx(top, abs=1e-6)


def test_a_new_tie_below_what_is_there_changes_nothing() -> None:
    graph = two_who_decide().graph()
    after = apply(graph, Scenario(new_ties=(("e", "p", 0.4),)))
    assert after.ties == graph.ties


def test_a_new_tie_raises_the_low_end_of_what_is_vague_and_keeps_the_high_one() -> None:
    graph = Customer().seat("s", "p").tie("e", "p", None).graph()
    assert tie_of(graph, "e", "p").now == Interval(0, 1)
    after = apply(graph, Scenario(new_ties=(("e", "p", 0.4),)))
    assert tie_of(after, "e", "p").now == Interval(0.4, 1)


def test_a_vague_new_tie_raises_each_end_to_its_own() -> None:
    graph = Customer().seat("s", "p").tie("e", "p", 0.3).employee("n").graph()
    ties = apply(
        graph, Scenario(new_ties=(("n", "p", Interval(0.2, 0.5)),)), {"n": graph.employees["e"]}
    ).ties
    assert ties["p"]["n"].now == Interval(0.2, 0.5)
    ties = apply(graph, Scenario(new_ties=(("e", "p", Interval(0.2, 0.5)),))).ties
    assert ties["p"]["e"].now == Interval(0.3, 0.5)


def test_a_successor_gets_the_target_but_not_more_than_the_giver_had() -> None:
    graph = two_who_decide().tie("f", "q", 0.4).tie("e", "r", 0.1).seat("u", "r").graph()
    after = apply(graph, Scenario(handovers=(("e", "f"),)))
    strengths = {(e, c, t.now) for c, ties in after.ties.items() for e, t in ties.items()}
    # p: the target; q: f's own 0.4 is above what e had; r: 0.1 of e is not live, and nothing to hand over.
    assert strengths == {("f", "p", exactly(0.5)), ("f", "q", exactly(0.4))}


def test_a_vague_tie_is_handed_over_as_vague_as_it_is() -> None:
    graph = Customer().seat("s", "p").tie("e", "p", None).employee("f").tie("f", "p", 0.0).graph()
    after = apply(graph, Scenario(handovers=(("e", "f"),)))
    assert tie_of(after, "f", "p").now == Interval(0, 0.5)


def test_a_successor_looks_after_the_mechanisms_then() -> None:
    customer = two_who_decide().mechanism("m", our_owners=["e"]).mechanism("n", our_owners=["f", "e"])
    after = apply(customer.graph(), Scenario(handovers=(("e", "f"),)))
    assert {(m.id, m.our_owners) for m in after.mechanisms} == {("m", ("f",)), ("n", ("f",))}


def test_what_the_firm_keeps_stays_whoever_leaves() -> None:
    graph = Customer().seat("s", "p").tie("e", "p", 0.8, trust_holder="firm").graph()
    assert apply(graph, Scenario(leaves=("e",))).firm["p"].now == exactly(0.4)
    assert apply(graph, Scenario(new_ties=(("e", "p", 1.0),))).firm["p"].now == exactly(0.4)


def test_who_never_had_to_do_with_the_account_can_get_a_tie_and_take_over() -> None:
    facts = facts_of(two_who_decide().employee("new").document)
    graph = build_graph(facts, "A")
    assert "new" not in graph.employees
    for scenario in (Scenario(new_ties=(("new", "p", 0.5),)), Scenario(handovers=(("e", "new"),))):
        after = apply(graph, scenario, facts.employees)
        assert tie_of(after, "new", "p").now == exactly(0.5)
        assert "new" in after.present


def test_weights_are_frozen_and_a_vacant_seat_keeps_its_own() -> None:
    graph = two_who_decide().graph()
    after = apply(graph, Scenario(contact_leaves=("p", "q"), leaves=("e",)))
    assert {(s.id, s.weight, s.is_key) for s in after.scope} == {
        (s.id, s.weight, s.is_key) for s in graph.scope
    }
    assert {s.holder for s in after.scope} == {None}


def test_a_gate_opens_nothing_once_its_holder_left() -> None:
    customer = Customer().account("B").seat("s", "p").seat("g", "q", account="B").influences("g", "s")
    graph = customer.tie("e", "q", 1.0).tie("f", "p", 0.1).graph()
    assert {*graph.gates["s"]} == {"g"}
    after = apply(graph, Scenario(contact_leaves=("q",)))
    assert ({*after.gates["s"]}, {*after.seats}, {*after.contacts}) == (set(), {"s"}, {"p"})
    assert after.concerned == ("f",)


def test_the_account_itself_stays_as_it_is() -> None:
    graph = two_who_decide().tie("f", "p", 0.1).influences("t", "s").graph()
    before = {(*edge, str(data)) for *edge, data in graph.network.edges(data=True)}, told(graph)
    everything = Scenario(contact_leaves=("q",), handovers=(("e", "f"),))
    apply(graph, everything)
    assert ({(*edge, str(data)) for *edge, data in graph.network.edges(data=True)}, told(graph)) == before


# Laws


def scenarios(facts: Facts, graph: AccountGraph, rng: Random) -> Scenario:
    """Some scenario that does not contradict itself."""
    gone = rng.sample(sorted(graph.present), min(rng.randint(0, 2), len(graph.present)))
    stay = sorted(facts.present.difference(gone))
    left = rng.sample(sorted(graph.contacts), min(rng.randint(0, 2), len(graph.contacts)))
    here = sorted(set(graph.contacts).difference(left))
    ties = [(rng.choice(stay), rng.choice(here), rng.random()) for _ in range(3) if stay and here]
    return Scenario(
        leaves=tuple(gone[:1]),
        contact_leaves=tuple(left),
        handovers=tuple((giver, rng.choice(stay)) for giver in gone[1:] for _ in range(2) if stay),
        new_ties=tuple(ties),
    )


@LAW
@given(seeds)
def test_neither_order_nor_repetition_makes_a_difference(seed: int) -> None:
    rng = Random(seed)
    for facts, graph in accounts(random_bundle(rng)):
        asked = scenarios(facts, graph, rng)
        mixed = Scenario(*(
            tuple(rng.sample(part * 2, 2 * len(part)))
            for part in (asked.leaves, asked.contact_leaves, asked.handovers, asked.new_ties)
        ))  # fmt: skip
        one, other = (apply(graph, s, facts.employees) for s in (asked, mixed))
        assert told(one) == told(other)
        assert one.ties == other.ties


@LAW
@given(seeds)
def test_departures_one_after_another_are_departures_at_once(seed: int) -> None:
    rng = Random(seed)
    for facts, graph in accounts(random_bundle(rng)):
        asked = scenarios(facts, graph, rng)
        stepwise = graph
        for employee in asked.leaves:
            stepwise = apply(stepwise, Scenario(leaves=(employee,)))
        for contact in asked.contact_leaves:
            if contact in stepwise.contacts:  # a gate to a seat that fell vacant is none any more
                stepwise = apply(stepwise, Scenario(contact_leaves=(contact,)))
        at_once = apply(graph, Scenario(leaves=asked.leaves, contact_leaves=asked.contact_leaves))
        assert told(stepwise) == told(at_once)


@LAW
@given(seeds)
def test_no_axis_rises_by_a_departure_and_none_falls_by_a_new_tie(seed: int) -> None:
    rng = Random(seed)
    for facts, graph in accounts(random_bundle(rng)):
        asked = scenarios(facts, graph, rng)
        weaker = Scenario(new_ties=asked.new_ties)
        stronger = Scenario(new_ties=tuple((e, c, min(1, s + rng.random())) for e, c, s in asked.new_ties))
        gone = Scenario(leaves=asked.leaves, contact_leaves=asked.contact_leaves)
        rising = [
            axis_values(apply(graph, s, facts.employees)) for s in (gone, Scenario(), weaker, stronger)
        ]
        for below, above in pairwise(rising):
            for less, more in zip(below, above, strict=True):
                assert less.low <= more.low
                assert less.high <= more.high


@LAW
@given(seeds)
def test_no_tie_gets_stronger_by_waiting_and_no_low_end_is_above_the_high_one(seed: int) -> None:
    rng = Random(seed)
    for facts, graph in accounts(random_bundle(rng)):
        after = apply(graph, scenarios(facts, graph, rng), facts.employees)
        for ties in after.ties.values():
            for tie in ties.values():
                assert 0 <= tie.later.low <= tie.now.low <= tie.now.high <= 1
                assert tie.later.low <= tie.later.high <= tie.now.high


@LAW
@given(seeds)
def test_a_successor_is_not_closer_than_the_giver_nor_further_than_before(seed: int) -> None:
    rng = Random(seed)
    for facts, graph in accounts(random_bundle(rng)):
        for giver in graph.present:
            taker = rng.choice(sorted(facts.present))
            if taker == giver:
                continue
            after = apply(graph, Scenario(handovers=((giver, taker),)), facts.employees)
            for contact in graph.contacts:
                for end in ("low", "high"):
                    had, gives = (leg(graph.ties[contact].get(who), graph, end) for who in (taker, giver))
                    has = leg(after.ties[contact].get(taker), after, end)
                    assert has == max(had, min(0.5, gives))

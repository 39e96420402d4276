"""Who may be proposed to whom, by whose introduction, and who suits: worked examples and laws."""

from random import Random

import pytest
from bundles import Customer, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm import plan
from graphcrm.graph.build import build_graph
from graphcrm.planning.candidates import Candidate, candidates
from graphcrm.planning.colleagues import Colleagues
from graphcrm.planning.likeness import fit
from graphcrm.records.interval import Interval
from graphcrm.records.plan import Proposal

LAW = settings(derandomize=True, deadline=None, max_examples=60)


def customer() -> Customer:
    """Star knows the boss, friend knows the gate; the gate bears on the boss at 0.8; lone knows nobody."""
    known = Customer(region="North").department("d", function="Purchasing")
    known.seat("s", "boss", department="d", level=1, roles=["decider"])
    known.seat("g", "gate", department="d", level=2, roles=[]).influences("g", "s", 0.8)
    known.employee("lone", function="account", level=1, region="north").mechanism("m", our_owners=["lone"])
    return known.tie("star", "boss", 0.4).tie("friend", "gate", 0.9)


def found(known: Customer, budget: int = 5) -> dict[tuple[str, str], Candidate]:
    facts = facts_of(known.document)
    staff = Colleagues.of((facts.employees[e] for e in facts.present), facts.as_of, facts.policy)
    return {(c.employee, c.contact): c for c in candidates(build_graph(facts, "A"), staff, budget)}


def test_each_comes_by_the_warmest_way_there_is() -> None:
    """By hand: to the boss star's introduction is worth 0.4, friend's by the gate 0.9 × 0.8 = 0.72."""
    ways = {pair: (c.route, c.path, c.introducer) for pair, c in found(customer()).items()}
    assert ways == {
        ("star", "boss"): ("acquainted", ("star", "boss"), None),
        ("star", "gate"): ("colleague", ("star", "friend", "gate"), "friend"),
        ("friend", "boss"): ("contact", ("friend", "gate", "boss"), "gate"),
        ("lone", "boss"): ("colleague_and_contact", ("lone", "friend", "gate", "boss"), "friend"),
        ("lone", "gate"): ("colleague", ("lone", "friend", "gate"), "friend"),
    }


def test_a_tie_that_is_at_the_target_is_no_candidate() -> None:
    assert ("friend", "gate") not in found(customer())


def test_without_introduction_function_and_level_must_match() -> None:
    known = (
        Customer().department("d", function="purchasing").department("e", function="legal").department("u")
    )
    for seat, department, level in (
        ("s", "d", 2),
        ("t", "d", 5),
        ("v", "e", 2),
        ("w", "u", 2),
        ("x", "d", None),
    ):
        vague = {} if level is None else {"level": level}
        known.seat(seat, f"{seat}.p", department=department, roles=["decider"], **vague)
    known.employee("e", function="Account", level=1).mechanism("m", our_owners=["e"]).met("gone", "s.p")
    known.state("employees", id="gone", name="Gone", captured=True, valid_to="2026-06-30")
    assert {pair: c.route for pair, c in found(known).items()} == {("e", "s.p"): "peer"}


def test_who_is_leaving_may_introduce_and_gets_no_new_tie() -> None:
    for leaving in ({"on_notice": True}, {"valid_to": "2026-09-01"}):
        known = customer()
        known.document["employees"] = [
            {**e, **leaving} if e["id"] == "friend" else e for e in known.document["employees"]
        ]
        assert {e for e, _ in found(known)} == {"star", "lone"}
        assert found(known)["star", "gate"].introducer == "friend"


def test_who_avoids_the_region_neither_introduces_nor_is_proposed_and_nothing_says_so() -> None:
    known = customer()
    known.document["employees"] = [
        {**e, "avoid_regions": [" north"]} if e["id"] == "friend" else e
        for e in known.document["employees"]
    ]
    people = {who for c in found(known).values() for who in c.path}
    assert people == {"star", "lone", "boss", "gate"}
    told = plan(facts_of(known.document), "A", budget=5).model_dump_json()
    assert "avoid" not in told
    assert "friend" not in told


def test_a_stranger_is_proposed_only_where_fit_and_comes_after_who_is_there_and_fits_as_surely() -> None:
    known = customer()
    for name, function, level, region in (
        ("near", "account", 1, "North"),
        ("far", "account", 1, "South"),
        ("vague", None, None, "North"),
        ("other", "delivery", 4, "South"),
    ):
        fields = {"function": function, "level": level, "region": region}
        known.employee(name, **{k: v for k, v in fields.items() if v is not None})
    order = list(found(known))
    to_boss = [e for e, c in order if c == "boss"]
    assert to_boss == ["lone", "near", "far", "star", "friend", "vague"]


def test_fit_is_an_interval_over_what_is_not_on_record() -> None:
    """By hand: weights 0.4, 0.25, 0.2; two levels apart is 0, one is a half."""
    known = customer().employee("x", function="account").mechanism("n", our_owners=["x"])
    known.employee("y", function="delivery", level=2, region="South").mechanism("o", our_owners=["y"])
    graph = known.graph()
    fits = {e: fit(graph, graph.employees[e], "boss") for e in ("lone", "x", "y", "star")}
    assert fits == {
        "lone": Interval(1, 1),
        "x": Interval(0.4 / 0.85, 1).rounded(),
        "y": Interval(0.125 / 0.85, 0.125 / 0.85).rounded(),
        "star": Interval(0, 1),
    }


@pytest.mark.parametrize(
    ("owner", "seen_to_by"),
    [
        ({}, "lone"),
        ({"owner": "boss.of.all"}, "boss.of.all"),
        ({"owner": "gone"}, "lone"),
        ({"owner": "kept.out"}, "lone"),
        ({"owner": "kept.out", "region": "South"}, "kept.out"),
    ],
)
def test_the_accounts_owner_sees_to_it_unless_gone_or_kept_out_of_the_region(
    owner: dict[str, str], seen_to_by: str
) -> None:
    known = customer().employee("boss.of.all").employee("gone", on_notice=True)
    known.employee("kept.out", avoid_regions=["North"])
    known.document["accounts"][0].update(owner)
    proposal: Proposal = plan(facts_of(known.document), "A", budget=1).proposals[0]
    assert (proposal.employee, proposal.owner) == ("lone", seen_to_by)


@LAW
@given(st.integers(0, 2**32))
def test_every_way_is_walked_by_ties_that_are_there(seed: int) -> None:
    facts = facts_of(random_bundle(Random(seed)))
    for account in facts.accounts:
        graph = build_graph(facts, account)
        for each in candidates(
            graph, Colleagues.of(facts.employees.values(), facts.as_of, facts.policy), 3
        ):
            assert each.employee in facts.present
            assert (each.path[0], each.path[-1]) == (each.employee, each.contact)
            if each.route in {"peer", "acquainted"}:
                continue
            knows = each.path[1] if each.path[1] in graph.present else each.employee
            door = next(who for who in each.path if who in graph.contacts)
            assert graph.ties[door][knows].now.low >= facts.policy.reach.live
            if door != each.contact:
                holds = {s.id for s in graph.scope if s.holder == each.contact}
                gates = {g for s in holds for g in graph.gates[s]}
                assert door in {graph.seats[g].holder for g in gates}

"""Handover: successors, and what is lost meanwhile and after; worked by hand, and held to recomputation."""

from dataclasses import replace
from datetime import date
from math import fsum
from random import Random

import pytest
from bundles import Customer, facts_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm import handover_plan, review
from graphcrm.errors import UnknownRecord
from graphcrm.graph.account import AccountGraph, TieEdge
from graphcrm.graph.build import build_graph
from graphcrm.graph.reach import reach
from graphcrm.graph.scenario import Scenario, apply
from graphcrm.measures.departure import departure_loss
from graphcrm.planning.colleagues import NOBODY, Colleagues
from graphcrm.planning.handed import handed_over, loss_after, stake
from graphcrm.planning.succession import held, successors
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.plan import HandoverPlan

LAW = settings(derandomize=True, deadline=None, max_examples=80)
seeds = st.integers(0, 2**32)
DECIDER = {"roles": ["decider"], "level": 1}
STAR = {"function": "account", "level": 2, "region": "North"}


def completed(graph: AccountGraph, rng: Random) -> AccountGraph:
    """The account with every strength and weight known: one of those its intervals allow."""
    network = graph.network.copy()

    def one_of(interval: Interval) -> float:
        return rng.choice((interval.low, interval.high, rng.uniform(*interval)))

    for _, _, data in network.edges(data=True):
        if "tie" in data:
            data["tie"] = TieEdge(exactly(one_of(data["tie"].now)), data["tie"].later)
    for node, data in network.nodes(data=True):
        if node.kind == "seat":
            data["seat"] = replace(data["seat"], weight=exactly(one_of(data["seat"].weight)))
    return replace(graph, network=network)


def total(graph: AccountGraph) -> float:
    reached = reach(graph, "low")
    return fsum(seat.weight.low * reached[seat.id] for seat in graph.scope)


@LAW
@given(seeds)
def test_the_loss_after_a_handover_holds_the_true_one_however_the_unknown_turns_out(seed: int) -> None:
    rng = Random(seed)
    facts = facts_of(random_bundle(rng))
    graph = build_graph(facts, "A0")
    assume(len(graph.present) > 1 and graph.observed)
    giver, *others = rng.sample(sorted(graph.present), len(graph.present))
    takers = {c: rng.choice(others) for c in held(graph, giver) if rng.random() < 0.8}
    bounds = loss_after(graph, giver, takers)
    for _ in range(4):
        world = completed(graph, rng)
        before = total(world)
        if before > 0:
            kept = {c: e for c, e in takers.items() if c in held(world, giver)}
            true = (before - total(handed_over(world, giver, kept, None, NOBODY))) / before
            assert bounds is not None
            assert bounds.low - 1e-6 <= true <= bounds.high + 1e-6
            exact = loss_after(world, giver, kept)
            assert exact == pytest.approx((true, true), abs=2e-6)


@LAW
@given(seeds)
def test_without_takers_it_is_the_loss_of_the_departure(seed: int) -> None:
    graph = build_graph(facts_of(random_bundle(Random(seed))), "A0")
    for employee, loss in departure_loss(graph).items():
        after = loss_after(graph, employee, {})
        assert (after is None) == (loss is None)
        assert after is None or after == pytest.approx(loss, abs=1e-9)


@LAW
@given(seeds)
def test_a_handover_to_one_for_all_is_the_what_if_of_it(seed: int) -> None:
    rng = Random(seed)
    graph = build_graph(facts_of(random_bundle(rng)), "A0")
    assume(len(graph.present) > 1 and graph.observed)
    giver, taker, *_ = rng.sample(sorted(graph.present), len(graph.present))
    ours = handed_over(graph, giver, dict.fromkeys(held(graph, giver), taker), taker, NOBODY)
    theirs = apply(graph, Scenario(handovers=((giver, taker),)))
    assert review(ours).as_dict() == review(theirs).as_dict()


@LAW
@given(seeds)
def test_the_stake_of_a_tie_is_what_is_lost_without_it(seed: int) -> None:
    graph = build_graph(facts_of(random_bundle(Random(seed))), "A0")
    for giver in graph.present:
        for contact in held(graph, giver):
            network = graph.network.copy()
            (edge,) = [e for e in network.in_edges(("contact", contact)) if e[0] == ("employee", giver)]
            network.remove_edge(*edge)
            without = replace(graph, network=network)
            assert stake(graph, giver, contact) == pytest.approx(total(graph) - total(without), abs=1e-9)


def account() -> Customer:
    """Star holds p (decider, 0.9) and q (0.8), and a mechanism; nobody else is anywhere near."""
    customer = Customer(region="North", annual_revenue=100.0, currency="EUR")
    customer.employee("star", **STAR).seat("s", "p", **DECIDER).seat("t", "q", roles=["decider"], level=2)
    customer.tie("star", "p", 0.9).tie("star", "q", 0.8)
    return customer.mechanism("m", "steering_committee", our_owners=["star"], cadence_days=90)


def handover(customer: Customer) -> HandoverPlan:
    return handover_plan(facts_of(customer.document), "star")


def test_what_is_lost_meanwhile_and_after_by_hand() -> None:
    """T = 1·0.9 + 0.8·0.8 = 1.54; the twin takes both at 0.5: 0.9 stays."""
    (here,) = handover(account().employee("twin", **STAR)).accounts
    assert here.lost_meanwhile == (1, 1)
    assert here.lost_after == Interval(0.64 / 1.54, 0.64 / 1.54).rounded()
    assert [(c.contact, c.stake, c.successor, c.handed) for c in here.contacts] == [
        ("p", 0.9, "twin", (0.5, 0.5)), ("q", 0.64, "twin", (0.5, 0.5)),
    ]  # fmt: skip
    assert [(m.mechanism, m.successor) for m in here.mechanisms] == [("m", "twin")]


def test_the_likest_comes_before_the_closest_and_the_closest_among_the_like() -> None:
    customer = (
        account().employee("twin", **STAR).employee("close", function="account", level=3, region="North")
    )
    customer.tie("close", "p", 0.9)
    assert {c.successor for c in handover(customer).accounts[0].contacts} == {"twin"}
    twins = (
        account()
        .employee("a.twin", **STAR)
        .employee("z.twin", **STAR)
        .mechanism("n", our_owners=["a.twin"])
    )
    twins.tie("z.twin", "x", 0.0).tie("z.twin", "q", 0.15)
    taken = {c.contact: c.successor for c in handover(twins).accounts[0].contacts}
    assert taken == {"p": "a.twin", "q": "z.twin"}


def test_similarity_is_worked_out_of_four_traits() -> None:
    """By hand: 0.4 function, 0.25·½ one level apart, 0.2 region, 0.15·½ of the two seats shared."""
    customer = account().employee("o", function="Account", level=3, region="north").tie("o", "p", 0.5)
    facts = facts_of(customer.employee("v", level=2).document)
    staff = Colleagues.of(facts.employees.values(), facts.as_of, facts.policy)
    likeness = {
        s.employee: (s.similarity, s.fits) for s in successors(build_graph(facts, "A"), "star", staff)
    }
    assert likeness == {
        "o": (Interval(0.8, 0.8), "proven"),
        "v": (Interval(0.25, 0.85), "possible"),
    }


def test_for_whom_nobody_fits_it_says_so() -> None:
    customer = account().employee("else", function="delivery", level=5, region="South")
    customer.employee("twin.away", **STAR, avoid_regions=["North"]).employee(
        "twin.leaving", **STAR, on_notice=True
    )
    customer.employee("twin.gone", **STAR, valid_to="2026-06-01").employee(
        "twin.soon", **STAR, valid_to="2026-08-01"
    )
    (here,) = handover(customer).accounts
    assert {(c.successor, c.fits, c.handed) for c in here.contacts} == {(None, "no", None)}
    assert all(c.reason for c in here.contacts)
    assert here.mechanisms[0].successor is None
    assert here.lost_after == here.lost_meanwhile
    assert here.after == here.meanwhile


@pytest.mark.parametrize(
    ("fields", "leaves_on", "begin_by"),
    [
        ({}, None, None),
        ({"on_notice": True}, None, None),
        ({"valid_to": "2026-12-31"}, date(2026, 12, 31), date(2026, 10, 2)),
        ({"valid_to": "2026-07-01"}, date(2026, 7, 1), date(2026, 4, 2)),
    ],
)
def test_the_day_to_begin_is_the_overlap_before_the_last(
    fields: dict[str, object], leaves_on: date | None, begin_by: date | None
) -> None:
    customer = account()
    customer.document["employees"][0].update(fields)
    told = handover(customer)
    assert (told.leaves_on, told.begin_by, told.on_notice) == (leaves_on, begin_by, "on_notice" in fields)


def three_accounts(*revenues: float | None, currency: str = "EUR") -> HandoverPlan:
    """Star alone at B, with half at C, with a little at A."""
    customer = Customer()
    customer.document["accounts"] = []
    for account, others, revenue in zip("ABC", (0.9, 0.0, 0.5), revenues, strict=True):
        money = {} if revenue is None else {"annual_revenue": revenue, "currency": currency}
        customer.account(account, **money).seat(f"{account}.s", f"{account}.p", account=account, **DECIDER)
        customer.tie("star", f"{account}.p", 1.0).tie("other", f"{account}.p", others)
    return handover(customer)


def test_most_at_stake_comes_first_in_money_where_all_of_it_is_known() -> None:
    assert [a.account for a in three_accounts(900.0, 10.0, 100.0).accounts] == ["A", "C", "B"]
    unknown = three_accounts(900.0, None, 100.0)
    assert (unknown.ordered_by, [a.account for a in unknown.accounts]) == (
        "departure_loss",
        ["B", "C", "A"],
    )
    assert unknown.revenue_at_risk.unknown == 1


def test_who_is_not_there_cannot_hand_over() -> None:
    customer = account().employee("gone", valid_to="2026-01-01")
    for employee in ("nobody", "gone"):
        with pytest.raises(UnknownRecord, match=employee):
            handover_plan(facts_of(customer.document), employee)


def test_who_has_nothing_hands_nothing_over() -> None:
    told = handover_plan(facts_of(account().employee("idle").document), "idle")
    assert (told.accounts, told.revenue_at_risk.by_currency) == ((), {})


def test_a_mechanism_of_an_unobserved_account_is_handed_over_too() -> None:
    customer = Customer().seat("s", "p", **DECIDER).employee("star", **STAR).employee("twin", **STAR)
    (here,) = handover(customer.mechanism("m", our_owners=["star"])).accounts
    assert (here.today, here.after, here.lost_meanwhile, here.contacts) == (None, None, None, ())
    assert here.mechanisms[0].successor == "twin"

"""The plan of a budget held to exhaustion, to the review, to worked examples, and to laws."""

from itertools import combinations, pairwise
from math import fsum
from random import Random
from typing import Any

import numpy as np
import pytest
from bundles import POLICY, Customer, Document, facts_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm import plan, review
from graphcrm.errors import InputError
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.reach import Label, leg
from graphcrm.graph.scenario import Scenario, apply
from graphcrm.planning import choice
from graphcrm.planning.candidates import candidates
from graphcrm.planning.colleagues import Colleagues
from graphcrm.planning.solver import solve
from graphcrm.planning.worth import Worth
from graphcrm.policies import load_policy
from graphcrm.records.plan import Plan

LAW = settings(derandomize=True, deadline=None, max_examples=60)
seeds = st.integers(0, 2**32)
budgets = st.integers(1, 4)
TARGET = POLICY.plan.target_strength
DECIDER = {"roles": ["decider"], "level": 1}


def worth_of(graph: AccountGraph) -> float:
    """J from its definition alone: the best route to each seat, and the worst case of one leaving."""

    def reach(seat_id: str, present: frozenset[str]) -> float:
        seat = graph.seats[seat_id]
        if seat.holder is None:
            return 0.0
        doors = [(seat.holder, 1.0)]
        doors += [(graph.seats[g].holder or "", f) for g, f in graph.gates[seat_id].items()]
        legs = [
            leg(tie, graph, "low") * factor
            for holder, factor in doors
            for tie in (
                *(tie for e, tie in graph.ties[holder].items() if e in present),
                graph.firm.get(holder),
            )
        ]
        return max(legs, default=0.0)

    def seat_worth(seat_id: str) -> float:
        everybody = graph.present
        whoever_leaves = min((reach(seat_id, everybody - {e}) for e in everybody), default=None)
        best = reach(seat_id, everybody)
        return (best + (best if whoever_leaves is None else whoever_leaves)) / 2

    return fsum(seat.weight.low * seat_worth(seat.id) for seat in graph.scope)


def colleagues_of(facts: Facts) -> Colleagues:
    return Colleagues.of((facts.employees[e] for e in facts.present), facts.as_of, facts.policy)


def built(graph: AccountGraph, facts: Facts, ties: tuple[tuple[str, str], ...]) -> AccountGraph:
    new = Scenario(new_ties=tuple((e, c, TARGET) for e, c in ties))
    return apply(graph, new, colleagues_of(facts).by_id)


def best_of_all(graph: AccountGraph, facts: Facts, budget: int) -> float:
    """The worth of the best plan, every set of candidates tried by building its account."""
    ties = [(c.employee, c.contact) for c in candidates(graph, colleagues_of(facts), budget)]
    sets = [s for size in range(budget + 1) for s in combinations(ties, size)]
    assume(len(sets) < 2000)
    return max(worth_of(built(graph, facts, each)) for each in sets)


def one_account(seed: int) -> tuple[Facts, AccountGraph]:
    facts = facts_of(random_bundle(Random(seed)))
    graph = build_graph(facts, "A0")
    assume(graph.observed)
    return facts, graph


@LAW
@given(seeds, budgets)
def test_no_set_of_candidates_is_worth_more_than_the_plan(seed: int, budget: int) -> None:
    facts, graph = one_account(seed)
    found = plan(facts, "A0", budget=budget)
    assert found.proof != "bounded"
    assert found.objective == pytest.approx(worth_of(graph), abs=1e-6)
    best = best_of_all(graph, facts, budget)
    assert found.objective_after == pytest.approx(best, abs=2e-6)
    assert found.objective_bound == pytest.approx(best, abs=2e-6)
    ties = tuple((p.employee, p.contact) for p in found.proposals)
    assert worth_of(built(graph, facts, ties)) == pytest.approx(best, abs=2e-6)


def problem(seed: int, budget: int) -> tuple[Worth, list[tuple[str, str]], float]:
    """What an account's ties are worth, every tie there could be, and the worth of the best plan of all."""
    _, graph = one_account(seed)
    worth = Worth.of(graph)
    options = [(e, c) for c in graph.contacts for e in sorted(graph.present)]
    options = [tie for tie in options if worth.gain(*tie) > 0]
    sets = list(combinations(options, min(budget, len(options))))
    assume(options and len(sets) < 3000)

    def value(ties: tuple[tuple[str, str], ...]) -> float:
        built = worth
        for tie in ties:
            built = built.after(*tie)
        return built.value

    return worth, options, max(map(value, sets))


@LAW
@given(seeds, budgets)
def test_no_plan_passes_the_bound(seed: int, budget: int) -> None:
    worth, options, best = problem(seed, budget)
    assert choice._bound(worth, options, budget) >= best - 1e-9


@LAW
@given(seeds, budgets)
def test_the_solver_finds_and_proves_what_trying_every_plan_finds(seed: int, budget: int) -> None:
    worth, options, best = problem(seed, budget)
    ties, bound = solve(worth, options, budget, 10)
    assert len(ties) <= budget
    for tie in ties:
        worth = worth.after(*tie)
    assert worth.value == pytest.approx(best, abs=2e-6)
    assert bound == pytest.approx(best, abs=2e-6)


@LAW
@given(seeds, budgets, st.sampled_from((0.0, 10.0)))
def test_what_is_claimed_of_a_plan_holds_however_it_was_found(
    seed: int, budget: int, seconds: float
) -> None:
    """Nothing is tried one by one here, and the solver has time or none."""
    worth, options, best = problem(seed, budget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choice, "FEW", 0)
        found = choice.choose(worth, options, budget, seconds)
    assert found.value - 2e-6 <= best <= found.upper + 2e-6
    if found.proof != "bounded":
        assert found.value == pytest.approx(best, abs=2e-6)
    assert seconds == 0 or found.proof in {"sorted", "solved"}


@pytest.mark.parametrize(("few", "proof"), [(choice.FEW, "exhausted"), (0, "solved")])
def test_the_largest_gain_first_may_be_wrong_and_is_not_taken_for_the_best(
    monkeypatch: pytest.MonkeyPatch, few: int, proof: str
) -> None:
    """By hand: g leads to four seats that lack a second, and then one more; p and q lead to three each."""
    seats = {"p": "123", "q": "456", "g": "1245"}
    weights = dict.fromkeys("123456", 1.0)
    old = dict.fromkeys("123456", Label(1.0, "old", 0.0))
    worth = Worth(weights, old, {c: dict.fromkeys(to, 1.0) for c, to in seats.items()}, 0.5)
    monkeypatch.setattr(choice, "FEW", few)
    found = choice.choose(worth, [("e", c) for c in seats], 2, 10)
    assert {c for _, c in found.ties} == {"p", "q"}
    assert (found.value, found.upper, found.proof) == (3 + 6 * 0.25, 3 + 6 * 0.25, proof)


@LAW
@given(seeds)
def test_a_larger_budget_is_never_worth_less_and_gains_shrink_in_order(seed: int) -> None:
    facts, _ = one_account(seed)
    plans = [plan(facts, "A0", budget=budget) for budget in (0, 1, 2, 4, 50)]
    worths = [p.objective_after or 0.0 for p in plans]
    assert worths == sorted(worths)
    for found in plans:
        gains = [p.gain for p in found.proposals]
        assert all(later <= before + 2e-6 for before, later in pairwise(gains))
        assert all(gain > 0 for gain in gains)
        assert fsum(gains) == pytest.approx((found.objective_after or 0) - (found.objective or 0), abs=5e-6)
        assert (found.objective_after or 0) <= (found.objective_most or 0) + 1e-6
        assert len(found.proposals) <= found.budget


@LAW
@given(seeds)
def test_the_order_in_which_facts_are_stated_changes_no_plan(seed: int) -> None:
    rng = Random(seed)
    document: Document = random_bundle(rng)
    # Of several records of a tie, or assertions, the later in the list may hold: these keep their order.
    shuffled = {
        kind: rng.sample(part, len(part))
        if kind in {"seats", "contacts", "employees", "accounts"}
        else part
        for kind, part in document.items()
    }
    assert plan(facts_of(shuffled), "A0", budget=3) == plan(facts_of(document), "A0", budget=3)


@LAW
@given(seeds)
def test_what_is_said_of_the_account_is_what_the_review_says_once_the_ties_are_built(seed: int) -> None:
    facts, graph = one_account(seed)
    found = plan(facts, "A0", budget=2)
    ties = tuple((p.employee, p.contact) for p in found.proposals)
    told = [(found.today, ()), (found.together, ties)]
    told += [(p.alone, (tie,)) for p, tie in zip(found.proposals, ties, strict=True)]
    for standing, done in told:
        reviewed = review(built(graph, facts, done))
        assert standing is not None
        assert reviewed.measures is not None
        assert standing.risk == reviewed.risk
        for name in ("key_points", "breadth", "organisation", "adequate", "robustly_three_dimensional"):
            assert getattr(standing, name) == getattr(reviewed.measures, name)


def four_of_theirs() -> Customer:
    """Weights 1, 0.8, 0.6 and 0.4; Star knows all but the last, at 1, 0.9 and 0.3. There is no gate."""
    customer = Customer(region="North").employee("star", function="account", level=2, region="North")
    for level, (seat, strength) in enumerate((("a", 1.0), ("b", 0.9), ("c", 0.3), ("d", None)), 1):
        customer.seat(seat, f"{seat}.holder", roles=["decider"], level=level)
        if strength is not None:
            customer.tie("star", f"{seat}.holder", strength)
    return customer.employee("second").mechanism("m", our_owners=["second"])


def proposed(found: Plan) -> list[tuple[str, str]]:
    return [(p.employee, p.contact) for p in found.proposals]


def test_the_largest_gains_come_first_where_each_seat_is_used_once() -> None:
    """By hand: a second at 0.5 gains w/2·0.5 of a and b; of c (0.3 alone) w/2·(0.2 + 0.3)."""
    found = plan(facts_of(four_of_theirs().document), "A", budget=3)
    assert [(p.contact, p.gain) for p in found.proposals] == [
        ("a.holder", 0.25), ("b.holder", 0.2), ("c.holder", 0.15),
    ]  # fmt: skip
    assert {p.employee for p in found.proposals} == {"second"}
    assert found.objective == pytest.approx((1.0 + 0.8 * 0.9 + 0.6 * 0.3) / 2)
    assert found.objective_after == pytest.approx((found.objective or 0) + 0.6)
    assert found.objective_most == pytest.approx(2.8)


def test_a_tie_that_opens_gates_is_worth_all_the_seats_behind_them() -> None:
    """By hand: g weighs nothing itself and bears on two deciders at 1: two gains of w/2·0.5 in one tie."""
    customer = Customer().seat("g", "g.holder", roles=[], level=2).tie("star", "g.holder", 0.0)
    for seat in ("a", "b"):
        customer.seat(seat, f"{seat}.holder", **DECIDER).influences("g", seat, 1.0)
        customer.tie("star", f"{seat}.holder", 1.0)
    customer.mechanism("m", our_owners=["second"]).employee("second").met(
        "second", "g.holder", at="2026-01-01T12:00:00+00:00"
    )
    found = plan(customer.graph(), budget=1)
    assert proposed(found) == [("second", "g.holder")]
    assert found.proposals[0].gain == pytest.approx(0.5)


def test_one_contact_in_two_seats_counts_for_both() -> None:
    customer = Customer().seat("a", "p", **DECIDER).seat("b", "p", roles=["decider"], level=2)
    customer.seat("c", "q", **DECIDER).tie("star", "p").tie("star", "q").mechanism("m", our_owners=["e"])
    found = plan(customer.employee("e").graph(), budget=1)
    assert proposed(found) == [("e", "p")]
    assert found.proposals[0].gain == pytest.approx((1 + 0.8) / 2 * 0.5)
    assert set(found.proposals[0].seats) == {"a", "b"}


def test_two_strangers_are_better_than_one_who_comes_twice() -> None:
    """Both doors of a seat at the target: whoever has both leaves nothing behind."""
    customer = (
        Customer().seat("a", "p", **DECIDER).seat("g", "q", roles=[], level=2).influences("g", "a", 1.0)
    )
    customer.tie("old", "p", 0.2).mechanism("m", our_owners=["e", "f"]).employee("e").employee("f")
    found = plan(customer.graph(), budget=2)
    assert found.objective_after == pytest.approx(0.5)
    assert len({p.employee for p in found.proposals}) == 2


def test_the_firms_route_is_left_behind_by_nobody() -> None:
    """By hand: the firm keeps half of 1; a second at 0.5 adds nothing to what stays."""
    customer = Customer().seat("a", "p", **DECIDER).tie("star", "p", 1.0, trust_holder="firm")
    found = plan(customer.mechanism("m", our_owners=["e"]).employee("e").graph(), budget=1)
    assert (found.objective, found.objective_after, found.proposals) == (0.75, 0.75, ())


def test_a_target_is_never_below_what_there_is() -> None:
    customer = Customer().seat("a", "p", **DECIDER).tie("star", "p", 0.9).tie("e", "p", None)
    (tie,) = plan(customer.graph(), budget=5).proposals
    assert (tie.employee, tie.route, tie.introducer) == ("e", "acquainted", None)
    assert tie.strength_before == (0.0, 1.0)
    assert tie.strength_after == (0.5, 1.0)


def test_a_budget_beyond_all_candidates_builds_what_gains_and_no_more() -> None:
    found = plan(facts_of(four_of_theirs().document), "A", budget=10**6)
    assert found.budget == 10**6
    assert found.proof != "bounded"
    assert (
        found.objective_after == plan(facts_of(four_of_theirs().document), "A", budget=20).objective_after
    )


@pytest.mark.parametrize("budget", [-1, 1.5, 2.0, float("nan"), float("inf"), "2", None, True])
def test_a_budget_that_is_no_number_of_ties_is_refused(budget: Any) -> None:
    with pytest.raises(InputError, match="makes no sense") as caught:
        plan(four_of_theirs().graph(), budget=budget)
    assert repr(budget) in str(caught.value)


def test_a_whole_number_of_numpy_is_a_budget() -> None:
    graph = four_of_theirs().graph()
    assert plan(graph, budget=np.int64(2)) == plan(graph, budget=2)  # type: ignore[arg-type]


def reason_of(customer: Customer, budget: int = 3, **policy: object) -> str | None:
    pack = load_policy() if not policy else POLICY.model_copy(update=policy)
    found = plan(facts_of(customer.document, policy=pack), "A", budget=budget)
    assert found.proposals == ()
    assert found.objective == found.objective_after
    return found.reason


def test_nothing_to_propose_says_why() -> None:
    alone = Customer().seat("a", "p", **DECIDER).tie("star", "p", 0.9)
    weightless = Customer().seat("a", "p", level=1).tie("star", "p", 0.2).tie("e", "p", 0.0)
    full = (
        Customer()
        .seat("a", "p", **DECIDER)
        .tie("e", "p", 0.9)
        .tie("f", "p", 0.9)
        .mechanism("m", our_owners=["g"])
    )
    timid = POLICY.plan.model_copy(update={"target_strength": 0.1})
    reasons = {
        "nothing is known": reason_of(Customer().seat("a", "p", **DECIDER).employee("e")),
        "no budget": reason_of(alone, 0),
        "nobody": reason_of(alone),
        "no weight": reason_of(weightless),
        "no gain": reason_of(full.employee("g")),
        "no strength": reason_of(full, plan=timid),
    }
    assert None not in reasons.values()
    assert len(set(reasons.values())) == len(reasons)


def test_a_graph_is_planned_by_who_is_on_it_and_facts_by_everybody_who_is_there() -> None:
    customer = Customer(region="North").seat("a", "p", **DECIDER).tie("star", "p", 0.9)
    customer.employee("other", level=1, region="north")
    by_graph, by_facts = plan(customer.graph(), budget=1), plan(facts_of(customer.document), "A", budget=1)
    assert by_graph.proposals == ()
    assert proposed(by_facts) == [("other", "p")]
    assert by_facts.today == by_graph.today

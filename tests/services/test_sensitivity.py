"""Sensitivity: each move against a review under the moved pack, and brute force with moved numbers."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import sqrt
from random import Random
from typing import Any

import brute_force as measured
import brute_force_world as world
import pytest
from bundles import LAST_PLACE, POLICY, TODAY, Customer, Document, bundle_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm.gaps.snapshot import Snapshot
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.policies.variation import Move, moves, numbers
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.review import Review
from graphcrm.records.sensitivity import Sensitivity
from graphcrm.services.moved_policy import Bears, Outcome, bears_on
from graphcrm.services.portfolio_sensitivity import _moved as portfolio_moved
from graphcrm.services.portfolio_sensitivity import portfolio_sensitivity
from graphcrm.services.ranking import rank_correlation, ranks
from graphcrm.services.review import review
from graphcrm.services.sensitivity import sensitivity

LAW = settings(derandomize=True, deadline=None)
VERDICTS = ("three_dimensional", "robustly_three_dimensional", "adequate", "robustly_adequate")
MOVES = tuple(moves(POLICY))


def snapshot_of(document: Document) -> Snapshot:
    return Snapshot(bundle_of(document), POLICY)


def told(result: Sensitivity) -> dict[tuple[str, float], tuple[Any, Any]]:
    """Risk and verdicts of every move that changes anything."""
    return {
        (entry.entry, move.factor): (move.risk, dict(move.verdicts))
        for entry in result.entries
        for move in entry.moves
        if move.risk != result.risk or move.verdicts
    }


def changes(now: Review, then: Review) -> dict[str, tuple[str, str]]:
    if now.measures is None or then.measures is None:
        return {}
    pairs = {name: (getattr(now.measures, name), getattr(then.measures, name)) for name in VERDICTS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def reviewed(document: Document, account: str, moved: Mapping[tuple[str, float], Move]) -> dict[Any, Any]:
    """Facts, graph and review all made anew under each moved pack."""
    bundle = bundle_of(document)
    now = review(build_graph(Facts(bundle, POLICY), account))
    found = {}
    for name, move in moved.items():
        then = review(build_graph(Facts(bundle, move.policy), account))
        if then.risk != now.risk or changes(now, then):
            found[name] = (then.risk, changes(now, then))
    return found


@pytest.mark.parametrize("seed", [7, 11, 17])
def test_each_move_is_the_review_of_everything_made_anew_under_the_moved_pack(seed: int) -> None:
    document = random_bundle(Random(seed))
    snapshot = snapshot_of(document)
    every = {(move.entry, move.factor): move for move in MOVES}
    for account in snapshot.accounts:
        result = sensitivity(snapshot.graph(account), snapshot)
        assert told(result) == reviewed(document, account, every)
        moving = {move.entry for move in MOVES}
        assert {e.entry for e in result.entries} <= moving
        assert len(result.entries) + result.unchanged == len(moving)
        assert set(result.fixed) == numbers(POLICY).keys() - moving
        assert result.unread == ()


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 130))
def test_so_it_is_in_many_random_accounts(seed: int) -> None:
    test_each_move_is_the_review_of_everything_made_anew_under_the_moved_pack(seed)


SCALES: Mapping[str, tuple[dict[Any, Any], type]] = {
    "strength.channels": (world.W_CHANNEL, str),
    "strength.tie_levels": (world.TIE_LEVEL, str),
    "decision_weight.roles": (world.W_ROLE, str),
    "decision_weight.levels": (world.W_LEVEL, int),
    "attitudes": (world.SUPPORT, str),
    "breadth.targets": (measured.TARGET, int),
}
"""Where brute force holds its own numbers. It holds the heaviest role and level once more, as bounds."""


def brute_forced(document: Document, account: str, patch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    now = measured.brute_force(document, account)
    for move in MOVES:
        part, _, word = move.entry.rpartition(".")
        if part not in SCALES or move.entry in {
            "decision_weight.roles.decider",
            "decision_weight.levels.1",
        }:
            continue
        scale, kind = SCALES[part]
        with patch.context() as patched:
            patched.setitem(scale, kind(word), move.after)
            then = measured.brute_force(document, account)
        flips = {n: (now[n], then[n]) for n in VERDICTS if now.get(n) != then.get(n)}
        yield (move.entry, move.factor), (then["risk"], flips)


@pytest.mark.parametrize("seed", [8, 11, 17])
def test_each_word_of_a_scale_moves_risk_and_verdicts_as_brute_force_says(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = random_bundle(Random(seed))
    snapshot, seen = snapshot_of(document), 0
    for account in snapshot.accounts:
        result = sensitivity(snapshot.graph(account), snapshot)
        got = told(result)
        for name, (risk, flips) in brute_forced(document, account, monkeypatch):
            moved, verdicts = got.get(name, (result.risk, {}))
            assert (tuple(moved), verdicts) == (pytest.approx(risk, abs=LAST_PLACE), flips), name
            seen += name in got
    assert seen > 5


def test_the_order_says_what_flips_most_verdicts_and_then_what_moves_the_risk_most() -> None:
    snapshot = snapshot_of(random_bundle(Random(17)))
    for account in snapshot.accounts:
        result = sensitivity(snapshot.graph(account), snapshot)
        order = [(-len(e.verdicts), -e.movement, e.entry) for e in result.entries]
        assert order == sorted(order)
        for entry in result.entries:
            ends = [abs(m.risk[n] - result.risk[n]) for m in entry.moves for n in (0, 1)]
            assert entry.movement == pytest.approx(max(ends), abs=1e-9)


def decided() -> Customer:
    """Three-dimensional; reach 1, attitude .7: key points .7, between .6 and .75."""
    customer = Customer(mode="enterprise", mechanisms_complete=True).employee("e", level=1)
    customer.seat("s", "p", "supporter", level=1, roles=["decider"]).tie("e", "p")
    customer.mechanism("m", "framework_agreement", cadence_days=90, held=[TODAY], stage="x")
    return customer.state("stages", account="A", name="x")


def test_a_verdict_that_one_threshold_decides_is_told() -> None:
    customer = decided().mechanism(
        "m", "framework_agreement", cadence_days=90, held=["2026-06-30"], stage="x"
    )
    snapshot = snapshot_of(customer.state("stages", account="A", name="x").document)
    result = sensitivity(snapshot.graph("A"), snapshot)
    assert result.verdicts["three_dimensional"] == "proven"
    moved = {
        (entry.entry, move.factor): dict(move.verdicts) for entry in result.entries for move in entry.moves
    }
    fell = {"three_dimensional": ("proven", "no"), "adequate": ("proven", "no")}
    assert moved["standards.enterprise.key_points", 1.25] == fell
    assert moved["attitudes.supporter", 0.75] == fell
    assert moved["standards.enterprise.key_points", 0.75] == {}


def test_of_an_account_nothing_is_known_of_nothing_moves() -> None:
    snapshot = snapshot_of(Customer().seat("s", "p").document)
    result = sensitivity(snapshot.graph("A"), snapshot)
    assert (result.observed, result.risk, dict(result.verdicts)) == (False, Interval(0.0, 100.0), {})
    assert result.entries == ()


def test_a_graph_made_by_hand_moves_with_every_number_that_is_not_in_its_edges() -> None:
    snapshot = snapshot_of(decided().document)
    graph = snapshot.graph("A")
    with_facts, alone = sensitivity(graph, snapshot), sensitivity(graph)
    assert set(alone.unread) == {m.entry for m in MOVES if bears_on(m.entry) is Bears.facts}
    assert told(alone) == {k: v for k, v in told(with_facts).items() if k[0] not in alone.unread}


def test_every_number_of_a_pack_is_known_to_bear_on_something() -> None:
    assert {bears_on(entry) for entry in numbers(POLICY)} == set(Bears)


# The portfolio


@pytest.mark.parametrize(
    "seed", [10, 17, *(pytest.param(n, marks=pytest.mark.slow) for n in range(20, 32))]
)
def test_who_flips_in_a_portfolio_is_who_flips_alone_and_ranks_move_as_the_risks_do(seed: int) -> None:
    snapshot = snapshot_of(random_bundle(Random(seed)))
    alone = {a: sensitivity(snapshot.graph(a), snapshot) for a in snapshot.accounts}
    outcomes = {a: told(result) for a, result in alone.items()}
    whole = portfolio_sensitivity(snapshot)
    assert whole.accounts == len(alone)
    got = {(e.entry, m.factor): m for e in whole.entries for m in e.moves}
    for move in MOVES:
        name = (move.entry, move.factor)
        flips = {a: set(o[name][1]) for a, o in outcomes.items() if name in o and o[name][1]}
        now = places({a: result.risk for a, result in alone.items()})
        then = places({a: o[name][0] if name in o else alone[a].risk for a, o in outcomes.items()})
        if name not in got:
            assert (flips, now) == ({}, then)
            continue
        moved = got[name]
        assert {a: set(names) for a, names in moved.flips.items()} == flips
        assert moved.largest_move == max(abs(now[a] - then[a]) for a in now)
        assert moved.tau_b == pytest.approx(tau_b(list(now.values()), list(then.values())), abs=1e-6)


def places(risks: Mapping[str, Interval]) -> dict[str, int]:
    """One more than how many are riskier."""
    keys = {a: (risk.high, risk.low) for a, risk in risks.items()}
    return {a: 1 + sum(other > key for other in keys.values()) for a, key in keys.items()}


def tau_b(one: list[int], other: list[int]) -> float | None:
    """(concordant − discordant) / √(pairs untied in one · pairs untied in the other): Kendall (1945)."""
    pairs = [(one[i] - one[j], other[i] - other[j]) for i, j in combinations(range(len(one)), 2)]
    untied = [sum(pair[n] != 0 for pair in pairs) for n in (0, 1)]
    if 0 in untied:
        return None
    signs = [(a > 0) - (a < 0) for a, b in pairs if a and b for a in (a * b,)]
    return sum(signs) / sqrt(untied[0] * untied[1])


@LAW
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8))
def test_the_rank_correlation_is_that_of_its_definition(pairs: list[tuple[int, int]]) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assert rank_correlation(one, other) == pytest.approx(tau_b(one, other), abs=1e-6)


@LAW
@given(st.dictionaries(st.text(max_size=2), st.tuples(st.integers(0, 3), st.integers(3, 6)), max_size=8))
def test_a_rank_is_one_more_than_how_many_are_riskier(risks: dict[str, tuple[int, int]]) -> None:
    given_ = {account: Interval(*risk) for account, risk in risks.items()}
    assert ranks(given_) == places(given_)


def test_the_entries_that_decide_are_named_and_ties_are_counted() -> None:
    """A has verdicts that hang on numbers; B and C, of which nothing is known, share the first rank."""
    document = decided().document
    twin = Customer(mode="enterprise", mechanisms_complete=True, id="B").document
    bundle = bundle_of(document)
    other = bundle_of(twin).accounts[0].model_copy(update={"id": "B"})
    third = other.model_copy(update={"id": "C"})
    portfolio = portfolio_sensitivity(
        Snapshot(bundle.model_copy(update={"accounts": (*bundle.accounts, other, third)}), POLICY)
    )
    assert (portfolio.accounts, portfolio.tied) == (3, 2)
    assert portfolio.entries[0].flips == ("A",)
    assert (portfolio.verdicts_hang_on, portfolio.ranks_hang_on) == (portfolio.entries[0].entry, None)


def test_who_moves_farthest_may_rise_or_fall() -> None:
    """D passes three accounts, each of which falls by one place."""
    now = {name: Outcome({}, exactly(risk)) for name, risk in zip("ABCD", (40, 30, 20, 10), strict=True)}
    then = {**now, "D": Outcome({}, exactly(50))}
    moved = portfolio_moved(MOVES[0], now, then)
    assert (moved.largest_move, moved.moved, moved.flips) == (3, "D", {})
    assert moved.tau_b == pytest.approx(0)  # three pairs concordant, three discordant


def test_a_portfolio_without_accounts_has_nothing_that_moves() -> None:
    portfolio = portfolio_sensitivity(snapshot_of({"as_of": "2026-06-30"}))
    assert (portfolio.accounts, portfolio.tied, portfolio.entries) == (0, 0, ())
    assert (portfolio.verdicts_hang_on, portfolio.ranks_hang_on) == (None, None)


def test_of_one_account_no_rank_correlation_is_defined() -> None:
    portfolio = portfolio_sensitivity(snapshot_of(decided().document))
    assert portfolio.entries
    assert {e.tau_b for e in portfolio.entries} == {None}

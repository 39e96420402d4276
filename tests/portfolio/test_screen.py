"""The screen against ``measures`` and against removal by brute force, on golden and random accounts."""

import json
from collections.abc import Iterator
from dataclasses import replace
from math import fsum, isnan
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from brute_force_world import World
from bundles import Customer, Document, facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm.graph.account import AccountGraph, TieEdge
from graphcrm.graph.build import build_graph
from graphcrm.graph.reach import reach
from graphcrm.measures.breadth import breadth
from graphcrm.measures.departure import departure_loss, dependence
from graphcrm.measures.key_points import key_points, key_points_floor
from graphcrm.measures.sole_route import sole_route
from graphcrm.portfolio.building import columns_of
from graphcrm.portfolio.columns import NONE, PortfolioColumns
from graphcrm.portfolio.screen import Screened, screen
from graphcrm.records.interval import ANYTHING, Interval, exactly

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("account-?.json"))
LAW = settings(derandomize=True, deadline=None, max_examples=80)
EXACT = 1e-12
seeds = st.integers(0, 2**32)


class Account:
    """The screen's figures of one account, in the words of ``measures``; NaN is None."""

    def __init__(self, columns: PortfolioColumns, screened: Screened, account: str) -> None:
        place = columns.accounts.index(account)
        rows = slice(*columns.row_start[place : place + 2])
        listed = slice(*screened.departures.start[place : place + 2])
        seats = [columns.seats[seat] for seat in columns.seat[rows]]
        people = [columns.employees[employee] for employee in screened.departures.employee[listed]]
        self.reached = _number(screened.reached[place])
        self.key_points = _number(screened.key_points[place])
        self.floor = _number(screened.key_points_floor[place])
        self.breadth = _number(screened.breadth[place])
        self.dependence = _number(screened.dependence[place])
        self.reach = dict(zip(seats, map(_number, screened.reach[rows]), strict=True))
        self.met = {seat for seat, met in zip(seats, screened.met[rows], strict=True) if met}
        self.sole_route = {
            seat: columns.employees[only]
            for seat, only in zip(seats, screened.sole_route[rows], strict=True)
            if only != NONE
        }
        self.loss = dict(zip(people, map(_number, screened.loss[listed]), strict=True))


def _number(value: float) -> float | None:
    return None if isnan(value) else float(value)


def screened_accounts(document: Document, **options: Any) -> Iterator[tuple[AccountGraph, Account]]:
    """Each account of a document, as its graph and as screened."""
    facts = facts_of(document, **options)
    columns = columns_of(facts)
    columns.validate()
    screened = screen(columns, "numpy")
    for account in facts.accounts:
        yield build_graph(facts, account), Account(columns, screened, account)


def proven(graph: AccountGraph) -> AccountGraph:
    """The account with every strength and decision weight known to stand at its low end."""
    network = graph.network.copy()
    for _, _, data in network.edges(data=True):
        if "tie" in data:
            data["tie"] = TieEdge(exactly(data["tie"].now.low), exactly(data["tie"].later.low))
    for _, data in network.nodes(data=True):
        if "seat" in data:
            data["seat"] = replace(data["seat"], weight=exactly(data["seat"].weight.low))
    return replace(graph, network=network)


def known(interval: Interval | None) -> float | None:
    """The number where all is known."""
    if interval is None:
        return None
    assert interval.low == pytest.approx(interval.high, abs=EXACT)
    return interval.low


def assert_equal_to_measures(graph: AccountGraph, got: Account) -> None:
    if not graph.observed:
        assert (got.reached, got.key_points, got.floor, got.breadth, got.dependence) == (None,) * 5
        assert (got.loss, got.sole_route, got.met) == ({}, {}, set())
        assert set(got.reach.values()) <= {None}
        return
    assert got.reach == reach(graph, "low")
    assert got.sole_route == sole_route(graph)
    for figure, interval, undefined in (
        (got.key_points, key_points(graph), not any(s.weight.low for s in graph.scope)),
        (got.floor, key_points_floor(graph), not any(s.is_decider for s in graph.scope)),
        (
            got.breadth,
            breadth(graph),
            not any(d.importance for d in graph.departments)
            and all(s.department in {d.id for d in graph.departments} for s in graph.scope if s.own),
        ),
    ):
        assert figure == (None if undefined else pytest.approx(interval.low, abs=EXACT))
        assert not undefined or interval == ANYTHING
    world = proven(graph)
    losses = departure_loss(world)
    expected = {employee: known(loss) for employee, loss in losses.items()}
    assert got.loss == pytest.approx(expected, abs=EXACT)
    assert got.dependence == pytest.approx(known(dependence(world, losses)), abs=EXACT)
    for employee, interval in departure_loss(graph).items():
        loss = got.loss[employee]
        assert loss is None or (
            interval is not None and interval.low - EXACT <= loss <= interval.high + EXACT
        )


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_figure_of_the_golden_accounts_is_that_of_measures(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    for known_at in (None, "2026-03-31"):
        for graph, got in screened_accounts(document, known_at=known_at):
            assert_equal_to_measures(graph, got)


@LAW
@given(seeds)
def test_every_figure_of_random_accounts_is_that_of_measures(seed: int) -> None:
    for graph, got in screened_accounts(random_bundle(Random(seed))):
        assert_equal_to_measures(graph, got)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(20))
def test_every_figure_of_thousands_of_random_accounts_is_that_of_measures(block: int) -> None:
    for seed in range(3_000_000 + 100 * block, 3_000_000 + 100 * block + 100):
        for graph, got in screened_accounts(random_bundle(Random(seed))):
            assert_equal_to_measures(graph, got)


def test_random_accounts_vary_in_what_matters() -> None:
    seen: dict[str, int] = {}
    for seed in range(150):
        for graph, got in screened_accounts(random_bundle(Random(seed))):
            for what, there in {
                "unobserved": not graph.observed,
                "no reach": graph.observed and got.reached == 0,
                "no weight": graph.observed and got.key_points is None,
                "no breadth": graph.observed and got.breadth is None,
                "nobody listed": graph.observed and not got.loss,
                "listed without loss": 0 in got.loss.values(),
                "a part lost": any(loss and 0 < loss < 1 for loss in got.loss.values()),
                "doubtful weights": bool(got.key_points) and not all(s.weight.known for s in graph.scope),
                "sole route": bool(got.sole_route),
            }.items():
                seen[what] = seen.get(what, 0) + there
    assert {what for what, times in seen.items() if times >= 5} == seen.keys(), seen


def worth(world: World, *without: str) -> float:
    """T of an account by removal and recomputation, from the text of the method."""
    reached = world.reach(world.legs("low", without=without))
    return fsum(world.weight[seat][0] * reached[seat] for seat in world.scope)


@LAW
@given(seeds)
def test_losses_are_those_of_removal_and_recomputation(seed: int) -> None:
    document = random_bundle(Random(seed))
    for graph, got in screened_accounts(document):
        if graph.observed:
            world = World(document, graph.account.id)
            whole = worth(world)
            assert got.reached == pytest.approx(whole, abs=EXACT)
            lost = {e: 1 - worth(world, e) / whole if whole else None for e in got.loss}
            assert got.loss == pytest.approx(lost, abs=1e-9)


def shuffled(document: Document, rng: Random) -> Document:
    """The same statements in another order, where their order says nothing."""
    ordered = {"ties", "assertions", "holdings"}
    return {
        kind: rng.sample(records, len(records))
        if isinstance(records, list) and kind not in ordered
        else records
        for kind, records in document.items()
    }


@LAW
@given(seeds)
def test_the_order_of_statements_changes_nothing(seed: int) -> None:
    document = random_bundle(Random(seed))
    one, other = (
        screen(columns_of(facts_of(d)), "numpy") for d in (document, shuffled(document, Random(seed)))
    )
    for field in ("reached", "key_points", "key_points_floor", "breadth", "dependence", "loss", "reach"):
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field))
    np.testing.assert_array_equal(one.labels.by, other.labels.by)


def test_accounts_do_not_see_each_other() -> None:
    for seed in range(60):
        facts = facts_of(random_bundle(Random(seed)))
        columns = columns_of(facts)
        together = screen(columns, "numpy")
        for account in facts.accounts:
            alone = columns_of([build_graph(facts, account)])
            one, other = Account(columns, together, account), Account(alone, screen(alone), account)
            assert vars(one) == vars(other)


def only(customer: Customer) -> Account:
    """The screen's figures of account A."""
    ((_, got),) = screened_accounts(customer.document)
    return got


def test_of_two_equal_routes_nobody_is_missed() -> None:
    customer = Customer().seat("s", "p", roles=["decider"], level=1).tie("e", "p", 0.8).tie("f", "p", 0.8)
    got = only(customer)
    assert got.loss == {"e": 0.0, "f": 0.0}
    assert (got.dependence, got.sole_route) == (0.0, {})


def test_what_the_firm_keeps_stays() -> None:
    customer = Customer().seat("s", "p", roles=["decider"], level=1).tie("e", "p", 0.8, trust_holder="firm")
    got = only(customer)
    assert got.loss == {"e": pytest.approx(0.5)}
    assert got.sole_route == {}


def test_full_strength_is_reached_with_a_plain_one() -> None:
    got = only(Customer().seat("s", "p", roles=["decider"], level=1).tie("e", "p", 1.0))
    assert (got.reach, got.loss, got.dependence) == ({"s": 1.0}, {"e": 1.0}, 1.0)


def test_without_weight_a_loss_is_undefined_and_not_zero() -> None:
    got = only(Customer().seat("s", "p", roles=[], level=1).tie("e", "p", 1.0))
    assert (got.reached, got.loss, got.dependence, got.key_points) == (0.0, {"e": None}, None, None)


def test_a_tie_that_carries_nothing_is_listed_and_costs_nothing() -> None:
    customer = Customer().seat("s", "p", roles=["decider"], level=1).tie("e", "p", 0.8).tie("f", "p", 0.1)
    assert only(customer).loss == {"e": 1.0, "f": 0.0}


def test_two_gates_of_one_person_are_one_route_of_it() -> None:
    customer = (
        Customer()
        .seat("s", "p", roles=["decider"], level=1)
        .seat("g", "q", roles=[])
        .seat("h", "q", roles=[])
        .influences("g", "s", 0.5)
        .influences("h", "s", 0.8)
        .tie("e", "q", 1.0)
        .tie("f", "q", 0.5)
    )
    got = only(customer)
    assert got.reach == {"s": 0.8, "g": 1.0, "h": 1.0}
    assert got.loss == {"e": pytest.approx(0.5), "f": 0.0}


def test_a_portfolio_without_accounts_has_no_figures() -> None:
    columns = columns_of([])
    columns.validate()
    screened = screen(columns)
    assert screened.reached.shape == screened.loss.shape == screened.reach.shape == (0,)


def test_an_account_without_seats_has_none_either() -> None:
    customer = Customer()
    assert only(customer).reached is None
    assert only(customer).loss == {}

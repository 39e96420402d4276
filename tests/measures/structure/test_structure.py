"""The structure of an account, whole: the golden accounts, the review's own figures, order, and reasons."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from bundles import Customer, Document, facts_of
from random_bundles import random_bundle

from graphcrm import review, structure
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.measures.ownership import hhi
from graphcrm.records.structure import Structure

GOLDEN = Path(__file__).parents[2] / "golden"
BUNDLES = sorted(path for path in GOLDEN.glob("account-?.json"))


def graphs(document: Document) -> Iterator[AccountGraph]:
    facts = facts_of(document)
    return (build_graph(facts, account) for account in facts.accounts)


def of(graph: AccountGraph) -> Structure:
    found = structure(graph)
    assert found is not None
    return found


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
def test_it_agrees_with_every_figure_of_the_golden_accounts_that_it_names(path: Path) -> None:
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text(encoding="utf-8"))
    for graph in graphs(json.loads(path.read_text(encoding="utf-8"))):
        figures: dict[str, Any] = expected[graph.account.id]
        if not figures["observed"]:
            assert structure(graph) is None
            continue
        found = of(graph)
        counts = {
            seat: [len(routes.low.routes), len(routes.high.routes)] for seat, routes in found.routes.items()
        }
        assert counts == figures["survivability"]
        fewest = figures["bus_factor"]
        assert found.bus_factor == (None if fewest is None else (fewest, fewest))
        concentration = None if found.ownership is None else found.ownership.hhi
        assert concentration == pytest.approx(figures["ownership_hhi"], abs=1e-6)


def test_ownership_of_published_shares_and_of_an_account() -> None:
    assert hhi([0.3, 0.3, 0.2, 0.2]) == pytest.approx(0.26)
    customer = Customer()
    for i, strength in enumerate((0.6, 0.6, 0.4, 0.4)):
        customer.seat(f"s{i}", f"p{i}", weight=1).tie(f"e{i}", f"p{i}", strength)
    found = of(customer.graph()).ownership
    assert found is not None
    assert found.hhi == 0.26
    assert found.effective_owners == pytest.approx(1 / 0.26, abs=1e-6)
    assert found.shares == {"e0": 0.3, "e1": 0.3, "e2": 0.2, "e3": 0.2}


@pytest.mark.parametrize("seed", range(40))
def test_it_agrees_with_the_review_and_says_why_whatever_is_missing_is(seed: int) -> None:
    for graph in graphs(random_bundle(Random(seed))):
        measures = review(graph).measures
        if measures is None:
            assert structure(graph) is None
            continue
        found = of(graph)
        if found.bus_factor is not None:
            assert measures.bus_factor == found.bus_factor.low == found.bus_factor.high
        assert (found.bus_factor is None) == ("bus_factor" in found.reasons)
        assert (found.ownership is None) == ("ownership" in found.reasons)
        assert (found.counterparts.position is None) == ("counterparts.position" in found.reasons)
        for name in ("worst_departures", "key_players"):
            for size in (1, 2, 3):
                there = size in getattr(found, name)
                assert there != (f"{name}.{size}" in found.reasons)
        if found.ownership is not None:
            assert sum(found.ownership.shares.values()) == pytest.approx(1, abs=1e-5)
            assert 1 <= found.ownership.effective_owners <= len(found.ownership.shares) + 1e-6


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_facts_changes_nothing(seed: int) -> None:
    rng = Random(seed)
    document = random_bundle(rng)
    shuffled = {
        kind: rng.sample(records, len(records))
        if kind in {"seats", "employees", "contacts", "holdings", "influences", "departments"}
        else records
        for kind, records in document.items()
    }
    assert [structure(graph) for graph in graphs(shuffled)] == [structure(g) for g in graphs(document)]


def test_seats_without_influence_are_counted_as_left_out() -> None:
    customer = Customer().seat("a", "p", weight=1).seat("b", "q").seat("c").tie("e", "p")
    found = of(customer.graph())
    assert found.network == 0
    assert str(found.reasons["network"]) == (
        "Of 2 occupied seats no influence is on record: they are left out."
    )


def test_an_account_that_is_not_observed_has_no_structure() -> None:
    assert structure(Customer().seat("s", "p").graph()) is None

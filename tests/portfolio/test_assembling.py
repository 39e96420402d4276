"""Columns assembled from what a store states are those made of the account graphs, figure for figure.

The other side is ``portfolio.building.columns_of``: it reads ``graph`` account by account, which is held to
brute force by tests of its own.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from bundles import POLICY, TODAY, Customer, Document, bundle_of, day, facts_of
from random_bundles import random_bundle
from store_samples import bring

from graphcrm.errors import PolicyError
from graphcrm.graph.facts import Facts
from graphcrm.policies import Policy
from graphcrm.portfolio.assembling import Portfolio, assembled
from graphcrm.portfolio.building import columns_of as columns_of_graphs
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.portfolio.gathering import WANTED, Gathered
from graphcrm.records.bundle import Bundle
from graphcrm.records.columns import Columns
from graphcrm.store.sqlite import open_store

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("account-*[0-9].json"))
LAST_PLACE = 1e-6
"""Interactions are summed in another order: a strength in the middle may be rounded the other way."""


def gathered_from(parts: Iterable[Columns], as_of: date, policy: Policy = POLICY) -> Portfolio:
    gathered = Gathered(policy, as_of)
    for part in parts:
        gathered.take(part)
    return assembled(gathered)


def columns_of(bundle: Bundle) -> Iterator[Columns]:
    """What is wanted of records that are already made."""
    for kinds in WANTED:
        for kind, names in kinds.items():
            plain = [record.model_dump(mode="json", by_alias=True) for record in bundle.of(kind)]
            yield Columns(kind, {name: [record[name] for record in plain] for name in names}, 1.0)


def portfolio_of(document: Document, policy: Policy = POLICY, known_at: str | None = None) -> Portfolio:
    bundle = bundle_of(document).as_known_at(None if known_at is None else date.fromisoformat(known_at))
    return gathered_from(columns_of(bundle), bundle.as_of, policy)


def assert_same(got: PortfolioColumns, expected: PortfolioColumns) -> None:
    """Every column is the same; employees without a tie may be listed or not."""
    got.validate()
    assert set(expected.employees) <= set(got.employees)
    for field in fields(PortfolioColumns):
        one, other = getattr(got, field.name), getattr(expected, field.name)
        if field.name == "employees":
            continue
        if field.name == "tie_employee":
            assert [got.employees[e] for e in one] == [expected.employees[e] for e in other]
        elif isinstance(one, tuple):
            assert one == other, field.name
        else:
            assert one.dtype == other.dtype, field.name
            np.testing.assert_allclose(one, other, rtol=0, atol=LAST_PLACE, err_msg=field.name)


@pytest.mark.parametrize("seed", range(60))
def test_random_portfolios_are_laid_out_as_their_graphs_say(seed: int) -> None:
    document = random_bundle(Random(seed))
    assert_same(portfolio_of(document).columns, columns_of_graphs(facts_of(document)))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("known_at", ["2026-04-01", "2026-04-02", "2026-06-27"])
def test_so_are_portfolios_as_they_were_known(seed: int, known_at: str) -> None:
    document = random_bundle(Random(seed))
    expected = columns_of_graphs(facts_of(document, known_at=known_at))
    assert_same(portfolio_of(document, known_at=known_at).columns, expected)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_accounts_are_laid_out_as_their_graphs_say(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert_same(portfolio_of(document).columns, columns_of_graphs(facts_of(document)))


@pytest.mark.parametrize("seed", range(12))
def test_what_a_store_states_is_laid_out_as_its_facts_are(seed: int, tmp_path: Path) -> None:
    """Two imports of the same ids with other values: earlier versions, other days, later knowledge."""
    one, two = bundle_of(random_bundle(Random(seed))), bundle_of(random_bundle(Random(seed + 1)))
    with open_store(tmp_path / "store.db", create=True) as store:
        bring(store, one)
        bring(store, two.model_copy(update={"source": "crm"}))
        for as_of in (one.as_of, date.fromisoformat(day(-40)), date.fromisoformat(day(60))):
            for known_at in (None, date(2026, 4, 2), date(2026, 7, 1)):
                facts = Facts(store.facts(as_of, known_at), POLICY, as_of=as_of, known_at=known_at)
                got = gathered_from(store.columns(WANTED, as_of, known_at), as_of)
                assert_same(got.columns, columns_of_graphs(facts))


def test_names_stand_in_the_order_of_ids() -> None:
    document = Customer().account("0").seat("s", "p").tie("zoe", "p").tie("amy", "p").document
    portfolio = portfolio_of(document)
    assert (portfolio.columns.accounts, portfolio.account_names) == (
        ("0", "A"),
        ("Customer 0", "Customer A"),
    )
    assert (portfolio.columns.employees, portfolio.employee_names) == (("amy", "zoe"), ("AMY", "ZOE"))


def test_an_empty_store_is_an_empty_portfolio() -> None:
    portfolio = portfolio_of({"as_of": TODAY})
    portfolio.columns.validate()
    assert portfolio.columns.accounts == ()


def test_a_level_with_more_than_six_decimals_is_rounded_as_records_round_it() -> None:
    """0.1234565 × 10⁶ is a middle as a float, while the number itself lies on one side of it."""
    levels = (0.1234565, 0.2234575, 0.3000005, 0.7654325, 0.9999995)
    customer = Customer()
    for n, level in enumerate(levels):
        customer.seat(f"s{n}", f"p{n}").tie("e", f"p{n}", level)
    strength = portfolio_of(customer.document).columns.tie_strength
    assert strength.tolist() == [0.0, *(round(level, 6) for level in levels[1:])]


@pytest.mark.parametrize(
    ("customer", "word"),
    [
        (Customer().seat("s", "p").met("e", "p", channel="fax").employee("e"), "fax"),
        (Customer().seat("s", "p").tie("e", "p", "close"), "close"),
        (Customer().seat("s", "p", "fan"), "fan"),
        (Customer().seat("s", "p", roles=["boss"]), "boss"),
    ],
)
def test_a_word_the_policy_does_not_define_is_told_as_graphs_tell_it(customer: Customer, word: str) -> None:
    with pytest.raises(PolicyError) as expected:
        columns_of_graphs(facts_of(customer.document))
    with pytest.raises(PolicyError) as error:
        portfolio_of(customer.document)
    assert str(error.value) == str(expected.value)
    assert word in str(error.value)


def test_a_word_of_a_record_that_does_not_hold_is_nobodys_concern() -> None:
    customer = Customer().seat("s", "p").tie("e", "p", "close", assessed_on=day(-9)).tie("e", "p", 0.5)
    assert portfolio_of(customer.document).columns.tie_strength.tolist() == [0.5]

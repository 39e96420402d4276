"""The ranking of a portfolio, held to reviews and to what-ifs of each account: departures one by one."""

import json
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from bundles import POLICY, Customer, Document, bundle_of, day, facts_of
from random_bundles import random_bundle
from store_samples import bring

from graphcrm.errors import InputError
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.reach import reach
from graphcrm.records.interval import Interval
from graphcrm.records.portfolio import Ranking
from graphcrm.services.audit import reviews
from graphcrm.services.exposure import exposure
from graphcrm.services.portfolio import portfolio_of, rank_portfolio, read_portfolio
from graphcrm.services.reading import View
from graphcrm.store.sqlite import open_store

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("account-[0-9].json"))
ALL = 10_000
NEAR = pytest.approx


def documents() -> list[Document]:
    golden = [json.loads(path.read_text(encoding="utf-8")) for path in GOLDEN]
    return [*golden, *(random_bundle(Random(seed)) for seed in range(20))]


def ranked(document: Document, *, top: int = ALL, reviewed: bool = False) -> Ranking:
    facts = facts_of(document)
    return rank_portfolio(portfolio_of(facts), top=top, reviews=reviews(facts) if reviewed else None)


def weighted(graph: AccountGraph) -> float:
    """T = Σ w·R at the low end; nothing where nothing is observed."""
    if not graph.observed:
        return 0.0
    return sum(s.weight.low * r for s, r in zip(graph.scope, reach(graph, "low").values(), strict=True))


def lost_without(facts: Facts, *gone: str) -> float:
    """What all accounts lose together, by building each and removing these employees."""
    lost = 0.0
    for account in facts.accounts:
        graph = without = build_graph(facts, account)
        if graph.observed:
            for employee in gone:
                without = without.without(employee)
            lost += weighted(graph) - weighted(without)
    return lost


@pytest.mark.parametrize("document", documents())
def test_employees_and_pairs_lose_what_removal_and_recomputation_lose(document: Document) -> None:
    facts, ranking = facts_of(document), ranked(document)
    whole = sum(weighted(build_graph(facts, a)) for a in facts.accounts)
    assert ranking.reach == NEAR(whole, abs=2e-6)
    alone = {e: lost_without(facts, e) for e in facts.present}
    assert {e.employee: e.lost for e in ranking.employees} == {
        e: NEAR(lost, abs=2e-6) for e, lost in alone.items() if lost > 1e-9
    }
    assert all(e.share * whole == NEAR(e.lost, abs=2e-5) for e in ranking.employees)
    for pair in ranking.pairs:
        one, other = pair.employees
        assert pair.lost == NEAR(lost_without(facts, one, other), abs=2e-6)
        assert pair.beyond * whole == NEAR(pair.lost - alone[one] - alone[other], abs=2e-5)
    worst = max((lost_without(facts, *p) for p in combinations(sorted(facts.present), 2)), default=0.0)
    assert (ranking.pairs[0].lost if ranking.pairs else 0.0) <= worst + 2e-6


@pytest.mark.parametrize("document", documents())
def test_accounts_are_ranked_by_the_risk_of_their_reviews(document: Document) -> None:
    expected = sorted(reviews(facts_of(document)), key=lambda r: (-r.risk.high, -r.risk.low, r.account))
    ranking = ranked(document, reviewed=True)
    assert [(a.account, a.risk, a.high_findings) for a in ranking.accounts] == [
        (r.account, r.risk, r.high_findings) for r in expected
    ]
    assert {a.account for a in ranking.accounts if not a.observed} == {
        r.account for r in expected if not r.observed
    }


@pytest.mark.parametrize("document", documents())
def test_revenue_at_risk_is_that_of_every_account_by_itself(document: Document) -> None:
    facts, ranking = facts_of(document), ranked(document, reviewed=True)
    for employee in ranking.employees:
        told, alone = employee.revenue_at_risk, exposure(facts, employee.employee).revenue_at_risk
        assert told.by_currency == {c: value for c, value in alone.by_currency.items() if value.high > 0}
        assert told.unknown <= alone.unknown


def test_revenue_at_risk_is_an_interval_with_reviews_and_proven_without() -> None:
    """How well bob knows p is not on record: without ann something may be left, or nothing."""
    customer = (
        Customer(annual_revenue=1000, currency="EUR")
        .seat("a", "p", roles=["decider"], level=1)
        .tie("ann", "p", 0.8)
        .tie("bob", "p", None)
    )
    (ann,) = (e for e in ranked(customer.document, reviewed=True).employees if e.employee == "ann")
    (proven,) = (e for e in ranked(customer.document).employees if e.employee == "ann")
    (reviewed,) = reviews(facts_of(customer.document))
    assert reviewed.measures is not None
    assert ann.revenue_at_risk.total == (reviewed.measures.revenue_at_risk or {})["ann"]
    assert ann.revenue_at_risk.total != proven.revenue_at_risk.total == Interval(132.0, 176.0)


@pytest.mark.parametrize("document", documents())
def test_screened_accounts_are_ranked_by_the_worst_departure(document: Document) -> None:
    facts, ranking = facts_of(document), ranked(document)
    assert [a.loss is None for a in ranking.accounts] == sorted(a.loss is None for a in ranking.accounts)
    losses = [a.loss for a in ranking.accounts if a.loss is not None]
    assert losses == sorted(losses, reverse=True)
    for account in ranking.accounts:
        graph = build_graph(facts, account.account)
        whole = weighted(graph)
        shares = {e: 1 - weighted(graph.without(e)) / whole for e in graph.concerned} if whole else {}
        if account.loss is None:
            assert not shares
        else:
            assert account.loss == NEAR(max(shares.values(), default=0.0), abs=2e-6)
            assert (account.worst is None) == (account.loss == 0)
            if account.worst is not None:
                assert shares[account.worst] == NEAR(account.loss, abs=2e-6)


def test_stars_and_blind_departments_are_those_of_the_findings() -> None:
    for document in documents():
        facts = facts_of(document)
        found = [(r.account, f) for r in reviews(facts) for f in r.findings]
        blind = [(account, f.subjects[0]) for account, f in found if f.rule == "department_unreached"]
        ranking = ranked(document)
        assert sum(f.blind for f in ranking.functions) == len(blind)
        stars = {(e.employee, e.starred) for e in ranking.employees if e.starred}
        # Where weights or ties are unknown the finding's loss is a low end, below what is priced here.
        for employee in {f.subjects[0] for _, f in found if f.rule == "star_employee"}:
            named = sum(f.rule == "star_employee" and f.subjects[0] == employee for _, f in found)
            assert any(who == employee and count >= named for who, count in stars)


def two_accounts() -> Customer:
    """A hangs on one person alone; B on the same one and another: both reach its only seat alike."""
    return (
        Customer(annual_revenue=1000, currency="EUR")
        .account("B", annual_revenue=500, currency="EUR")
        .account("C")
        .seat("a", "p", roles=["decider"], level=1)
        .seat("b", "q", roles=["decider"], level=1, account="B")
        .seat("c", "r", roles=["decider"], level=1, account="C")
        .department("D", function="finance")
        .seat("d", "s", department="D", roles=["user"])
        .tie("ann", "p", 0.8)
        .tie("ann", "q", 0.6)
        .tie("bob", "q", 0.6)
        .tie("cy", "r", 0.1)
    )


def test_by_hand() -> None:
    """T = .8 + .6. Without ann A loses .8; with bob, too, B loses .6, which neither takes alone."""
    ranking = ranked(two_accounts().document)
    assert [(a.account, a.loss, a.worst) for a in ranking.accounts] == [
        ("A", 1.0, "ann"), ("B", 0.0, None), ("C", None, None)
    ]  # fmt: skip
    assert (ranking.in_all, ranking.unobserved, ranking.unpriced, ranking.reach) == (3, 0, 1, 1.4)
    (ann,) = ranking.employees
    assert (ann.employee, ann.lost, ann.share, ann.accounts, ann.starred) == ("ann", 0.8, 0.571429, 2, 1)
    assert ann.revenue_at_risk.total == Interval(132.0, 176.0)
    (pair,) = ranking.pairs
    assert (pair.employees, pair.lost, pair.share, pair.beyond) == (("ann", "bob"), 1.4, 1.0, 0.428571)
    assert [(f.function, f.departments, f.blind, f.accounts) for f in ranking.functions] == [
        ("finance", 1, 1, 1)
    ]


def test_unknown_revenue_is_counted_and_never_zero() -> None:
    customer = Customer().seat("a", "p", roles=["decider"], level=1).tie("ann", "p", 0.8)
    ranking = ranked(customer.document)
    assert ranking.accounts[0].annual_revenue is None
    money = ranking.employees[0].revenue_at_risk
    assert (money.total, money.unknown) == (None, 1)


def test_the_top_is_the_top_of_the_whole() -> None:
    for document in documents()[-6:]:
        whole, few = ranked(document), ranked(document, top=2)
        assert few.accounts == whole.accounts[:2]
        assert few.employees == whole.employees[:2]
        assert [p.lost for p in few.pairs] == [p.lost for p in whole.pairs][:2]


def test_no_list_is_shorter_than_one() -> None:
    with pytest.raises(InputError):
        rank_portfolio(portfolio_of(facts_of(Customer().document)), top=0)


def test_graphs_rank_as_the_facts_they_were_built_from() -> None:
    facts = facts_of(two_accounts().document)
    graphs = [build_graph(facts, account) for account in facts.accounts]
    assert rank_portfolio(portfolio_of(graphs)) == rank_portfolio(portfolio_of(facts))


def test_graphs_of_several_days_are_no_portfolio() -> None:
    one, other = (build_graph(facts_of(Customer().document, as_of=d), "A") for d in (day(0), day(1)))
    for graphs in ([one, other], []):
        with pytest.raises(InputError):
            portfolio_of(graphs)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_read_from_a_store_ranks_as_its_facts_do(seed: int, tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db", create=True) as store:
        bring(store, bundle_of(random_bundle(Random(seed))))
        bring(store, bundle_of(random_bundle(Random(seed + 50))))
        for as_of, known_at in ((None, None), (date.fromisoformat(day(-20)), date(2026, 5, 1))):
            view, told = View(POLICY, as_of, known_at), list[float]()
            read = rank_portfolio(read_portfolio(store, view, told.append))
            facts = Facts(
                store.facts(as_of or date.fromisoformat(day(0)), known_at),
                POLICY,
                as_of=as_of,
                known_at=known_at,
            )
            assert told == sorted(told)
            assert 0 < told[-1] <= 1
            assert read == rank_portfolio(portfolio_of(facts))

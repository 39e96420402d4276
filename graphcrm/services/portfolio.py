"""The portfolio as a whole: its accounts by risk, and what hangs on whom, read and screened as columns."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import isnan
from typing import NamedTuple, Protocol

import numpy as np

from graphcrm.errors import N_, InputError
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.measures.money import Amount, money_total
from graphcrm.portfolio.assembling import Portfolio, assembled
from graphcrm.portfolio.breadth import blind_departments
from graphcrm.portfolio.building import columns_of
from graphcrm.portfolio.columns import NONE, PortfolioColumns
from graphcrm.portfolio.gathering import WANTED, Gathered
from graphcrm.portfolio.people import EmployeeTotals, employee_totals, worst_pairs
from graphcrm.portfolio.screen import Screened, screen
from graphcrm.ports.columns import ColumnStore
from graphcrm.ports.facts import FactStore
from graphcrm.records.interval import DECIMALS, Interval
from graphcrm.records.portfolio import AccountRank, EmployeeRank, FunctionRank, PairRank, Ranking
from graphcrm.records.review import Review
from graphcrm.records.words import CAUTION
from graphcrm.services.reading import View, latest_day
from graphcrm.services.totals import total_document

TOP = 10
"""How many of each list are told unless more are asked for."""


class PortfolioStore(FactStore, ColumnStore, Protocol):
    """Where a portfolio is read from."""


def read_portfolio(
    store: PortfolioStore, view: View, told: Callable[[float], object] = lambda _: None
) -> Portfolio:
    """The portfolio of the view's day, as columns. ``told`` hears which share is read, 0 to 1.

    Raises InputError where the store holds nothing yet, PolicyError where its data use a word that the
    policy does not define.
    """
    as_of = latest_day(store, view.as_of)
    gathered = Gathered(view.policy, as_of, view.known_at)
    with _no_collections():
        for columns in store.columns(WANTED, as_of, view.known_at, upto=view.upto):
            gathered.take(columns)
            told(columns.done)
    return assembled(gathered)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Without the collector of cycles: it would look at millions of passing values, and none is in one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def portfolio_of(portfolio: Facts | Iterable[AccountGraph]) -> Portfolio:
    """The portfolio of facts in memory, or of account graphs, some made by hand perhaps.

    Raises InputError where there is no graph, where they are not of one day and policy, and as
    ``columns_of`` does.
    """
    if isinstance(portfolio, Facts):
        facts = portfolio
        graphs = [build_graph(facts, account) for account in sorted(facts.accounts)]
        policy, seen_from = facts.policy, (facts.as_of, facts.known_at)
    else:
        graphs = list(portfolio)
        if len({(g.as_of, g.known_at, g.policy.label) for g in graphs}) != 1:
            raise InputError(
                N_("The account graphs are not of one day and policy, or there is none."),
                hint=N_("Build all of them from the same facts."),
            )
        policy, seen_from = graphs[0].policy, (graphs[0].as_of, graphs[0].known_at)
    columns = columns_of(graphs)
    accounts = {g.account.id: g.account.name for g in graphs}
    employees = {e: employee.name for g in graphs for e, employee in g.employees.items()}
    return Portfolio(
        columns,
        account_names=tuple(accounts[a] for a in columns.accounts),
        employee_names=tuple(employees.get(e, e) for e in columns.employees),
        policy=policy,
        as_of=seen_from[0],
        known_at=seen_from[1],
    )


def rank_portfolio(
    portfolio: Portfolio, *, top: int = TOP, reviews: Iterable[Review] | None = None
) -> Ranking:
    """What the portfolio hangs on, the worst ``top`` of each list first; equal ones in the order of ids.

    With the ``reviews`` of its accounts these are ranked by risk, as everywhere, and revenue at risk is
    theirs, from the least to the most; without, accounts are ranked by the share of their reach that the
    worst departure takes, then by how much reach that is, and revenue at risk is that of proven losses.
    Those with nothing to lose on record come last.

    Raises InputError for a ``top`` below 1.
    """
    if top < 1:
        raise InputError(N_("There is no list of {top}."), hint=N_("Ask for 1 or more."), top=top)
    columns, policy = portfolio.columns, portfolio.policy
    screened = screen(columns)
    priced = _priced(screened)
    accounts, reviewed = list(_accounts(portfolio, priced)), None
    if reviews is None:
        lost = [each.lost for each in priced]
        order = sorted(range(len(accounts)), key=lambda n: (*_worst_first(accounts[n].loss), -lost[n]))
    else:
        accounts, reviewed = _reviewed(accounts, reviews)
        order = sorted(range(len(accounts)), key=lambda n: _riskiest_first(accounts[n]))
    unobserved = int((~columns.observed).sum())
    return Ranking(
        as_of=portfolio.as_of,
        known_at=portfolio.known_at,
        policy=policy.label,
        reviewed=reviews is not None,
        in_all=len(accounts),
        unobserved=unobserved,
        unpriced=sum(each.loss is None for each in priced) - unobserved,
        reach=_rounded(float(np.nansum(screened.reached))),
        star_loss=policy.findings.star_loss,
        accounts=tuple(accounts[n] for n in order[:top]),
        employees=tuple(_employees(portfolio, screened, top, reviewed)),
        pairs=tuple(_pairs(portfolio, screened, top)),
        functions=tuple(_functions(columns, screened, top)),
    )


def ranking_document(ranking: Ranking, translate: Callable[[str], str]) -> dict[str, object]:
    """A ranking for programs, the reason why sums stay apart spelled out."""
    return {
        **ranking.model_dump(mode="json"),
        "employees": [
            {
                **employee.model_dump(mode="json"),
                "revenue_at_risk": total_document(employee.revenue_at_risk, translate),
            }
            for employee in ranking.employees
        ],
        "caution": translate(CAUTION),
    }


class _Priced(NamedTuple):
    """The worst departure of an account: its share, how much reach it takes, and whose it is."""

    loss: float | None
    lost: float
    employee: int


def _priced(screened: Screened) -> list[_Priced]:
    """By account; an employee of NONE is nobody."""
    departures, loss = screened.departures, np.nan_to_num(np.round(screened.loss, DECIMALS))
    found = []
    for account, (first, last) in enumerate(
        zip(departures.start[:-1].tolist(), departures.start[1:].tolist(), strict=True)
    ):
        largest = _number(float(screened.dependence[account]))
        if largest is None or first == last:
            found.append(_Priced(largest, 0.0, NONE))
            continue
        worst = first + int(loss[first:last].argmax())
        employee = int(departures.employee[worst]) if loss[worst] > 0 else NONE
        found.append(_Priced(largest, float(departures.lost[worst]), employee))
    return found


def _accounts(portfolio: Portfolio, priced: Iterable[_Priced]) -> Iterator[AccountRank]:
    columns = portfolio.columns
    for n, each in enumerate(priced):
        someone = each.employee != NONE
        yield AccountRank(
            account=columns.accounts[n],
            name=portfolio.account_names[n],
            observed=bool(columns.observed[n]),
            risk=None,
            high_findings=None,
            loss=each.loss,
            worst=columns.employees[each.employee] if someone else None,
            worst_name=portfolio.employee_names[each.employee] if someone else None,
            annual_revenue=None if isnan(columns.revenue[n]) else float(columns.revenue[n]),
            currency=None if columns.currency[n] == NONE else columns.currencies[columns.currency[n]],
        )


_Amounts = Mapping[str, Sequence[Amount]]
"""By employee: revenue at risk at each account that would lose something, as far as known."""


def _reviewed(
    accounts: Sequence[AccountRank], reviews: Iterable[Review]
) -> tuple[list[AccountRank], _Amounts]:
    """The accounts with what their reviews say, and what hangs on whom; a review is not kept."""
    told, amounts = {}, defaultdict(list)
    currencies = {each.account: each.currency for each in accounts}
    for review in reviews:
        told[review.account] = {"risk": review.risk, "high_findings": review.high_findings}
        for employee, amount in _revenue_of(review):
            amounts[employee].append(Amount(amount, currencies[review.account]))
    return [each.model_copy(update=told[each.account]) for each in accounts], amounts


def _revenue_of(review: Review) -> Iterator[tuple[str, Interval | None]]:
    """Who may cost this account something, and how much revenue is at risk then; None is unknown."""
    if review.measures is not None:
        revenue = review.measures.revenue_at_risk or {}
        for employee, loss in review.measures.departure_loss.items():
            if loss is not None and loss.high > 0:
                yield employee, revenue.get(employee)


def _worst_first(loss: float | None) -> tuple[bool, float]:
    return loss is None, -(loss or 0.0)


def _riskiest_first(account: AccountRank) -> tuple[float, float, str]:
    assert account.risk is not None, "it was reviewed"
    return -account.risk.high, -account.risk.low, account.account


def _employees(
    portfolio: Portfolio, screened: Screened, top: int, reviewed: _Amounts | None
) -> Iterator[EmployeeRank]:
    columns, policy = portfolio.columns, portfolio.policy
    totals = employee_totals(columns, screened, star_loss=policy.findings.star_loss)
    order = np.argsort(-np.round(totals.lost, 2 * DECIMALS), kind="stable")[:top]
    for n in order[totals.lost[order] > 0].tolist():
        yield EmployeeRank(
            employee=columns.employees[n],
            name=portfolio.employee_names[n],
            lost=_rounded(float(totals.lost[n])),
            share=_rounded(float(totals.share[n])),
            accounts=int(totals.accounts[n]),
            starred=int(totals.starred[n]),
            revenue_at_risk=money_total(
                _proven(portfolio, totals, n)
                if reviewed is None
                else reviewed.get(columns.employees[n], ()),
                policy,
                portfolio.as_of,
            ),
        )


def _proven(portfolio: Portfolio, totals: EmployeeTotals, employee: int) -> Iterator[Amount]:
    """The policy's share of revenue that follows what is provably lost, of each currency."""
    share = portfolio.policy.revenue_at_risk
    lost = zip(totals.revenue[employee].tolist(), portfolio.columns.currencies, strict=True)
    yield from (Amount(Interval(share.low, share.high) * value, c) for value, c in lost if value > 0)
    yield from [Amount(None, None)] * int(totals.revenue_unknown[employee])


def _pairs(portfolio: Portfolio, screened: Screened, top: int) -> Iterator[PairRank]:
    columns = portfolio.columns
    pairs = worst_pairs(columns, screened, top)
    whole = float(np.nansum(screened.reached))
    alone = np.bincount(
        screened.departures.employee, screened.departures.lost, minlength=len(columns.employees)
    )
    for one, other, lost in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.lost.tolist(), strict=True
    ):
        yield PairRank(
            employees=(columns.employees[one], columns.employees[other]),
            names=(portfolio.employee_names[one], portfolio.employee_names[other]),
            lost=_rounded(lost),
            share=_rounded(min(1.0, lost / whole)),
            beyond=_rounded(max(0.0, float(lost - alone[one] - alone[other]) / whole)),
        )


def _functions(columns: PortfolioColumns, screened: Screened, top: int) -> Iterator[FunctionRank]:
    """The functions with the most blind departments; those without any are left out."""
    staffed, blind = blind_departments(columns, screened.met)
    ranks = []
    for function in range(NONE, len(columns.functions)):
        of = columns.department_function == function
        unseen = int((of & blind).sum())
        if unseen:
            ranks.append(
                FunctionRank(
                    function=None if function == NONE else columns.functions[function],
                    departments=int((of & staffed).sum()),
                    blind=unseen,
                    accounts=len(np.unique(columns.department_account[of & blind])),
                )
            )
    ranks.sort(key=lambda r: (-r.blind, -r.blind / r.departments, r.function is None, r.function or ""))
    return iter(ranks[:top])


def _number(value: float) -> float | None:
    return None if isnan(value) else _rounded(value)


def _rounded(value: float) -> float:
    return round(value, DECIMALS) + 0.0

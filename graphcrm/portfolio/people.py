"""What would be lost everywhere: by employee, and by pair of employees (method, sections 8 and 10).

Decision-weighted reach, Σ w·R, added over the observed accounts. No basis for judging anybody: whoever
holds much was given much, or left alone with it.
"""

from dataclasses import dataclass

import numpy as np

from graphcrm.errors import N_, InputError
from graphcrm.portfolio.columns import NONE, Counts, Places, PortfolioColumns, Reals, sums
from graphcrm.portfolio.kernels import row_accounts
from graphcrm.portfolio.screen import Screened
from graphcrm.records.interval import DECIMALS


@dataclass(frozen=True, eq=False)
class EmployeeTotals:
    """What leaves with each employee of ours, over all accounts: E entries."""

    lost: Reals
    """Σ over accounts of the decision-weighted reach that leaves, 0 and more."""
    share: Reals
    """The same as a share of what the portfolio has, 0..1; NaN where that is 0."""
    accounts: Counts
    """Accounts that list the employee: tied to a holder of a seat in scope, or of a gate to one."""
    starred: Counts
    """Of these, those where the loss reaches ``star_loss``."""
    revenue: Reals
    """By employee and currency: Σ annual revenue × loss, where both are known."""
    revenue_unknown: Counts
    """Accounts with a loss above 0 that are not in there: no revenue or no currency is on record."""


def employee_totals(columns: PortfolioColumns, screened: Screened, *, star_loss: float) -> EmployeeTotals:
    """What would be lost everywhere with each employee.

    ``star_loss`` is the method pack's ``findings.star_loss``; losses are compared after rounding to six
    decimals, as findings compare them.
    """
    priced, loss = screened.departures, screened.loss
    employees, currencies = len(columns.employees), len(columns.currencies)
    account = np.repeat(np.arange(len(columns.accounts)), np.diff(priced.start))
    lost = sums(priced.lost, priced.employee, employees)
    whole = np.nansum(screened.reached)
    starred = np.round(loss, DECIMALS) >= star_loss
    money = ~np.isnan(columns.revenue) & (columns.currency != NONE)
    counting = (loss > 0) & money[account]
    place = priced.employee[counting] * currencies + columns.currency[account[counting]]
    revenue = sums(columns.revenue[account[counting]] * loss[counting], place, employees * currencies)
    return EmployeeTotals(
        lost=lost,
        share=np.minimum(1.0, lost / whole) if whole > 0 else np.full(employees, np.nan),
        accounts=np.bincount(priced.employee, minlength=employees),
        starred=np.bincount(priced.employee[starred], minlength=employees),
        revenue=revenue.reshape(employees, currencies),
        revenue_unknown=np.bincount(priced.employee[(loss > 0) & ~money[account]], minlength=employees),
    )


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of employees, the worst first; of equal ones, in the order of ids."""

    first: Places
    second: Places
    lost: Reals
    """Σ over accounts of the decision-weighted reach that leaves when both do."""


def worst_pairs(columns: PortfolioColumns, screened: Screened, top: int) -> Pairs:
    """The ``top`` pairs of employees by what would be lost everywhere if both left; exact.

    loss(a, b) = loss(a) + loss(b) + Σ w·(second − third) over the rows where one is best and the other
    second: there the seat falls back to the third route. Only pairs of which each adds something.

    Raises InputError where ``top`` is negative.
    """
    if top < 0:
        raise InputError(N_("{top} pairs were asked for."), hint=N_("Ask for 0 or more."), top=top)
    priced, labels = screened.departures, screened.labels
    employees = len(columns.employees)
    alone = sums(priced.lost, priced.employee, employees)

    account = row_accounts(columns)
    both = np.flatnonzero(
        (labels.by[:, 0] >= 0) & (labels.by[:, 1] >= 0) & columns.observed[account] & (columns.weight > 0)
        & (labels.value[:, 1] > labels.value[:, 2])
    )  # fmt: skip
    one, other = labels.by[both, 0].astype(np.int64), labels.by[both, 1].astype(np.int64)
    pair, inverse = np.unique(
        np.minimum(one, other) * employees + np.maximum(one, other), return_inverse=True
    )
    together = sums(
        columns.weight[both] * (labels.value[both, 1] - labels.value[both, 2]), inverse, len(pair)
    )
    # All other pairs only add up: the worst of them are among the worst single ones.
    worst = np.lexsort((np.arange(employees), -alone))[: top + 1]
    worst = np.sort(worst[alone[worst] > 0])
    rows, others = np.triu_indices(len(worst), 1)
    added = np.setdiff1d(worst[rows] * employees + worst[others], pair)

    pair = np.concatenate((pair, added))
    first, second = pair // max(1, employees), pair % max(1, employees)
    lost = alone[first] + alone[second] + np.concatenate((together, np.zeros(len(added))))
    order = np.lexsort((pair, -np.round(lost, 2 * DECIMALS)))[:top]
    return Pairs(first[order].astype(np.int32), second[order].astype(np.int32), lost[order])

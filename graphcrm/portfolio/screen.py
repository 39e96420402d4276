"""The screen: the proven figures of every account of a portfolio at once (method, sections 3 to 8).

It has no opinion of its own: each figure is that of ``graphcrm.measures`` at its low end, computed over
columns. Losses and dependence are scalars at proven strength and low weights, as the bus factor is: what
``measures`` gives where nothing is unknown. Their intervals, verdicts and structure are account by account.
"""

from dataclasses import dataclass

import numpy as np

from graphcrm.portfolio.breadth import breadth, directly_reached
from graphcrm.portfolio.choice import Kernel, kernel_for
from graphcrm.portfolio.columns import NONE, Flags, Places, PortfolioColumns, Reals, shares, sums
from graphcrm.portfolio.kernels import Departures, Labels, row_accounts
from graphcrm.portfolio.key_points import key_points, key_points_floor


@dataclass(frozen=True, eq=False)
class Screened:
    """What the screen says; the entries stand in the order of the columns it was made of.

    NaN is undefined: every figure of an account that is not observed, and what has nothing to divide by.
    Where ``measures`` gives an interval of [0, 1] for that, one number would say too much.
    """

    labels: Labels
    """The three best routes to each row: strengths, and whose they are."""
    departures: Departures
    """What leaves with whom."""

    # Of each account: A entries.
    reached: Reals
    """T = Σ w·R, decision-weighted reach, 0 and more."""
    key_points: Reals
    """K, 0..1: the least share that any weights in their intervals give; NaN without known weight."""
    key_points_floor: Reals
    """The least R·g of a seat that decides or may decide, 0..1; NaN without a known decider."""
    breadth: Reals
    """B, 0..1; NaN without a department of importance or a seat."""
    dependence: Reals
    """P, the largest loss, 0..1; NaN where T is 0 and somebody is listed, or nothing is reached."""

    # Of each departure.
    loss: Reals
    """The share of T that leaves, 0..1; NaN where T is 0."""

    # Of each row: N entries.
    reach: Reals
    """R, 0..1."""
    met: Flags
    """A present employee has a live direct tie to the holder."""
    sole_route: Places
    """The one employee without whom the seat is not reached; −1 is none."""


def screen(columns: PortfolioColumns, kernel: Kernel = "auto") -> Screened:
    """Reach, key points, breadth, every departure's loss and dependence of every account.

    ``kernel`` chooses how: ``numpy``, or ``compiled``, which needs the extra of that name; ``auto`` takes
    the compiled one where it is installed and answers sooner: numba is loaded already, or the portfolio is
    so large that loading it pays. The results are the same but for the last bits of sums.

    Raises InputError where the kernel asked for is not installed. It trusts the columns:
    ``PortfolioColumns.validate`` checks them.
    """
    loops = kernel_for(columns, kernel)
    contacts = loops.contact_labels(columns)
    rows, met = loops.row_labels(columns, contacts), directly_reached(columns, contacts)
    priced = loops.departures(columns, rows)
    account = row_accounts(columns)
    observed, seen = columns.observed, columns.observed[account]
    best = rows.value[:, 0]
    accounts = len(columns.accounts)
    reached = sums(columns.weight * best, account, accounts)
    loss = _losses(priced, reached)
    supported = best * columns.support
    sole = (rows.by[:, 0] >= 0) & (rows.value[:, 1] == 0) & seen
    return Screened(
        labels=rows,
        departures=priced,
        reached=np.where(observed, reached, np.nan),
        key_points=np.where(observed, key_points(columns, supported), np.nan),
        key_points_floor=np.where(observed, key_points_floor(columns, supported), np.nan),
        breadth=np.where(observed, breadth(columns, met), np.nan),
        dependence=np.where(observed, _dependence(columns, priced, loss, best), np.nan),
        loss=loss,
        reach=np.where(seen, best, np.nan),
        met=met & seen,
        sole_route=np.where(sole, rows.by[:, 0], NONE).astype(np.int32),
    )


def _losses(priced: Departures, reached: Reals) -> Reals:
    """Lost reach as a share of T; NaN where T is 0. Rounding of sums does not make it more than all."""
    whole = np.repeat(reached, np.diff(priced.start))
    return shares(np.minimum(priced.lost, whole), whole)


def _dependence(columns: PortfolioColumns, priced: Departures, loss: Reals, best: Reals) -> Reals:
    """The largest loss; 0 where something is reached and nobody is listed."""
    accounts = len(columns.accounts)
    listed = np.diff(priced.start)
    some = np.bincount(row_accounts(columns)[best > 0], minlength=accounts) > 0
    largest = np.where(some & (listed == 0), 0.0, np.nan)
    any_listed = np.flatnonzero(listed)
    if len(any_listed):
        largest[any_listed] = np.maximum.reduceat(loss, priced.start[any_listed])
    return largest

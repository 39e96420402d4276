"""Key points of every account at once (method, section 6)."""

import numpy as np

from graphcrm.portfolio.columns import Counts, PortfolioColumns, Reals, shares, sums
from graphcrm.portfolio.kernels import row_accounts


def key_points(columns: PortfolioColumns, supported: Reals) -> Reals:
    """K by account: the least Σ w·v / Σ w over the weights in their intervals, v = R·g by row.

    Unit: share, 0..1; NaN where no seat is known to have weight. At the least the weights of the smallest
    v stand at their high ends and the others at their low ones (section 5): the k smallest, whichever k
    gives the least.
    """
    account, accounts = row_accounts(columns), len(columns.accounts)
    part, whole = (
        sums(columns.weight * supported, account, accounts),
        sums(columns.weight, account, accounts),
    )
    share = shares(part, whole)

    doubtful = np.bincount(account[columns.weight_high > columns.weight], minlength=accounts) > 0
    rows = np.flatnonzero(doubtful[account] & (whole > 0)[account])
    if not len(rows):
        return share
    rows = rows[np.lexsort((supported[rows], account[rows]))]
    of = account[rows]
    first = np.flatnonzero(np.diff(of, prepend=-1))
    more = columns.weight_high[rows] - columns.weight[rows]
    raised = part[of] + _running(more * supported[rows], first)
    raised /= whole[of] + _running(more, first)
    concerned = of[first]
    share[concerned] = np.minimum(share[concerned], np.minimum.reduceat(raised, first))
    return share


def key_points_floor(columns: PortfolioColumns, supported: Reals) -> Reals:
    """The least R·g of a seat that decides, by account; seats of unknown roles may decide too.

    Unit: share, 0..1; NaN where no seat is known to decide.
    """
    account, accounts = row_accounts(columns), len(columns.accounts)
    known = np.bincount(account[columns.decider], minlength=accounts) > 0
    least = np.full(accounts, np.inf)
    maybe = columns.decider | columns.roles_unknown
    np.minimum.at(least, account[maybe], supported[maybe])
    return np.where(known, least, np.nan)


def _running(values: Reals, first: Counts) -> Reals:
    """Running sums that start anew at each of ``first``."""
    total = np.cumsum(values)
    before = total[first] - values[first]
    return total - np.repeat(before, np.diff(first, append=len(values)))

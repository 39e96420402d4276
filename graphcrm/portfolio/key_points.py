"""Key points of every account at once (method, section 6)."""

import numpy as np

from graphcrm.portfolio.columns import PortfolioColumns, Reals, shares, sums
from graphcrm.portfolio.kernels import row_accounts


def key_points(columns: PortfolioColumns, supported: Reals) -> Reals:
    """K by account: the least Σ w·v / Σ w over the weights in their intervals, v = R·g by row.

    Unit: share, 0..1; NaN where no seat is known to have weight. At the least, the weights of seats below
    the share stand at their high ends and the others at their low ones (section 5): raising them lowers
    the share, until no weight that is raised belongs to a seat at or above it (Dinkelbach 1967,
    doi:10.1287/mnsc.13.7.492).
    """
    account, accounts = row_accounts(columns), len(columns.accounts)
    part = sums(columns.weight * supported, account, accounts)
    whole = sums(columns.weight, account, accounts)
    more = columns.weight_high - columns.weight
    share, raised = shares(part, whole), np.flatnonzero(more > 0)
    while True:
        raised = raised[supported[raised] < share[account[raised]]]
        of = account[raised]
        lower = shares(
            part + sums(more[raised] * supported[raised], of, accounts),
            whole + sums(more[raised], of, accounts),
        )
        if not np.any(lower < share):
            return share
        share = np.minimum(share, lower)


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

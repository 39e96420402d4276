"""Ranking: what a portfolio hangs on, over all its accounts: the worst first."""

from datetime import date

from graphcrm.records.interval import Interval
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Result


class AccountRank(Result):
    """An account. ``loss`` is what the worst single departure takes of its reach, 0..1, proven.

    It is None where nothing is observed or nothing is reached: there is nothing to lose, which is not
    safety. ``worst`` is whose departure that is, the first by id of equal ones; None where nobody's takes
    anything. ``risk`` and ``high_findings`` are None where accounts were screened and not reviewed.
    """

    account: str
    name: str
    observed: bool
    risk: Interval | None
    high_findings: int | None
    loss: float | None
    worst: str | None
    worst_name: str | None
    annual_revenue: float | None
    currency: str | None


class EmployeeRank(Result):
    """An employee of ours: what would be lost everywhere with this one departure.

    ``lost`` is Σ w·R over all accounts, ``share`` the same of all that is reached, 0..1. ``accounts`` are
    those that list the departure, ``starred`` those where it takes at least ``findings.star_loss``.
    ``revenue_at_risk`` is Σ annual revenue × loss × the policy's share: of the reviews' losses, from the
    least to the most, or without reviews of those proven; accounts that lose something and whose revenue
    or currency is unknown are counted in it.
    """

    employee: str
    name: str
    lost: float
    share: float
    accounts: int
    starred: int
    revenue_at_risk: MoneyTotal


class PairRank(Result):
    """Two employees of ours who leave together; ``beyond`` is the share lost on top of each alone."""

    employees: tuple[str, str]
    names: tuple[str, str]
    lost: float
    share: float
    beyond: float


class FunctionRank(Result):
    """Departments of one function over all accounts (None: not on record): how many nobody of ours knows.

    Only departments with seats count, of observed accounts.
    """

    function: str | None
    departments: int
    blind: int
    accounts: int


class Ranking(Result):
    """The worst of a portfolio, as many of each list as asked for.

    Everything but ``risk`` and ``high_findings`` is at proven strength and low weights. ``in_all`` counts
    the accounts, ``unobserved`` those nothing is known about, ``unpriced`` the observed ones where nothing
    is reached. ``reach`` is Σ w·R over all accounts, what shares are shares of; ``star_loss`` is the loss
    from which an employee is a star.
    """

    as_of: date
    known_at: date | None
    policy: str
    reviewed: bool
    in_all: int
    unobserved: int
    unpriced: int
    reach: float
    star_loss: float
    accounts: tuple[AccountRank, ...]
    employees: tuple[EmployeeRank, ...]
    pairs: tuple[PairRank, ...]
    functions: tuple[FunctionRank, ...]

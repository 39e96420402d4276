"""Sensitivity: how verdicts, risk and ranks move when a number of the policy moves."""

from collections.abc import Mapping
from datetime import date

from graphcrm.records.interval import Interval
from graphcrm.records.review import Result, Verdict

Amount = float | int | tuple[float, ...]
"""A number of a policy, or both ends of an interval."""


class MovedEntry(Result):
    """An entry of the policy moved by a ``factor``: what it was, and what it is (clipped to its range)."""

    factor: float
    before: Amount
    after: Amount


class MovedReview(MovedEntry):
    """The risk of an account then, and the verdicts that change: now and then, by name."""

    risk: Interval
    verdicts: Mapping[str, tuple[Verdict, Verdict]]


class EntrySensitivity(Result):
    """What hangs on one entry: its moves. ``movement`` is how far an end of the risk moves, in points."""

    entry: str
    movement: float
    verdicts: tuple[str, ...]
    moves: tuple[MovedReview, ...]


class Sensitivity(Result):
    """How an account moves with each entry of its policy: what flips verdicts first, then by movement.

    ``unchanged`` counts the entries that change nothing here. ``fixed`` are those that cannot move: 0, a
    switch, the end of a range. ``unread`` are those that only facts could be read anew with, where a graph
    was made by hand.
    """

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    observed: bool
    factors: tuple[float, ...]
    risk: Interval
    verdicts: Mapping[str, Verdict]
    entries: tuple[EntrySensitivity, ...]
    unchanged: int
    fixed: tuple[str, ...]
    unread: tuple[str, ...]


class MovedPortfolio(MovedEntry):
    """The portfolio then: ``tau_b`` of its ranks with those now, who flips, who moves farthest.

    ``flips`` are the verdicts that change, by account. ``largest_move`` is in ranks, of ``moved``: the
    first account by id of those that move as far; None if none moves.
    """

    tau_b: float | None
    flips: Mapping[str, tuple[str, ...]]
    largest_move: int
    moved: str | None


class EntryRanks(Result):
    """What hangs on one entry in a portfolio: its moves, and the accounts a verdict of which flips."""

    entry: str
    flips: tuple[str, ...]
    tau_b: float | None
    largest_move: int
    moves: tuple[MovedPortfolio, ...]


class PortfolioSensitivity(Result):
    """How a portfolio moves with each entry of its policy: what flips most accounts first, then by ranks.

    Accounts are ranked by risk, the riskiest first: by the high end, then the low one. ``tied`` is how
    many share their rank with another. ``verdicts_hang_on`` is the entry that flips most accounts,
    ``ranks_hang_on`` the one with the least rank correlation; None where nothing moves.
    """

    as_of: date
    known_at: date | None
    policy: str
    factors: tuple[float, ...]
    accounts: int
    tied: int
    verdicts_hang_on: str | None
    ranks_hang_on: str | None
    entries: tuple[EntryRanks, ...]
    unchanged: int
    fixed: tuple[str, ...]
    names: Mapping[str, str]

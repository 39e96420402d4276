"""What works account by account, timed on a sample stratified by size and scaled to the portfolio."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean, variance
from typing import TypeVar

import numpy as np
from portfolios import Rows, rows_of

from graphcrm.portfolio.columns import PortfolioColumns

T = TypeVar("T")

STRATA = ((0.5, 8), (0.8, 8), (0.95, 8), (0.99, 6), (0.997, 4), (1.0, 4))
"""Up to which share of the accounts, the smallest first, and how many of them are run."""


@dataclass(frozen=True)
class Stratum:
    """Accounts of about one size: how many there are, and which of them are run."""

    size: int
    drawn: Sequence[int]


@dataclass(frozen=True)
class Scaled:
    """The time of all accounts, from those of a sample: seconds, and their standard error."""

    seconds: float
    error: float


def timed(function: Callable[[], T]) -> tuple[T, float]:
    """What the function gives, and the seconds it took."""
    start = time.perf_counter()
    result = function()
    return result, time.perf_counter() - start


def sample(columns: PortfolioColumns, seed: int) -> list[Stratum]:
    """A sample stratified by the number of ties; the largest accounts are the more likely drawn."""
    randomness = random.Random(seed)
    ties = np.diff(columns.tie_start[columns.row_start])
    ascending = np.argsort(ties, kind="stable").tolist()
    borders = [0, *(round(share * len(ascending)) for share, _ in STRATA)]
    strata = ((ascending[a:b], count) for (a, b), (_, count) in zip(pairwise(borders), STRATA, strict=True))
    return [
        Stratum(len(accounts), randomness.sample(accounts, min(count, len(accounts))))
        for accounts, count in strata
        if accounts
    ]


def one_by_one(
    columns: PortfolioColumns, strata: Sequence[Stratum], price: Callable[[Rows], T]
) -> tuple[dict[int, T], Scaled]:
    """What ``price`` gives for each account of the sample, and the time it would take for all.

    Making the rows is not counted. Each stratum's mean stands for its accounts.
    """
    found: dict[int, T] = {}
    seconds = squares = 0.0
    for stratum in strata:
        times = []
        for account in stratum.drawn:
            rows = rows_of(columns, account)
            found[account], spent = timed(lambda rows=rows: price(rows))
            times.append(spent)
        seconds += stratum.size * fmean(times)
        if 1 < len(times) < stratum.size:
            left_out = 1 - len(times) / stratum.size
            squares += stratum.size**2 * variance(times) / len(times) * left_out
    return found, Scaled(seconds, sqrt(squares))

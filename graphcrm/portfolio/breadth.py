"""Breadth of every account at once, and the departments where nobody of ours knows anybody (section 6)."""

import numpy as np

from graphcrm.portfolio.columns import NONE, Counts, Flags, PortfolioColumns, Reals, shares, sums


def directly_reached(columns: PortfolioColumns) -> Flags:
    """By row: whether a present employee has a live direct tie to the holder; gates do not count."""
    live = np.zeros(len(columns.tie_strength) + 1, dtype=np.int64)
    np.cumsum(columns.tie_strength > 0, out=live[1:])
    known = np.append(np.diff(live[columns.tie_start]) > 0, [False])  # the place of nobody is the last
    reached: Flags = known[columns.holder]
    return reached


def breadth(columns: PortfolioColumns) -> Reals:
    """B by account: Σ m·(mean over the department's cells of min(1, share/target)) / Σ m.

    Unit: share, 0..1; NaN where there is nothing of importance. A department without seats counts 0.
    """
    own = columns.cell != NONE
    cells, departments = len(columns.cell_department), len(columns.departments)
    seats = np.bincount(columns.cell[own], minlength=cells)
    met = np.bincount(columns.cell[own & directly_reached(columns)], minlength=cells)
    covered = np.minimum(1.0, met / np.maximum(seats, 1) / columns.cell_target)
    of = columns.cell_department
    mean = sums(covered, of, departments) / np.maximum(np.bincount(of, minlength=departments), 1)
    account, accounts = columns.department_account, len(columns.accounts)
    whole = sums(columns.department_importance, account, accounts)
    part = sums(columns.department_importance * mean, account, accounts)
    return shares(part, whole)


def blind_departments(columns: PortfolioColumns) -> tuple[Flags, Flags]:
    """By department: whether it has seats, and whether it has some and none is directly reached.

    Of observed accounts. Seats without a department are none.
    """
    own = columns.cell != NONE
    departments = len(columns.departments)
    of = columns.cell_department[columns.cell[own]]
    seats = np.bincount(of, minlength=departments)
    met = np.bincount(of[directly_reached(columns)[own]], minlength=departments)
    named = np.fromiter((bool(name) for name in columns.departments), dtype=np.bool_, count=departments)
    staffed = (seats > 0) & named & columns.observed[columns.department_account]
    return staffed, staffed & (met == 0)


def blind_functions(columns: PortfolioColumns) -> tuple[Counts, Counts]:
    """How many departments of each function have seats, and how many of these are blind.

    Over the observed accounts; a count for each of ``functions``, and a last one for the departments whose
    function is not on record.
    """
    staffed, blind = blind_departments(columns)
    lines = len(columns.functions) + 1
    function = np.where(columns.department_function == NONE, lines - 1, columns.department_function)
    return np.bincount(function[staffed], minlength=lines), np.bincount(function[blind], minlength=lines)

"""Breadth of every account at once, and the departments where nobody of ours knows anybody (section 6)."""

import numpy as np

from graphcrm.portfolio.columns import NONE, Counts, Flags, PortfolioColumns, Reals, shares, sums
from graphcrm.portfolio.kernels import Labels


def directly_reached(columns: PortfolioColumns, contacts: Labels) -> Flags:
    """By row: whether a present employee has a live direct tie to the holder; gates do not count."""
    known = np.append(contacts.value[:, 0] > 0, [False])  # the last is the place of nobody, −1
    reached: Flags = known[columns.holder]
    return reached


def breadth(columns: PortfolioColumns, met: Flags) -> Reals:
    """B by account: Σ m·(mean over the department's cells of min(1, share/target)) / Σ m.

    ``met`` says which rows are directly reached; a cell's share is that of its seats.
    Unit: share, 0..1; NaN where there is nothing of importance. A department without seats counts 0.
    """
    own = columns.cell != NONE
    cells, departments = len(columns.cell_department), len(columns.departments)
    seats = np.bincount(columns.cell[own], minlength=cells)
    reached = np.bincount(columns.cell[own & met], minlength=cells)
    covered = np.minimum(1.0, reached / np.maximum(seats, 1) / columns.cell_target)
    of = columns.cell_department
    mean = sums(covered, of, departments) / np.maximum(np.bincount(of, minlength=departments), 1)
    account, accounts = columns.department_account, len(columns.accounts)
    whole = sums(columns.department_importance, account, accounts)
    part = sums(columns.department_importance * mean, account, accounts)
    return shares(part, whole)


def blind_departments(columns: PortfolioColumns, met: Flags) -> tuple[Flags, Flags]:
    """By department: whether it has seats, and whether it has some and none is directly reached.

    Of observed accounts; ``met`` is the screen's. Seats without a department are none.
    """
    own = columns.cell != NONE
    departments = len(columns.departments)
    of = columns.cell_department[columns.cell[own]]
    seats = np.bincount(of, minlength=departments)
    reached = np.bincount(of[met[own]], minlength=departments)
    named = np.fromiter((bool(name) for name in columns.departments), dtype=np.bool_, count=departments)
    staffed = (seats > 0) & named & columns.observed[columns.department_account]
    return staffed, staffed & (reached == 0)


def blind_functions(columns: PortfolioColumns, met: Flags) -> tuple[Counts, Counts]:
    """How many departments of each function have seats, and how many of these are blind.

    Over the observed accounts; a count for each of ``functions``, and a last one for the departments whose
    function is not on record.
    """
    staffed, blind = blind_departments(columns, met)
    lines = len(columns.functions) + 1
    function = np.where(columns.department_function == NONE, lines - 1, columns.department_function)
    return np.bincount(function[staffed], minlength=lines), np.bincount(function[blind], minlength=lines)

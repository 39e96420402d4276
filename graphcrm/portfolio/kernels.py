"""The screen's three inner loops in numpy. ``compiled`` holds the same ones as loops for numba.

Routes are ordered by strength; of equal ones an employee comes before the firm, and employees in the order
of their ids. Both kernels keep this order, so their labels are the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphcrm.portfolio.columns import NONE, Counts, Places, PortfolioColumns, Reals, Starts, sums

LABELS = 3
"""Routes kept of each contact and row. Two price every departure, three every departure of a pair."""
FIRM = -2
"""The firm's place among those by whom a row is reached."""


@dataclass(frozen=True, eq=False)
class Labels:
    """The three best routes of different carriers, by contact or by row: a line for each.

    ``value`` is their strength, the strongest first, 0 where there is none; ``by`` is whose they are: an
    employee's place, FIRM, or NONE.
    """

    value: Reals
    by: Places


@dataclass(frozen=True, eq=False)
class Departures:
    """What leaves with each employee concerned, account by account.

    ``start`` has A + 1 entries; ``employee`` ascends within an account. ``lost`` is Σ w·(R − R without):
    decision-weighted reach, 0 where the employee is nobody's best route.
    """

    start: Starts
    employee: Places
    lost: Reals


def contact_labels(columns: PortfolioColumns) -> Labels:
    """The three strongest live ties to each contact, the firm's apart.

    No more are needed: who is not among the first three of a door is not among the first three of a row
    through that door, for its influence scales all of them alike.
    """
    value = np.zeros((len(columns.contacts), LABELS))
    by = np.full((len(columns.contacts), LABELS), NONE, dtype=np.int32)
    count = np.diff(columns.tie_start)
    known = np.flatnonzero(count)
    begin, count = columns.tie_start[known], count[known]
    if not len(known):
        return Labels(value, by)
    strength = columns.tie_strength.copy()
    for label in range(LABELS):
        best = np.maximum.reduceat(strength, begin)
        # Employees ascend within a contact: the first of equal ones is the first in the order of ids.
        hits = np.flatnonzero(strength == np.repeat(best, count))
        first = hits[np.searchsorted(hits, begin)]
        value[known, label] = best
        by[known, label] = np.where(best > 0, columns.tie_employee[first], NONE)
        strength[first] = 0.0
    return Labels(value, by)


def row_labels(columns: PortfolioColumns, contacts: Labels) -> Labels:
    """The three best routes to each row: the largest of live strength × influence over its doors.

    A door is the holder, with factor 1, or the holder of a gate.
    """
    rows, firm = len(columns.seat), len(columns.employees)
    value = np.zeros((rows, LABELS))
    by = np.full((rows, LABELS), NONE, dtype=np.int32)
    start, door, factor = doors(columns)
    count = np.diff(start)
    reached = np.flatnonzero(count)
    if not len(reached):
        return Labels(value, by)
    # A line for each door: its three best employees, and the firm, which comes last among equals.
    width = LABELS + 1
    through = np.empty((len(door), width))
    through[:, :LABELS] = contacts.value[door]
    through[:, LABELS] = columns.firm[door]
    through *= factor[:, np.newaxis]
    carrier = np.empty((len(door), width), dtype=np.int32)
    carrier[:, :LABELS] = contacts.by[door]
    carrier[:, LABELS] = firm
    strength, who = through.ravel(), carrier.ravel()
    begin, count = start[reached] * width, count[reached] * width
    for label in range(LABELS):
        best = np.maximum.reduceat(strength, begin)
        equal = strength == np.repeat(best, count)
        first = np.minimum.reduceat(np.where(equal, who, firm), begin)
        value[reached, label] = best
        by[reached, label] = np.where(best > 0, np.where(first == firm, FIRM, first), NONE)
        strength[who == np.repeat(first, count)] = 0.0
    return Labels(value, by)


def departures(columns: PortfolioColumns, rows: Labels) -> Departures:
    """What leaves with each present employee tied to a holder of a seat in scope or of a gate to one.

    The losses are sums over rows: the best route less the best of another, where the best is the
    employee's. An account that is not observed has none.
    """
    account = row_accounts(columns).astype(np.int64)
    start, door, _ = doors(columns)
    contacts, employees = max(1, len(columns.contacts)), max(1, len(columns.employees))
    known = distinct(np.repeat(account, np.diff(start)) * contacts + door)
    known = known[columns.observed[known // contacts]]
    count = np.diff(columns.tie_start)[known % contacts]
    tied = columns.tie_employee[ranges(columns.tie_start[known % contacts], count)]
    listed = distinct(np.repeat(known // contacts, count) * employees + tied)

    carried = np.flatnonzero((rows.by[:, 0] >= 0) & columns.observed[account])
    falls = columns.weight[carried] * (rows.value[carried, 0] - rows.value[carried, 1])
    place = np.searchsorted(listed, account[carried] * employees + rows.by[carried, 0])
    return Departures(
        start=np.searchsorted(listed, np.arange(len(columns.accounts) + 1) * employees),
        employee=(listed % employees).astype(np.int32),
        lost=sums(falls, place, len(listed)),
    )


def doors(columns: PortfolioColumns) -> tuple[Starts, NDArray[np.int32], Reals]:
    """The doors of each row, its holder first: starts (N + 1), contacts, factors."""
    occupied = columns.holder != NONE
    gates = np.diff(columns.gate_start)
    start = np.zeros(len(columns.seat) + 1, dtype=np.int64)
    np.cumsum(gates + occupied, out=start[1:])
    is_gate = np.ones(start[-1], dtype=np.bool_)
    own = start[:-1][occupied]
    is_gate[own] = False
    contact = np.empty(start[-1], dtype=np.int32)
    contact[own], contact[is_gate] = columns.holder[occupied], columns.gate_contact
    factor = np.ones(start[-1])
    factor[is_gate] = columns.gate_influence
    return start, contact, factor


def row_accounts(columns: PortfolioColumns) -> Places:
    """The account of each row."""
    accounts = np.arange(len(columns.accounts), dtype=np.int32)
    return np.repeat(accounts, np.diff(columns.row_start))


def ranges(begin: Starts, count: Starts) -> Starts:
    """The places begin, begin + 1, … of each range, one range after the other.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(count)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begin - ends + count, count)


def distinct(values: Counts) -> Counts:
    """The values in ascending order, each once: a sort, which is several times as fast as np.unique here.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ascending = np.sort(values)
    return ascending[np.diff(ascending, prepend=NONE) > 0]

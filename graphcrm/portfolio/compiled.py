"""The loops of ``kernels`` for numba, which compiles each once and keeps it on disk.

What they mean stands in ``kernels``; here stands how, an account, a row or a tie at a time. As plain Python
they run too, only slowly.
"""

from collections.abc import Callable

import numba
import numpy as np

from graphcrm.portfolio.columns import NONE, Flags, Places, PortfolioColumns, Reals, Starts
from graphcrm.portfolio.kernels import FIRM, LABELS, Departures, Labels


def contact_labels(columns: PortfolioColumns) -> Labels:
    """The three strongest live ties to each contact, the firm's apart."""
    value = np.zeros((len(columns.contacts), LABELS))
    by = np.full((len(columns.contacts), LABELS), NONE, dtype=np.int32)
    label_contacts(columns.tie_start, columns.tie_employee, columns.tie_strength, value, by)
    return Labels(value, by)


def row_labels(columns: PortfolioColumns, contacts: Labels) -> Labels:
    """The three best routes to each row."""
    value = np.zeros((len(columns.seat), LABELS))
    by = np.full((len(columns.seat), LABELS), NONE, dtype=np.int32)
    label_rows(
        columns.holder,
        columns.gate_start,
        columns.gate_contact,
        columns.gate_influence,
        contacts.value,
        contacts.by,
        columns.firm,
        len(columns.employees),
        value,
        by,
    )
    return Labels(value, by)


def departures(columns: PortfolioColumns, rows: Labels) -> Departures:
    """What leaves with each present employee tied to a holder of a seat in scope or of a gate to one."""
    ties = np.diff(columns.tie_start)
    occupied = columns.holder[columns.holder != NONE]
    most = int(ties[occupied].sum() + ties[columns.gate_contact].sum())
    start = np.zeros(len(columns.accounts) + 1, dtype=np.int64)
    employee, lost = np.empty(most, dtype=np.int32), np.zeros(most)
    price(
        columns.observed,
        columns.row_start,
        columns.holder,
        columns.gate_start,
        columns.gate_contact,
        columns.tie_start,
        columns.tie_employee,
        columns.weight,
        rows.value,
        rows.by,
        np.full(len(columns.contacts), NONE, dtype=np.int32),
        np.full(len(columns.employees), NONE, dtype=np.int32),
        np.empty(len(columns.employees), dtype=np.int64),
        start,
        employee,
        lost,
    )
    listed = start[-1]
    return Departures(start, employee[:listed].copy(), lost[:listed].copy())


def plain_label_contacts(
    start: Starts, employee: Places, strength: Reals, value: Reals, by: Places
) -> None:
    """Fill ``value`` and ``by`` with the three strongest ties to each contact."""
    for contact in range(len(start) - 1):
        first = second = third = 0.0
        by_first = by_second = by_third = NONE
        for tie in range(start[contact], start[contact + 1]):
            s = strength[tie]
            # Employees ascend: of equal ties the earlier stays ahead.
            if s > third:
                who = employee[tie]
                if s > second:
                    third, by_third = second, by_second
                    if s > first:
                        second, by_second = first, by_first
                        first, by_first = s, who
                    else:
                        second, by_second = s, who
                else:
                    third, by_third = s, who
        value[contact, 0], value[contact, 1], value[contact, 2] = first, second, third
        by[contact, 0], by[contact, 1], by[contact, 2] = by_first, by_second, by_third


def plain_label_rows(
    holder: Places,
    gate_start: Starts,
    gate_contact: Places,
    gate_influence: Reals,
    contact_value: Reals,
    contact_by: Places,
    firm: Reals,
    firm_place: int,
    value: Reals,
    by: Places,
) -> None:
    """Fill ``value`` and ``by`` with the three best routes to each row, each of another carrier."""
    nobody = firm_place + 1
    for row in range(len(holder)):
        if holder[row] == NONE:
            continue
        first = second = third = 0.0
        by_first = by_second = by_third = nobody
        for gate in range(gate_start[row] - 1, gate_start[row + 1]):
            own = gate < gate_start[row]  # before the first gate, the holder
            door = holder[row] if own else gate_contact[gate]
            factor = 1.0 if own else gate_influence[gate]
            for place in range(LABELS + 1):
                if place < LABELS:
                    v, who = contact_value[door, place] * factor, contact_by[door, place]
                else:
                    v, who = firm[door] * factor, firm_place
                if v == 0.0 or v < third:
                    continue
                # Who is there already moves up or stays; somebody new pushes the third out.
                if who == by_first:
                    first = max(first, v)
                elif v > first or (v == first and who < by_first):
                    if who != by_second:
                        third, by_third = second, by_second
                    second, by_second = first, by_first
                    first, by_first = v, who
                elif who == by_second:
                    second = max(second, v)
                elif v > second or (v == second and who < by_second):
                    third, by_third = second, by_second
                    second, by_second = v, who
                elif who == by_third:
                    third = max(third, v)
                elif v > third or (v == third and who < by_third):
                    third, by_third = v, who
        for label, (v, who) in enumerate(((first, by_first), (second, by_second), (third, by_third))):
            value[row, label] = v
            by[row, label] = who if who < firm_place else FIRM if who == firm_place else NONE


def plain_price(
    observed: Flags,
    row_start: Starts,
    holder: Places,
    gate_start: Starts,
    gate_contact: Places,
    tie_start: Starts,
    tie_employee: Places,
    weight: Reals,
    value: Reals,
    by: Places,
    contact_seen: Places,
    employee_seen: Places,
    slot: Starts,
    start: Starts,
    employee: Places,
    lost: Reals,
) -> None:
    """Fill ``start``, ``employee`` and ``lost``: who is listed in each account, and what leaves with each.

    ``contact_seen`` and ``employee_seen`` say in which account each was seen last, ``slot`` where each
    employee stands in the account's list.
    """
    listed = 0
    for account in range(len(observed)):
        if observed[account]:
            begin = listed
            for row in range(row_start[account], row_start[account + 1]):
                if holder[row] == NONE:
                    continue
                for gate in range(gate_start[row] - 1, gate_start[row + 1]):
                    door = holder[row] if gate < gate_start[row] else gate_contact[gate]
                    if contact_seen[door] == account:
                        continue
                    contact_seen[door] = account
                    for tie in range(tie_start[door], tie_start[door + 1]):
                        if employee_seen[tie_employee[tie]] != account:
                            employee_seen[tie_employee[tie]] = account
                            employee[listed] = tie_employee[tie]
                            listed += 1
            employee[begin:listed].sort()
            for place in range(begin, listed):
                slot[employee[place]] = place
            for row in range(row_start[account], row_start[account + 1]):
                if by[row, 0] >= 0:
                    lost[slot[by[row, 0]]] += weight[row] * (value[row, 0] - value[row, 1])
        start[account + 1] = listed


def _compile(loop: Callable[..., None]) -> Callable[..., None]:
    compiled: Callable[..., None] = numba.njit(cache=True)(loop)
    return compiled


label_contacts, label_rows, price = (
    _compile(plain_label_contacts),
    _compile(plain_label_rows),
    _compile(plain_price),
)

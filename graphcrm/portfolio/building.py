"""Columns made from account graphs: plain and slow, for any store, for tests, for graphs made by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np

from graphcrm.errors import N_, InputError
from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.reach import doors, leg
from graphcrm.portfolio.columns import NONE, Places, PortfolioColumns, Reals, Starts
from graphcrm.records.account import Account


class _Row(NamedTuple):
    """A seat in scope, in the words of its graph; ``cell`` is a place among those of its account."""

    seat: SeatNode
    support: float
    gates: tuple[tuple[str, float], ...]
    cell: int | None


@dataclass(frozen=True)
class _Part:
    """What the columns keep of one account graph."""

    account: Account
    observed: bool
    present: frozenset[str]
    ties: Mapping[str, Mapping[str, float]]
    """By contact: the live proven strengths of present employees."""
    firm: Mapping[str, float]
    """By contact: the firm's own."""
    rows: tuple[_Row, ...]
    departments: tuple[tuple[str, float, str | None], ...]
    """Id, importance and function; an empty id for seats without one."""
    cells: tuple[tuple[int, float], ...]
    """The place of the department among those of the account, and the target."""


def columns_of(portfolio: Facts | Iterable[AccountGraph]) -> PortfolioColumns:
    """The columns of facts, or of account graphs: what the screen reads of them, at the low end.

    Raises InputError where an account is given twice, or two graphs know different ties to one contact,
    as an account as it is and another without one of our employees would.
    """
    if isinstance(portfolio, Facts):
        graphs: Iterable[AccountGraph] = (build_graph(portfolio, a) for a in portfolio.accounts)
    else:
        graphs = portfolio
    parts = sorted(map(_part, graphs), key=lambda part: part.account.id)
    _refuse_repeated(part.account.id for part in parts)
    ties, firm = _ties(parts)

    accounts = tuple(part.account for part in parts)
    rows = [row for part in parts for row in part.rows]
    gates = [gate for row in rows for gate in row.gates]
    listed = [tie for contact in sorted(ties) for tie in sorted(ties[contact].items())]
    departments = [
        (place, *department) for place, part in enumerate(parts) for department in part.departments
    ]
    cells_before = [0, *accumulate(len(part.cells) for part in parts)]
    departments_before = [0, *accumulate(len(part.departments) for part in parts)]

    employees = _Names(e for part in parts for e in part.present)
    contacts = _Names(ties)
    seats = _Names(row.seat.id for row in rows)
    functions = _Names(function for _, _, _, function in departments if function is not None)
    currencies = _Names(a.currency for a in accounts if a.currency is not None)
    return PortfolioColumns(
        accounts=tuple(a.id for a in accounts),
        employees=employees.names,
        contacts=contacts.names,
        seats=seats.names,
        functions=functions.names,
        currencies=currencies.names,
        observed=np.array([part.observed for part in parts], dtype=np.bool_),
        revenue=_reals(np.nan if a.annual_revenue is None else a.annual_revenue for a in accounts),
        currency=currencies.places(a.currency for a in accounts),
        row_start=_starts(len(part.rows) for part in parts),
        seat=seats.places(row.seat.id for row in rows),
        weight=_reals(row.seat.weight.low for row in rows),
        weight_high=_reals(row.seat.weight.high for row in rows),
        support=_reals(row.support for row in rows),
        holder=contacts.places(row.seat.holder for row in rows),
        decider=np.array([row.seat.is_decider for row in rows], dtype=np.bool_),
        roles_unknown=np.array([row.seat.roles is None for row in rows], dtype=np.bool_),
        cell=_places(
            NONE if row.cell is None else before + row.cell
            for before, part in zip(cells_before, parts, strict=False)
            for row in part.rows
        ),
        gate_start=_starts(len(row.gates) for row in rows),
        gate_contact=contacts.places(contact for contact, _ in gates),
        gate_influence=_reals(influence for _, influence in gates),
        tie_start=_starts(len(ties[contact]) for contact in contacts.names),
        tie_employee=employees.places(employee for employee, _ in listed),
        tie_strength=_reals(strength for _, strength in listed),
        firm=_reals(firm[contact] for contact in contacts.names),
        cell_department=_places(
            before + department
            for before, part in zip(departments_before, parts, strict=False)
            for department, _ in part.cells
        ),
        cell_target=_reals(target for part in parts for _, target in part.cells),
        departments=tuple(department for _, department, _, _ in departments),
        department_account=_places(account for account, _, _, _ in departments),
        department_importance=_reals(importance for _, _, importance, _ in departments),
        department_function=functions.places(function for _, _, _, function in departments),
    )


def _refuse_repeated(accounts: Iterable[str]) -> None:
    for one, other in pairwise(accounts):
        if one == other:
            raise InputError(
                N_("The portfolio holds the account {account} twice."),
                hint=N_("Give each account once."),
                account=one,
            )


def _part(graph: AccountGraph) -> _Part:
    known = {d.id for d in graph.departments}
    own = {s.id: s.department if s.department in known else None for s in graph.scope if s.own}
    departments = [(d.id, d.importance, d.function) for d in sorted(graph.departments, key=lambda d: d.id)]
    if None in own.values():
        departments.insert(0, ("", 1.0, None))
    place = {department or None: n for n, (department, _, _) in enumerate(departments)}
    # Seats of unknown level form one cell of their department, before those of the known ones.
    cell_of = {s.id: (place[own[s.id]], s.level or 0) for s in graph.scope if s.own}
    cells = sorted(set(cell_of.values()))
    return _Part(
        account=graph.account,
        observed=graph.observed,
        present=graph.present,
        ties={
            contact: {employee: leg(tie, graph, "low") for employee, tie in tied.items()}
            for contact, tied in graph.ties.items()
        },
        firm={contact: leg(graph.firm.get(contact), graph, "low") for contact in graph.ties},
        rows=tuple(
            _Row(
                seat=seat,
                support=_support(graph, seat),
                gates=tuple(doors(graph, seat))[1:],
                cell=cells.index(cell_of[seat.id]) if seat.own else None,
            )
            for seat in graph.scope
        ),
        departments=tuple(departments),
        cells=tuple(
            (department, graph.policy.breadth.target(level or None)) for department, level in cells
        ),
    )


def _support(graph: AccountGraph, seat: SeatNode) -> float:
    """Value of the attitude at the low end: an unknown attitude and a vacant seat support nobody."""
    attitude = None if seat.holder is None else graph.contacts[seat.holder].attitude
    return 0.0 if attitude is None else graph.attitude_value(attitude)


def _ties(parts: Iterable[_Part]) -> tuple[Mapping[str, Mapping[str, float]], Mapping[str, float]]:
    """By contact, over all accounts: the strengths of present employees, and the firm's."""
    ties: dict[str, Mapping[str, float]] = {}
    firm: dict[str, float] = {}
    for part in parts:
        for contact, tied in part.ties.items():
            known = ties.setdefault(contact, tied), firm.setdefault(contact, part.firm[contact])
            if known != (tied, part.firm[contact]):
                raise InputError(
                    N_("Two accounts of the portfolio know different ties to the contact {contact}."),
                    hint=N_("Build all account graphs from the same facts, with the same people present."),
                    contact=contact,
                )
    return ties, firm


class _Names:
    """Ids, each once and sorted, and the places of them."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(set(names)))
        self._place = {name: place for place, name in enumerate(self.names)}

    def places(self, names: Iterable[str | None]) -> Places:
        """Where each stands; −1 for None."""
        return _places(NONE if name is None else self._place[name] for name in names)


def _places(places: Iterable[int]) -> Places:
    return np.fromiter(places, dtype=np.int32)


def _reals(values: Iterable[float]) -> Reals:
    return np.fromiter(values, dtype=np.float64)


def _starts(lengths: Iterable[int]) -> Starts:
    return np.fromiter(chain((0,), accumulate(lengths)), dtype=np.int64)

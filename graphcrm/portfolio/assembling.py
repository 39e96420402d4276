"""Assembling: from what was gathered to the columns that the screen reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from graphcrm.graph.facts import scale_value
from graphcrm.graph.weight import decision_weight, is_decider
from graphcrm.policies import Policy
from graphcrm.portfolio.codes import Codes, Integers, apart, expanded, latest, looked_up, pairs_of, starts
from graphcrm.portfolio.columns import NONE, Flags, PortfolioColumns, Reals
from graphcrm.portfolio.gathering import UNKNOWN_LEVEL, Gathered
from graphcrm.portfolio.strengths import strengths
from graphcrm.records.seat import Seat


@dataclass(frozen=True)
class Portfolio:
    """The columns of a portfolio, the names of its accounts and employees, and when it was looked at."""

    columns: PortfolioColumns
    account_names: tuple[str, ...]
    employee_names: tuple[str, ...]
    policy: Policy
    as_of: date
    known_at: date | None


def assembled(gathered: Gathered) -> Portfolio:
    """The portfolio, once everything is gathered; it is used up by this.

    Raises PolicyError where the data use a word that the policy does not define.
    """
    accounts = _Listed.of(gathered.accounts, gathered.account["code"])
    employees = _Listed.of(gathered.people, gathered.employee["code"][gathered.employee["present"]])
    rows = _Rows.of(gathered, accounts)
    gates = _Gates.of(gathered, rows)
    contacts = _Listed.of(gathered.people, np.concatenate((rows.holder, gates.contact)))
    ties = _Ties.of(gathered, contacts, employees)
    units = _Units.of(gathered, accounts, rows)
    seats = np.unique(rows.seat)
    functions = _Listed.of(gathered.functions, units.function)
    currencies = _Listed.of(gathered.currencies, gathered.account["currency"])
    met = np.flatnonzero(rows.holder != NONE)
    met = met[ties.seen[contacts.place[rows.holder[met]]]]
    account = accounts.order(gathered.account["code"])
    columns = PortfolioColumns(
        accounts=accounts.ids,
        employees=employees.ids,
        contacts=contacts.ids,
        seats=tuple(rows.seats.ids[seat] for seat in seats.tolist()),
        functions=functions.ids,
        currencies=currencies.ids,
        observed=np.bincount(rows.account[met], minlength=len(accounts.ids)) > 0,
        revenue=gathered.account["revenue"][account],
        currency=_small(currencies.placed(gathered.account["currency"][account])),
        row_start=starts(rows.account, len(accounts.ids)),
        seat=_small(np.searchsorted(seats, rows.seat)),
        weight=rows.weight,
        weight_high=rows.weight_high,
        support=rows.support,
        holder=_small(contacts.placed(rows.holder)),
        decider=rows.decider,
        roles_unknown=rows.roles_unknown,
        cell=_small(units.cell),
        gate_start=gates.start,
        gate_contact=_small(contacts.placed(gates.contact)),
        gate_influence=gates.influence,
        tie_start=ties.start,
        tie_employee=_small(ties.employee),
        tie_strength=ties.strength,
        firm=ties.firm,
        cell_department=_small(units.cell_department),
        cell_target=units.cell_target,
        departments=units.ids,
        department_account=_small(units.account),
        department_importance=units.importance,
        department_function=_small(functions.placed(units.function)),
    )
    return Portfolio(
        columns,
        account_names=tuple(gathered.account_names[a] for a in accounts.ids),
        employee_names=tuple(gathered.employee_names[e] for e in employees.ids),
        policy=gathered.policy,
        as_of=gathered.as_of,
        known_at=gathered.known_at,
    )


def _small(places: Integers) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return places.astype(np.int32)


class _Listed(NamedTuple):
    """Ids, sorted, and the place there of each code; −1 for a code that is not listed."""

    ids: tuple[str, ...]
    place: Integers

    @classmethod
    def of(cls, codes: Codes, these: Integers) -> "_Listed":
        """The ids of these codes, each once; −1 has none."""
        ids = [str(value) for value in codes]
        order = sorted(np.unique(these[these != NONE]).tolist(), key=ids.__getitem__)
        place = np.full(len(ids), NONE)
        place[order] = np.arange(len(order))
        return cls(tuple(ids[code] for code in order), place)

    def placed(self, codes: Integers) -> Integers:
        """The place of each code; −1 for none."""
        return (
            np.where(codes < 0, NONE, self.place[codes]) if len(self.place) else np.full(len(codes), NONE)
        )

    def order(self, codes: Integers) -> Integers:
        """Of listed codes, which comes at each place."""
        order = np.empty(len(self.ids), np.int64)
        order[self.place[codes]] = np.arange(len(codes))
        return order


class _Rows(NamedTuple):
    """A seat in the scope of an account each, by account, then by seat id.

    ``account`` and ``seat`` are places, ``code`` is the seat's, ``holder`` the contact's; of the seat's
    own account ``department`` is the code of the department it names. ``seats`` lists all on record.
    """

    seats: _Listed
    account: Integers
    seat: Integers
    code: Integers
    own: Flags
    holder: Integers
    department: Integers
    level: Integers
    weight: Reals
    weight_high: Reals
    support: Reals
    decider: Flags
    roles_unknown: Flags

    @classmethod
    def of(cls, gathered: Gathered, accounts: _Listed) -> "_Rows":
        """The scope of every account."""
        table = gathered.seat
        seats = _Listed.of(gathered.seats, table["code"])
        stated = seats.order(table["code"])
        own_account = accounts.placed(table["account"])[stated]
        elsewhere = accounts.placed(gathered.deciding["account"])
        pairs = np.unique(
            np.concatenate(
                (
                    pairs_of(own_account, np.arange(len(stated)))[own_account != NONE],
                    pairs_of(elsewhere, seats.placed(gathered.deciding["seat"]))[elsewhere != NONE],
                )
            )
        )
        account, seat = apart(pairs)
        code = table["code"][stated][seat].astype(np.int64)
        roles, level = (column[stated][seat] for column in _asserted(gathered))
        holder = gathered.holder[code]
        low, high = _weights(gathered, roles, level, table["weight"][stated][seat])
        words = list(gathered.roles)
        return cls(
            seats=seats,
            account=account,
            seat=seat,
            code=code,
            own=own_account[seat] == account,
            holder=holder,
            department=table["department"][stated][seat],
            level=level,
            weight=low,
            weight_high=high,
            support=_support(gathered, holder),
            decider=looked_up(roles, words, lambda r: float(is_decider(_seat(r), gathered.policy))) > 0,
            roles_unknown=looked_up(roles, words, lambda r: float(r is None)) > 0,
        )


def _asserted(gathered: Gathered) -> tuple[Integers, Integers]:
    """Codes of roles, and levels, of each seat as stated, or as asserted where somebody did."""
    table = gathered.seat
    place = np.full(len(gathered.seats), NONE)
    place[table["code"]] = np.arange(len(table["code"]))
    roles, level = table["roles"].copy(), table["level"].copy()
    for subject, said in gathered.asserted.of("roles"):
        if (code := gathered.seats.get(subject)) is not None and place[code] != NONE:
            roles[place[code]] = gathered.roles[None if said.value is None else tuple(said.value)]
    for subject, said in gathered.asserted.of("level"):
        if (code := gathered.seats.get(subject)) is not None and place[code] != NONE:
            level[place[code]] = said.value or UNKNOWN_LEVEL
    return roles, level


def _weights(gathered: Gathered, roles: Integers, level: Integers, given: Reals) -> tuple[Reals, Reals]:
    """Both ends of each seat's decision weight: the one given, or role × level, once for each such pair."""
    words, open_ = list(gathered.roles), np.isnan(given)
    kinds, place = np.unique(pairs_of(roles, level)[open_], return_inverse=True)
    weights = [
        decision_weight(_seat(words[role], of_level or None), gathered.policy)
        for role, of_level in zip(*(part.tolist() for part in apart(kinds)), strict=True)
    ]
    low, high = given.copy(), given.copy()
    low[open_] = np.array([weight.low for weight in weights])[place]
    high[open_] = np.array([weight.high for weight in weights])[place]
    return low, high


def _seat(roles: object, level: int | None = None) -> Seat:
    """Some seat with these roles, for those who know what they mean."""
    assert roles is None or isinstance(roles, tuple)
    return Seat(id="seat", account="account", roles=roles, level=level)


def _support(gathered: Gathered, holder: Integers) -> Reals:
    """The support of each holder, low end: 0 for an unknown attitude and for a vacant seat."""
    policy, table = gathered.policy, gathered.attitude
    holding = latest(table["contact"], table["since"], table["recorded"])
    attitude = np.full(len(gathered.people), NONE)
    attitude[table["contact"][holding]] = table["value"][holding]
    held = np.flatnonzero(holder != NONE)
    held = held[attitude[holder[held]] != NONE]
    support = np.zeros(len(holder))
    support[held] = looked_up(
        attitude[holder[held]],
        list(gathered.attitudes),
        lambda word: 0.0 if word is None else scale_value(policy.attitudes, str(word), "attitudes", policy),
    )
    return support


class _Gates(NamedTuple):
    """The gates of each row, by their ids: who holds them, and their influence."""

    start: Integers
    contact: Integers
    influence: Reals

    @classmethod
    def of(cls, gathered: Gathered, rows: _Rows) -> "_Gates":
        """Occupied seats that bear on occupied ones; of several influences of a pair the largest counts."""
        reach, holder, table = gathered.policy.reach, gathered.holder, gathered.seat
        reporting = table["reports_to"] != NONE
        below, above = table["code"][reporting], table["reports_to"][reporting]
        gate = np.concatenate((below, above, gathered.influence["gate"])).astype(np.int64)
        towards = np.concatenate((above, below, gathered.influence["seat"])).astype(np.int64)
        strength = np.concatenate(
            (
                np.full(len(below), reach.to_boss),
                np.full(len(below), reach.to_subordinate),
                gathered.influence["strength"],
            )
        )
        bears = (strength >= reach.least_influence) & (gate != towards) & (reach.hops > 0)
        bears &= (holder[gate] != NONE) & (holder[towards] != NONE)
        gate, towards, strength = gate[bears], towards[bears], strength[bears]
        pairs = pairs_of(towards, rows.seats.place[gate])
        largest = latest(pairs, strength)
        gate, strength = gate[largest], strength[largest]
        start = starts(towards[largest], len(gathered.seats))
        counts = np.diff(start)[rows.code]
        places = expanded(start[rows.code], counts)
        ends = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return cls(ends, holder[gate[places]], strength[places])


class _Ties(NamedTuple):
    """The ties of those present to each contact; what the firm keeps; and to whom anybody ever was tied."""

    start: Integers
    employee: Integers
    strength: Reals
    firm: Reals
    seen: Flags

    @classmethod
    def of(cls, gathered: Gathered, contacts: _Listed, employees: _Listed) -> "_Ties":
        """The strengths that are live; a tie below θ carries nothing, and its employee is concerned."""
        live = gathered.policy.reach.live
        found = strengths(gathered)
        contact, employee = contacts.place[found.contact], employees.place[found.employee]
        here = contact != NONE
        firm, seen = np.zeros(len(contacts.ids)), np.zeros(len(contacts.ids), np.bool_)
        np.maximum.at(firm, contact[here], found.kept[here])
        seen[contact[here]] = True
        here &= employee != NONE
        pairs, strength = pairs_of(contact[here], employee[here]), found.strength[here]
        del found, contact, employee, here
        order = np.argsort(pairs)
        contact, employee = apart(pairs[order])
        strength = strength[order]
        return cls(
            start=starts(contact, len(contacts.ids)),
            employee=employee,
            strength=np.where(strength >= live, strength, 0.0),
            firm=np.where(firm >= live, firm, 0.0),
            seen=seen,
        )


class _Units(NamedTuple):
    """Departments with the accounts' own, and breadth cells: the seats of one level in one of them."""

    ids: tuple[str, ...]
    account: Integers
    importance: Reals
    function: Integers
    cell: Integers
    cell_department: Integers
    cell_target: Reals

    @classmethod
    def of(cls, gathered: Gathered, accounts: _Listed, rows: _Rows) -> "_Units":
        """Own seats without a department of their account form one more, of importance 1."""
        table, policy = gathered.department, gathered.policy
        account_of = np.full(len(gathered.departments), NONE)
        account_of[table["code"]] = accounts.placed(table["account"])
        named = rows.department
        at_home = (named != NONE) & rows.own
        at_home[at_home] = account_of[named[at_home]] == rows.account[at_home]
        without = np.unique(rows.account[rows.own & ~at_home])

        ids = [str(department) for department in gathered.departments]
        units = [(owner, "", NONE) for owner in without.tolist()]
        for place, code in enumerate(table["code"].tolist()):
            if account_of[code] != NONE:
                units.append((int(account_of[code]), ids[code], place))
        units.sort()
        account: Integers = np.array([owner for owner, _, _ in units], np.int64)
        stated = np.array([place for _, _, place in units], np.int64)
        given: Flags = stated != NONE
        importance = np.ones(len(units))
        importance[given] = table["importance"][stated[given]]
        function = np.full(len(units), NONE)
        function[given] = table["function"][stated[given]]

        unit_of = np.full(len(gathered.departments), NONE)
        unit_of[table["code"][stated[given]]] = np.flatnonzero(given)
        unit_without = np.full(len(accounts.ids), NONE)
        unit_without[account[~given]] = np.flatnonzero(~given)
        unit = unit_without[rows.account]
        unit[at_home] = unit_of[named[at_home]]
        cells, in_cell = np.unique(pairs_of(unit, rows.level)[rows.own], return_inverse=True)
        cell: Integers = np.full(len(rows.account), NONE)
        cell[rows.own] = in_cell
        of, level = apart(cells)
        return cls(
            ids=tuple(name for _, name, _ in units),
            account=account,
            importance=importance,
            function=function,
            cell=cell,
            cell_department=of,
            cell_target=_targets(level, lambda n: policy.breadth.target(n or None)),
        )


def _targets(levels: Integers, target: Callable[[int], float]) -> Reals:
    """The share to reach of the seats of each level."""
    distinct, place = np.unique(levels, return_inverse=True)
    return np.array([target(level) for level in distinct.tolist()], np.float64)[place]

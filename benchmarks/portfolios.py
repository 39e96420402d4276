"""Seeded portfolios with heavy tails, strengths given: as columns, and as the rows the naive script takes.

A few accounts are very large, a few employees know half the market, and in each account a few people know
most of the others, as in companies. Of A accounts: 29 A contacts, 2 A employees, 290 A live ties.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphcrm.portfolio.columns import NONE, PortfolioColumns

CONTACTS, EMPLOYEES, TIES = 29, 2, 10
"""Contacts and employees by account, ties by contact."""
LARGEST = 50
"""How many times the smallest account the largest one is drawn."""
LIVE, TO_BOSS, TO_SUBORDINATE = 0.2, 0.5, 0.3
LEVELS = np.array([1.0, 0.8, 0.6, 0.4, 0.3])
ROLES = np.array([1.0, 0.8, 0.5, 0.4, 0.0])
TARGETS = np.array([1.0, 0.8, 0.5, 0.2, 0.2])
SUPPORT = np.array([0.0, 0.4, 0.7, 0.9, 1.0])
FUNCTIONS = ("finance", "it", "legal", "logistics", "production", "purchasing", "quality", "research")

Rows = dict[str, Any]
"""One account as the naive script takes it: ties, firm, influence, weights."""
Integers = NDArray[np.int64]


def portfolio(accounts: int, seed: int) -> PortfolioColumns:
    """A portfolio of so many accounts. Every seat is held by a contact of its own and has one boss.

    Seat n is held by contact n, so that a gate's contact is also its seat's place.
    """
    rng = np.random.default_rng(seed)
    sizes = _sizes(accounts, rng)
    start = np.concatenate(([0], np.cumsum(sizes)))
    seats, employees = int(start[-1]), EMPLOYEES * accounts
    ties = _ties(sizes, employees, rng)
    boss, depth = _bosses(sizes, rng)
    level = np.minimum(depth, len(LEVELS) - 1)
    role = rng.integers(0, len(ROLES), seats)
    weight = ROLES[role] * LEVELS[level]
    roles_unknown = rng.random(seats) < 0.05  # noqa: PLR2004
    strongest = np.maximum.reduceat(ties[2], ties[0][:-1])
    kept = np.where(rng.random(seats) < 0.2, 0.5 * strongest, 0.0)  # noqa: PLR2004
    gate_start, gate_contact, gate_influence = _gates(boss)
    account = np.repeat(np.arange(accounts), sizes)
    department_account, department_of_seat = _departments(sizes, account, rng)
    cells, cell = np.unique(department_of_seat * len(LEVELS) + level, return_inverse=True)
    return PortfolioColumns(
        accounts=_ids("a", accounts),
        employees=_ids("e", employees),
        contacts=_ids("p", seats),
        seats=_ids("s", seats),
        functions=FUNCTIONS,
        currencies=("CNY", "EUR", "USD"),
        observed=np.ones(accounts, dtype=np.bool_),
        revenue=np.where(rng.random(accounts) < 0.1, np.nan, np.round(rng.pareto(1.3, accounts) * 1e5, -3)),  # noqa: PLR2004
        currency=rng.integers(0, 3, accounts).astype(np.int32),
        row_start=start,
        seat=np.arange(seats, dtype=np.int32),
        weight=np.where(roles_unknown, 0.0, weight),
        weight_high=np.where(roles_unknown, LEVELS[level], weight),
        support=SUPPORT[rng.integers(0, len(SUPPORT), seats)],
        holder=np.arange(seats, dtype=np.int32),
        decider=(role <= 1) & ~roles_unknown,
        roles_unknown=roles_unknown,
        cell=cell.astype(np.int32),
        gate_start=gate_start,
        gate_contact=gate_contact,
        gate_influence=gate_influence,
        tie_start=ties[0],
        tie_employee=ties[1],
        tie_strength=ties[2],
        firm=np.where(kept >= LIVE, kept, 0.0),
        cell_department=(cells // len(LEVELS)).astype(np.int32),
        cell_target=TARGETS[cells % len(LEVELS)],
        departments=_ids("d", len(department_account)),
        department_account=department_account,
        department_importance=np.ones(len(department_account)),
        department_function=rng.integers(0, len(FUNCTIONS), len(department_account)).astype(np.int32),
    )


def rows_of(columns: PortfolioColumns, account: int) -> Rows:
    """One account of such a portfolio as the rows the naive script takes."""
    first, last = (int(columns.row_start[account + n]) for n in (0, 1))
    begin, end = int(columns.tie_start[first]), int(columns.tie_start[last])
    count = np.diff(columns.tie_start[first : last + 1])
    seat = np.repeat(np.arange(first, last), count).tolist()
    gates = slice(int(columns.gate_start[first]), int(columns.gate_start[last]))
    towards = np.repeat(np.arange(first, last), np.diff(columns.gate_start[first : last + 1])).tolist()
    firm = columns.firm[first:last].tolist()
    return {
        "ties": list(
            zip(
                columns.tie_employee[begin:end].tolist(),
                seat,
                columns.tie_strength[begin:end].tolist(),
                strict=True,
            )
        ),
        "firm": [(first + n, strength) for n, strength in enumerate(firm) if strength],
        "influence": list(
            zip(
                columns.gate_contact[gates].tolist(),
                towards,
                columns.gate_influence[gates].tolist(),
                strict=True,
            )
        ),
        "weights": dict(zip(range(first, last), columns.weight[first:last].tolist(), strict=True)),
    }


def all_rows(columns: PortfolioColumns) -> Iterator[Rows]:
    """Every account as rows."""
    return (rows_of(columns, account) for account in range(len(columns.accounts)))


def _ids(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{n:07}" for n in range(count))


def _sizes(accounts: int, rng: np.random.Generator) -> Integers:
    """Contacts by account: one at least, the rest by a Pareto law, cut where a company ends."""
    pull = np.minimum(1 + rng.pareto(1.6, accounts), LARGEST)
    return 1 + rng.multinomial((CONTACTS - 1) * accounts, pull / pull.sum())


def _ties(sizes: Integers, employees: int, rng: np.random.Generator) -> tuple[Integers, Any, Any]:
    """By contact: starts, employees in ascending order, strengths; exactly ten a contact on average."""
    reach = np.cumsum(1 + rng.pareto(1.6, employees))
    teams = [_team(int(size), reach, rng) for size in sizes]
    room = sizes * np.array([len(team) for team in teams])
    quota = np.minimum(TIES * sizes, room)
    missing = TIES * int(sizes.sum()) - int(quota.sum())
    spare = room - quota
    more = np.minimum(spare, -(-missing * spare // max(1, int(spare.sum()))))
    surplus = np.cumsum(more)
    more = np.diff(np.minimum(surplus, missing), prepend=0)
    counts, listed, strengths = [], [], []
    for size, team, ties in zip(sizes.tolist(), teams, (quota + more).tolist(), strict=True):
        known = rng.gumbel(size=(size, len(team))) + rng.gumbel(size=len(team)) + rng.gumbel(size=(size, 1))
        known[np.arange(size), rng.integers(0, len(team), size)] = np.inf  # everybody knows somebody
        tied = np.zeros(known.size, dtype=np.bool_)
        tied[np.argpartition(known.ravel(), known.size - ties)[known.size - ties :]] = True
        places = np.flatnonzero(tied)
        counts.append(np.bincount(places // len(team), minlength=size))
        listed.append(team[places % len(team)])
        strengths.append(np.round(LIVE + (1 - LIVE) * rng.beta(1.2, 2.0, ties), 6))
    start = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
    return start, np.concatenate(listed).astype(np.int32), np.concatenate(strengths)


def _team(size: int, reach: NDArray[np.float64], rng: np.random.Generator) -> Integers:
    """Who of ours works with an account: more with larger ones, and those with more reach more often."""
    people = int(np.ceil(4 * size**0.6))
    return np.unique(np.searchsorted(reach, rng.random(people) * reach[-1]))


def _bosses(sizes: Integers, rng: np.random.Generator) -> tuple[Integers, Integers]:
    """By seat: the seat of its boss (−1 at the top), and how many bosses are above it."""
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    within = np.arange(len(first)) - first
    boss = np.where(within > 0, first + (within * rng.random(len(first)) ** 2).astype(np.int64), NONE)
    depth, above = np.zeros(len(boss), dtype=np.int64), boss
    while np.any(above != NONE):
        depth += above != NONE
        above = np.where(above == NONE, NONE, boss[above])
    return boss, depth


def _gates(boss: Integers) -> tuple[Integers, Any, Any]:
    """Starts, gates and influence by seat: the boss, and all who report to it."""
    reporting = np.flatnonzero(boss != NONE)
    seat = np.concatenate((boss[reporting], reporting))
    gate = np.concatenate((reporting, boss[reporting]))
    influence = np.repeat([TO_BOSS, TO_SUBORDINATE], len(reporting))
    order = np.lexsort((gate, seat))
    start = np.concatenate(([0], np.cumsum(np.bincount(seat, minlength=len(boss)))))
    return start, gate[order].astype(np.int32), influence[order]


def _departments(sizes: Integers, account: Integers, rng: np.random.Generator) -> tuple[Any, Integers]:
    """The account of each department, and the department of each seat: one for six people or so."""
    count = np.maximum(1, np.minimum(len(FUNCTIONS), sizes // 6))
    before = np.cumsum(count) - count
    department = before[account] + (rng.random(len(account)) * count[account]).astype(np.int64)
    return np.repeat(np.arange(len(sizes)), count).astype(np.int32), department

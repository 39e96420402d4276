"""Random portfolios as columns: many routes are equal, gates are shared, people sit in several accounts."""

from collections.abc import Iterable
from random import Random

import numpy as np

from graphcrm.portfolio.columns import NONE, PortfolioColumns

STRENGTHS = (0.0, 0.2, 0.4, 0.5, 0.5, 0.8, 1.0)


def random_columns(rng: Random) -> PortfolioColumns:
    """A few accounts of a few seats; strengths from a short scale, so that many routes are equal."""
    accounts, employees, contacts = rng.randint(1, 4), rng.randint(1, 6), rng.randint(1, 9)
    rows = [rng.choice((0, 1, 3, 6)) for _ in range(accounts)]
    count = sum(rows)
    holder = [rng.randrange(NONE, contacts) for _ in range(count)]
    gates = [rng.choice((0, 0, 1, 2, 4)) if h != NONE else 0 for h in holder]
    tied = [sorted(rng.sample(range(employees), rng.randint(0, employees))) for _ in range(contacts)]
    weight = [rng.choice((0.0, 0.25, 0.5, 1.0)) for _ in range(count)]
    departments = [rng.choice((0, 1, 2)) for _ in range(accounts)]
    department_account = [a for a, n in enumerate(departments) for _ in range(n)]
    cells = [d for d in range(len(department_account)) for _ in range(rng.randint(0, 2))]

    def cell(account: int) -> int:
        own = [c for c, d in enumerate(cells) if department_account[d] == account]
        return rng.choice([NONE, *own])

    return PortfolioColumns(
        accounts=names("a", accounts),
        employees=names("e", employees),
        contacts=names("p", contacts),
        seats=names("s", count),
        functions=("legal", "purchasing"),
        currencies=("EUR", "USD"),
        observed=np.array([rng.random() < 0.9 for _ in range(accounts)]),
        revenue=np.array([rng.choice((np.nan, 100.0, 1000.0)) for _ in range(accounts)]),
        currency=places(rng.randrange(NONE, 2) for _ in range(accounts)),
        row_start=starts(rows),
        seat=places(range(count)),
        weight=np.array(weight),
        weight_high=np.array([rng.choice((w, 1.0)) for w in weight]),
        support=np.array([rng.choice((0.0, 0.4, 1.0)) for _ in range(count)]),
        holder=places(holder),
        decider=np.array([rng.random() < 0.3 for _ in range(count)], dtype=np.bool_),
        roles_unknown=np.array([rng.random() < 0.1 for _ in range(count)], dtype=np.bool_),
        cell=places(cell(account) for account, n in enumerate(rows) for _ in range(n)),
        gate_start=starts(gates),
        gate_contact=places(rng.randrange(contacts) for _ in range(sum(gates))),
        gate_influence=np.array([rng.choice((0.3, 0.5, 1.0)) for _ in range(sum(gates))]),
        tie_start=starts([len(people) for people in tied]),
        tie_employee=places(employee for people in tied for employee in people),
        tie_strength=np.array([rng.choice(STRENGTHS) for people in tied for _ in people], dtype=np.float64),
        firm=np.array([rng.choice((0.0, 0.0, 0.25, 0.5)) for _ in range(contacts)]),
        cell_department=places(cells),
        cell_target=np.array([rng.choice((0.2, 0.8, 1.0)) for _ in cells]),
        departments=names("d", len(department_account)),
        department_account=places(department_account),
        department_importance=np.array([rng.choice((0.0, 1.0, 2.0)) for _ in department_account]),
        department_function=places(rng.randrange(NONE, 2) for _ in department_account),
    )


def names(letter: str, count: int) -> tuple[str, ...]:
    """Ids in order."""
    return tuple(f"{letter}{n}" for n in range(count))


def places(values: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """A column of places."""
    return np.array(list(values), dtype=np.int32)


def starts(lengths: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Where each list starts, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))

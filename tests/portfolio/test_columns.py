"""The layout: what it refuses, and graphs made by hand."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from bundles import Customer
from random_columns import random_columns, starts

from graphcrm.errors import InputError
from graphcrm.portfolio.building import columns_of
from graphcrm.portfolio.columns import PortfolioColumns

SEED = 3
"""Of a portfolio with something in every column."""


def columns() -> PortfolioColumns:
    return random_columns(Random(SEED))


def with_first(name: str, value: float) -> dict[str, Any]:
    """The column with another first value."""
    column = getattr(columns(), name).copy()
    column[0] = value
    return {name: column}


def test_random_columns_are_right() -> None:
    for seed in range(200):
        random_columns(Random(seed)).validate()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        *((with_first(name, np.nan), "not in 0..1") for name in ("weight", "support", "gate_influence")),
        *((with_first(name, 1.5), "not in 0..1") for name in ("tie_strength", "firm", "cell_target")),
        (with_first("tie_strength", -0.1), "not in 0..1"),
        (with_first("cell_target", 0), "is 0"),
        (with_first("department_importance", np.inf), "not a number of 0 or more"),
        *(
            (with_first(name, -2), "below -1")
            for name in ("holder", "cell", "currency", "department_function")
        ),
        *((with_first(name, 99), "or above") for name in ("tie_employee", "gate_contact", "seat")),
        *((with_first(name, -1), "below 0") for name in ("cell_department", "department_account")),
        ({"weight": np.ones(2)}, "must have"),
        ({"revenue": np.ones(9)}, "must have 2 entries"),
        ({"row_start": starts([1, 1, 1, 1])}, "does not cut"),
        ({"tie_start": np.zeros(2, dtype=np.int64)}, "does not cut"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_a_wrong_column_is_named(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says) as raised:
        replace(columns(), **wrong).validate()
    assert next(iter(wrong)) in str(raised.value)


def test_weights_stand_in_order_and_employees_ascend() -> None:
    right = columns()
    with pytest.raises(InputError, match=r"weight_high .* below its low end"):
        replace(right, weight=np.ones(len(right.seat)), weight_high=np.zeros(len(right.seat))).validate()
    twice = right.tie_employee.copy()
    first = int(np.flatnonzero(np.diff(right.tie_start) > 1)[0])
    twice[right.tie_start[first] + 1] = twice[right.tie_start[first]]
    with pytest.raises(InputError, match=r"tie_employee .* ascend"):
        replace(right, tie_employee=twice).validate()


def test_an_account_is_given_once() -> None:
    graph = Customer().seat("s", "p").tie("e", "p").graph()
    with pytest.raises(InputError, match="holds the account A twice"):
        columns_of([graph, graph])


def test_graphs_of_one_portfolio_agree_on_who_is_there() -> None:
    customer = Customer().account("B").seat("s", "p").seat("t", "p", account="B").tie("e", "p")
    one, other = customer.graph("A"), customer.graph("B")
    assert columns_of([one, other]).accounts == ("A", "B")
    with pytest.raises(InputError, match="different ties to the contact p"):
        columns_of([one, other.without("e")])

"""One meaning, two kernels: numpy and the loops for numba, compiled and as plain Python."""

import importlib.util
import sys
from random import Random

import numpy as np
import pytest
from bundles import facts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle
from random_columns import random_columns

from graphcrm.errors import InputError
from graphcrm.portfolio import choice, kernels
from graphcrm.portfolio.building import columns_of
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.portfolio.screen import screen

LAW = settings(derandomize=True, deadline=None, max_examples=60)
EXACT = 1e-12
needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba is an extra")


def assert_same(columns: PortfolioColumns, loops: choice.Loops) -> None:
    """Labels and lists must be equal, sums to the last bits."""
    contacts, expected = loops.contact_labels(columns), kernels.contact_labels(columns)
    np.testing.assert_array_equal(contacts.value, expected.value)
    np.testing.assert_array_equal(contacts.by, expected.by)
    rows, expected_rows = loops.row_labels(columns, contacts), kernels.row_labels(columns, contacts)
    np.testing.assert_array_equal(rows.value, expected_rows.value)
    np.testing.assert_array_equal(rows.by, expected_rows.by)
    priced, expected_priced = loops.departures(columns, rows), kernels.departures(columns, rows)
    np.testing.assert_array_equal(priced.start, expected_priced.start)
    np.testing.assert_array_equal(priced.employee, expected_priced.employee)
    np.testing.assert_allclose(priced.lost, expected_priced.lost, rtol=0, atol=EXACT)


@needs_numba
@LAW
@given(st.integers(0, 2**32))
def test_the_compiled_kernel_gives_what_numpy_gives(seed: int) -> None:
    from graphcrm.portfolio import compiled  # noqa: PLC0415 - numba is an extra

    assert_same(random_columns(Random(seed)), compiled)
    assert_same(columns_of(facts_of(random_bundle(Random(seed)))), compiled)


@needs_numba
def test_the_loops_mean_the_same_as_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    from graphcrm.portfolio import compiled  # noqa: PLC0415 - numba is an extra

    for loop in ("label_contacts", "label_rows", "price"):
        monkeypatch.setattr(compiled, loop, getattr(compiled, f"plain_{loop}"))
    for seed in range(100):
        assert_same(random_columns(Random(seed)), compiled)


@LAW
@given(st.integers(0, 2**32))
def test_three_labels_are_the_three_best_of_different_carriers(seed: int) -> None:
    columns = random_columns(Random(seed))
    rows = kernels.row_labels(columns, kernels.contact_labels(columns))
    for row in range(len(columns.seat)):
        assert list(zip(rows.value[row], rows.by[row], strict=True)) == best_three(columns, row)


def best_three(columns: PortfolioColumns, row: int) -> list[tuple[float, int]]:
    """By trying every tie of every door; the firm after employees, and those in the order of ids."""
    routes: dict[int, float] = {}
    gates = range(columns.gate_start[row], columns.gate_start[row + 1])
    doors = [(columns.gate_contact[g], columns.gate_influence[g]) for g in gates]
    if columns.holder[row] >= 0:
        doors.append((columns.holder[row], 1.0))
    for contact, factor in doors:
        ties = range(columns.tie_start[contact], columns.tie_start[contact + 1])
        through = [(int(columns.tie_employee[t]), columns.tie_strength[t]) for t in ties]
        for who, strength in [*through, (len(columns.employees), columns.firm[contact])]:
            routes[who] = max(routes.get(who, 0.0), strength * factor)
    found = sorted((-value, who) for who, value in routes.items() if value > 0)[:3]
    carriers = {len(columns.employees): kernels.FIRM}
    labels = [(-value, carriers.get(who, who)) for value, who in found]
    return labels + [(0.0, -1)] * (3 - len(labels))


def test_the_compiled_kernel_asks_for_numba_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "find_spec", lambda _: None)
    columns = random_columns(Random(0))
    with pytest.raises(InputError, match="needs numba") as raised:
        screen(columns, "compiled")
    assert "graphcrm[compiled]" in str(raised.value.hint)
    monkeypatch.setattr(choice, "WORTH_LOADING", 0)
    assert choice.kernel_for(columns, "auto") is kernels


@needs_numba
def test_numba_is_loaded_where_it_pays_and_used_where_it_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    from graphcrm.portfolio import compiled  # noqa: PLC0415 - numba is an extra

    columns = random_columns(Random(0))
    assert choice.kernel_for(columns, "auto") is compiled
    assert choice.kernel_for(columns, "numpy") is kernels
    monkeypatch.delitem(sys.modules, "numba")
    assert choice.kernel_for(columns, "auto") is kernels
    monkeypatch.setattr(choice, "WORTH_LOADING", 0)
    assert choice.kernel_for(columns, "auto") is compiled

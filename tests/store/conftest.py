"""The stores under contract, empty at the start of each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from store_adapters import ADAPTERS, OPENERS
from store_reference import ReferenceStore

from graphcrm.ports.facts import FactStore
from graphcrm.ports.store import Store


@pytest.fixture(params=ADAPTERS)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the same store again and again; each is closed at the end of the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(OPENERS[request.param](tmp_path))


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    """An empty store."""
    return reopen()


@pytest.fixture(params=[*ADAPTERS, "reference"])
def fact_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FactStore]:
    """An empty store of facts; the reference is held to the contract too."""
    if request.param == "reference":
        yield ReferenceStore()
        return
    with OPENERS[request.param](tmp_path) as opened:
        yield opened

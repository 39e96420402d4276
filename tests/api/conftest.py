"""Clients of an API over golden bundles, in English, without the user's variables."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from api_client import client_of, fill, golden_client
from fastapi.testclient import TestClient

from graphcrm.i18n import activate
from graphcrm.policies import load_policy


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.upper().startswith("GRAPHCRM_")]:
        monkeypatch.delenv(name)
    activate("en")
    yield
    activate("en")


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the golden bundles' stores are kept during the run; nobody writes to them."""
    return tmp_path_factory.mktemp("golden")


@pytest.fixture
def golden(stores: Path) -> Iterator[Callable[[int], TestClient]]:
    """A client of an API over a golden bundle."""
    with ExitStack() as stack:
        yield lambda number: stack.enter_context(golden_client(number, stores))


@pytest.fixture
def client(golden: Callable[[int], TestClient]) -> TestClient:
    """A client of an API over the golden account 1."""
    return golden(1)


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """A client of an API over a bundle of the test's own, given as text."""
    with ExitStack() as stack:

        def opened(text: str) -> TestClient:
            bundle = tmp_path / "bundle.json"
            bundle.write_text(text, encoding="utf-8")
            fill(tmp_path / "own.db", bundle, load_policy())
            return stack.enter_context(client_of(tmp_path / "own.db"))

        yield opened

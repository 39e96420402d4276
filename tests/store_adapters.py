"""How to open each store there is. To hold another adapter to the contract, add its opener here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_neo4j import open_for

from graphcrm.ports.store import Store
from graphcrm.store.sqlite import open_store

Opener = Callable[[Path], Store]
"""Opens the store that belongs to a folder; empty when the folder is new, else the one of before."""


def open_sqlite(folder: Path) -> Store:
    return open_store(folder / "graphcrm.db", create=True)


OPENERS: dict[str, Opener] = {"sqlite": open_sqlite, "neo4j": open_for}

ADAPTERS: list[Any] = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]
"""The names of ``OPENERS`` as parameters of tests, those that need a server marked."""

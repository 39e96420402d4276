"""How to open each store there is. To hold another adapter to the contract, add its opener here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_neo4j import STAGED, open_for

from graphcrm.ports.store import Store
from graphcrm.store.sqlite import open_store

Opener = Callable[[Path], Store]
"""Opens the store that belongs to a folder; empty when the folder is new, else the one of before."""


def open_sqlite(folder: Path) -> Store:
    return open_store(folder / "graphcrm.db", create=True)


OPENERS: dict[str, Opener] = {
    "sqlite": open_sqlite,
    "neo4j": open_for,
    "neo4j, staged": lambda folder: open_for(folder, STAGED),
}

ADAPTERS: list[Any] = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]
"""The stores as parameters of tests, those that need a server marked."""

WAYS: list[Any] = [*ADAPTERS, pytest.param("neo4j, staged", marks=pytest.mark.neo4j)]
"""As ``ADAPTERS``; imports come into Neo4j in two ways."""

"""A Neo4j store, empty at the start of each test, and what a person sees in it."""

from collections.abc import Iterator

import pytest
from store_neo4j import opened, wipe

from graphcrm.store.neo4j import Neo4jStore


@pytest.fixture
def store() -> Iterator[Neo4jStore]:
    wipe()
    with opened() as store:
        yield store

"""An import of tables is killed: the store holds all of it or nothing, and takes it when repeated."""

import random
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import children
import neo4j_child
import pytest
import table_child
from killing import as_people_see, as_sets
from store_adapters import ADAPTERS, OPENERS
from store_neo4j import cypher
from store_samples import AS_OF, bundle
from table_child import bring_tables, write_tables

from graphcrm.ports.store import Store

FEW = 501
MANY = {"sqlite": 30_000, "neo4j": 2_000}
"""Interactions."""

WHOLE = {"sqlite": (0,), "neo4j": (100, 20_000)}
"""Up to how many changes come in at once: Neo4j's importer stages what is more."""


class Stores:
    """The stores of an adapter, one for each name, and imports into them."""

    def __init__(self, adapter: str, folder: Path) -> None:
        self.neo4j = adapter == "neo4j"
        self._adapter = adapter
        self._folder = folder
        self.few = write_tables(folder / "few", FEW)
        self.many = write_tables(folder / "many", MANY[adapter])

    def bring(self, name: str, tables: Path) -> None:
        with self._opened(name) as store:
            bring_tables(store, tables)
            assert store.status().note is None

    def bring_many_in_child(self, name: str, whole: int, kill_after: float | None = None) -> float:
        """How long it took from before the process opened the store."""
        if not self.neo4j:  # where the store itself may be in the making
            return children.run(
                table_child.__file__, self.many, self._of(name) / "graphcrm.db", kill_after=kill_after
            )
        self._opened(name).close()  # from now on the server holds the store of that name
        environment = neo4j_child.environment()
        took = children.run(table_child.__file__, self.many, whole, env=environment, kill_after=kill_after)
        # The lease of one who is dead ends by itself; tests need not wait for that.
        cypher("MATCH (s:Store) REMOVE s.lease_holder")
        return took

    def held(self, name: str) -> Mapping[str, list[str]]:
        """All facts, from a store that is sound."""
        with self._opened(name) as store:
            facts = as_sets(store.facts(AS_OF))
        if not self.neo4j:
            with closing(sqlite3.connect(self._of(name) / "graphcrm.db")) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return facts

    def graph(self) -> list[str]:
        """What people see besides, where there is such a graph."""
        return as_people_see(cypher) if self.neo4j else []

    def _opened(self, name: str) -> Store:
        return OPENERS[self._adapter](self._of(name))

    def _of(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return folder


def kill_again_and_again(stores: Stores, moments: Sequence[float]) -> set[str]:
    """Kill an import at these parts of the time it takes; the states that the store was in then."""
    ways = WHOLE["neo4j" if stores.neo4j else "sqlite"]
    takes = {whole: stores.bring_many_in_child(f"measured {whole}", whole) for whole in ways}
    after, graph = stores.held(f"measured {ways[-1]}"), stores.graph()
    assert len(after["interactions"]) > FEW
    found = set()
    for number, moment in enumerate(moments):
        name, whole = str(number), ways[number // 2 % len(ways)]
        before = as_sets(bundle())
        if number % 2:  # on top of earlier facts
            stores.bring(name, stores.few)
            before = stores.held(name)
            assert before["contacts"]
        stores.bring_many_in_child(name, whole, kill_after=moment * takes[whole])
        held = stores.held(name)
        assert held in (before, after)
        found.add("before" if held == before else "after")
        stores.bring(name, stores.many)
        assert stores.held(name) == after
        assert stores.graph() == graph
    return found


@pytest.fixture(params=ADAPTERS)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    return Stores(request.param, tmp_path)


@pytest.mark.slow
def test_a_killed_import_of_tables_is_all_or_nothing(stores: Stores) -> None:
    moments = random.Random(5)  # so few that none is spent on what comes before and after the writing
    kill_again_and_again(stores, [moments.uniform(0.4, 1.0) for _ in range(5)])


@pytest.mark.nightly
def test_killed_imports_of_tables_are_all_or_nothing(stores: Stores) -> None:
    moments = random.Random(50)
    found = kill_again_and_again(stores, [moments.uniform(0, 1.1) for _ in range(50)])
    # So often that moments which all fall on one side of it would show nothing.
    assert found == {"before", "after"}

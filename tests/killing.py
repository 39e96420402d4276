"""Stores that something is done to while graphcrm works on them, as a user runs it in another process."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from cut_connection import Course
from forked import Command, Ended
from neo4j import GraphDatabase
from neo4j_server import one_to_kill
from store_samples import bring

from graphcrm.ports.store import Store
from graphcrm.records.bundle import Bundle
from graphcrm.store import sqlite
from graphcrm.store.local_neo4j import DEFAULT_VERSION
from graphcrm.store.neo4j import Limits, Neo4jStore, open_store

STAGED = Limits(whole=50, batch=100)
"""So few changes are staged that tests need no more."""

WHOLE = Limits()

PEOPLE = "NOT (n:Version OR n:Store OR n:Migration OR n:Import OR n:Audit OR n:Review)"
"""What is no machinery."""


class Place(Protocol):
    """Where a store is."""

    @property
    def variables(self) -> Mapping[str, str]:
        """How a process of graphcrm finds it."""
        ...

    def opened(self, *, create: bool = False) -> Store:
        """The store."""
        ...

    def hold(self, *bundles: Bundle) -> None:
        """Let it hold these and nothing else."""
        ...

    def graph(self) -> list[str]:
        """What people see besides, where there is such a graph."""
        ...

    def must_be_sound(self) -> None:
        """Fail where its files are damaged, if it has any of its own."""
        ...


class SqliteFile:
    """An embedded store in a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "graphcrm.db"
        self.variables = {"GRAPHCRM_STORE": f"sqlite:///{self.path.as_posix()}"}

    def opened(self, *, create: bool = False) -> Store:
        """The store."""
        return sqlite.open_store(self.path, create=create)

    def hold(self, *bundles: Bundle) -> None:
        """Let it hold these and nothing else."""
        for file in self.path.parent.glob(f"{self.path.name}*"):
            file.unlink()
        if bundles:
            with self.opened(create=True) as store:
                for bundle in bundles:
                    bring(store, bundle)

    def graph(self) -> list[str]:
        """There is none."""
        return []

    def must_be_sound(self) -> None:
        """Look at every page."""
        with closing(sqlite3.connect(self.path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


class Rig:
    """A Neo4j of our own, which no other test misses."""

    def __init__(self, prepare: Callable[[Path], None] = lambda _: None) -> None:
        self._version = os.environ.get("GRAPHCRM_TEST_NEO4J_VERSION", DEFAULT_VERSION)
        self._server = one_to_kill(self._version, prepare)
        host, _, port = self._server.uri.partition("://")[2].partition(":")
        self._host, self._port = host, int(port)

    @property
    def variables(self) -> Mapping[str, str]:
        """How a process of graphcrm finds it."""
        return self.variables_by(self._port)

    def variables_by(self, port: int) -> Mapping[str, str]:
        """How it finds the server at the end of a way."""
        return {
            "GRAPHCRM_STORE": f"bolt://{self._host}:{port}",
            "GRAPHCRM_NEO4J_USER": self._server.user,
            "GRAPHCRM_NEO4J_PASSWORD": self._server.password,
        }

    def course(self, **options: Any) -> Course:
        """A way to the server."""
        return Course(self._host, self._port, **options)

    def graphcrm(self, way: Course, *arguments: object, **bounds: object) -> Command:
        """``graphcrm`` on the store at the end of that way."""
        return Command(*arguments, variables=self.variables_by(way.port), **bounds)

    def start(self) -> None:
        """Start the server on the data it has, unless it runs."""
        assert self._server.throwaway is not None
        self._server.throwaway.up(self._version)

    def kill(self) -> None:
        """Kill -9 its process."""
        assert self._server.throwaway is not None
        self._server.throwaway.kill()

    def stop(self) -> None:
        """Ask it to stop, as who restarts it does."""
        assert self._server.throwaway is not None
        self._server.throwaway.down()

    def restarted(self, way: Course, command: Command) -> Ended:
        """Run the command on that way; where that breaks the server goes down, and is started at once."""
        with way, command:
            while command.runs and not way.broken.wait(0.05):
                pass
            self.start()
            return command.ended()

    def opened(self, *, create: bool = False, **bounds: Any) -> Neo4jStore:
        """The store in it."""
        return open_store(self._server.uri, password=self._server.password, create=create, **bounds)

    def hold(self, *bundles: Bundle) -> None:
        """Let the store hold these and nothing else; its schema, which takes longest to make, stays."""
        self.cypher("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
        if bundles:
            with self.opened(create=True) as store:
                for bundle in bundles:
                    bring(store, bundle)

    def graph(self) -> list[str]:
        """The graph people see in Browser, as text; whichever audit its routes come from."""
        return as_people_see(self.cypher)

    def must_be_sound(self) -> None:
        """Its files are the server's own."""

    def free_lease(self) -> None:
        """The lease of one who is dead ends by itself; tests need not wait for that."""
        self.cypher("MATCH (s:Store) REMOVE s.lease_holder")

    def cypher(self, text: str) -> list[list[Any]]:
        """Ask the database, as a person would."""
        auth = (self._server.user, self._server.password)
        with GraphDatabase.driver(self._server.uri, auth=auth) as driver, driver.session() as session:
            return [record.values() for record in session.run(text)]


def as_people_see(cypher: Callable[[str], list[list[Any]]]) -> list[str]:
    """The graph people see in Browser, as text; whichever audit its routes come from."""
    nodes = cypher(f"MATCH (n) WHERE {PEOPLE} RETURN labels(n), properties(n)")
    edges = cypher(f"MATCH (n)-[r]->(m) WHERE {PEOPLE} RETURN n.id, type(r), r {{.*, audit: null}}, m.id")
    return sorted(
        repr([sorted(part.items()) if isinstance(part, dict) else part for part in row])
        for row in (*nodes, *edges)
    )


def graphcrm(place: Place, *arguments: object, **bounds: object) -> Command:
    """``graphcrm`` on the store there."""
    return Command(*arguments, variables=place.variables, **bounds)

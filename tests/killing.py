"""A Neo4j of our own, and imports into it as a user runs them; either can be killed at any moment."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Literal

from neo4j import GraphDatabase
from neo4j_server import Server, one_to_kill
from store_samples import bring, bundle, in_order, named

from graphcrm.records.bundle import Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.employee import Employee
from graphcrm.records.tie import Tie
from graphcrm.store.local_neo4j import DEFAULT_VERSION
from graphcrm.store.neo4j import Neo4jStore, open_store

Victim = Literal["server", "server, back at once", "importer"]

PATIENCE = 60.0
"""Seconds after which an import hangs."""

PEOPLE = "NOT (n:Version OR n:Store OR n:Migration OR n:Import)"
"""What is no machinery."""


def stated(count: int, *besides: str) -> Bundle:
    """Twice that many records: contacts, and who knows them. Whoever a later one leaves out is retired."""
    contacts = [*(f"c{number}" for number in range(count)), *besides]
    return bundle(
        source="crm",
        complete=("accounts", "contacts", "ties"),
        accounts=[named(f"a{number}", f"Account {number} of {count}") for number in range(20)],
        employees=[Employee(id=f"e{number}", name=f"Employee {number}") for number in range(20)],
        contacts=[Contact(id=id_, name=f"{id_} of {count}") for id_ in contacts],
        ties=[Tie(employee=f"e{place % 20}", contact=id_) for place, id_ in enumerate(contacts)],
    )


def as_sets(facts: Bundle) -> Mapping[str, list[str]]:
    """Its records as text, whatever their order: how often an import was repeated may change it."""
    return {kind: sorted(records) for kind, records in in_order(facts).items()}


def as_people_see(cypher: Callable[[str], list[list[Any]]]) -> list[str]:
    """The graph people see in Browser, as text."""
    nodes = cypher(f"MATCH (n) WHERE {PEOPLE} RETURN labels(n), properties(n)")
    edges = cypher(f"MATCH (n)-[r]->(m) WHERE {PEOPLE} RETURN n.id, type(r), properties(r), m.id")
    return sorted(
        repr([sorted(part.items()) if isinstance(part, dict) else part for part in row])
        for row in (*nodes, *edges)
    )


@dataclass(frozen=True)
class Ended:
    """How a process of graphcrm ended: its exit code, what it said, and the seconds since the kill."""

    code: int
    out: str
    err: str
    took: float = 0.0


class Rig:
    """The server, and what can be done with it."""

    def __init__(self) -> None:
        self._version = os.environ.get("GRAPHCRM_TEST_NEO4J_VERSION", DEFAULT_VERSION)
        self._server: Server = one_to_kill(self._version)

    def start(self) -> None:
        """Start the server on the data it has, unless it runs."""
        assert self._server.throwaway is not None
        self._server.throwaway.up(self._version)

    def kill(self) -> None:
        """Kill -9 its process."""
        assert self._server.throwaway is not None
        self._server.throwaway.kill()

    def opened(self, *, create: bool = False) -> Neo4jStore:
        """The store in it."""
        return open_store(self._server.uri, password=self._server.password, create=create)

    def hold(self, before: Bundle) -> None:
        """Let the store hold this and nothing else."""
        self.cypher("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
        with self.opened(create=True) as store:
            bring(store, before)

    def facts(self, as_of: Bundle) -> Mapping[str, list[str]]:
        """What our own readers see."""
        with self.opened() as store:
            return as_sets(store.facts(as_of.as_of))

    def graph(self) -> list[str]:
        """What people see in Browser, as text."""
        return as_people_see(self.cypher)

    def cypher(self, text: str) -> list[list[Any]]:
        """Ask the database, as a person would."""
        auth = (self._server.user, self._server.password)
        with GraphDatabase.driver(self._server.uri, auth=auth) as driver, driver.session() as session:
            return [record.values() for record in session.run(text)]

    def run(self, *arguments: object) -> Ended:
        """``graphcrm`` as a user runs it, to its end."""
        with self._begun(*arguments) as process:
            out, err = process.communicate(timeout=PATIENCE)
        return Ended(process.returncode, out, err)

    def takes(self, file: Path) -> float:
        """Seconds an import takes from where it begins to write until it is done."""
        with self._begun("import", "bundle", file) as process:
            self._wait_for_writer(process)
            begun = monotonic()
            process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        return monotonic() - begun

    def interrupted(self, file: Path, victim: Victim, after: float) -> Ended:
        """An import in which somebody is killed so many seconds after it began; the server is up again."""
        with self._begun("import", "bundle", file) as process:
            self._wait_for_writer(process)
            sleep(after)
            process.kill() if victim == "importer" else self.kill()
            killed = monotonic()
            if victim == "server, back at once":
                self.start()
            out, err = process.communicate(timeout=PATIENCE)
            took = monotonic() - killed
        self.start()
        # The lease of one who is dead ends by itself; tests need not wait for that.
        self.cypher("MATCH (s:Store) REMOVE s.lease_holder")
        return Ended(process.returncode, out, err, took)

    def _begun(self, *arguments: object) -> "subprocess.Popen[str]":
        variables = {
            **os.environ,
            "GRAPHCRM_STORE": self._server.uri,
            "GRAPHCRM_NEO4J_USER": self._server.user,
            "GRAPHCRM_NEO4J_PASSWORD": self._server.password,
            "GRAPHCRM_LANG": "en",
        }
        command = [sys.executable, "-m", "graphcrm", *map(str, arguments)]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables
        )

    def _wait_for_writer(self, process: "subprocess.Popen[str]") -> None:
        while not self.cypher("MATCH (s:Store) WHERE s.lease_holder IS NOT NULL RETURN s.name"):
            assert process.poll() is None, "the import ended before it began to write"

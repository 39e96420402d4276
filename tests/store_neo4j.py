"""Neo4j for the tests of stores: one database, emptied for each folder that asks for a store of its own."""

import atexit
import os
from functools import cache
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from neo4j_server import DEFAULT_VERSION, MARK, Server, server

from graphcrm.store.neo4j import Limits, Neo4jStore, open_store

QUICK = Limits(wait=2.0)
STAGED = Limits(whole=2, batch=3, wait=2.0)
"""So few changes are staged that tests need no more."""

DATABASE = "neo4j"
_WIPE = f"MATCH (n) WHERE NOT n:{MARK} CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 10000 ROWS"


def the_server() -> Server:
    """The server of this run; where there is none the test is skipped, or fails if one is required."""
    return server(os.environ.get("GRAPHCRM_TEST_NEO4J_VERSION", DEFAULT_VERSION))


def variables() -> dict[str, str]:
    """How a process of graphcrm finds the server of this run."""
    found = the_server()
    return {
        "GRAPHCRM_STORE": found.uri,
        "GRAPHCRM_NEO4J_USER": found.user,
        "GRAPHCRM_NEO4J_PASSWORD": found.password,
    }


@cache
def driver(found: Server) -> Driver:
    """For what tests do behind the adapter's back."""
    opened = GraphDatabase.driver(found.uri, auth=(found.user, found.password))
    atexit.register(opened.close)
    return opened


def cypher(text: str, **parameters: object) -> list[list[object]]:
    """Ask the database in Cypher, as a person would."""
    with driver(the_server()).session(database=DATABASE) as session:
        return [record.values() for record in session.run(text, parameters)]


def wipe() -> None:
    """Empty the database, but leave its schema, which takes longest to make; only one that is ours."""
    if the_server().throwaway is None and not cypher(f"MATCH (n:{MARK}) RETURN 1 LIMIT 1"):
        pytest.fail(f"{the_server().uri} is not ours to wipe: CREATE (:{MARK}) in it if it is for tests")
    cypher(_WIPE)


def opened(*, create: bool = True, limits: Limits = QUICK) -> Neo4jStore:
    """The store in the database, as it is."""
    found = the_server()
    return open_store(
        found.uri,
        user=found.user,
        password=found.password,
        database=DATABASE,
        create=create,
        limits=limits,
    )


def open_for(folder: Path, limits: Limits = QUICK) -> Neo4jStore:
    """The store that belongs to a folder: empty when the folder is new, else the one of before."""
    mark = folder / "neo4j"
    if not mark.exists():
        wipe()
        mark.touch()
    return opened(limits=limits)

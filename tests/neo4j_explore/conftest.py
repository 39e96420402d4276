"""A real server, and the queries as a person runs them: text and parameters, no code of ours."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from neo4j import GraphDatabase, Session
from neo4j_server import MARK, VERSIONS, Server, server, wipe

from graphcrm.store.neo4j import Neo4jStore, open_store
from graphcrm.store.statements import statements


@pytest.fixture(
    params=[VERSIONS[0], *(pytest.param(newer, marks=pytest.mark.nightly) for newer in VERSIONS[1:])],
    scope="session",
)
def neo4j(request: pytest.FixtureRequest) -> Server:
    return server(request.param)


@pytest.fixture(scope="module")
def session(neo4j: Server) -> Iterator[Session]:
    """A session on a database that is empty at first, and afterwards, of a schema made here too."""
    wipe(neo4j)
    with (
        GraphDatabase.driver(neo4j.uri, auth=(neo4j.user, neo4j.password)) as driver,
        driver.session(database="neo4j") as opened,
    ):
        yield opened
    wipe(neo4j)


@pytest.fixture(scope="module")
def emptied(neo4j: Server, session: Session) -> Callable[[], AbstractContextManager[Neo4jStore]]:
    """Opens a store that is empty; the schema stays from one to the next, for it takes longest to make."""

    def opened() -> Neo4jStore:
        session.run(f"MATCH (n) WHERE NOT n:{MARK} DETACH DELETE n").consume()
        return open_store(
            neo4j.uri, user=neo4j.user, password=neo4j.password, database="neo4j", create=True
        )

    return opened


@pytest.fixture(scope="module")
def explore(session: Session) -> Callable[..., list[tuple[object, ...]]]:
    """Runs a query by its file's name, with its parameters, and gives its rows."""

    def run(name: str, **parameters: object) -> list[tuple[object, ...]]:
        statement = statements("explore")[name]
        assert set(parameters) == set(statement.parameters)
        result = session.run(statement.text, parameters)
        assert tuple(result.keys()) == statement.columns
        return [tuple(row) for row in result.values()]

    return run

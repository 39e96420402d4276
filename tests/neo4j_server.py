"""A real Neo4j for tests: the one the environment names, or a throwaway one for each worker of this run.

Community has one database for data, so two workers cannot share a server: each test may wipe it.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from neo4j import GraphDatabase

from graphcrm.errors import StoreError
from graphcrm.store.local_neo4j import DEFAULT_VERSION, LocalNeo4j, ServerStatus, home, java
from graphcrm.store.local_neo4j.jars import server_jars
from graphcrm.store.local_neo4j.listening import next_free
from graphcrm.store.local_neo4j.process import Process
from graphcrm.store.local_neo4j.server import cache_folder
from graphcrm.store.local_neo4j.versions import Line

VERSIONS = (DEFAULT_VERSION, "2026.08.1")
"""One of each line."""

MARK = "GraphcrmTestDatabase"
"""The label of a node that says that tests may wipe its database."""

_GIVEN = "GRAPHCRM_TEST_NEO4J_URI"


_QUICKLY_COMPILED = ("-XX:TieredStopAtLevel=1",)
"""Java compiles quickly, not well: these servers end before better code has paid for its making."""

_QUICKLY_STOPPED = """\
db.shutdown_transaction_end_timeout=1s
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""
"""A server asked to stop waits for transactions and connections; here none of them ends by itself."""


class Throwaway(LocalNeo4j):
    """A server as users have it, but for how long its code and its end take."""

    def up(self, *arguments: Any, **options: Any) -> tuple[ServerStatus, bool]:
        """Start it."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(java, "_OPTIONS", java._OPTIONS + _QUICKLY_COMPILED)
            patch.setattr(home, "_CONF", home._CONF + _QUICKLY_STOPPED)
            return super().up(*arguments, **options)


@dataclass(frozen=True)
class Server:
    """How to reach a server, and whether it is ours to wipe and to kill."""

    uri: str
    user: str
    password: str
    throwaway: Throwaway | None = None


def server(version: str = DEFAULT_VERSION) -> Server:
    """A server of this version's line, running; the test is skipped where there is none.

    With ``GRAPHCRM_REQUIRE_NEO4J=1`` it fails instead.
    """
    if os.environ.get(_GIVEN):
        return _given(version)
    try:
        if version not in _FAILED:
            return _throwaway(version)
    except StoreError as error:
        _FAILED[version] = error
    return _cannot(f"no Neo4j {version}: {_FAILED[version].message}")


def one_to_kill(version: str = DEFAULT_VERSION, prepare: Callable[[Path], None] = lambda _: None) -> Server:
    """A server of the caller's own, which no other test misses; where there is none, as ``server``.

    Before it starts, its folder may be prepared.
    """
    must_have(version)
    return _started(version, prepare)


def free_port() -> int:
    """A free port; workers start at the same moment, so each looks from a place of its own.

    Below the ports that the system gives to outgoing connections.
    """
    return next_free(20_000 + os.getpid() % 1_200 * 10)


def must_have(version: str) -> None:
    """Skip the test, or fail it as ``server`` does, where this version cannot be started here."""
    try:
        server_jars(version, cache_folder(), lambda _done, _total: None)
    except StoreError as error:
        _cannot(f"no Neo4j {version}: {error.message}")


def wipe(given: Server) -> None:
    """Empty the server's database, its schema too; a database that is not ours to wipe fails the test."""
    with (
        GraphDatabase.driver(given.uri, auth=(given.user, given.password)) as driver,
        driver.session(database="neo4j") as session,
    ):
        if given.throwaway is None:
            (marks,) = session.run(f"MATCH (n:{MARK}) RETURN count(n)").single(strict=True)
            if not marks:
                pytest.fail(f"{given.uri} is not ours to wipe: CREATE (:{MARK}) in it if it is for tests")
        every = f"MATCH (n) WHERE NOT n:{MARK}"
        session.run(f"{every} CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 10000 ROWS").consume()
        for (name,) in session.run("SHOW CONSTRAINTS YIELD name").values():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        for (name,) in session.run(
            "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
        ).values():
            session.run(f"DROP INDEX `{name}`").consume()


def _cannot(reason: str) -> NoReturn:
    if os.environ.get("GRAPHCRM_REQUIRE_NEO4J") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _given(version: str) -> Server:
    given = Server(
        os.environ[_GIVEN],
        os.environ.get(_GIVEN.replace("URI", "USER"), "neo4j"),
        os.environ.get(_GIVEN.replace("URI", "PASSWORD"), ""),
    )
    if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1:
        _cannot(f"{_GIVEN} names one database, and several workers would share it: run with -n 0")
    theirs = _version_of(given)
    if not theirs.startswith(Line.of(version).name + "."):
        _cannot(f"{_GIVEN} serves Neo4j {theirs}, and this needs the line of {version}")
    return given


@cache
def _version_of(given: Server) -> str:
    with GraphDatabase.driver(given.uri, auth=(given.user, given.password)) as driver:
        records, _, _ = driver.execute_query(
            "CALL dbms.components() YIELD versions RETURN versions[0] AS version", database_="system"
        )
    return str(records[0]["version"])


_FAILED: dict[str, StoreError] = {}
"""What could not be had is not tried again by each test."""


@cache
def _throwaway(version: str) -> Server:
    return _started(version)


def _started(version: str, prepare: Callable[[Path], None] = lambda _: None) -> Server:
    common = Path(tempfile.gettempdir()) / f"graphcrm-neo4j-tests-{os.getuid()}"
    common.mkdir(exist_ok=True)
    _sweep(common)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=common))
    prepare(folder)
    local = Throwaway(folder)
    atexit.register(_end, local)
    port = free_port()
    status, _ = local.up(version, port=port, http_port=next_free(port + 1))
    return Server(status.url, "neo4j", local.home.password(), local)


def _end(local: LocalNeo4j) -> None:
    local.kill()
    shutil.rmtree(local.home.folder, ignore_errors=True)


def _sweep(common: Path) -> None:
    """End what a run that was itself killed has left behind."""
    for folder in common.iterdir():
        if Process.of(int(folder.name.partition("-")[0])) is None:
            _end(LocalNeo4j(folder))

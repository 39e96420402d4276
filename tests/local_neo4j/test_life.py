"""A real server's life: up, asked, killed, up again, down. One home of each line serves all tests.

The later line is tested nightly: all that is ours does for it what it does for the other.
"""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j_server import VERSIONS, free_port, must_have

from graphcrm.cli.app import run
from graphcrm.errors import StoreError
from graphcrm.store.local_neo4j import LocalNeo4j, ServerStatus

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: LocalNeo4j) -> Run:
    """Runs ``graphcrm neo4j …`` on the home; gives the exit code, what was said, and the notes."""
    monkeypatch.setenv("GRAPHCRM_NEO4J_HOME", str(home.home.folder))
    monkeypatch.setenv("COLUMNS", "200")

    def go(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(["neo4j", *arguments])
        said, notes = capfd.readouterr()
        return code, said, notes

    return go


@pytest.fixture(
    scope="module",
    params=[VERSIONS[0], *(pytest.param(other, marks=pytest.mark.nightly) for other in VERSIONS[1:])],
)
def version(request: pytest.FixtureRequest) -> str:
    must_have(request.param)
    return str(request.param)


@pytest.fixture(scope="module")
def home(version: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalNeo4j]:
    local = LocalNeo4j(tmp_path_factory.mktemp(f"it's a home {version}"))
    yield local
    local.kill()


@pytest.fixture
def running(home: LocalNeo4j, version: str) -> ServerStatus:
    """The server, up."""
    port = None if home.home.made else free_port()
    return home.up(version, port=port, http_port=port and port + 1)[0]


def ask(home: LocalNeo4j, statement: str) -> list[object]:
    status = home.status()
    assert status is not None
    with GraphDatabase.driver(status.url, auth=("neo4j", home.home.password())) as driver:
        return [row[0] for row in driver.execute_query(statement, database_="neo4j").records]


def test_up_starts_it_says_how_to_use_it_and_tells_no_password(
    command: Run, home: LocalNeo4j, version: str
) -> None:
    home.kill()
    port = free_port()
    code, said, notes = command(
        "up", "--version", version, "--port", str(port), "--http-port", str(port + 1)
    )
    assert code == 0, notes
    assert f"Neo4j {version} is up." in notes
    assert home.home.password() not in said + notes
    shown = subprocess.run(
        ["/bin/sh", "-c", f'{said}\nprintf "%s %s" "$GRAPHCRM_STORE" "$GRAPHCRM_NEO4J_PASSWORD"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == f"neo4j://127.0.0.1:{port} {home.home.password()}"
    assert ask(home, "RETURN 'an answer'") == ["an answer"]


@pytest.mark.usefixtures("running")
def test_nothing_of_it_shows_the_password(home: LocalNeo4j) -> None:
    secret = home.home.password()
    assert not (home.home.conf / "password.args").exists()
    for file in (*home.home.conf.iterdir(), home.home.console, home.home.log):
        assert secret not in file.read_text(encoding="utf-8", errors="replace")


def test_it_listens_on_loopback_only(running: ServerStatus) -> None:
    port = int(running.url.rpartition(":")[2])
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        # Who listens on every address answers here too.
        assert probe.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.usefixtures("running")
def test_up_again_says_it_is_up_already(command: Run, home: LocalNeo4j, version: str) -> None:
    before = home.home.process
    code, said, notes = command("up", "--version", version)
    assert code == 0
    assert f"Neo4j {version} is up already." in notes
    assert said.startswith("export GRAPHCRM_STORE=neo4j://127.0.0.1:")
    assert home.home.process == before


def test_status_tells_where_it_is(command: Run, running: ServerStatus, version: str) -> None:
    code, said, _ = command("status")
    assert code == 0
    assert f"Neo4j {version} runs: {running.url}" in said
    assert f"process {running.pid}" in said


def test_a_second_server_does_not_take_its_port(
    command: Run,
    running: ServerStatus,
    version: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GRAPHCRM_NEO4J_HOME", str(tmp_path))
    port = running.url.rpartition(":")[2]
    code, said, notes = command("up", "--version", version, "--port", port)
    LocalNeo4j(tmp_path).kill()  # nothing, unless what follows fails
    assert code == 3
    assert f"Port {port} is in use by another program." in notes
    assert said == ""


@pytest.mark.usefixtures("running")
def test_after_kill_it_is_stopped_and_up_again_serves_what_it_held(
    command: Run, home: LocalNeo4j, version: str
) -> None:
    ask(home, "MERGE (n:Kept {name: 'kept'}) RETURN n.name")
    process = home.home.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait_gone(10)
    assert command("status")[0] == 3
    before = home.home.made
    code, _, notes = command("up", "--version", version)
    assert code == 0, notes
    assert home.home.made == before
    assert ask(home, "MATCH (n:Kept) RETURN n.name") == ["kept"]


@pytest.mark.usefixtures("running")
def test_its_port_taken_while_it_was_down_is_told(home: LocalNeo4j, version: str) -> None:
    home.kill()
    made = home.home.made
    assert made is not None
    with (
        closing(socket.create_server(("127.0.0.1", made.bolt))),
        pytest.raises(StoreError, match=f"Port {made.bolt} is in use"),
    ):
        home.up(version)


@pytest.mark.usefixtures("running")
def test_a_wrong_password_file_is_told_and_the_server_does_not_stay(home: LocalNeo4j, version: str) -> None:
    home.kill()
    right = home.home.password_file.read_text(encoding="utf-8")
    home.home.password_file.write_text("wrong-password\n", encoding="utf-8")
    with pytest.raises(StoreError, match="does not take the password"):
        home.up(version)
    status = home.status()
    assert status is not None
    assert not status.running
    home.home.password_file.write_text(right, encoding="utf-8")


@pytest.mark.usefixtures("running")
def test_a_server_that_cannot_start_is_told_with_its_last_words(home: LocalNeo4j, version: str) -> None:
    home.kill()
    database = home.home.folder / "data" / "databases"
    aside = database.rename(database.with_name("aside"))
    database.write_text("in the way", encoding="utf-8")
    try:
        with pytest.raises(
            StoreError, match=r"Neo4j ended while it was starting; its last words: .*FileAlreadyExists"
        ) as told:
            home.up(version)
    finally:
        database.unlink()
        aside.rename(database)
    assert str(home.home.log) in str(told.value.hint)


def test_down_stops_it_and_down_again_says_none_ran(command: Run, version: str) -> None:
    code, _, notes = command("up", "--version", version)
    assert code == 0, notes
    code, said, _ = command("down")
    assert (code, "has stopped; its data stay" in said) == (0, True)
    code, said, _ = command("down")
    assert (code, said) == (0, "No Neo4j was running here.\n")
    assert command("status", "--format", "json")[0] == 3

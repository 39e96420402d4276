"""What the commands say where no server is needed to say it."""

from pathlib import Path

import pytest

from graphcrm.cli.app import run
from graphcrm.store.local_neo4j import LocalNeo4j, ServerStatus
from graphcrm.store.local_neo4j.home import Home, Made
from graphcrm.store.local_neo4j.jars import Watch


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("GRAPHCRM_NEO4J_HOME", str(tmp_path / "a home"))
    monkeypatch.setenv("COLUMNS", "200")
    return Home(tmp_path / "a home")


def test_the_first_up_says_what_it_fetches_and_under_which_licence(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def up(local: LocalNeo4j, version: str, *, watch: Watch, **_: object) -> tuple[ServerStatus, bool]:
        for done, total in ((1, None), (2, None), (1, 2), (2, 2)):
            watch(done, total)
        local.home.remember(Made("5.26", version, 7001, 7002))
        status = local.status()
        assert status is not None
        return status, True

    monkeypatch.setattr(LocalNeo4j, "up", up)
    assert run(["neo4j", "up"]) == 0
    said, notes = capsys.readouterr()
    assert notes.count("Fetching Neo4j Community 5.26.30 from Maven Central, once") == 1
    assert "GPL-3 and no part of graphcrm" in notes
    assert said.splitlines() == [
        "export GRAPHCRM_STORE=neo4j://127.0.0.1:7001",
        f"export GRAPHCRM_NEO4J_PASSWORD=\"$(cat '{home.password_file}')\"",
    ]


def test_status_and_down_where_nothing_was_brought_up(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["neo4j", "status"]) == 3
    assert run(["neo4j", "status", "--format", "json"]) == 3
    assert run(["neo4j", "status", "--version", "2026.08.1"]) == 3
    assert run(["neo4j", "down"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "No Neo4j has been brought up here.",
        "[]",
        "No Neo4j has been brought up here.",
        "No Neo4j was running here.",
    ]
    assert not home.folder.exists()


def test_status_of_a_stopped_one_in_every_form(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.remember(Made("2026", "2026.08.1", 7001, 7002))
    assert run(["neo4j", "status"]) == 3
    assert "Neo4j 2026.08.1 is stopped." in capsys.readouterr().out
    assert run(["neo4j", "status", "--format", "csv"]) == 3
    assert capsys.readouterr().out.splitlines() == [
        "version,running,url,http,pid,folder,log",
        f"2026.08.1,false,neo4j://127.0.0.1:7001,http://127.0.0.1:7002,,{home.folder},{home.log}",
    ]


def test_an_unknown_version_is_bad_input(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["neo4j", "up", "--version", "4.4.0"]) == 2
    assert "Neo4j '4.4.0' is not of a line that can be started here." in capsys.readouterr().err
    assert not home.folder.exists()

"""A process is known by its id and its start; ports and locks tell who is there."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graphcrm.errors import StoreError
from graphcrm.store.local_neo4j import LocalNeo4j, listening
from graphcrm.store.local_neo4j import process as module
from graphcrm.store.local_neo4j.home import Home, Made
from graphcrm.store.local_neo4j.lock import only_one
from graphcrm.store.local_neo4j.process import Process, start_detached

SLEEP = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[Process]:
    started = start_detached(SLEEP, os.environ, tmp_path / "log")
    assert started is not None
    yield started
    started.kill()


def test_a_process_is_alive_until_it_is_killed(sleeper: Process) -> None:
    assert sleeper.alive()
    assert Process.of(sleeper.pid) == sleeper
    sleeper.kill()
    assert not sleeper.alive()
    assert Process.of(sleeper.pid) is None


def test_it_runs_in_a_session_of_its_own_and_its_words_go_to_the_log(
    sleeper: Process, tmp_path: Path
) -> None:
    assert os.getsid(sleeper.pid) == sleeper.pid
    while not (said := (tmp_path / "log").read_text(encoding="utf-8")).endswith("\n"):
        assert sleeper.alive()
    assert said == "here\n"


def test_another_process_with_the_same_id_is_not_mistaken_for_it(sleeper: Process) -> None:
    before = replace(sleeper, started="the boot before this one:1")
    assert not before.alive()
    before.ask_to_stop()
    before.kill()
    assert sleeper.alive()


def test_without_proc_the_start_comes_from_ps(sleeper: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/bin/ps").exists():
        pytest.skip("no ps here")
    monkeypatch.setattr(module, "_from_proc", module._from_ps)
    seen = Process.of(sleeper.pid)
    assert seen is not None
    assert seen.alive()
    assert seen.started != sleeper.started
    seen.kill()
    assert not seen.alive()


def test_a_stale_process_file_means_stopped_and_down_touches_nobody(
    tmp_path: Path, sleeper: Process
) -> None:
    home = Home(tmp_path)
    home.remember(Made("5.26", "5.26.30", 7687, 7474))
    home.remember_process(replace(sleeper, started="long ago"))
    local = LocalNeo4j(tmp_path)
    status = local.status()
    assert status is not None
    assert (status.running, status.pid) == (False, None)
    assert not local.down()
    assert sleeper.alive()
    assert home.process is None


def test_a_process_file_that_is_no_json_counts_as_none(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.remember(Made("5.26", "5.26.30", 7687, 7474))
    (tmp_path / "process.json").write_text("{half", encoding="utf-8")
    assert home.process is None
    assert not LocalNeo4j(tmp_path).down()


def test_what_does_not_stop_is_told_with_its_process(
    tmp_path: Path, sleeper: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    home.remember(Made("5.26", "5.26.30", 7687, 7474))
    home.remember_process(sleeper)
    monkeypatch.setattr("graphcrm.store.local_neo4j.server.STOP_SECONDS", 0.3)
    monkeypatch.setattr(Process, "ask_to_stop", lambda _self: None)
    with pytest.raises(StoreError, match=f"still runs: process {sleeper.pid}"):
        LocalNeo4j(tmp_path).down()
    assert home.process == sleeper


def test_a_process_of_another_user_is_told(
    tmp_path: Path, sleeper: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    home.remember(Made("5.26", "5.26.30", 7687, 7474))
    home.remember_process(sleeper)

    def refuse(_pid: int, _number: int) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "kill", refuse)
        with pytest.raises(StoreError, match="as another user"):
            LocalNeo4j(tmp_path).down()


def test_down_where_nothing_was_made_makes_nothing(tmp_path: Path) -> None:
    local = LocalNeo4j(tmp_path / "none")
    assert not local.down()
    assert local.status() is None
    assert not (tmp_path / "none").exists()


def test_a_port_in_use_is_told_with_the_option_that_changes_it() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
        assert not listening.is_free(port)
        assert listening.next_free(port) > port
        with pytest.raises(StoreError, match=f"Port {port} is in use") as refused:
            listening.must_be_free(port, "--port")
        assert "--port" in str(refused.value.hint)
    assert listening.is_free(port)
    assert listening.next_free(port, besides=port) > port


def test_two_at_once_are_one_too_many(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    holding = (
        "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", holding, lock], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match="Another `graphcrm neo4j` is at work"):
            LocalNeo4j(tmp_path).up("5.26.30")
        other.kill()
    with only_one(lock, wait=False):
        pass

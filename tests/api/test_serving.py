"""``graphcrm serve``: where it listens, and a server of its own process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest
from api_client import API, GOLDEN, fill

from graphcrm.api.server import address_of, listen
from graphcrm.cli.app import run
from graphcrm.errors import InputError
from graphcrm.policies import load_policy

CHINESE = (API.parent / "locales" / "zh").is_dir()


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.0.2.1", "8.8.8.8", "example.com", "", "localhost.example"]
)
def test_an_address_that_others_reach_is_refused_with_the_reason(host: str) -> None:
    with pytest.raises(InputError, match="there are no keys yet") as refused:
        listen(host, 0)
    assert "--behind-loopback" in str(refused.value.hint)


def test_the_command_line_refuses_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path / "s.db", GOLDEN / "account-1.json", load_policy())
    store = f"sqlite:///{(tmp_path / 's.db').as_posix()}"
    assert run(["serve", "--store", store, "--host", "0.0.0.0"]) == 2
    assert "there are no keys yet" in " ".join(capsys.readouterr().err.split())
    assert run(["serve", "--store", f"{store}.not", "--port", "0"]) == 3


def test_where_it_listens_is_a_setting_and_an_option_outranks_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "s.db", GOLDEN / "account-1.json", load_policy())
    serve = ["serve", "--store", f"sqlite:///{(tmp_path / 's.db').as_posix()}"]
    monkeypatch.setenv("GRAPHCRM_SERVE_HOST", "192.0.2.1")
    assert run(serve) == 2
    assert "Refused to listen on 192.0.2.1" in capsys.readouterr().err
    assert run([*serve, "--host", "192.0.2.2"]) == 2
    assert "Refused to listen on 192.0.2.2" in capsys.readouterr().err
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("GRAPHCRM_SERVE_PORT", str(port))
        assert run([*serve, "--host", "127.0.0.1"]) == 2
    assert f"Port {port} of 127.0.0.1 is in use" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost", "127.0.0.2"])
def test_loopback_addresses_are_listened_on(host: str) -> None:
    with listen(host, 0) as listening:
        assert listening.getsockname()[0].startswith("127.")
        assert address_of(listening).startswith("http://127.")


def test_whoever_vouches_for_what_is_before_it_may_listen_anywhere() -> None:
    with listen("0.0.0.0", 0, behind_loopback=True) as listening:
        assert listening.getsockname()[0] == "0.0.0.0"


def test_a_port_in_use_is_told() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(InputError, match="is in use by another program"):
        listen("127.0.0.1", first.getsockname()[1])


def test_an_address_of_nobody_is_told() -> None:
    with pytest.raises(InputError, match="This computer has no address"):
        listen("192.0.2.1", 0, behind_loopback=True)
    with pytest.raises(InputError, match="is not an address"):
        listen("no such host", 0, behind_loopback=True)


@contextmanager
def served(store: Path, *options: str, **variables: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address of a server in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "graphcrm", "serve", "--port", str(port), *options]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GRAPHCRM_")} | variables
    environment["GRAPHCRM_STORE"] = f"sqlite:///{store.as_posix()}"
    server = subprocess.Popen(
        command,
        cwd=store.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{url}/healthz", timeout=10):
                    break
            except OSError:
                assert server.poll() is None, server.stderr.read() if server.stderr else ""
                assert time.monotonic() < deadline, "the server did not answer in time"
                time.sleep(0.1)
        yield url, server
    finally:
        if server.poll() is None:
            server.kill()
        server.communicate()


def fetched(url: str, **headers: str) -> object:
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


@pytest.mark.slow
def test_a_real_server_answers_refuses_foreign_hosts_and_stops_when_told(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    fill(store, GOLDEN / "account-1.json", load_policy())
    expected = json.loads((GOLDEN / "account-1.expected.json").read_text(encoding="utf-8"))["G1"]
    with served(store) as (url, server):
        shown = fetched(f"{url}/v1/accounts/G1")
        assert isinstance(shown, dict)
        assert shown["risk"] == expected["risk"]
        with pytest.raises(HTTPError) as refused:
            fetched(f"{url}/v1/accounts", Host="evil.example")
        with refused.value as answer:
            assert answer.code == 421
        days, spoken = (
            [f"2026-{month:02}-28" for month in range(1, 7)],
            ("en", "zh") if CHINESE else ("en",),
        )
        asked = [f"{url}/v1/accounts/G1?as_of={day}&lang={lang}" for day in days * 2 for lang in spoken]
        with ThreadPoolExecutor(8) as many:
            together = list(many.map(fetched, asked))
        assert together == [fetched(each) for each in asked]
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=20)
        assert server.returncode in {0, -signal.SIGTERM}
        assert url in out
        assert err == ""


@pytest.mark.slow
def test_inside_a_container_it_listens_anywhere_and_still_answers_this_computer_only(
    tmp_path: Path,
) -> None:
    store = tmp_path / "s.db"
    fill(store, GOLDEN / "account-1.json", load_policy())
    variables = {"GRAPHCRM_SERVE_HOST": "0.0.0.0", "GRAPHCRM_SERVE_BEHIND_LOOPBACK": "1"}
    with served(store, **variables) as (url, server):
        assert fetched(f"{url}/healthz")
        with pytest.raises(HTTPError) as refused:
            fetched(f"{url}/healthz", Host="10.0.0.7:8000")
        refused.value.close()
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)
        assert server.returncode in {0, 130}


@pytest.mark.slow
def test_a_store_that_vanishes_is_503_and_comes_back(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    fill(store, GOLDEN / "account-1.json", load_policy())
    with served(store) as (url, _):
        damaged = store.read_bytes()
        store.write_bytes(b"x" * len(damaged))
        with pytest.raises(HTTPError) as down:
            fetched(f"{url}/v1/accounts")
        with down.value as answer:
            assert answer.code == 503
            assert json.load(answer)["code"] == "store_unavailable"
        store.write_bytes(damaged)
        assert fetched(f"{url}/v1/accounts")

"""Every command and every address that reads sends Neo4j no write: heard on the wire."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from api_client import LOOPBACK
from bundles import POLICY
from cli.terminal import Cli
from fastapi.testclient import TestClient
from listened_neo4j import fill, listener, open_at, require_only_reading
from store_neo4j import DATABASE, the_server

from graphcrm.api.app import create_app
from graphcrm.cli.app import app
from graphcrm.i18n import activate
from graphcrm.services.reading import View

pytestmark = [pytest.mark.neo4j, pytest.mark.usefixtures("filled")]

READING = {
    "account ask": "account ask a1",
    "account list": "account list",
    "account show": "account show a1",
    "audit diff": "audit diff 1 1",
    "audit list": "audit list",
    "audit share": "audit share shared",
    "audit show": "audit show 1",
    "db check": "db check",
    "db export": "db export --bundle facts.json",
    "db status": "db status",
    "map": "map a1 -o page.html",
    "plan": "plan a1 --budget 1",
    "portfolio": "portfolio --screen",
    "quality": "quality",
    "sensitivity": "sensitivity a1",
    "what-if": "what-if a1 --leaves e1 --date 2026-12-31",
    "why": "why a1 --risk",
}
"""Commands that read the store, and what is asked of each here."""

MORE = ("map --all -o pages", "plan --leaver e1", "account list --jobs 2", "portfolio --top 3")

WRITING = {"audit run", "import bundle", "import tables", "db migrate", "db copy", "db restore"}
WITHOUT_STORE = {
    "config show", "mapping suggest", "mapping schema", "template",
    "neo4j up", "neo4j down", "neo4j status",
}  # fmt: skip
SERVING = {"serve"}
"""Its addresses are asked below."""

BODIES = {"what-if": {"leaves": ["e1"]}, "plan": {"budget": 1}}
"""What is sent to an address, by its last word."""


@pytest.fixture(scope="module")
def filled() -> None:
    """A portfolio to read from."""
    fill()


@pytest.fixture
def cli(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Cli]:
    """Command lines on a Neo4j, without your variables."""
    found = the_server()
    for name in [name for name in os.environ if name.startswith("GRAPHCRM_")]:
        if not name.startswith("GRAPHCRM_TEST_"):  # these say which server it is
            monkeypatch.delenv(name)
    monkeypatch.setenv("GRAPHCRM_NEO4J_USER", found.user)
    monkeypatch.setenv("GRAPHCRM_NEO4J_PASSWORD", found.password)
    monkeypatch.setenv("GRAPHCRM_NEO4J_DATABASE", DATABASE)
    monkeypatch.setenv("GRAPHCRM_LANG", "")
    monkeypatch.chdir(tmp_path)
    activate("en")
    yield Cli(capsys, tmp_path)
    activate("en")


def test_every_command_is_known_to_read_or_to_write() -> None:
    assert set(_commands()) == {*READING, *WRITING, *WITHOUT_STORE, *SERVING}


def _commands(group: object = None, path: str = "") -> Iterator[str]:
    command = group or typer.main.get_command(app)
    for name, below in getattr(command, "commands", {}).items():
        if hasattr(below, "commands"):
            yield from _commands(below, f"{path}{name} ")
        else:
            yield f"{path}{name}"


@pytest.mark.parametrize("line", [*READING.values(), *MORE])
def test_a_command_that_reads_sends_no_write(cli: Cli, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    heard = listener()
    with heard as port:
        monkeypatch.setenv("GRAPHCRM_STORE", f"bolt://127.0.0.1:{port}")
        cli(*line.split())
    require_only_reading(heard)


def test_showing_an_account_is_one_statement_behind_that_which_opens_the_store(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = listener()
    with heard as port:
        monkeypatch.setenv("GRAPHCRM_STORE", f"bolt://127.0.0.1:{port}")
        cli("account", "show", "a1")
    assert len(heard.statements()) == 2
    assert heard.statements()[1].count("queryNodes") > 1


def test_every_address_of_the_api_only_reads() -> None:
    heard = listener()
    with (
        heard as port,
        TestClient(create_app(lambda: open_at(port), View(POLICY)), base_url=LOOPBACK) as client,
    ):
        asked = 0
        for path, methods in client.get("/openapi.json").json()["paths"].items():
            address = path.replace("{account}", "a1").replace("{employee}", "e1")
            for method in methods:
                body = BODIES[address.rpartition("/")[2]] if method == "post" else None
                answer = client.request(method, address, json=body)
                assert answer.status_code == 200, (address, answer.text)
                asked += 1
        assert asked > 9
        for page in ("/accounts/", "/accounts/a1.html"):
            assert client.get(page).status_code == 200
    require_only_reading(heard)

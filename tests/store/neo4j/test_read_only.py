"""Every command on a server that is set to read only: what reads works, what writes says why it cannot."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from neo4j_server import DEFAULT_VERSION, one_to_kill

from graphcrm.api.app import create_app
from graphcrm.bootstrap import open_store as open_by_url
from graphcrm.cli.app import run
from graphcrm.policies import load_policy
from graphcrm.services.reading import View
from graphcrm.store.local_neo4j import home

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

ROOT = Path(__file__).parents[3]
BUNDLE = ROOT / "tests" / "golden" / "account-2.json"
RIGHTS = dict(
    re.findall(
        r"^\| `graphcrm ([\w -]+)` \| (\w+) \|$",
        (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)
READING = {
    "audit list": [],
    "audit show": ["1"],
    "audit diff": ["1", "2"],
    "audit share": ["shared"],
    "portfolio": [],
    "account list": [],
    "account show": ["A0"],
    "account ask": ["A0"],
    "quality": [],
    "why": ["A0"],
    "what-if": ["A0", "--leaves", "e2"],
    "plan": ["A0", "--budget", "1"],
    "sensitivity": ["A0"],
    "map": ["A0", "-o", "A0.html"],
    "db check": [],
    "db status": [],
    "db export": ["--bundle"],
}
"""Each command that reads, and arguments; ``serve`` is asked below."""
WRITING = {"import bundle": [str(BUNDLE)], "audit run": []}
"""Commands that write; tables are imported as bundles are."""


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store with data and two audits, on a server of its own that was then set to read only."""
    server = one_to_kill()
    assert server.throwaway is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRAPHCRM_STORE", server.uri)
        patch.setenv("GRAPHCRM_NEO4J_USER", server.user)
        patch.setenv("GRAPHCRM_NEO4J_PASSWORD", server.password)
        patch.setenv("GRAPHCRM_LANG", "en")
        patch.chdir(tmp_path_factory.mktemp("read_only"))  # where `map` writes
        assert run(["import", "bundle", str(BUNDLE)]) == 0
        assert run(["audit", "run"]) == 0
        assert run(["audit", "run"]) == 0
        server.throwaway.down()
        patch.setattr(home, "_CONF", home._CONF + "server.databases.read_only=neo4j\n")
        server.throwaway.up(DEFAULT_VERSION)
        yield
        server.throwaway.kill()


def test_every_command_is_tried() -> None:
    of = {right: {command for command, its in RIGHTS.items() if its == right} for right in RIGHTS.values()}
    assert of["read"] == {*READING, "serve"}
    assert of["write"] == {*WRITING, "import tables"}


@pytest.mark.usefixtures("read_only")
@pytest.mark.parametrize("command", READING)
def test_what_reads_works(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), *READING[command]]) == 0, capsys.readouterr().err


@pytest.mark.usefixtures("read_only")
@pytest.mark.parametrize("command", WRITING)
def test_what_writes_says_why_it_cannot(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), *WRITING[command]]) == 3
    said = capsys.readouterr()
    assert re.search(r"Database neo4j of the Neo4j at neo4j://\S+ can only be read\.", said.err)
    assert "Use a server and a database that may be written to." in said.err


@pytest.mark.usefixtures("read_only")
def test_what_the_api_answers_it_answers_without_writing() -> None:
    app = create_app(lambda: open_by_url(os.environ["GRAPHCRM_STORE"]), View(load_policy()))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        for address in ("/v1/accounts", "/v1/accounts/A0", "/v1/accounts/A0/questions", "/healthz", "/"):
            assert client.get(address).status_code == 200, address
        assert client.post("/v1/accounts/A0/what-if", json={"leaves": ["e2"]}).status_code == 200

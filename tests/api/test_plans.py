"""Plans over HTTP: what the command line says, and problems where it refuses."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bundles import Customer
from fastapi.testclient import TestClient

from graphcrm.cli.app import run

Golden = Callable[[int], TestClient]


def printed(capsys: pytest.CaptureFixture[str], store: Path, *command: str) -> Any:
    capsys.readouterr()
    assert run([*command, "--store", f"sqlite:///{store.as_posix()}", "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("number", [1, 2, 8])
def test_both_faces_tell_the_same_plan_and_the_same_handover(
    golden: Golden, stores: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    client, store = golden(number), stores / f"golden-{number}.db"
    for row in client.get("/v1/accounts").json():
        account = row["account"]
        planned = client.post(f"/v1/accounts/{account}/plan", json={"budget": 2})
        assert planned.status_code == 200
        assert printed(capsys, store, "plan", account, "--budget", "2") == planned.json()
        for employee in client.get(f"/v1/accounts/{account}").json().get("shape_without", {}):
            handed = client.get(f"/v1/employees/{employee}/handover")
            assert handed.status_code == 200
            assert printed(capsys, store, "plan", "--leaver", employee) == handed.json()


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (-1, "budget"),
        (1001, "budget"),
        ("3", "budget"),
        (True, "budget"),
        (1.5, "budget"),
        (None, "budget"),
    ],
)
def test_a_budget_that_is_none_is_refused(client: TestClient, budget: object, said: str) -> None:
    answer = client.post("/v1/accounts/G1/plan", json={"budget": budget})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")
    assert said in answer.json()["detail"]


def test_who_is_unknown_or_gone_is_not_found(client: TestClient, over: Callable[[str], TestClient]) -> None:
    gone = Customer().employee("gone", valid_to="2026-01-01").seat("s", "p").tie("gone", "p")
    for answer in (
        client.post("/v1/accounts/acme/plan", json={"budget": 1}),
        client.get("/v1/employees/nobody/handover"),
        over(json.dumps(gone.document)).get("/v1/employees/gone/handover"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_record")

"""The OpenAPI document: true, complete, and enough for a client that knows nothing else."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from api_client import ASKED, EXAMPLES, ROOT, answers
from api_schema import resolved, wrong
from fastapi.testclient import TestClient

from graphcrm.api.models.document import MEANINGS
from graphcrm.api.openapi import text

COMMITTED = ROOT / "docs" / "openapi.json"
DOCUMENT = json.loads(COMMITTED.read_text(encoding="utf-8"))
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
Golden = Callable[[int], TestClient]


def test_the_committed_document_is_what_the_app_says() -> None:
    mend = "write it anew: python -m graphcrm.api.openapi > docs/openapi.json"
    assert COMMITTED.read_text(encoding="utf-8") == text(), mend


def test_the_app_serves_the_same_document(client: TestClient) -> None:
    assert client.get("/openapi.json").json() == DOCUMENT


def test_every_address_is_described() -> None:
    assert {(method.upper(), path) for method, path, _ in OPERATIONS} == {
        ("GET", "/v1/accounts"),
        ("GET", "/v1/accounts/{account}"),
        ("GET", "/v1/accounts/{account}/risk"),
        ("GET", "/v1/accounts/{account}/questions"),
        ("GET", "/v1/accounts/{account}/why"),
        ("POST", "/v1/accounts/{account}/what-if"),
        ("POST", "/v1/accounts/{account}/plan"),
        ("GET", "/v1/employees/{employee}/exposure"),
        ("GET", "/v1/employees/{employee}/handover"),
        ("GET", "/healthz"),
    }
    for _, _, operation in OPERATIONS:
        assert operation["operationId"]
        assert operation["description"]
        assert all(p["description"] for p in operation.get("parameters", []))


def test_every_field_says_what_it_means() -> None:
    silent = [
        f"{name}.{field}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, of in schema.get("properties", {}).items()
        if not of.get("description")
    ]
    inner = (
        "Axes.", "Elements.", "Ends.", "RiskContributions.", "RevenueAssumption.source", "SeatRoute.",
        "IndependentRoutes.", "RoutesToSeat.", "Ownership.", "TopSets.", "KeyPlayers.", "SingleThread.",
        "Counterparts.", "Person.", "MapCuts.",
    )  # fmt: skip
    assert [
        each
        for each in silent
        if not each.startswith(inner) and "status" not in each and "severity" not in each
    ] == []
    shown = {f for s in DOCUMENT["components"]["schemas"].values() for f in s.get("properties", {})}
    assert MEANINGS.keys() <= shown


def test_the_examples_are_what_the_api_answers(tmp_path: Path) -> None:
    kept = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in EXAMPLES.glob("*.json")}
    assert kept == answers(tmp_path), "write them anew: python tests/api_client.py"


def examples(node: Any) -> Iterator[tuple[Any, Any]]:
    """Each schema with an example beside it."""
    if isinstance(node, dict):
        if "example" in node:
            yield node["schema"], node["example"]
        for key, below in node.items():
            if key != "example":
                yield from examples(below)


def test_the_examples_fit_their_schemas() -> None:
    found = list(examples(DOCUMENT["paths"]))
    assert len(found) >= len(ASKED)
    assert [list(wrong(example, schema, DOCUMENT)) for schema, example in found] == [[]] * len(found)


def test_the_checker_finds_what_is_wrong() -> None:
    schema = {"$ref": "#/components/schemas/AccountSummary"}
    (good,) = json.loads((EXAMPLES / "accounts.json").read_text(encoding="utf-8"))
    assert list(wrong(good, schema, DOCUMENT)) == []
    for field, value in (
        ("name", 1), ("risk", [1]), ("risk", ["a", 2]), ("observed", "yes"), ("adequate", "maybe"),
        ("more", 1),
    ):  # fmt: skip
        assert list(wrong({**good, field: value}, schema, DOCUMENT))
    assert list(wrong({k: v for k, v in good.items() if k != "risk"}, schema, DOCUMENT))


@pytest.mark.parametrize("number", [1, 4, 9])
def test_a_client_made_from_the_document_alone_gets_what_it_promises(golden: Golden, number: int) -> None:
    """It knows paths, parameters and schemas; ids it learns from answers, by the parameters' names."""
    client = golden(number)
    known: dict[str, set[str]] = {}
    asked: set[str] = set()
    # Addresses without ids first: what they answer names the ids for the others.
    for method, path, operation in sorted(OPERATIONS, key=lambda o: (o[1].count("{"), o[0] != "get")):
        names = re.findall(r"{(\w+)}", path)
        assert names == [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]
        for value in sorted(known.get(names[0], set())) if names else [""]:
            url = path.replace("{" + names[0] + "}", value) if names else path
            for query in ({}, *({p["name"]: sample(p["schema"])} for p in queries(operation))):
                answer = client.request(method, url, params=query, json=body(operation, known))
                promised = operation["responses"][str(answer.status_code)]["content"]
                media = answer.headers["content-type"].partition(";")[0]
                assert list(wrong(answer.json(), promised[media]["schema"], DOCUMENT)) == []
                asked.add(f"{method} {path} {answer.status_code}")
                learn(answer.json(), known)
    assert {f"{method} {path} 200" for method, path, _ in OPERATIONS} <= asked


def queries(operation: Any) -> list[Any]:
    return [p for p in operation.get("parameters", []) if p["in"] == "query"]


def sample(schema: Any) -> str:
    """A value that the schema allows, whether or not there is such a thing."""
    if "enum" in schema:
        return str(schema["enum"][0])
    kind = schema.get("format", schema["type"])
    return {"date": "2026-05-31", "boolean": "true", "integer": "1", "string": "nothing"}[kind]


def body(operation: Any, known: dict[str, set[str]]) -> Any:
    """A body of the schema: a plan's budget, or a what-if of as little as one employee leaving."""
    if "requestBody" not in operation:
        return None
    schema = resolved(operation["requestBody"]["content"]["application/json"]["schema"]["$ref"], DOCUMENT)
    if "budget" in schema["properties"]:
        return {"budget": 2}
    assert "required" not in schema
    return {"leaves": sorted(known["employee"])[:1]}


def learn(answer: Any, known: dict[str, set[str]]) -> None:
    """Ids under the names of parameters, and employees from where the document says "by employee"."""
    if isinstance(answer, list):
        for each in answer:
            learn(each, known)
    elif isinstance(answer, dict):
        if isinstance(answer.get("account"), str):
            known.setdefault("account", set()).add(answer["account"])
        known.setdefault("employee", set()).update(answer.get("shape_without", {}))

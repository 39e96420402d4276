"""Problems: every error is problem details with a code of the command line; none shows our insides."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from api_client import LOOPBACK, client_of
from bundles import POLICY, Customer
from fastapi.testclient import TestClient

from graphcrm.api.app import create_app
from graphcrm.api.problems import HINTS, KINDS
from graphcrm.errors import GraphcrmError, StoreError
from graphcrm.services.reading import View
from graphcrm.store.sqlite import open_store

Response = Any


def problem(response: Response, status: int, code: str) -> dict[str, Any]:
    """The problem, once it has been checked to be one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["status"] == status
    assert told["code"] == code
    assert told["type"] == f"/docs#{code}"
    assert told["title"] == KINDS[code].title
    assert told["detail"]
    assert told.keys() <= {"type", "title", "status", "detail", "code", "hint", "instance", "errors"}
    assert "Traceback" not in response.text
    assert 'File "' not in response.text
    return told


def test_every_error_of_ours_has_a_kind() -> None:
    def tree(error: type[GraphcrmError]) -> Iterator[type[GraphcrmError]]:
        yield error
        for below in error.__subclasses__():
            yield from tree(below)

    for error in tree(GraphcrmError):
        known = [cls.code for cls in error.__mro__ if issubclass(cls, GraphcrmError) and cls.code in KINDS]
        assert known, error


@pytest.mark.parametrize("path", ["/v1/accounts/acme", "/v1/accounts/acme/risk"])
def test_an_unknown_account_is_not_found(client: TestClient, path: str) -> None:
    told = problem(client.get(path), 404, "unknown_record")
    assert told["detail"] == "No account has the id 'acme' on 2026-06-30."
    assert told["hint"] == "GET /v1/accounts lists the ids."
    assert told["instance"] == path


def test_an_unknown_employee_is_not_found(client: TestClient) -> None:
    problem(client.get("/v1/employees/nobody/exposure"), 404, "unknown_record")
    asked = client.post("/v1/accounts/G1/what-if", json={"leaves": ["nobody"]})
    told = problem(asked, 404, "unknown_record")
    assert told["hint"] == "GET /v1/accounts/G1 names those who know it."
    asked = client.post("/v1/accounts/acme/what-if", json={"leaves": ["Li"]})
    assert "acme" in problem(asked, 404, "unknown_record")["detail"]


def test_hints_name_no_command_of_the_command_line(client: TestClient) -> None:
    told = [
        client.get("/v1/accounts/acme").json(),
        client.get("/v1/employees/nobody/exposure").json(),
        *(
            client.post("/v1/accounts/G1/what-if", json=body).json()
            for body in ({"leaves": ["no"]}, {"contact_leaves": ["no"]}, {}, {"date": "2026-06-29"})
        ),
    ]
    assert {hint for each in told if (hint := each.get("hint"))} == {
        hint.format(account="G1") for hint in HINTS.values()
    }


@pytest.mark.parametrize(
    "day",
    ["2026-13-01", "2026-02-30", "30.06.2026", "1719705600", "", "tomorrow", "2026-06-30T00:00:00Z",
     "1899-12-31", "3000-01-01", "9999-12-31", "2026-06-30 ", "２０２６-06-30", "x" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("name", ["as_of", "known_at"])
def test_a_bad_date_is_refused(client: TestClient, name: str, day: str) -> None:
    for path in ("/v1/accounts", "/v1/accounts/G1", "/v1/accounts/G1/risk", "/v1/employees/Li/exposure"):
        told = problem(client.get(path, params={name: day}), 422, "bad_input")
        assert [e["at"] for e in told["errors"]] == [f"query.{name}"]
        assert len(told["detail"]) < 200


def test_a_language_nobody_speaks_is_refused(client: TestClient) -> None:
    told = problem(client.get("/v1/accounts", params={"lang": "fr"}), 422, "bad_input")
    assert told["detail"].startswith("query.lang = 'fr'")


@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "[]", "{}", '{"leaves": []}', '{"leaves": "Li"}', '{"leaves": [1]}',
     '{"leaves": [""]}', '{"leaves": ["Li"], "more": 1}', '{"leaves": [null]}', "\x00", "[" * 30_000,
     json.dumps({"leaves": ["x" * 201]}), json.dumps({"leaves": ["x"] * 501}), '{"leaves": [NaN]}'],
)  # fmt: skip
def test_a_bad_body_is_refused(client: TestClient, body: str) -> None:
    answer = client.post(
        "/v1/accounts/G1/what-if", content=body, headers={"content-type": "application/json"}
    )
    problem(answer, 422, "bad_input")


def new_tie(**fields: object) -> dict[str, object]:
    return {"new_ties": [{"employee": "Wang", "contact": "p1", "strength": 0.5, **fields}]}


def handover(giver: object, taker: object) -> dict[str, object]:
    return {"handovers": [{"giver": giver, "taker": taker}]}


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (new_tie(strength=1.5), 422, "strength"),
        (new_tie(strength=-0.1), 422, "strength"),
        (new_tie(strength=float("nan")), 422, "strength"),
        (new_tie(strength="0.5"), 422, "strength"),
        (new_tie(strength=True), 422, "strength"),
        (new_tie(employee="nobody"), 404, "'nobody'"),
        (new_tie(contact="nobody"), 404, "'nobody'"),
        (new_tie(since="2026-01-01"), 422, "since"),
        ({"new_ties": [{"employee": "Wang", "contact": "p1"}]}, 422, "strength"),
        ({"new_ties": [["Wang", "p1", 0.5]]}, 422, "new_ties"),
        ({"contact_leaves": ["nobody"]}, 404, "'nobody'"),
        ({"contact_leaves": "p1"}, 422, "contact_leaves"),
        (handover("Li", "nobody"), 404, "'nobody'"),
        (handover("nobody", "Li"), 404, "'nobody'"),
        (handover("Li", "Li"), 422, "'Li'"),
        (handover("Li", ""), 422, "taker"),
        ({"handovers": ["Li:Wang"]}, 422, "handovers"),
        ({"date": "2026-06-29"}, 422, "2026-06-29 is before 2026-06-30"),
        ({"date": "2026-06-31"}, 422, "date"),
        ({"date": "9999-12-31"}, 422, "date"),
        ({"date": 1}, 422, "date"),
        ({"leaves": [], "handovers": [], "date": None}, 422, "nothing is given"),
    ],
)
def test_a_what_if_that_cannot_be_is_refused(
    client: TestClient, body: dict[str, object], status: int, said: str
) -> None:
    answer = client.post(
        "/v1/accounts/G1/what-if", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    told = problem(answer, status, "unknown_record" if status == 404 else "bad_input")
    assert said in told["detail"]
    assert "--" not in told.get("hint", "")
    assert "`graphcrm" not in told.get("hint", "")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_that_is_no_json_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post(
        "/v1/accounts/G1/what-if", content='{"leaves": ["Li"]}', headers={"content-type": kind}
    )
    problem(answer, 422, "bad_input")


def test_half_a_character_is_refused_or_unknown(client: TestClient) -> None:
    answer = client.post(
        "/v1/accounts/G1/what-if",
        content='{"leaves": ["\\ud800"]}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in {404, 422}
    problem(answer, answer.status_code, answer.json()["code"])


def test_a_large_body_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/accounts/G1/what-if", json={"leaves": ["x" * 70_000]})
    problem(answer, 413, "too_large")


@pytest.mark.parametrize(
    "path",
    ["/v1", "/v1/accounts/", "/v1/accounts/G1/", "/v1/accounts/G1/nothing", "/v2/accounts", "/%00", "/%FF"],
)
def test_an_address_that_is_not_there(client: TestClient, path: str) -> None:
    assert problem(client.get(path), 404, "not_found")["instance"] == path


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("POST", "/v1/accounts", "GET"), ("DELETE", "/v1/accounts/G1", "GET"),
     ("GET", "/v1/accounts/G1/what-if", "POST"), ("PUT", "/healthz", "GET")],
)  # fmt: skip
def test_a_method_that_is_not_there(client: TestClient, method: str, path: str, allowed: str) -> None:
    answer = client.request(method, path)
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == allowed


def test_a_person_gets_a_page_and_a_program_does_not(client: TestClient) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = client.get("/no<script>where", headers=browser)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    problem(client.get("/v1/nowhere", headers=browser), 404, "not_found")


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with client_of(tmp_path / "none.db") as client:
        for path in ("/healthz", "/v1/accounts", "/v1/accounts/G1", "/v1/employees/Li/exposure"):
            told = problem(client.get(path), 503, "store_unavailable")
            assert told["hint"]
        assert client.get("/docs").status_code == 200


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    open_store(tmp_path / "empty.db", create=True).close()
    with client_of(tmp_path / "empty.db") as client:
        assert client.get("/healthz").json()["latest_as_of"] is None
        told = problem(client.get("/v1/accounts"), 422, "bad_input")
        assert told["detail"] == "The store holds no data yet."
        assert client.get("/v1/accounts", params={"as_of": "2026-06-30"}).json() == []


def test_a_policy_that_does_not_fit_the_data(over: Callable[[str], TestClient], tmp_path: Path) -> None:
    over(json.dumps(Customer(mode="transactional").seat("s", "p").tie("e", "p").document))
    standards = {k: v for k, v in POLICY.standards.items() if k != "transactional"}
    narrow = POLICY.model_copy(update={"standards": standards})
    with client_of(tmp_path / "own.db", policy=narrow) as client:
        problem(client.get("/v1/accounts/A"), 500, "bad_policy")


class Faulty:
    """A store that fails in a way nobody foresaw, or goes down and comes back."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error
        self.closed = 0

    def latest_as_of(self) -> date | None:
        if self.error is not None:
            raise self.error
        return date(2026, 6, 30)

    def close(self) -> None:
        self.closed += 1


def client_over(store: Any) -> TestClient:
    app = create_app(lambda: store, View(POLICY))
    return TestClient(app, base_url=LOOPBACK, raise_server_exceptions=False)


def test_a_bug_of_ours_shows_nothing() -> None:
    with client_over(Faulty(RuntimeError("the password is hunter2"))) as client:
        answer = client.get("/healthz")
        told = problem(answer, 500, "error")
        assert told["detail"] == "Something went wrong that should not."
        assert "hunter2" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_store_that_comes_back_is_opened_anew() -> None:
    store = Faulty(StoreError("The server is down."))
    with client_over(store) as client:
        assert problem(client.get("/healthz"), 503, "store_unavailable")["detail"] == "The server is down."
        assert store.closed == 1
        store.error = None
        assert client.get("/healthz").status_code == 200
        assert client.get("/healthz").status_code == 200
        assert store.closed == 1
    assert store.closed == 2

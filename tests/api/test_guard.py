"""The guard: who is answered, in which language, and what every response carries."""

import pytest
from fastapi.testclient import TestClient

from graphcrm.api.headers import HEADERS

EVERYWHERE = [
    "/healthz", "/v1/accounts", "/v1/accounts/G1", "/v1/accounts/none", "/v1/accounts?as_of=x", "/nowhere",
    "/openapi.json", "/docs", "/docs/page.css", "/", "/accounts/", "/accounts/G1",
]  # fmt: skip


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_response_carries_the_security_headers(client: TestClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"accept": accept})
    for name, value in HEADERS.items():
        if name != "Content-Security-Policy":
            assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000", "[::1]", "127.8.9.1:80"],
)
def test_this_computer_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["graphcrm.example", "evil.example:8000", "192.168.0.7:8000", "0.0.0.0:8000", "localhost.evil.example",
     "", "127.0.0.1.evil.example", "[::2]", "127.0.0.1@evil.example", "é", "2130706433"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/healthz", "/v1/accounts", "/docs", "/"])
def test_a_name_that_was_pointed_at_this_computer_is_not_answered(
    client: TestClient, host: str, path: str
) -> None:
    answer = client.get(path, headers={"host": host.encode()})
    assert answer.status_code == 421
    assert answer.json()["code"] == "wrong_host"
    assert answer.headers["x-frame-options"] == "DENY"


def test_sentences_come_in_the_language_asked_for(client: TestClient) -> None:
    english, chinese = (
        client.get("/v1/accounts/G1", params={"lang": lang}).json() for lang in ("en", "zh")
    )
    assert english["answer"] != chinese["answer"]
    sentences = {"answer", "caution", "findings", "reasons"}
    for told in (english, chinese):
        told["structure"].pop("reasons")
    rest = [{k: v for k, v in told.items() if k not in sentences} for told in (english, chinese)]
    assert rest[0] == rest[1]
    assert client.get("/v1/accounts/G1").json()["answer"] == english["answer"]
    wrong = client.get("/v1/accounts/none", params={"lang": "zh"}).json()
    assert not wrong["detail"].isascii()

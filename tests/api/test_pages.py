"""The account pages over HTTP."""

from collections.abc import Callable
from html import unescape
from urllib.parse import urljoin

import pytest
from api_client import LOOPBACK
from fastapi.testclient import TestClient

Golden = Callable[[int], TestClient]


@pytest.mark.parametrize("path", ["/", "/accounts"])
def test_the_index_stands_beside_its_pages(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 307
    assert answer.headers["location"] == "/accounts/"


def test_the_index_links_to_every_account_and_each_page_back(golden: Golden) -> None:
    client = golden(2)
    index = client.get("/accounts/")
    links = [unescape(part.partition('"')[0]) for part in index.text.split('<a href="')[1:]]
    accounts = client.get("/v1/accounts").json()
    assert len(links) == len(accounts)
    pages = [client.get(urljoin(f"{LOOPBACK}/accounts/", link)) for link in links]
    assert all(page.status_code == 200 for page in pages)
    assert {
        name for name in (a["name"] for a in accounts) for page in pages if f"<h1>{name}</h1>" in page.text
    } == {a["name"] for a in accounts}
    for page in pages:
        back = page.text.partition('<nav><a href="')[2].partition('"')[0]
        assert urljoin(f"{LOOPBACK}/accounts/x.html", back) == f"{LOOPBACK}/accounts/"


def test_an_account_is_found_under_its_id_too(client: TestClient) -> None:
    assert "<h1>Golden Works</h1>" in client.get("/accounts/G1").text


def test_the_header_is_the_policy_of_the_page_and_forbids_frames(client: TestClient) -> None:
    for path in ("/accounts/", "/accounts/G1"):
        page = client.get(path)
        stated = page.text.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
        assert page.headers["content-security-policy"] == f"{unescape(stated)}; frame-ancestors 'none'"
        assert "script-src 'sha256-" in unescape(stated) or "script-src 'none'" in unescape(stated)


def test_an_account_nobody_knows_is_told_to_a_person(client: TestClient) -> None:
    page = client.get("/accounts/acme", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "No account has the id" in unescape(page.text)


def test_pages_take_a_day_and_refuse_a_bad_one(client: TestClient) -> None:
    assert "2026-05-31" in client.get("/accounts/G1", params={"as_of": "2026-05-31"}).text
    assert client.get("/accounts/G1", params={"as_of": "yesterday"}).status_code == 422

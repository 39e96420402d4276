"""``/docs``: everything the document says, offline, without a script."""

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from graphcrm.api.problems import KINDS


class Reader(HTMLParser):
    """What a page loads, links to and names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in {"href", "src", "action"}:
                self.addresses.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            elif name.startswith("on") or name == "style":
                self.handlers.append(name)


@pytest.fixture
def page(client: TestClient) -> str:
    answer = client.get("/docs")
    assert answer.status_code == 200
    return answer.text


def test_it_runs_nothing_and_loads_only_its_own_style(page: str) -> None:
    read = Reader(page)
    assert not read.tags & {"script", "iframe", "img", "object", "form", "base"}
    assert read.handlers == []
    assert all(a.startswith(("/", "#")) for a in read.addresses)


def test_every_link_leads_somewhere(page: str, client: TestClient) -> None:
    read = Reader(page)
    assert len(read.ids) == len(set(read.ids))
    assert {a[1:] for a in read.addresses if a.startswith("#")} <= set(read.ids)
    for address in {a for a in read.addresses if a.startswith("/")} - {"/accounts/"}:
        assert client.get(address).status_code == 200


def test_it_shows_every_address_every_field_and_every_problem(page: str, client: TestClient) -> None:
    api = client.get("/openapi.json").json()
    read = Reader(page)
    text = re.sub(r"<[^>]*>", "", page)
    for path, methods in api["paths"].items():
        assert path in text
        assert {operation["operationId"] for operation in methods.values()} <= set(read.ids)
    for name, schema in api["components"]["schemas"].items():
        assert name in read.ids
        assert all(field in text for field in schema.get("properties", {}))
    assert KINDS.keys() <= set(read.ids)


def test_what_is_code_looks_like_code(page: str) -> None:
    assert "<code>reasons</code>" in page
    assert "&lt;code" not in page
    assert "`" not in page

"""The pages: what they say, that names stay text, and that nothing but what they carry can run."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from graphcrm.i18n import say
from graphcrm.policies import Policy
from graphcrm.records.review import Review
from graphcrm.visualizations.csp import inline
from graphcrm.visualizations.map_data import in_html
from graphcrm.visualizations.pages import account_page, file_name, index_page

LOADING = {"src", "srcset", "poster", "data", "action", "background", "style"}


class Reader(HTMLParser):
    """Elements, scripts, styles and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "json": [], "": []}
        self._kind = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag in ("script", "style"):
            self._kind = "json" if attributes.get("type") == "application/json" else tag
            self.texts[self._kind].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._kind = ""

    def handle_data(self, data: str) -> None:
        if self._kind:
            self.texts[self._kind][-1] += data
        else:
            self.texts[""].append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts[""]).split())

    @property
    def security(self) -> dict[str, list[str]]:
        content = next(a["content"] for t, a in self.elements if t == "meta" and "http-equiv" in a)
        return {d.split()[0]: d.split()[1:] for d in (content or "").split("; ")}


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.fixture
def page(golden: Callable[[int], Any], policy: Policy) -> Reader:
    drawn = golden(5)
    return Reader(account_page(drawn.account, drawn.answer, policy, lang="en", index="index.html"))


def test_only_what_the_page_carries_may_run(page: Reader) -> None:
    security = page.security
    assert security["default-src"] == ["'none'"]
    assert security["script-src"] == [hashed(s) for s in page.texts["script"]]
    assert security["style-src"] == [hashed(s) for s in page.texts["style"]]
    assert len(page.texts["script"]) == 2
    assert security["base-uri"] == security["form-action"] == ["'none'"]


def test_nothing_is_fetched(page: Reader) -> None:
    for tag, attributes in page.elements:
        assert not LOADING & attributes.keys(), tag
        assert not [a for a in attributes if a.startswith("on")], tag
        assert tag not in ("link", "iframe", "img", "object", "embed", "base")
        assert not re.match(r"[a-z]+:", attributes.get("href") or ""), tag
    assert not re.search(r"url\(|@import", page.texts["style"][0])


def test_the_page_answers_and_names_its_standards(page: Reader, golden: Callable[[int], Any]) -> None:
    review = golden(5).account.review
    assert say(golden(5).answer) in page.text
    for words in ("As of 2026-06-30", "policy default 1", "Key points", "Breadth", "Organisation"):
        assert words in page.text
    assert "Scores are no basis for judging an employee." in page.text
    assert "Shi, Sridhar, Grewal & Lilien 2017" in page.text
    for finding in review.findings:
        assert str(finding.message) in page.text


def test_hostile_names_stay_text(hostile: Any, policy: Policy) -> None:
    html = account_page(hostile.account, hostile.answer, policy, lang="en")
    page = Reader(html)
    assert len(page.texts["script"]) == 2
    assert not [t for t, _ in page.elements if t in ("img", "object")]
    assert not [a for t, a in page.elements if "onload" in a or "onerror" in a]
    assert not [a for t, a in page.elements if t == "a"]
    assert "{{ 7*7 }}" in html
    document = json.loads(page.texts["json"][0])
    titles = [node["title"] for node in document["nodes"]]
    assert any("</script><script>" in title for title in titles)
    assert not set("<>&\u2028\u2029") & set(page.texts["json"][0])


def test_an_account_nothing_is_known_of_has_a_page_without_scripts(unobserved: Any, policy: Policy) -> None:
    page = Reader(account_page(unobserved.account, unobserved.answer, policy, lang="zh"))
    assert page.security["script-src"] == ["'none'"]
    assert page.texts["script"] == []
    assert "Nothing is known" in page.text
    assert page.elements[0] == ("html", {"lang": "zh"})


def test_every_golden_account_has_a_page(golden: Callable[[int], Any], policy: Policy) -> None:
    for number in range(1, 10):
        drawn = golden(number)
        page = Reader(account_page(drawn.account, drawn.answer, policy, lang="en"))
        assert drawn.account.name in page.text


def test_too_many_seats_are_told(golden: Callable[[int], Any], policy: Policy) -> None:
    drawn = golden(5)
    one = drawn.account.seats[0]
    many = tuple(one.model_copy(update={"id": f"s{i}"}) for i in range(600))
    account = drawn.account.model_copy(update={"seats": many, "ties": (), "influences": ()})
    page = Reader(account_page(account, drawn.answer, policy, lang="en"))
    assert "Not drawn, as there are too many: 100 seats" in page.text


def test_the_index_lists_the_highest_risk_first_and_links(
    golden: Callable[[int], Any], unobserved: Any, policy: Policy
) -> None:
    reviews: list[Review] = []
    for number, drawn in enumerate([*(golden(n) for n in range(2, 8)), unobserved]):
        renamed = {"account": f"X{number}", "name": f"Account <{number}>"}
        reviews.append(drawn.account.review.model_copy(update=renamed))
    html = index_page(reviews, policy, lang="en")
    page = Reader(html)
    ordered = sorted(reviews, key=lambda r: (-r.risk.high, -r.risk.low, r.name))
    links = [a["href"] for t, a in page.elements if t == "a"]
    assert links == [file_name(r.account) for r in ordered]
    assert page.security["script-src"] == ["'none'"]
    assert page.texts["script"] == []
    assert "Account <3>" in unescape(page.text)
    assert "<3>" not in html


def test_an_empty_portfolio_says_so(policy: Policy) -> None:
    assert "holds no account yet" in index_page([], policy, lang="en")


@pytest.mark.parametrize("text", ["a</SCRIPT>", "a</style>", "<!--", "a\rb"])
def test_a_script_that_ends_early_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        inline(text)


def test_json_in_a_page_reads_back() -> None:
    document = {"a": "</script>\u2028&<!--", "b": ["李", None, 1.5]}
    assert json.loads(in_html(document)) == document

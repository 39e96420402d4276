"""The pages in a real browser: they draw, fetch nothing, break no rule, and run nobody's name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graphcrm.policies import Policy
from graphcrm.visualizations.pages import account_page, index_page

pytestmark = pytest.mark.browser

PAINTED = """() => {
  const canvas = document.querySelector("#map canvas");
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 255) colours.add((data[i] << 16) + (data[i + 1] << 8) + data[i + 2]);
  }
  return [...colours];
}"""
PLACE = """(id) => {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const {x, y} = data.nodes.find((node) => node.id === id);
  const box = document.querySelector("#map canvas").getBoundingClientRect();
  return [box.left + (x * box.width) / data.width, box.top + (y * box.height) / data.height];
}"""


class Visit:
    """A page opened from a file, and everything it complained about or asked for."""

    def __init__(self, browser: Any, path: Path, width: int, *, javascript: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.log(e.violatedDirective))"
        )
        self.page.goto(path.as_uri())
        self.own = path.as_uri()

    @property
    def quiet(self) -> bool:
        return self.said == [] and self.asked == [self.own]


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    visits: list[Visit] = []

    def go(html: str, width: int = 1280, *, javascript: bool = True) -> Visit:
        path = tmp_path / f"page-{len(visits)}.html"
        path.write_text(html, encoding="utf-8")
        visits.append(Visit(browser, path, width, javascript=javascript))
        return visits[-1]

    yield go
    for one in visits:
        one.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_account_page_draws_and_asks_for_nothing(
    width: int,
    visit: Callable[..., Visit],
    golden: Callable[[int], Any],
    policy: Policy,
    language: str,
) -> None:
    drawn = golden(5)
    opened = visit(account_page(drawn.account, drawn.answer, policy, lang=language), width)
    colours = opened.page.evaluate(PAINTED)
    assert {0x1B8A5A, 0x8D97A5, 0x1F5FAE, 0xFFFFFF} <= set(colours)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate("document.documentElement.lang") == language
    assert opened.quiet, (opened.said, opened.asked)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_index_asks_for_nothing(
    width: int,
    visit: Callable[..., Visit],
    golden: Callable[[int], Any],
    policy: Policy,
    language: str,
) -> None:
    reviews = [golden(n).account.review for n in range(2, 9)]
    opened = visit(index_page(reviews, policy, lang=language), width)
    assert opened.page.locator("table.portfolio tbody tr").count() == 7
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.quiet, (opened.said, opened.asked)


def test_hostile_names_do_not_run_in_page_or_tooltips(
    visit: Callable[..., Visit], hostile: Any, policy: Policy
) -> None:
    opened = visit(account_page(hostile.account, hostile.answer, policy, lang="en"))
    page = opened.page
    page.locator("#map canvas").scroll_into_view_if_needed()
    shown = set()
    for person in hostile.account.our_people:
        x, y = page.evaluate(PLACE, f"person:{person.id}")
        page.mouse.move(x, y)
        tooltip = page.locator("div.vis-tooltip")
        tooltip.wait_for(state="visible")
        shown.add(tooltip.inner_text())
        assert tooltip.locator("script, img, a, svg").count() == 0
        page.mouse.move(2, 2)
        tooltip.wait_for(state="hidden")
    assert any("<img src=x onerror" in text for text in shown)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, a").count() == 0
    assert opened.quiet, (opened.said, opened.asked)


def test_a_click_shows_what_touches_a_mark_and_escape_takes_it_back(
    visit: Callable[..., Visit], golden: Callable[[int], Any], policy: Policy
) -> None:
    drawn = golden(5)
    opened = visit(account_page(drawn.account, drawn.answer, policy, lang="en"))
    page = opened.page
    page.locator("#map canvas").scroll_into_view_if_needed()
    hint = page.locator("#map-detail").inner_text()
    page.mouse.click(*page.evaluate(PLACE, "person:e0"))
    page.wait_for_function("document.getElementById('map-detail').textContent.startsWith('E0')")
    page.keyboard.press("Escape")
    assert page.locator("#map-detail").inner_text() == hint
    wide = page.locator("#map canvas").bounding_box()["width"]
    page.locator("#map-larger").click()
    assert page.locator("#map canvas").bounding_box()["width"] > wide
    page.locator("#map-fit").click()
    assert page.locator("#map canvas").bounding_box()["width"] == wide
    assert opened.quiet, (opened.said, opened.asked)


def test_without_javascript_all_but_the_picture_is_there(
    visit: Callable[..., Visit], golden: Callable[[int], Any], policy: Policy
) -> None:
    drawn = golden(5)
    opened = visit(account_page(drawn.account, drawn.answer, policy, lang="en"), javascript=False)
    page = opened.page
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#map-tools").is_visible()
    page.locator("details.seats summary").click()
    assert page.locator("details.seats tbody tr").count() == len(drawn.account.seats)
    assert page.locator("table.departures").is_visible()


def test_a_script_that_got_in_would_be_stopped(
    visit: Callable[..., Visit], golden: Callable[[int], Any], policy: Policy
) -> None:
    drawn = golden(5)
    html = account_page(drawn.account, drawn.answer, policy, lang="en")
    opened = visit(html.replace("<main>", "<main><script>window.hacked = 1</script>"))
    assert opened.page.evaluate("window.hacked") is None
    assert any("script-src" in line for line in opened.said)

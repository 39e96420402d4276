"""ARCHITECTURE.md and the other pages: what they name is there, and what is there is named."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = ROOT / "docs" / "decisions"
NO_ROOMS = {"__pycache__", "static", "templates"}
FOLDER = re.compile(r"^\| `([\w./-]+)`( \(planned\))? \|", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")
PLANNED: list[str] = []


def folders(*, planned: bool) -> list[str]:
    return [name for name, mark in FOLDER.findall(PAGE) if bool(mark) == planned]


@pytest.mark.parametrize("name", folders(planned=False))
def test_every_folder_named_is_there(name: str) -> None:
    assert (ROOT / name).is_dir()


def test_what_is_planned_is_marked_and_holds_nothing_yet() -> None:
    assert folders(planned=True) == PLANNED
    for name in PLANNED:
        assert not any((ROOT / name).glob("*")), f"{name} is there: take the mark away"
        assert not (ROOT / "graphcrm" / name).exists()


def test_every_folder_of_the_package_is_named() -> None:
    package = ROOT / "graphcrm"
    rooms = [place for place in package.iterdir() if place.is_dir() and place.name not in NO_ROOMS]
    assert {f"graphcrm/{room.name}" for room in rooms} <= set(folders(planned=False))
    parts = {p.parent.relative_to(ROOT).as_posix() for p in package.glob("*/*/__init__.py")}
    assert parts <= set(folders(planned=False))


def test_a_link_leads_to_each_folder_at_the_top_that_the_package_holds() -> None:
    links = [place for place in (ROOT / "graphcrm").iterdir() if place.is_symlink()]
    assert {f"../{link.name}" for link in links} == {link.readlink().as_posix() for link in links}
    assert {link.name for link in links} == {"api", "cypher", "visualizations"}


def test_the_layers_are_those_that_are_checked() -> None:
    (block,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert block.splitlines() == layers


def test_the_picture_shows_every_layer_that_is_built() -> None:
    picture = (ROOT / "docs" / "layers.svg").read_text(encoding="utf-8")
    (block,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    drawn = set(re.findall(r'class="name"[^>]*>([^<]+)<', picture))
    built = set(re.findall(r"(?<![(\w])\w+(?![)\w])", block)) - {"__main__"}
    assert drawn == built


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`((?:graphcrm|tests|docs|cli|services)/[\w./]+\.\w+)`", PAGE)))
)
def test_every_file_named_is_there(name: str) -> None:
    assert (ROOT / name).is_file() or (ROOT / "graphcrm" / name).is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_numbered_in_order_listed_and_short() -> None:
    files = sorted(p for p in DECISIONS.glob("*.md") if p.name != "README.md")
    assert [int(p.name[:4]) for p in files] == list(range(1, len(files) + 1))
    index = LINK.findall((DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert [link for link in index if not link.startswith("..")] == [p.name for p in files]
    for place in files:
        lines = place.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {place.name[:4]} ")
        assert {"## Context", "## Decision", "## Consequence"} <= set(lines)
        assert len(lines) <= 25


def test_the_glossary_has_one_chinese_term_for_each_word() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    terms = [(word, chinese) for word, chinese, _ in rows if word not in {"Word", "---"}]
    assert len(terms) > 100
    for column in (0, 1):
        stated = [term[column] for term in terms]
        assert sorted(stated) == sorted(set(stated))
    assert all(re.search(r"[\u4e00-\u9fff]", chinese) for _, chinese in terms)

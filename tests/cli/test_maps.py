"""``graphcrm map``: one account's page, or all of them. What the pages are like is tested elsewhere."""

import pytest
from cli.terminal import GOLDEN, Cli


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / "account-2.json")
    return cli


def test_one_account_becomes_one_page_that_leads_with_the_answer(loaded: Cli) -> None:
    place = loaded.folder / "new" / "a0.html"
    assert str(place) in loaded("map", "A0", "-o", place).out
    page = place.read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert loaded.json("account", "show", "A0")["answer"] in page
    assert [p.name for p in place.parent.iterdir()] == ["a0.html"]


def test_all_accounts_become_a_folder_with_an_index(loaded: Cli) -> None:
    folder = loaded.folder / "pages"
    out = loaded("map", "--all", "-o", folder).out
    assert str(folder / "index.html") in out
    names = {p.name for p in folder.iterdir()}
    assert len(names) == 4
    index = (folder / "index.html").read_text(encoding="utf-8")
    for name in names - {"index.html"}:
        assert name in index


def test_a_page_is_of_the_day_asked_for(loaded: Cli) -> None:
    pages = []
    for options in ((), ("--as-of", "2026-03-01"), ("--known-at", "2026-03-31")):
        place = loaded.folder / "page.html"
        loaded("map", "A0", "-o", place, *options)
        pages.append(place.read_text(encoding="utf-8"))
    assert len(set(pages)) == 3
    assert "2026-03-01" in pages[1]


@pytest.mark.parametrize("arguments", [(), ("A0", "--all")])
def test_it_is_one_account_or_all(loaded: Cli, arguments: tuple[str, ...]) -> None:
    assert "--all" in loaded("map", *arguments, "-o", loaded.folder / "x.html", code=2).err
    assert not (loaded.folder / "x.html").exists()


def test_nothing_is_written_where_there_is_nothing_to_draw_or_no_place_for_it(loaded: Cli) -> None:
    place = loaded.folder / "x.html"
    assert "No account has the id 'Q'" in loaded("map", "Q", "-o", place, code=2).err
    assert (
        "There is no store"
        in loaded("map", "A0", "-o", place, "--store", loaded.store("no.db"), code=3).err
    )
    assert not place.exists()
    assert "cannot be written" in loaded("map", "A0", "-o", loaded.folder, code=2).err
    assert "cannot be written" in loaded("map", "--all", "-o", loaded.folder / "store.db", code=2).err

"""File names: no two ids share one, and every file system takes them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.visualizations.file_names import file_name

SAFE = re.compile(r"[a-z0-9][a-z0-9_-]*\.html")


@given(st.text(min_size=1, max_size=200))
def test_every_id_has_a_safe_name(account: str) -> None:
    name = file_name(account)
    assert SAFE.fullmatch(name)
    assert len(name) < 80


@given(st.sets(st.text(alphabet="aA-_.1/é ", min_size=1, max_size=4), min_size=2))
def test_no_two_ids_share_a_name(accounts: set[str]) -> None:
    assert len({file_name(a) for a in accounts}) == len(accounts)


def test_a_name_that_looks_hashed_is_hashed_again() -> None:
    assert file_name(file_name("A").removesuffix(".html")) != file_name("A")


@pytest.mark.parametrize("taken", ["index", "con", "NUL", "com1", "lpt9", "..", "a.", "a ", "x/../y"])
def test_names_with_a_meaning_are_changed(taken: str) -> None:
    assert SAFE.fullmatch(file_name(taken))
    assert file_name(taken) != f"{taken}.html"


def test_plain_ids_stay() -> None:
    assert file_name("huayue_2-b") == "huayue_2-b.html"

"""The directory gives the numbers that the dictionary gives, also where hashes meet."""

from random import Random

import pytest

from graphcrm.portfolio import directory
from graphcrm.portfolio.codes import Codes
from graphcrm.portfolio.directory import Directory


def known(count: int) -> Codes:
    codes = Codes()
    codes.of([f"id {n}" for n in range(count)])
    return codes


@pytest.mark.parametrize("count", [0, 1, 2, 3, 500])
def test_numbers_are_those_of_the_dictionary(count: int) -> None:
    codes, rng = known(count), Random(count)
    asked = [f"id {rng.randrange(2 * count + 2)}" for _ in range(1000)]
    got = Directory(codes).of(asked).tolist()
    assert got == [codes[each] for each in asked]
    assert len(set(got)) == len(set(asked))


@pytest.mark.parametrize("kinds", [1, 7, 10_000])
def test_ids_whose_hashes_meet_are_told_apart(monkeypatch: pytest.MonkeyPatch, kinds: int) -> None:
    """Few hashes: two known ids share one. Ten thousand: they differ, and crowd at the same places."""
    worth = {f"id {n}": (n % kinds) * 2**20 for n in range(300)}
    monkeypatch.setattr(
        directory, "_hashes", lambda ids: directory.np.array([worth[i] for i in ids], directory.np.int64)
    )
    codes = known(200)
    asked = [f"id {n}" for n in range(200)]
    assert Directory(codes).of(asked[::-1]).tolist() == list(range(199, -1, -1))


def test_who_was_unknown_keeps_the_number_given_first() -> None:
    directory_ = Directory(codes := known(3))
    assert directory_.of(["new", "id 2", "newer"]).tolist() == [3, 2, 4]
    assert directory_.of(["newer", "new"]).tolist() == [4, 3]
    assert list(codes)[3:] == ["new", "newer"]

"""Largest matchings and smallest covers against networkx, against brute force, and by what they must be."""

from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.measures.bipartite import largest_matching, smallest_cover

Choices = dict[str, list[int]]

EXACTLY = settings(derandomize=True, deadline=None, max_examples=300)


def choices_of(left: int, right: int) -> st.SearchStrategy[Choices]:
    """Any choices of up to so many of the left among so many of the right."""
    some = st.lists(st.integers(1, right), unique=True, max_size=right)
    return st.lists(some, max_size=left).map(lambda rows: {f"l{i}": row for i, row in enumerate(rows)})


def edges(choices: Choices) -> set[tuple[str, int]]:
    return {(left, right) for left, rights in choices.items() for right in rights}


@EXACTLY
@given(choices_of(9, 9))
def test_as_many_are_paired_as_networkx_pairs_and_nobody_twice(choices: Choices) -> None:
    pairs = largest_matching(choices)
    assert set(pairs.items()) <= edges(choices)
    assert len(set(pairs.values())) == len(pairs)
    network = nx.Graph(edges(choices))
    top = [n for n in network if isinstance(n, str)]
    assert len(pairs) == len(nx.bipartite.hopcroft_karp_matching(network, top)) // 2


@EXACTLY
@given(choices_of(4, 4))
def test_as_many_are_paired_as_in_the_best_of_all_assignments(choices: Choices) -> None:
    best = max(
        sum((left, right) in edges(choices) for left, right in zip(choices, order, strict=False))
        for order in permutations([1, 2, 3, 4])
    )
    assert len(largest_matching(choices)) == best


@EXACTLY
@given(choices_of(9, 9))
def test_the_cover_is_as_small_as_the_matching_is_large_and_touches_every_pair(choices: Choices) -> None:
    pairs = largest_matching(choices)
    left, right = smallest_cover(choices, pairs)
    assert len(left) + len(right) == len(pairs)
    assert all(one in left or other in right for one, other in edges(choices))


@settings(EXACTLY, max_examples=100)
@given(choices_of(4, 4))
def test_nothing_smaller_than_the_cover_touches_every_pair(choices: Choices) -> None:
    vertices: list[str | int] = [*choices, 1, 2, 3, 4]
    size = sum(map(len, smallest_cover(choices, largest_matching(choices))))
    for fewer in combinations(vertices, size - 1) if size else ():
        assert any(not {a, b} & set(fewer) for a, b in edges(choices))


@EXACTLY
@given(choices_of(7, 7))
def test_one_more_choice_pairs_at_most_one_more_and_never_fewer(choices: Choices) -> None:
    wider = {**choices, "another": [1, 2]}
    assert 0 <= len(largest_matching(wider)) - len(largest_matching(choices)) <= 1


@pytest.mark.parametrize("size", [1, 2, 300])
def test_a_chain_in_which_everybody_must_move_is_paired_whole(size: int) -> None:
    # Each takes the first of its two choices, until the last finds its only one taken.
    chain = {i: [i + 1, i] for i in reversed(range(size))} | {"last": [size]}
    assert len(largest_matching(chain)) == size + 1


def test_the_same_choices_give_the_same_pairs() -> None:
    choices = {"a": "xyz", "b": "xy", "c": "x"}
    assert largest_matching(choices) == {"a": "z", "b": "y", "c": "x"}
    assert largest_matching({}) == {}
    assert smallest_cover({"a": ""}, {}) == (set(), set())

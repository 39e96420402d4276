"""Pairs between two sides: as many as can be, and the fewest who must go so that none is left."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)


def largest_matching(choices: Mapping[Left, Collection[Right]]) -> dict[Left, Right]:
    """A largest matching: as many of the left as can be, each with one of its choices, nobody taken twice.

    One augmenting path after the other, each a shortest one (Kuhn 1955, doi:10.1002/nav.3800020109; Berge
    1957, doi:10.1073/pnas.43.9.842): O(left · choices), little on sides of tens. The same choices in the
    same order give the same pairs.

    >>> largest_matching({"a": "xy", "b": "x"})
    {'a': 'y', 'b': 'x'}
    """
    pairs: dict[Left, Right] = {}
    taken: dict[Right, Left] = {}
    for left in choices:
        _augment(left, choices, pairs, taken)
    return pairs


def _augment(
    start: Left,
    choices: Mapping[Left, Collection[Right]],
    pairs: dict[Left, Right],
    taken: dict[Right, Left],
) -> None:
    """Pair ``start`` too, moving others along an alternating path; nothing changes where there is none."""
    by: dict[Right, Left] = {}
    looking = [start]
    for left in looking:
        for right in choices[left]:
            if right in by:
                continue
            by[right] = left
            if right in taken:
                looking.append(taken[right])
                continue
            mover, place = left, right
            while mover != start:  # each on the path moves to the place it looked at, and frees its own
                freed = pairs[mover]
                pairs[mover], taken[place] = place, mover
                mover, place = by[freed], freed
            pairs[start], taken[place] = place, start
            return


def smallest_cover(
    choices: Mapping[Left, Collection[Right]], pairs: Mapping[Left, Right]
) -> tuple[set[Left], set[Right]]:
    """The fewest of both sides without whom no pair is possible: as many as ``pairs``, a largest matching.

    What alternating paths from the unpaired left reach decides: of each pair the right one if reached, else
    the left one (König 1931; Kőnig's theorem in Diestel, *Graph Theory*, 2.1).

    >>> choices = {"a": "xy", "b": "x", "c": "x"}
    >>> left, right = smallest_cover(choices, largest_matching(choices))
    >>> sorted(left), sorted(right)
    (['a'], ['x'])
    """
    taken = {right: left for left, right in pairs.items()}
    looking = [left for left in choices if left not in pairs]
    reached: set[Right] = set()
    for left in looking:
        for right in choices[left]:
            if right not in reached:
                reached.add(right)
                looking.append(taken[right])
    return set(pairs).difference(looking), reached

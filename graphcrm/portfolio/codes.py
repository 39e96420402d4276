"""Codes: ids and words as whole numbers, and rows of such numbers that arrive some thousands at a time."""

from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graphcrm.portfolio.columns import Flags, Reals

T = TypeVar("T")
Integers = NDArray[np.int64]

FIRST_DAY, LAST_DAY = date.min.toordinal(), 2**31 - 1
"""Before any day and after all: where something has no beginning, or no end."""
ALWAYS = -(2**62)
"""Before any moment of recording."""


class Codes(dict[Hashable, int]):
    """Values numbered from 0 in the order in which they are first seen.

    >>> codes = Codes()
    >>> codes.of(["b", "a", "b"]).tolist(), list(codes)
    ([0, 1, 0], ['b', 'a'])
    """

    def __missing__(self, value: Hashable) -> int:
        """The next number."""
        number = self[value] = len(self)
        return number

    def of(self, values: Collection[Hashable]) -> Integers:
        """The number of each value."""
        return np.fromiter(map(self.__getitem__, values), np.int64, len(values))

    def if_any(self, values: Collection[Hashable]) -> Integers:
        """The number of each value; −1 where there is none (None)."""
        numbers = (-1 if value is None else self[value] for value in values)
        return np.fromiter(numbers, np.int64, len(values))


class Days(dict[str | None, int]):
    """Days as numbers, from the ISO text that states them; ``absent`` stands for None."""

    def __init__(self, absent: int) -> None:
        super().__init__({None: absent})

    def __missing__(self, text: str | None) -> int:
        """A day not seen before."""
        assert text is not None, "None is there from the start"
        number = self[text] = date.fromisoformat(text).toordinal()
        return number

    def of(self, texts: Collection[str | None]) -> Integers:
        """The number of each day."""
        return np.fromiter(map(self.__getitem__, texts), np.int64, len(texts))


def recordings(texts: Sequence[str | None]) -> Integers:
    """Moments of recording in microseconds; a day counts from its start, None is always."""
    if texts.count(None) == len(texts):  # as nearly everywhere
        return np.full(len(texts), ALWAYS)
    moments = (ALWAYS if text is None else _microseconds(text) for text in texts)
    return np.fromiter(moments, np.int64, len(texts))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _microseconds(text: str) -> int:
    moment = datetime.fromisoformat(text)
    since = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


class Table:
    """Named columns of numbers that grow by rows; each is kept as small as its type."""

    def __init__(self, **types: type) -> None:
        self._types = types
        self._parts: dict[str, list[NDArray[np.generic]]] = {name: [] for name in types}

    def add(self, **columns: NDArray[np.generic]) -> None:
        """Some more rows."""
        for name, parts in self._parts.items():
            parts.append(columns[name].astype(self._types[name], copy=False))

    def taken(self, name: str) -> NDArray[Any]:
        """A whole column, which is not kept here any more: the largest are needed once."""
        column = self[name]
        del self._parts[name]
        return column

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A whole column."""
        parts = self._parts[name]
        if len(parts) != 1:
            parts[:] = [np.concatenate(parts) if parts else np.empty(0, self._types[name])]
        return parts[0]


def latest(subject: Integers, *ranks: Integers) -> Integers:
    """Of the rows of each subject, the place of the one that ranks highest; of equals, the last.

    The places come in the order of subjects.

    >>> latest(np.array([7, 5, 7, 7]), np.array([2, 1, 3, 3])).tolist()
    [1, 3]
    """
    order = np.argsort(subject, kind="stable")
    ordered = subject[order]
    last = np.ones(len(order), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=last[:-1])
    if not last.all():
        order = np.lexsort((*reversed(ranks), subject))
    return order[last]


_HALF = 32


def pairs_of(one: Integers, other: Integers) -> Integers:
    """Two numbers below 2³² as one, which sorts by the first and then by the other."""
    return (one.astype(np.int64) << _HALF) | other


def apart(pairs: Integers) -> tuple[Integers, Integers]:
    """Both numbers of each pair.

    >>> apart(pairs_of(np.array([3, 1]), np.array([5, 0])))
    (array([3, 1]), array([5, 0]))
    """
    return pairs >> _HALF, pairs & (2**_HALF - 1)


def new(ordered: Integers) -> Flags:
    """Which values are not those before them.

    >>> new(np.array([3, 3, 5])).tolist()
    [True, False, True]
    """
    is_new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return is_new


def distinct(values: Integers) -> Integers:
    """The values, ascending, each once. Sorting beats the hashing of ``np.unique`` here.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(values)
    return ordered[new(ordered)]


def looked_up(codes: Integers, values: Sequence[T], number: Callable[[T], float]) -> Reals:
    """The number that each code's value stands for; of a value that does not occur, nothing is asked."""
    numbers = np.zeros(len(values))
    for code in np.flatnonzero(np.bincount(codes, minlength=len(values))).tolist():
        numbers[code] = number(values[code])
    return numbers[codes]


def starts(groups: Integers, count: int) -> Integers:
    """Where each of so many groups begins in rows that are sorted by their group; and where the last ends.

    >>> starts(np.array([0, 0, 2]), 4).tolist()
    [0, 2, 2, 3, 3]
    """
    return np.concatenate(([0], np.cumsum(np.bincount(groups, minlength=count)))).astype(np.int64)


def expanded(first: Integers, counts: Integers) -> Integers:
    """The numbers ``first[i], first[i] + 1, …``, so many of each, one after the other.

    >>> expanded(np.array([10, 20]), np.array([2, 3])).tolist()
    [10, 11, 20, 21, 22]
    """
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(int(counts.sum()))

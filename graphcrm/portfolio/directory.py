"""Directory: the numbers of many ids at once, from a table of hashes that numpy looks through."""

from collections.abc import Sequence

import numpy as np

from graphcrm.portfolio.codes import Codes, Integers, distinct

SPARE = 4
"""Places of the table for each id: nearly all are found at once."""


class Directory:
    """What ``Codes`` says of ids that are known by now, looked up some thousand at a time.

    A dictionary of hundreds of thousands of ids waits for memory three times for each; here the waiting is
    done for many at once. Ids are told apart by their hashes, 64 bits wide: where two known ones share a
    hash, the dictionary is asked for all. An id that is not known here gets its number from there.

    >>> codes = Codes()
    >>> _ = codes.of(["a", "b"])
    >>> Directory(codes).of(["b", "c", "a"]).tolist()
    [1, 2, 0]
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        hashes = _hashes(list(codes))
        self._hashes = np.append(hashes, 0)  # the last is that of nobody, −1
        self._trusted = len(distinct(hashes)) == len(codes)
        self._mask = (1 << (SPARE * len(codes)).bit_length()) - 1
        self._table = np.full(self._mask + 1, -1, np.int32)
        waiting, slots = np.arange(len(codes)), hashes & self._mask
        while self._trusted and len(waiting):
            free = self._table[slots] < 0
            self._table[slots[free]] = waiting[free]
            left = self._table[slots] != waiting
            waiting, slots = waiting[left], (slots[left] + 1) & self._mask

    def of(self, ids: Sequence[str]) -> Integers:
        """The number of each id."""
        if not self._trusted:
            return self._codes.of(ids)
        hashes = _hashes(ids)
        slots = hashes & self._mask
        numbers: Integers = self._table[slots].astype(np.int64)
        # On to the next place where somebody else stands; an empty one ends the search.
        astray = np.flatnonzero((numbers >= 0) & (self._hashes[numbers] != hashes))
        while len(astray):
            slots[astray] = (slots[astray] + 1) & self._mask
            numbers[astray] = self._table[slots[astray]]
            others = numbers[astray]
            astray = astray[(others >= 0) & (self._hashes[others] != hashes[astray])]
        unknown = np.flatnonzero(numbers < 0)
        numbers[unknown] = self._codes.of([ids[n] for n in unknown.tolist()])
        return numbers


def _hashes(ids: Sequence[object]) -> Integers:
    return np.fromiter(map(hash, ids), np.int64, len(ids))

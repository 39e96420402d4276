"""Nearest: the word somebody probably meant."""

from bisect import bisect_left
from collections.abc import Collection
from difflib import get_close_matches

from graphcrm.errors import RefusedImport

MANY = 500
AROUND = 30
LONGEST = 200


class Nearest:
    """Suggests words for the first problems only: nobody is shown more, and looking takes time.

    >>> Nearest().to("decidr", ["buyer", "decider"])
    'decider'
    """

    def __init__(self) -> None:
        self._left = RefusedImport.SHOWN
        self._shelves: dict[int, _Shelf] = {}

    def to(self, word: str, among: Collection[str]) -> str | None:
        """The most similar word, if one is similar; case does not matter."""
        if not self._left:
            return None
        self._left -= 1
        if len(among) > MANY:
            among = self._shelf(among).around(word)
        folded = {w.casefold(): w for w in sorted(among)}
        close = get_close_matches(word[:LONGEST].casefold(), folded, n=1, cutoff=0.7)
        return folded[close[0]] if close else None

    def _shelf(self, words: Collection[str]) -> "_Shelf":
        # The shelf keeps its words alive, so their address stays theirs.
        if id(words) not in self._shelves:
            self._shelves[id(words)] = _Shelf(words)
        return self._shelves[id(words)]


class _Shelf:
    """Words sorted from either end: a slip leaves the head or the tail of a word as it was."""

    def __init__(self, words: Collection[str]) -> None:
        self.words = words
        self._by_head = sorted((w.casefold(), w) for w in words)
        self._by_tail = sorted((w.casefold()[::-1], w) for w in words)

    def around(self, word: str) -> list[str]:
        """The words that sort near this one."""
        folded = word.casefold()
        return [w for _, w in (*_beside(self._by_head, folded), *_beside(self._by_tail, folded[::-1]))]


def _beside(shelf: list[tuple[str, str]], word: str) -> list[tuple[str, str]]:
    place = bisect_left(shelf, (word, ""))
    return shelf[max(0, place - AROUND) : place + AROUND]

"""Lookups: another table's rows by key, to stand beside those of a table that names them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat

from graphcrm.errors import N_, Message, Problem
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.conversions import text
from graphcrm.sources.tables.files.chunk import Cell, Chunk

Key = tuple[str, ...]


class Lookup:
    """The columns of a table, by the key that some others of its columns make. It is held in memory."""

    def __init__(self, on: Sequence[str], columns: Sequence[str], empty: frozenset[str]) -> None:
        """``empty`` are the words that stand for an unknown value in the table, and so are no key."""
        self._on = tuple(on)
        self._empty = empty
        self.columns = tuple(columns)
        self._rows: dict[Key, tuple[Cell, ...]] = {}
        self._first: dict[Key, str] = {}
        self._nothing: tuple[Cell, ...] = (None,) * len(self.columns)

    def fill(self, name: str, chunks: Iterator[Chunk], tell: Callable[[Problem], None]) -> None:
        """Take a file's rows; a key stated twice with different values is a problem."""
        for chunk in chunks:
            keys = keys_of([chunk.columns[column] for column in self._on], self._empty)
            cells = [chunk.columns[column] for column in self.columns]
            values = zip(*cells, strict=True) if cells else repeat(())
            for row, key, value in zip(chunk.rows, keys, values, strict=False):
                if key is None:
                    continue
                place = f"{name}[{row}]"
                if self._rows.setdefault(key, value) != value:
                    tell(_twice(f"{place}.{self._on[0]}", key, self._first[key]))
                else:
                    self._first.setdefault(key, place)

    def beside(self, keys: Sequence[Key | None]) -> Mapping[str, Sequence[Cell]]:
        """The columns for these keys; None where there is no such row."""
        rows = [self._rows.get(key, self._nothing) if key else self._nothing for key in keys]
        columns = list(zip(*rows, strict=True)) or [()] * len(self.columns)
        return dict(zip(self.columns, columns, strict=True))

    def knows(self, key: Key) -> bool:
        """Whether there is a row of that key."""
        return key in self._rows


def keys_of(columns: Sequence[Sequence[Cell]], empty: frozenset[str]) -> list[Key | None]:
    """The key of each row; None where a part of it is one of the ``empty`` words.

    >>> keys_of([["a", "b"], [1.0, None]], frozenset({""}))
    [('a', '1'), None]
    """

    def key(*cells: Cell) -> Key | None:
        parts = tuple(text(cell).strip() if cell is not None else "" for cell in cells)
        return parts if empty.isdisjoint(parts) else None

    return list(map(key, *columns))


def _twice(path: str, key: Key, first: str) -> Problem:
    params = {"key": shown(", ".join(key)), "first": first}
    return Problem(
        path,
        params["key"],
        Message(N_("{first} has the key {key} already, with other values."), params),
        Message(N_("Other tables look up rows here: give each its own key, or join on more columns.")),
    )

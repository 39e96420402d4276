"""Progress of work on rows: which share of them has passed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


class Share:
    """Tells which share of ``total`` rows has passed, as a part of the work that ends at ``upto``."""

    def __init__(self, progress: Callable[[float], None], total: int, upto: float = 1.0) -> None:
        self._progress = progress
        self._total = total
        self._upto = upto
        self._passed = 0

    def of(self, parts: Iterable[Sequence[T]]) -> Iterator[Sequence[T]]:
        """The same parts; each is told when the one after it is asked for."""
        for part in parts:
            yield part
            self._passed += len(part)
            self._progress(self._upto * min(1.0, self._passed / max(1, self._total)))

"""The port to a store's whole history: read it from one store, take it into another."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from graphcrm.records.history import AuditRow, Extent, ImportRow, ReviewRow, VersionRow

Progress = Callable[[float], None]
"""Is told which share of the work is done, 0 to 1."""


def unheeded(_: float) -> None:
    """Progress that nobody watches."""


class History(Protocol):
    """All that was in a store at one moment and nothing later, some rows at a time and in order.

    A log only grows, so a history needs no lock to stay as it is.
    """

    @property
    def extent(self) -> Extent:
        """How much there is."""
        ...

    def imports(self) -> Iterator[Sequence[ImportRow]]:
        """Every import."""
        ...

    def versions(self) -> Iterator[Sequence[VersionRow]]:
        """Every version of every record."""
        ...

    def audits(self) -> Iterator[Sequence[AuditRow]]:
        """Every audit, without its reviews."""
        ...

    def reviews(self) -> Iterator[Sequence[ReviewRow]]:
        """Every review: audit by audit, in the order in which they were kept."""
        ...


class HistoryStore(Protocol):
    """What a history can be read from and taken into."""

    def history(self) -> History:
        """All of it, as it is now."""
        ...

    def take(self, history: History, progress: Progress) -> None:
        """Take a history into a store that is empty: all of it, or nothing where anything is raised.

        Numbers stay what they are, so that it goes on as the other would: the same imports bring the same
        versions under the same numbers. What a store derives from its history follows. Raises StoreError
        or InputError where the store holds anything.
        """
        ...

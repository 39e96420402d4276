"""A whole store: facts, audits, history and upkeep behind one connection."""

from typing import Protocol, Self

from graphcrm.ports.audits import AuditStore
from graphcrm.ports.columns import ColumnStore
from graphcrm.ports.facts import FactStore
from graphcrm.ports.history import HistoryStore
from graphcrm.ports.maintenance import Maintenance


class Store(FactStore, ColumnStore, AuditStore, HistoryStore, Maintenance, Protocol):
    """What every adapter in ``store/`` offers; one contract suite holds them to it."""

    def close(self) -> None:
        """Let go of the connection."""
        ...

    def __enter__(self) -> Self:
        """The store itself."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close it."""
        ...

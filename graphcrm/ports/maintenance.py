"""The port to a store's upkeep."""

from collections.abc import Callable, Iterator
from typing import Protocol

from graphcrm.records.store_check import Check
from graphcrm.records.store_state import StoreStatus


class Maintenance(Protocol):
    """Look after a store."""

    def status(self) -> StoreStatus:
        """Where it is, which schema it has, how much it holds."""
        ...

    def migrate(self) -> tuple[str, ...]:
        """Bring the schema up to date; the labels of the migrations applied, none if it was."""
        ...

    def checks(self, progress: Callable[[float], None]) -> Iterator[Check]:
        """Look over what only this store can: that what it derives from its history is equal to that.

        Of a store whose schema is the latest. ``progress`` is told the share of the work that is done.
        """
        ...

"""The port to a store's upkeep."""

from typing import Protocol

from graphcrm.records.store_state import StoreStatus


class Maintenance(Protocol):
    """Look after a store."""

    def status(self) -> StoreStatus:
        """Where it is, which schema it has, how much it holds."""
        ...

    def migrate(self) -> tuple[str, ...]:
        """Bring the schema up to date; the labels of the migrations applied, none if it was."""
        ...

"""Holding: a contact in a seat."""

from typing import ClassVar

from graphcrm.records.base import Dated, Id, part


class Holding(Dated):
    """A contact holds a seat, from a day until before another."""

    kind: ClassVar[str] = "holdings"

    contact: Id
    seat: Id

    @property
    def key(self) -> tuple[str, ...]:
        """Contact, seat and first day."""
        return (self.contact, self.seat, part(self.valid_from))

"""Holding: a contact in a seat."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Dated, Id, part


class Holding(Dated):
    """A contact holds a seat, from a day until before another."""

    kind: ClassVar[str] = "holdings"

    contact: Id = Field(description=N_("The contact who holds the seat."))
    seat: Id = Field(description=N_("The seat that is held."))

    @property
    def key(self) -> tuple[str, ...]:
        """Contact, seat and first day."""
        return (self.contact, self.seat, part(self.valid_from))

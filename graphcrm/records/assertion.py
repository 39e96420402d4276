"""Assertion: a dated statement about a subject. Nothing is overwritten; the latest holds."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Day, Id, Record, part

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "attitude": ("contacts",),
    "roles": ("seats",),
    "level": ("seats", "employees", "ties"),
    "trust_holder": ("ties",),
    "satisfaction": ("contacts", "accounts"),
}
"""What can be asserted, and of which kinds of record."""


class Assertion(Record):
    """From ``valid_from`` on, the subject's attribute has this value; ``null`` makes it unknown again."""

    kind: ClassVar[str] = "assertions"

    subject: Id = Field(
        description=N_("Whom or what it is about: the id of a contact, seat, employee, tie or account.")
    )
    attribute: str = Field(
        description=N_("What is stated: attitude, roles, level, trust_holder or satisfaction.")
    )
    value: str | int | float | tuple[str, ...] | None = Field(
        description=N_("What holds from then on; null makes it unknown again.")
    )
    valid_from: Day = Field(description=N_("The first day on which it holds."))

    @property
    def key(self) -> tuple[str, ...]:
        """Subject, attribute, both dates and who stated it."""
        return (
            self.subject,
            self.attribute,
            part(self.valid_from),
            part(self.recorded_at),
            part(self.source),
            part(self.by),
        )

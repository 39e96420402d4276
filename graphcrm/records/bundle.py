"""Bundle: the facts of a portfolio as lists of records, in the order they were stated."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from graphcrm.records.account import Account
from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Day, Name, Record
from graphcrm.records.contact import Contact
from graphcrm.records.department import Department
from graphcrm.records.employee import Employee
from graphcrm.records.holding import Holding
from graphcrm.records.influence import Influence
from graphcrm.records.interaction import Interaction
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.opportunity import Opportunity
from graphcrm.records.seat import Seat
from graphcrm.records.stage import Stage
from graphcrm.records.tie import Tie

RECORDS: dict[str, type[Record]] = {
    record.kind: record
    for record in (
        Account, Department, Seat, Contact, Holding, Employee, Tie,
        Assertion, Influence, Interaction, Mechanism, Stage, Opportunity,
    )
}  # fmt: skip
"""Every kind of record, by the name of its list; in an order that names things before they are used."""


class Bundle(BaseModel):
    """What is known, as of a day. ``source`` names where it comes from.

    ``complete`` names the kinds of which this is all there is: what the same source stated before and
    does not state again is retired, with the date ``as_of``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    as_of: Day
    source: Name | None = None
    complete: tuple[str, ...] = ()
    accounts: tuple[Account, ...] = ()
    departments: tuple[Department, ...] = ()
    seats: tuple[Seat, ...] = ()
    contacts: tuple[Contact, ...] = ()
    holdings: tuple[Holding, ...] = ()
    employees: tuple[Employee, ...] = ()
    ties: tuple[Tie, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    influences: tuple[Influence, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    stages: tuple[Stage, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()

    def of(self, kind: str) -> tuple[Record, ...]:
        """The records of a kind."""
        records: tuple[Record, ...] = getattr(self, kind)
        return records

    def __len__(self) -> int:
        """How many records there are."""
        return sum(len(self.of(kind)) for kind in RECORDS)

    def records(self) -> Iterator[Record]:
        """Every record, kind by kind."""
        for kind in RECORDS:
            yield from self.of(kind)

    def as_known_at(self, day: date | None) -> Self:
        """Without every record that was recorded after that day."""
        if day is None:
            return self
        known = {kind: tuple(r for r in self.of(kind) if r.known_at(day)) for kind in RECORDS}
        return self.model_copy(update=known)

    def to_json(self) -> str:
        """The bundle as it is written to a file: what was absent stays absent."""
        return self.model_dump_json(by_alias=True, exclude_unset=True, indent=1)

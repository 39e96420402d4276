"""Contact: a person on the customer's side."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Id, Name, Record


class Contact(Record):
    """A person; who changes seat or employer keeps the ties."""

    kind: ClassVar[str] = "contacts"

    id: Id = Field(description=N_("The contact's id."))
    name: Name = Field(description=N_("The person's name."))
    emails: tuple[str, ...] = Field(default=(), description=N_("The person's e-mail addresses."))

"""Contact: a person on the customer's side."""

from typing import ClassVar

from graphcrm.records.base import Id, Name, Record


class Contact(Record):
    """A person; who changes seat or employer keeps the ties."""

    kind: ClassVar[str] = "contacts"

    id: Id
    name: Name
    emails: tuple[str, ...] = ()

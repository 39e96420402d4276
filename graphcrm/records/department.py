"""Department: a unit of a customer."""

from typing import ClassVar

from graphcrm.records.base import Id, Importance, Name, Record


class Department(Record):
    """A unit of a customer; ``importance`` weighs it in breadth."""

    kind: ClassVar[str] = "departments"

    id: Id
    account: Id
    name: Name
    function: str | None = None
    importance: Importance = 1.0

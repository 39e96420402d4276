"""Department: a unit of a customer."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Id, Importance, Name, Record


class Department(Record):
    """A unit of a customer; ``importance`` weighs it in breadth."""

    kind: ClassVar[str] = "departments"

    id: Id = Field(description=N_("The department's id."))
    account: Id = Field(description=N_("The account it is a unit of."))
    name: Name = Field(description=N_("What people call the department."))
    function: str | None = Field(default=None, description=N_("What it does, such as purchasing."))
    importance: Importance = Field(
        default=1.0, description=N_("How much it counts in breadth; 1 is as much as others.")
    )

"""Stage: a step of the value chain we share with an account."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Id, Importance, Name, Record


class Stage(Record):
    """A step of an account's value chain, where joint work may happen."""

    kind: ClassVar[str] = "stages"

    account: Id = Field(description=N_("The account whose value chain it is a step of."))
    name: Name = Field(description=N_("What people call the stage."))
    importance: Importance = Field(
        default=1.0, description=N_("How much it counts; 1 is as much as others.")
    )

    @property
    def key(self) -> tuple[str, ...]:
        """Account and name."""
        return (self.account, self.name)

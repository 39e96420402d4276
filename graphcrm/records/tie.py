"""Tie: an employee knows a contact."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from graphcrm.errors import N_
from graphcrm.records.base import Dated, Day, Id, Share, part


class Tie(Dated):
    """What somebody stated about an employee and a contact; several such statements may exist.

    ``level`` is a word of the policy's scale or a number 0..1; absent, it is unknown.
    """

    kind: ClassVar[str] = "ties"

    given_id: Id | None = Field(
        default=None, alias="id", description=N_("The tie's id; employee|contact if absent.")
    )
    employee: Id = Field(description=N_("Our employee."))
    contact: Id = Field(description=N_("The contact whom the employee knows."))
    level: Share | str | None = Field(
        default=None,
        description=N_("How well: none, brief, multiple, in_depth, trusted, or a number from 0 to 1."),
    )
    assessed_on: Day | None = Field(
        default=None, description=N_("The day on which the level was assessed; a level needs one.")
    )
    trust_holder: Literal["person", "firm", "unknown"] = Field(
        default="person", description=N_("Who owns the trust: person, firm or unknown.")
    )

    @model_validator(mode="after")
    def _level_has_its_date(self) -> Self:
        if self.level is not None and self.assessed_on is None:
            raise PydanticCustomError("needs_assessed_on", "a level without assessed_on")
        return self

    @property
    def id(self) -> str:
        """The tie's id: ``employee|contact`` unless given."""
        return self.given_id or f"{self.employee}|{self.contact}"

    @property
    def key(self) -> tuple[str, ...]:
        """A given id; else the pair, the assessment and who stated it."""
        if self.given_id:
            return (self.given_id,)
        return (
            self.employee,
            self.contact,
            part(self.assessed_on),
            part(self.recorded_at),
            part(self.source),
            part(self.by),
        )

"""Tie: an employee knows a contact."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from graphcrm.records.base import Dated, Day, Id, Share, part


class Tie(Dated):
    """What somebody stated about an employee and a contact; several such statements may exist.

    ``level`` is a word of the policy's scale or a number 0..1; absent, it is unknown.
    """

    kind: ClassVar[str] = "ties"

    given_id: Id | None = Field(default=None, alias="id")
    employee: Id
    contact: Id
    level: Share | str | None = None
    assessed_on: Day | None = None
    trust_holder: Literal["person", "firm", "unknown"] = "person"

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

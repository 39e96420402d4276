"""Interaction: something that happened between people."""

from typing import ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from graphcrm.errors import N_
from graphcrm.records.base import Id, Record, Time


class Interaction(Record):
    """A mail, call, meeting, visit, order …: either ``participants``, or directed ``from`` and ``to``."""

    kind: ClassVar[str] = "interactions"

    id: Id = Field(description=N_("The interaction's id."))
    at: Time = Field(description=N_("When it happened: a time with its offset."))
    channel: str = Field(description=N_("How: visit, meeting, call, order, mail or message."))
    participants: tuple[Id, ...] | None = Field(
        default=None, description=N_("Who took part: ids of employees and contacts. Or state from and to.")
    )
    sender: Id | None = Field(
        default=None, alias="from", description=N_("Who sent it: an employee's or contact's id.")
    )
    recipients: tuple[Id, ...] | None = Field(
        default=None, alias="to", description=N_("Who received it: ids of employees and contacts.")
    )

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        together = bool(self.participants) and self.sender is None and self.recipients is None
        directed = self.participants is None and self.sender is not None and bool(self.recipients)
        if not (together or directed):
            raise PydanticCustomError("one_form", "neither participants alone nor from and to alone")
        return self

    @property
    def people(self) -> frozenset[str]:
        """The distinct people in it."""
        named = (*(self.participants or ()), *(self.recipients or ()))
        return frozenset(named) | ({self.sender} if self.sender is not None else frozenset())

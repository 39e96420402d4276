"""Mechanism: company tied to company."""

from typing import Annotated, ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Dated, Day, Id


class Mechanism(Dated):
    """An agreement, sponsorship, committee, joint work …, with owners on both sides.

    With a ``cadence_days`` it is meant to be held again and again; ``held`` are the days it was.
    ``stage`` names a stage of the account's value chain.
    """

    kind: ClassVar[str] = "mechanisms"

    id: Id = Field(description=N_("The mechanism's id."))
    account: Id = Field(description=N_("The account it ties to us."))
    mechanism_kind: str = Field(
        alias="kind", description=N_("What it is, such as steering_committee or framework_agreement.")
    )
    our_owners: tuple[Id, ...] = Field(default=(), description=N_("Our employees who look after it."))
    their_owners: tuple[Id, ...] = Field(default=(), description=N_("Their contacts who look after it."))
    cadence_days: Annotated[float, Field(gt=0, le=36_525)] | None = Field(
        default=None, description=N_("How many days apart it is meant to be held.")
    )
    held: tuple[Day, ...] = Field(default=(), description=N_("The days on which it was held."))
    stage: str | None = Field(
        default=None, description=N_("The stage of the account's value chain it is joint work in.")
    )

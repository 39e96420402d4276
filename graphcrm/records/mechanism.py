"""Mechanism: company tied to company."""

from typing import Annotated, ClassVar

from pydantic import Field

from graphcrm.records.base import Dated, Day, Id


class Mechanism(Dated):
    """An agreement, sponsorship, committee, joint work …, with owners on both sides.

    With a ``cadence_days`` it is meant to be held again and again; ``held`` are the days it was.
    ``stage`` names a stage of the account's value chain.
    """

    kind: ClassVar[str] = "mechanisms"

    id: Id
    account: Id
    mechanism_kind: str = Field(alias="kind")
    our_owners: tuple[Id, ...] = ()
    their_owners: tuple[Id, ...] = ()
    cadence_days: Annotated[float, Field(gt=0, le=36_525)] | None = None
    held: tuple[Day, ...] = ()
    stage: str | None = None

"""Opportunity: money at stake."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Currency, Day, Id, Money, Record


class Opportunity(Record):
    """A deal that may be won, with its currency; ``stage`` is a step of our pipeline."""

    kind: ClassVar[str] = "opportunities"

    id: Id = Field(description=N_("The opportunity's id."))
    account: Id = Field(description=N_("The account it is at."))
    name: str | None = Field(default=None, description=N_("What people call the opportunity."))
    amount: Money = Field(description=N_("How much money is at stake."))
    currency: Currency = Field(description=N_("The currency of the amount, such as EUR."))
    stage: str | None = Field(default=None, description=N_("The step of our pipeline it is in."))
    expected_on: Day | None = Field(default=None, description=N_("The day on which it should be won."))

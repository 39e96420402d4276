"""Opportunity: money at stake."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from graphcrm.records.base import Currency, Id, Record


class Opportunity(Record):
    """A deal that may be won, with its currency; ``stage`` is a step of our pipeline."""

    kind: ClassVar[str] = "opportunities"

    id: Id
    account: Id
    name: str | None = None
    amount: Annotated[float, Field(ge=0)]
    currency: Currency
    stage: str | None = None
    expected_on: date | None = None

"""Opportunity: money at stake."""

from typing import ClassVar

from graphcrm.records.base import Currency, Day, Id, Money, Record


class Opportunity(Record):
    """A deal that may be won, with its currency; ``stage`` is a step of our pipeline."""

    kind: ClassVar[str] = "opportunities"

    id: Id
    account: Id
    name: str | None = None
    amount: Money
    currency: Currency
    stage: str | None = None
    expected_on: Day | None = None

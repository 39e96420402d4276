"""A sum of money as the API returns it."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.records.interval import Interval


class UsedRate(Document):
    """A rate of the method pack by which an amount was converted."""

    currency: str = Field(description="The currency that was converted.")
    rate: float = Field(description="What one unit of it is worth in the currency of the total.")
    since: date = Field(description="The day from which the rate holds.")


class Total(Document):
    """A sum over accounts, and how it came about. Nothing is converted without its rate being named."""

    as_of: date
    total: Interval | None = Field(description="One sum; null where there is none: see why_apart.")
    currency: str | None = Field(description="The currency of the total.")
    by_currency: Mapping[str, Interval] = Field(description="The sums apart, each in its own currency.")
    rates: tuple[UsedRate, ...] = Field(description="The rates used, as of the day.")
    unknown: int = Field(description="How many amounts are unknown, and in no sum.")
    without_currency: int = Field(description="How many amounts have no currency, and are in no sum.")
    why_apart: str | None = Field(description="Why there is no total, if there is something to add.")

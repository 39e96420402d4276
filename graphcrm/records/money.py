"""MoneyTotal: a sum of money over several accounts, and how it came about."""

from collections.abc import Mapping
from datetime import date

from graphcrm.errors import Message
from graphcrm.records.interval import Interval
from graphcrm.records.review import Result


class RateUsed(Result):
    """One unit of ``currency`` was taken as ``rate`` of the total's, a rate that holds ``since`` a day."""

    currency: str
    rate: float
    since: date


class MoneyTotal(Result):
    """Amounts added up as of a day.

    ``by_currency`` are the sums apart, each in its own. ``total`` is one sum, in ``currency``; None where
    there is nothing to add, or no way to convert: then ``says`` (with ``params``) is why. ``rates`` are
    those used. ``unknown`` amounts are in no sum, nor are those ``without_currency``: a sum is then of
    what is known only.
    """

    as_of: date
    by_currency: Mapping[str, Interval]
    total: Interval | None
    currency: str | None
    rates: tuple[RateUsed, ...]
    unknown: int
    without_currency: int
    says: str | None = None
    params: Mapping[str, str | tuple[str, ...]] = {}

    @property
    def why_apart(self) -> Message | None:
        """Why there is no total, for people; None where there is one, or nothing to add."""
        return None if self.says is None else Message(self.says, self.params)

"""The risk of an account, apart from the rest of its review."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.records.interval import Interval
from graphcrm.records.review import RiskContributions


class RevenueAssumption(Document):
    """How revenue at risk is reckoned: an assumption of the method pack, not a result."""

    share: Interval = Field(description="Share of the account's revenue that follows the reach lost.")
    source: str


class AccountRisk(Document):
    """Where the risk comes from, and how much revenue it is about."""

    account: str
    as_of: date
    known_at: date | None
    policy: str
    observed: bool
    risk: Interval
    risk_contributions: RiskContributions | None
    dependence: Interval | None
    revenue_at_risk: Mapping[str, Interval] | None
    currency: str | None
    revenue_assumption: RevenueAssumption
    caution: str
    reasons: Mapping[str, str]

"""The risk of an account, apart from the rest of its review."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from graphcrm.api.models.document import Document, caution
from graphcrm.i18n import translate as _
from graphcrm.policies import Policy
from graphcrm.records.account import Account
from graphcrm.records.interval import Interval
from graphcrm.records.review import Review, RiskContributions

EXPLAINED = (
    "observed", "dependence", "contact_loss", "fade_90", "uncovered", "organisation_elements",
    "revenue_at_risk",
)  # fmt: skip
"""Whose reasons concern the risk."""


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

    @classmethod
    def of(cls, review: Review, account: Account, policy: Policy) -> "AccountRisk":
        """The part of a review that is about risk."""
        measures, assumed = review.measures, policy.revenue_at_risk
        return cls(
            account=review.account,
            as_of=review.as_of,
            known_at=review.known_at,
            policy=review.policy,
            observed=review.observed,
            risk=review.risk,
            risk_contributions=measures and measures.risk_contributions,
            dependence=measures and measures.dependence,
            revenue_at_risk=measures and measures.revenue_at_risk,
            currency=account.currency,
            revenue_assumption=RevenueAssumption(
                share=Interval(assumed.low, assumed.high), source=assumed.source
            ),
            caution=caution(),
            reasons={
                name: _(text)
                for name, text in review.reasons.items()
                if name.partition(".")[0] in EXPLAINED
            },
        )

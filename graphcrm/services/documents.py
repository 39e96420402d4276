"""Documents: the answers for programs, which every face gives alike.

A document is plain JSON under the names of the method: an interval is ``[low, high]``, what is undefined is
null. Its sentences are in the language of ``translate``, which the face knows.
"""

from collections.abc import Callable, Mapping

from graphcrm.errors import Message
from graphcrm.policies import Policy
from graphcrm.records.audit import Audit
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Reason, Review
from graphcrm.records.words import CAUTION
from graphcrm.services.answer import answer
from graphcrm.services.exposure import Exposure
from graphcrm.services.totals import total_document
from graphcrm.services.what_if import WhatIf

Json = dict[str, object]
Translate = Callable[[str], str]

ABOUT_RISK = (
    "account", "as_of", "known_at", "policy", "observed", "risk", "risk_contributions", "dependence",
    "revenue_at_risk", "currency",
)  # fmt: skip
"""What the risk's document says of a review."""
REASONS_OF_RISK = (
    "observed", "dependence", "contact_loss", "fade_90", "uncovered", "organisation_elements",
    "revenue_at_risk",
)  # fmt: skip
"""Whose reasons concern the risk."""


def account_document(review: Review, opened: MoneyTotal, translate: Translate) -> Json:
    """A review, and what may be won at the account: ``opened``."""
    return {**review_document(review, translate), "open_opportunities": total_document(opened, translate)}


def review_document(review: Review, translate: Translate) -> Json:
    """A review with the answer, the reasons and each finding's sentence spelled out."""
    return {
        **review.as_dict(),
        "caution": translate(CAUTION),
        "high_findings": review.high_findings,
        "answer": answer(review).text(translate),
        "reasons": spoken(review.reasons, translate),
        "findings": [
            {**f.model_dump(mode="json"), "identity": f.identity, "text": f.message.text(translate)}
            for f in review.findings
        ],
    }


def audit_document(audit: Audit, translate: Translate) -> Json:
    """An audit: every review and the whole method pack."""
    return {
        **audit.header.model_dump(mode="json"),
        "accounts": [review_document(review, translate) for review in audit.reviews],
        "policy_pack": dict(audit.policy_pack),
    }


def what_if_document(result: WhatIf, translate: Translate) -> Json:
    """What is supposed, the review as it is, the one it would be, and which findings come and go."""
    asked = result.scenario
    opened = result.opened or (None, None)
    before, after = (
        {
            **review_document(review, translate),
            "open_opportunities": None if total is None else total_document(total, translate),
        }
        for review, total in zip((result.before, result.after), opened, strict=True)
    )
    return {
        "account": result.before.account,
        "caution": translate(CAUTION),
        "leaves": list(asked.leaves),
        "contact_leaves": list(asked.contact_leaves),
        "handovers": [{"giver": giver, "taker": taker} for giver, taker in asked.handovers],
        "new_ties": [{"employee": e, "contact": c, "strength": s} for e, c, s in asked.new_ties],
        "date": result.after.as_of.isoformat(),
        "supposed": [message.text(translate) for message in result.supposed],
        "answer": result.answer.text(translate),
        "new_findings": [finding.identity for finding in result.new_findings],
        "gone_findings": [finding.identity for finding in result.gone_findings],
        "before": before,
        "after": after,
    }


def risk_document(review: Review, policy: Policy, translate: Translate) -> Json:
    """The part of a review that is about risk, and the assumption that its revenue rests on."""
    whole, assumed = review.as_dict(), policy.revenue_at_risk
    reasons = {
        name: text for name, text in review.reasons.items() if name.partition(".")[0] in REASONS_OF_RISK
    }
    return {
        **{name: whole.get(name) for name in ABOUT_RISK},
        "revenue_assumption": {"share": [assumed.low, assumed.high], "source": assumed.source},
        "caution": translate(CAUTION),
        "reasons": spoken(reasons, translate),
    }


def exposure_document(exposed: Exposure, translate: Translate) -> Json:
    """An employee's exposure with its reasons spelled out."""
    return {
        **exposed.model_dump(mode="json"),
        "accounts": [
            {**account.model_dump(mode="json"), "reasons": spoken(account.reasons, translate)}
            for account in exposed.accounts
        ],
        "revenue_at_risk": total_document(exposed.revenue_at_risk, translate),
        "caution": translate(CAUTION),
    }


def spoken(reasons: Mapping[str, Reason], translate: Translate) -> dict[str, str]:
    """Reasons as sentences."""
    return {
        name: reason.text(translate) if isinstance(reason, Message) else translate(reason)
        for name, reason in reasons.items()
    }

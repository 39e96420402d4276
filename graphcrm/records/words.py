"""Words and numbers of results as people read them: templates, so in no language yet.

The scales are those of the method and of the method packs shipped; a word of another pack shows as it is.
"""

from collections.abc import Mapping

from graphcrm.errors import N_
from graphcrm.records.finding import Severity
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict

CAUTION = N_("Scores are no basis for judging an employee.")
"""Said wherever results name employees."""

VERDICTS: Mapping[Verdict | None, str] = {
    "proven": N_("yes"),
    "possible": N_("maybe"),
    "no": N_("no"),
    None: N_("unknown"),
}
VERDICT_NAMES: Mapping[str, str] = {
    "three_dimensional": N_("three-dimensional"),
    "robustly_three_dimensional": N_("three-dimensional whoever leaves"),
    "adequate": N_("adequate"),
    "robustly_adequate": N_("adequate whoever leaves"),
}
"""What each verdict on an account is about."""
SEVERITIES: Mapping[Severity, str] = {
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "info": N_("info"),
}
MODES: Mapping[str, str] = {
    "transactional": N_("transactional"),
    "consultative": N_("consultative"),
    "enterprise": N_("enterprise"),
}
ATTITUDES: Mapping[str, str] = {
    "opponent": N_("opponent"),
    "neutral": N_("neutral"),
    "supporter": N_("supporter"),
    "strong_supporter": N_("strong supporter"),
    "coach": N_("coach"),
}
ROLES: Mapping[str, str] = {
    "decider": N_("decider"),
    "approver": N_("approver"),
    "influencer": N_("influencer"),
    "contributor": N_("contributor"),
    "user": N_("user"),
    "evaluator": N_("evaluator"),
    "gatekeeper": N_("gatekeeper"),
    "buyer": N_("buyer"),
    "initiator": N_("initiator"),
}

MECHANISMS: Mapping[str, str] = {
    "executive_sponsorship": N_("executive sponsorship"),
    "steering_committee": N_("steering committee"),
    "strategic_agreement": N_("strategic agreement"),
    "framework_agreement": N_("framework agreement"),
    "joint_innovation": N_("joint innovation"),
    "embedded_service": N_("embedded service"),
    "joint_venture": N_("joint venture"),
    "system_integration": N_("system integration"),
    "training": N_("training"),
}


def word(scale: Mapping[str, str], value: str) -> str:
    """The template for a value of a scale.

    >>> word(ATTITUDES, "strong_supporter"), word(ATTITUDES, "champion")
    ('strong supporter', 'champion')
    """
    return scale.get(value, value)


def number(value: Interval, decimals: int = 0) -> str:
    """A number, or the two it lies between.

    >>> number(Interval(41.2, 52)), number(Interval(41, 41.4)), number(Interval(1000, 1000))
    ('41–52', '41', '1,000')
    """
    low, high = f"{value.low:,.{decimals}f}", f"{value.high:,.{decimals}f}"
    return low if low == high else f"{low}–{high}"


def percent(share: Interval, decimals: int = 0) -> str:
    """A share in per cent, rounded down: 59.6 does not reach a standard of 60, nor may it look so.

    >>> percent(Interval(0.596, 0.6)), percent(Interval(0.57, 0.57))
    ('59–60', '57')
    """
    return number(share.rounded_down(2 + decimals) * 100, decimals)

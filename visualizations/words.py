"""Words and numbers as pages show them; words of a method pack not listed here show as they are."""

from collections.abc import Mapping

from graphcrm.errors import N_
from graphcrm.i18n import translate as _
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict

VERDICTS: Mapping[Verdict, str] = {"proven": N_("yes"), "possible": N_("maybe"), "no": N_("no")}
MODES: Mapping[str, str] = {
    "transactional": N_("transactional"),
    "consultative": N_("consultative"),
    "enterprise": N_("enterprise"),
}
SEVERITIES: Mapping[str, str] = {
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "info": N_("info"),
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


def word(scale: Mapping[str, str], value: str) -> str:
    """A word of a scale in the active language."""
    return _(scale.get(value, value))


def number(value: Interval, decimals: int = 0) -> str:
    """A number, or the two it lies between.

    >>> number(Interval(41.2, 52)), number(Interval(41, 41.4))
    ('41–52', '41')
    """
    low, high = f"{value.low:,.{decimals}f}", f"{value.high:,.{decimals}f}"
    return low if low == high else f"{low}–{high}"


def amount(value: Interval) -> str:
    """An amount of money to three digits; more would claim too much.

    >>> amount(Interval(973639, 2112423))
    '974,000–2,110,000'
    """
    return number(Interval(*(float(f"{end:.3g}") for end in value)))


def share(value: Interval | None, decimals: int = 0) -> str:
    """A share in per cent: 41–52 %, or a word where it is undefined.

    Rounded down: 59.6 does not reach a standard of 60, and must not look as if it did.
    """
    if value is None:
        return _("unknown")
    down = value.rounded_down(2 + decimals)
    return _("{number} %").format(number=number(down * 100, decimals)).replace(" ", "\N{NO-BREAK SPACE}")

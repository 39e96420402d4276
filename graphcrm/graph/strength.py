"""Strength of a tie, 0..1: what interactions show and what people assess (method, section 3)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import exp, fsum

from graphcrm.graph.facts import TieFact, scale_value
from graphcrm.policies import Policy
from graphcrm.records.base import end_of
from graphcrm.records.interaction import Interaction
from graphcrm.records.interval import ANYTHING, Interval, exactly

SECONDS_A_DAY = 86_400


def observed_strengths(
    contact: str, interactions: Iterable[Interaction], employees: Iterable[str], policy: Policy, day: date
) -> Mapping[str, float]:
    """O of the contact with each employee it had an interaction with: 1 − e^(−x/4).

    Each interaction adds w(channel) · 1/max(1, n−1) · 2^(−age/half-life), n the distinct people in it
    (Newman 2001, doi:10.1103/PhysRevE.64.016132), age in days to the end of ``day``. What both sides
    send counts twice, the surplus of one side a quarter: x = X + 2·min(in, out) + ¼·|in − out|.
    """
    scale, moment, ours = policy.strength, end_of(day), frozenset(employees)
    together: defaultdict[str, list[float]] = defaultdict(list)
    received: defaultdict[str, list[float]] = defaultdict(list)
    sent: defaultdict[str, list[float]] = defaultdict(list)
    for interaction in interactions:
        people = interaction.people
        age = (moment - interaction.at).total_seconds() / SECONDS_A_DAY
        weight = scale_value(scale.channels, interaction.channel, "strength.channels", policy)
        share = weight / max(1, len(people) - 1) * fading(age, scale.half_life_days)
        if interaction.sender is None:
            for employee in people & ours:
                together[employee].append(share)
        elif interaction.sender == contact:
            for employee in (people - {contact}) & ours:
                received[employee].append(share)
        elif interaction.sender in ours and contact in (interaction.recipients or ()):
            sent[interaction.sender].append(share)

    def observed(employee: str) -> float:
        one_way, other_way = fsum(received[employee]), fsum(sent[employee])
        x = (
            fsum(together[employee])
            + scale.reciprocated * min(one_way, other_way)
            + scale.one_sided * abs(one_way - other_way)
        )
        return 1 - exp(-x / scale.saturation)

    return {e: observed(e) for e in sorted({*together, *received, *sent})}


def tie_strength(
    tie: TieFact | None, observed: float, policy: Policy, day: date, *, captured: bool
) -> Interval:
    """Strength of a pair at the end of ``day``, both ends rounded to six decimals.

    ``tie`` is what was assessed, ``observed`` what interactions show (0 without any). An assessment
    fades into what is observed, l = f·a + (1 − f)·o; where our imports do not cover the employee, the
    assessed level may still hold: [l, max(a, l)]. A tie of unknown level: [o, 1].

    >>> from graphcrm.policies import load_policy
    >>> tie_strength(None, 0.25, load_policy(), date(2026, 6, 30), captured=True)
    Interval(low=0.25, high=0.25)
    """
    if tie is None:
        return exactly(observed).rounded()
    if tie.level is None or tie.assessed_on is None:
        return Interval(observed, ANYTHING.high).rounded()
    kept = fading((day - tie.assessed_on).days, policy.strength.assessment_half_life_days)
    faded = kept * tie.level + (1 - kept) * observed
    return Interval(faded, faded if captured else max(tie.level, faded)).rounded()


def fading(age_days: float, half_life_days: float | None) -> float:
    """2^(−age/half-life); 1 without a half-life.

    >>> fading(240, 120), fading(240, None)
    (0.25, 1.0)
    """
    return 1.0 if half_life_days is None else 2.0 ** (-age_days / half_life_days)


def later(day: date, policy: Policy) -> date:
    """The day until which fading is looked at."""
    return day + timedelta(days=policy.fade_days)

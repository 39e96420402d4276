"""What a method pack may say: names, scales, weights, thresholds. Its numbers are data, never code."""

import re
from collections import Counter
from datetime import date
from math import fsum, isclose
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
NotNegative = Annotated[float, Field(ge=0)]
Days = Annotated[int, Field(ge=0, le=36_525)]


class Part(BaseModel):
    """A part of a method pack: frozen, nothing unknown in it, no infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Strength(Part):
    """How interactions and assessments make a tie strong (method, section 3)."""

    channels: dict[str, NotNegative]
    half_life_days: Positive | None
    saturation: Positive
    reciprocated: NotNegative
    one_sided: NotNegative
    tie_levels: dict[str, Share]
    assessment_half_life_days: Positive | None
    firm_share: dict[str, tuple[Share, Share]]

    @model_validator(mode="after")
    def _trust_holders_are_the_three(self) -> Self:
        if set(self.firm_share) != {"person", "firm", "unknown"}:
            raise ValueError("firm_share names person, firm and unknown")
        if any(low > high for low, high in self.firm_share.values()):
            raise ValueError("firm_share has a low end above its high end")
        return self


class Reach(Part):
    """When a route is live and what a gate carries (method, sections 3 and 4)."""

    live: Share
    hops: Annotated[int, Field(ge=0, le=1)]
    to_boss: Share
    to_subordinate: Share
    influence: Share
    least_influence: Share


class DecisionWeight(Part):
    """Role × level (method, section 5)."""

    roles: dict[str, Share]
    levels: dict[int, Share]
    lower_levels: Share
    deciders: tuple[str, ...]
    key: Share

    @property
    def unknown_level(self) -> tuple[float, float]:
        """The weights an unknown level may have."""
        scale = (*self.levels.values(), self.lower_levels)
        return min(scale), max(scale)

    def of_level(self, level: int) -> float:
        """The weight of a level; those the scale does not name are lower."""
        return self.levels.get(level, self.lower_levels)

    @property
    def unknown_roles(self) -> tuple[float, float]:
        """The weights unknown roles may have; no role at all weighs nothing."""
        return 0.0, max(self.roles.values(), default=0.0)


class Breadth(Part):
    """Share of a level's seats to reach (method, section 6)."""

    targets: dict[int, Annotated[float, Field(gt=0, le=1)]]
    lower_levels: Annotated[float, Field(gt=0, le=1)]
    unknown_level: Annotated[float, Field(gt=0, le=1)]

    def target(self, level: int | None) -> float:
        """The target of a level; None is the pool of unknown levels."""
        return self.unknown_level if level is None else self.targets.get(level, self.lower_levels)


class Organisation(Part):
    """The ties between the companies (method, section 6)."""

    cadences_of_grace: Positive
    matched_levels: tuple[int, ...]
    level_gap: Annotated[int, Field(ge=0)]
    enough_matches: Annotated[int, Field(ge=1)]
    agreements: tuple[str, ...]
    mechanism_kinds: tuple[str, ...]


class Standard(Part):
    """What an engagement mode requires of the axes (method, section 7)."""

    key_points: Share
    floor: Share
    breadth: Share
    organisation: Share


class RiskWeights(Part):
    """Full points of each contribution to the risk (method, section 9)."""

    dependence: NotNegative
    contact_departure: NotNegative
    fading: NotNegative
    uncovered_deciders: NotNegative
    organisation: NotNegative

    @model_validator(mode="after")
    def _add_up_to_100(self) -> Self:
        whole = fsum(points for _, points in self)
        if not isclose(whole, 100):
            raise ValueError(f"the points add up to {whole:g} and not to 100")
        return self


class RevenueAtRisk(Part):
    """Share of an account's revenue that follows a departing employee: an assumption with its source."""

    low: Share
    high: Share
    source: str


class Structure(Part):
    """How long and how far to look where every set would have to be looked at (method, section 10)."""

    seconds: NotNegative
    most_sets: Annotated[int, Field(ge=0)]
    most_links: Annotated[int, Field(ge=0)]


class FindingThresholds(Part):
    """When a rule fires (method, section 12)."""

    star_loss: Share
    matching: Share
    moved_days: Days


class Likeness(Part):
    """What counts where one of ours stands in for another, or is to meet a contact (method, section 11)."""

    function: NotNegative
    level: NotNegative
    region: NotNegative
    shared_seats: NotNegative


class RotationRules(Part):
    """Who hands an account over though nobody leaves (method, section 11)."""

    least_loss: Share
    held_days: Days


class Plan(Part):
    """What is taken for granted of an effort, and who is fit for it (method, section 11)."""

    target_strength: Share
    likeness: Likeness
    least_likeness: Share
    counterparts: dict[str, tuple[str, ...]]
    stay_days: Days
    overlap_days: Annotated[int, Field(ge=1, le=36_525)]
    rotation: RotationRules


def _iso_day(value: object) -> object:
    """A day as YAML or ISO write it; a number is no day."""
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    raise ValueError("write a day as YYYY-MM-DD")


Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""A currency in the form of ISO 4217."""


class Rate(Part):
    """What one unit of a currency is worth in the pack's, from a day on, until a later rate holds."""

    model_config = ConfigDict(serialize_by_alias=True)

    since: Annotated[date, BeforeValidator(_iso_day), Field(alias="from")]
    currency: Currency
    rate: Positive


class Money(Part):
    """The currency sums are converted to, and the rates; without either, sums stay apart by currency."""

    currency: Currency | None = None
    rates: tuple[Rate, ...] = ()

    @model_validator(mode="after")
    def _rates_lead_to_the_currency(self) -> Self:
        if self.rates and self.currency is None:
            raise ValueError("rates need the currency they lead to: name it as money.currency")
        if any(rate.currency == self.currency for rate in self.rates):
            raise ValueError(f"{self.currency} is the pack's own currency and has no rate")
        counts = Counter((rate.currency, rate.since) for rate in self.rates)
        if twice := [f"{currency} from {day}" for (currency, day), n in counts.items() if n > 1]:
            raise ValueError(f"more than one rate for {', '.join(twice)}")
        return self

    def rate(self, currency: str, day: date) -> Rate | None:
        """The rate that holds on a day: the latest that starts on it or before; None where none does."""
        held = [rate for rate in self.rates if rate.currency == currency and rate.since <= day]
        return max(held, key=lambda rate: rate.since, default=None)


class Policy(Part):
    """A whole method pack. Every result names the policy it used."""

    name: Annotated[str, Field(min_length=1)]
    version: str
    strength: Strength
    reach: Reach
    decision_weight: DecisionWeight
    attitudes: dict[str, Share]
    opposed: tuple[str, ...]
    supportive: tuple[str, ...]
    breadth: Breadth
    organisation: Organisation
    standards: dict[str, Standard]
    shape: str
    mode_if_unknown: str
    fade_days: Days
    risk: RiskWeights
    revenue_at_risk: RevenueAtRisk
    findings: FindingThresholds
    plan: Plan
    structure: Structure
    account_kinds: tuple[str, ...]
    money: Money = Money()

    @model_validator(mode="after")
    def _names_are_defined(self) -> Self:
        for label, names, scale in (
            ("decision_weight.deciders", self.decision_weight.deciders, self.decision_weight.roles),
            ("opposed", self.opposed, self.attitudes),
            ("supportive", self.supportive, self.attitudes),
            ("organisation.agreements", self.organisation.agreements, self.organisation.mechanism_kinds),
            ("shape and mode_if_unknown", (self.shape, self.mode_if_unknown), self.standards),
        ):
            if missing := sorted(set(names) - set(scale)):
                raise ValueError(f"{label} names {', '.join(missing)}, which no scale of this pack defines")
        if self.revenue_at_risk.low > self.revenue_at_risk.high:
            raise ValueError("revenue_at_risk.low is above revenue_at_risk.high")
        return self

    @property
    def label(self) -> str:
        """Name and version, as results state it."""
        return f"{self.name} {self.version}"

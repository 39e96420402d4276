"""Review: what the method says about one account as of one day. The names are those of the API."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graphcrm.errors import Message
from graphcrm.records.finding import Finding
from graphcrm.records.interval import Count, Interval

Verdict = Literal["proven", "possible", "no"]
VERDICTS: tuple[Verdict, ...] = ("no", "possible", "proven")
"""From weakest to strongest."""
Reason = str | Message
"""Why something is undefined: a sentence, or one with numbers in it; a template in either case."""


class Result(BaseModel):
    """A computed thing: frozen, nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Axes(Result):
    """A verdict for each axis."""

    key_points: Verdict
    breadth: Verdict
    organisation: Verdict

    @property
    def weakest(self) -> Verdict:
        """The verdict of all three together."""
        return min(self.key_points, self.breadth, self.organisation, key=VERDICTS.index)


class Elements(Result):
    """The four elements of organisation, each a share."""

    communication: Interval
    matching: Interval
    joint_work: Interval
    recognition: Interval


class Ends(Result):
    """Reach of each seat in scope at both ends."""

    low: Mapping[str, float]
    high: Mapping[str, float]


class RiskContributions(Result):
    """Points of risk from each cause; they add up to the risk."""

    dependence: Interval
    contact_departure: Interval
    fading: Interval
    uncovered_deciders: Interval
    organisation: Interval


class Measures(Result):
    """Every measure of an observed account (docs/method.md); ``None`` is undefined, see ``reasons``.

    ``routes`` are V(e, c) by employee and seat, ``firm_routes`` those no employee carries; audits kept
    before there were any have none.
    """

    key_points: Interval
    key_points_floor: Interval
    breadth: Interval
    organisation: Interval
    organisation_elements: Elements
    reach: Ends
    routes: Mapping[str, Mapping[str, Interval]] = Field(default_factory=dict)
    firm_routes: Mapping[str, Interval] = Field(default_factory=dict)
    departure_loss: Mapping[str, Interval | None]
    dependence: Interval | None
    contact_loss: Mapping[str, Interval | None]
    fade_90: Interval | None
    uncovered: Interval
    ownership_hhi: float | None
    bus_factor: int | None
    survivability: Mapping[str, Count]
    sole_route: Mapping[str, str]
    shape: Axes
    shape_after_any_departure: Axes
    meets_mode: Axes
    meets_mode_after_any_departure: Axes
    three_dimensional: Verdict
    robustly_three_dimensional: Verdict
    adequate: Verdict
    robustly_adequate: Verdict
    shape_without: Mapping[str, Axes]
    meets_mode_without: Mapping[str, Axes]
    risk_contributions: RiskContributions
    revenue_at_risk: Mapping[str, Interval] | None


class Review(Result):
    """One account, one day, one policy: its measures (none where nothing is observed) and findings.

    ``risk`` is in points, 0 to 100; ``currency`` is that of revenue at risk. ``reasons`` says why a
    measure is undefined or unbounded. ``names`` gives the names of the employees, contacts, seats and
    departments that occur; where one of ours shares an id with a seat or department, ours comes first.
    """

    account: str
    name: str
    currency: str | None = None
    as_of: date
    known_at: date | None = None
    policy: str
    mode: str
    mode_assumed: bool
    observed: bool
    risk: Interval
    measures: Measures | None
    reasons: Mapping[str, Reason]
    findings: tuple[Finding, ...] = ()
    names: Mapping[str, str]

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values under the names of the method; measures stand beside the account's own keys."""
        document = self.model_dump(mode="json")
        measures = document.pop("measures") or {}
        return {**document, **measures}

    @property
    def high_findings(self) -> int:
        """How many findings are of high severity."""
        return sum(f.severity == "high" for f in self.findings)

"""Summary: what a list says of an account."""

from datetime import date
from typing import Self

from graphcrm.records.interval import Interval
from graphcrm.records.review import Result, Review, Verdict


class Summary(Result):
    """A review's row: verdicts and axes are None where nothing is observed."""

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    mode: str
    observed: bool
    three_dimensional: Verdict | None = None
    robustly_three_dimensional: Verdict | None = None
    adequate: Verdict | None = None
    robustly_adequate: Verdict | None = None
    key_points: Interval | None = None
    key_points_floor: Interval | None = None
    breadth: Interval | None = None
    organisation: Interval | None = None
    risk: Interval
    high_findings: int

    @classmethod
    def of(cls, review: Review) -> Self:
        """The row of a review."""
        whole = {**dict(review), **dict(review.measures or ()), "high_findings": review.high_findings}
        return cls.model_validate({name: whole[name] for name in cls.model_fields if name in whole})

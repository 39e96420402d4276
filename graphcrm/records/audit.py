"""Audit: a dated, immutable run over the portfolio under one policy."""

from collections.abc import Mapping
from datetime import date, datetime

from graphcrm.records.finding import Finding
from graphcrm.records.interval import Interval
from graphcrm.records.review import Result, Review


class AuditHeader(Result):
    """Which audit: its number, when it ran, what it looked at, and how many accounts it reviewed."""

    id: int
    run_at: datetime
    as_of: date
    known_at: date | None
    policy: str
    accounts: int


class Audit(Result):
    """Every account reviewed in one run, and the full text of the policy it used."""

    header: AuditHeader
    policy_pack: Mapping[str, object]
    reviews: tuple[Review, ...]

    def review_of(self, account: str) -> Review | None:
        """The review of an account, if it was looked at."""
        return next((r for r in self.reviews if r.account == account), None)


class ReviewChange(Result):
    """How an account's review changed: verdicts and risk before and after, findings opened and closed.

    A verdict is None where nothing was observed.
    """

    account: str
    name: str
    verdicts: Mapping[str, tuple[str | None, str | None]]
    risk: tuple[Interval, Interval]
    opened: tuple[Finding, ...]
    closed: tuple[Finding, ...]


class AuditDiff(Result):
    """What changed between two audits; accounts without a change are left out."""

    before: AuditHeader
    after: AuditHeader
    appeared: tuple[str, ...]
    disappeared: tuple[str, ...]
    changes: tuple[ReviewChange, ...]

"""The port to audits: written once, never changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from graphcrm.records.audit import Audit, AuditHeader
from graphcrm.records.review import Review


class AuditStore(Protocol):
    """Audits by number, counted from 1."""

    def save_audit(
        self,
        reviews: Sequence[Review],
        *,
        run_at: datetime,
        as_of: date,
        known_at: date | None,
        policy_pack: Mapping[str, object],
    ) -> Audit:
        """Keep a run and give it the next number."""
        ...

    def audits(self) -> tuple[AuditHeader, ...]:
        """Every audit, the latest first."""
        ...

    def audit(self, number: int) -> Audit | None:
        """The audit of that number, or None."""
        ...

"""The port to audits: written once, never changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from graphcrm.records.audit import Audit, AuditHeader
from graphcrm.records.review import Review


class AuditStore(Protocol):
    """Audits by number, counted from 1."""

    def save_audit(
        self,
        reviews: Iterable[Review],
        *,
        run_at: datetime,
        as_of: date,
        known_at: date | None,
        policy_pack: Mapping[str, object],
    ) -> AuditHeader:
        """Keep a run and give it the next number; all of it, or none where the reviews break off.

        They may come as slowly as they are made, even out of this store, and need not fit into memory.
        """
        ...

    def audits(self) -> tuple[AuditHeader, ...]:
        """Every audit, the latest first."""
        ...

    def audit(self, number: int) -> Audit | None:
        """The audit of that number, or None."""
        ...

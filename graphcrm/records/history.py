"""History: all that a store holds, as plain rows, in the order in which it came."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple


class ImportRow(NamedTuple):
    """One import; they are numbered from 1."""

    number: int
    name: str
    source: str | None
    as_of: date
    at: datetime


class VersionRow(NamedTuple):
    """One statement of a record, or its retirement, which has a day and no body. Numbered from 1.

    ``ordinal`` is the record's place among those of its kind and key in its bundle, ``known_from`` the day
    from which it is known (None: always), ``earlier`` the version whose place it takes, ``body`` JSON as
    ``body_of`` writes it. ``intact`` is false where the store can tell that it is not what was written.
    """

    seq: int
    number: int
    kind: str
    key: tuple[str, ...]
    ordinal: int
    id: str | None
    source: str | None
    known_from: date | None
    retired_on: date | None
    earlier: int | None
    body: str | None
    intact: bool = True


class AuditRow(NamedTuple):
    """One audit, numbered from 1; its method pack is JSON."""

    number: int
    run_at: datetime
    as_of: date
    known_at: date | None
    policy: str
    accounts: int
    policy_pack: str


class ReviewRow(NamedTuple):
    """One review of an audit: its place there, counted from 0, and all of it as JSON."""

    number: int
    position: int
    account: str
    body: str


class Extent(NamedTuple):
    """How much history there is."""

    imports: int
    versions: int
    audits: int
    reviews: int
    latest_as_of: date | None

    def counts(self) -> Mapping[str, int]:
        """How many rows of each sort.

        >>> dict(Extent(1, 20, 0, 0, None).counts())
        {'imports': 1, 'versions': 20, 'audits': 0, 'reviews': 0}
        """
        return {name: n for name, n in self._asdict().items() if isinstance(n, int)}


NOTHING = Extent(0, 0, 0, 0, None)
"""The extent of an empty store."""

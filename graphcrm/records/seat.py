"""Seat: a position at a customer, whoever holds it."""

from typing import ClassVar

from graphcrm.records.base import Id, Level, Record, Share


class Seat(Record):
    """A position. Absent ``roles`` are unknown; an empty list says it is known to have none.

    ``level`` 1 is the top. ``weight`` states the decision weight instead of role × level. A seat may
    *decide for* other accounts: a group negotiates, its subsidiaries sign.
    """

    kind: ClassVar[str] = "seats"

    id: Id
    account: Id
    department: Id | None = None
    title: str | None = None
    level: Level | None = None
    roles: tuple[str, ...] | None = None
    weight: Share | None = None
    reports_to: Id | None = None
    decides_for: tuple[Id, ...] = ()

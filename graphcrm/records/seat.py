"""Seat: a position at a customer, whoever holds it."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Id, Level, Record, Share


class Seat(Record):
    """A position. Absent ``roles`` are unknown; an empty list says it is known to have none.

    ``level`` 1 is the top. ``weight`` states the decision weight instead of role × level. A seat may
    *decide for* other accounts: a group negotiates, its subsidiaries sign.
    """

    kind: ClassVar[str] = "seats"

    id: Id = Field(description=N_("The seat's id."))
    account: Id = Field(description=N_("The account it is a position at."))
    department: Id | None = Field(default=None, description=N_("The department it is in."))
    title: str | None = Field(default=None, description=N_("What the position is called."))
    level: Level | None = Field(default=None, description=N_("Rank of the seat; 1 is the top."))
    roles: tuple[str, ...] | None = Field(
        default=None,
        description=N_("Decision roles, such as decider or user; an empty list says that it has none."),
    )
    weight: Share | None = Field(
        default=None, description=N_("Decision weight, 0 to 1, stated instead of role and level.")
    )
    reports_to: Id | None = Field(default=None, description=N_("The seat of its boss."))
    decides_for: tuple[Id, ...] = Field(default=(), description=N_("Other accounts it decides for."))

"""Employee: one of ours."""

from typing import ClassVar

from graphcrm.records.base import Dated, Id, Level, Name


class Employee(Dated):
    """One of ours, or an expert of another ``employer`` working for us; valid from joining to leaving.

    ``captured`` says that our mail and calendar imports cover this person. ``avoid_regions`` are kept
    without a reason.
    """

    kind: ClassVar[str] = "employees"

    id: Id
    name: Name
    function: str | None = None
    level: Level | None = None
    region: str | None = None
    manager: Id | None = None
    employer: str | None = None
    captured: bool = False
    on_notice: bool = False
    avoid_regions: tuple[str, ...] = ()

"""Employee: one of ours."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Dated, Id, Level, Name


class Employee(Dated):
    """One of ours, or an expert of another ``employer`` working for us; valid from joining to leaving.

    ``captured`` says that our mail and calendar imports cover this person. ``avoid_regions`` are kept
    without a reason.
    """

    kind: ClassVar[str] = "employees"

    id: Id = Field(description=N_("The employee's id."))
    name: Name = Field(description=N_("The employee's name."))
    function: str | None = Field(
        default=None,
        description=N_("What the employee does: account, solution, delivery, service, executive …"),
    )
    level: Level | None = Field(default=None, description=N_("Rank of the employee; 1 is the top."))
    region: str | None = Field(default=None, description=N_("Where the employee works."))
    manager: Id | None = Field(default=None, description=N_("The employee's manager: an employee's id."))
    employer: str | None = Field(
        default=None, description=N_("Whose employee an outside expert is; absent for our own.")
    )
    captured: bool = Field(
        default=False, description=N_("Whether our mail and calendar imports cover the employee.")
    )
    on_notice: bool = Field(default=False, description=N_("Whether the employee will leave."))
    avoid_regions: tuple[str, ...] = Field(
        default=(), description=N_("Regions where the employee is not to be used; no reason is kept.")
    )

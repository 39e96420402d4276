"""Breadth: which departments and levels we reach in person (section 6)."""

from collections.abc import Mapping, Sequence

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import Ground, entry, everywhere, family, leaf, node, nothing
from graphcrm.explanation.reach import vacant
from graphcrm.explanation.strength import strength
from graphcrm.graph.account import SeatNode
from graphcrm.measures.breadth import department_cells
from graphcrm.records.department import Department
from graphcrm.records.explanation import Node
from graphcrm.records.interval import exactly

Cells = Mapping[int | None, Sequence[SeatNode]]


@everywhere
def live_tie(why: Ground, employee: str, contact: str) -> Node:
    """Whether an employee's direct tie to a contact is live."""
    who = {"employee": why.employee(employee), "contact": why.contact(contact)}
    says = Message(N_("{employee} is close enough to {contact}"), who)
    tie = strength(why, employee, contact)
    return node(says, "reaches", tie, entry(why, "reach.live"), unit="verdict")


@family
def met(why: Ground, seat: str) -> Node:
    """Whether somebody of ours has a direct live tie to a seat's holder."""
    holder = why.graph.seats[seat].holder
    if why.base is not None and (holder is None or why.absent not in why.base.graph.ties[holder]):
        return met(why.base, seat)
    says = Message(N_("we know {seat} in person"), {"seat": why.seat(seat)})
    if holder is None:
        return node(says, "any_of", vacant(why, seat), unit="verdict")
    ties = [live_tie(why, employee, holder) for employee in why.graph.ties[holder]]
    none = nothing(Message(N_("no tie and no interaction on record")), "no", "verdict")
    return node(says, "any_of", *(ties or [none]), unit="verdict")


@family
def breadth(why: Ground) -> Node:
    """B = Σ m·(mean over level cells of min(1, share/target)) / Σ m."""
    cells = department_cells(why.graph)
    parts = [_department(why, d, cells.get(d.id, {})) for d in why.graph.departments]
    if None in cells:
        parts.append(_department(why, None, cells[None]))
    none = nothing(Message(N_("no department and no seat on record")))
    return node(Message(N_("breadth")), "weighted_mean", *(parts or [none]))


def _department(why: Ground, department: Department | None, cells: Cells) -> Node:
    """A department's part: its importance, and how well its levels are met."""
    if department is None:
        says = Message(N_("seats without a department"))
        importance = leaf(Message(N_("importance of these")), exactly(1.0), "number", operator="nothing")
    else:
        says = Message("{department}", {"department": department.name})
        importance = leaf(
            Message(N_("its importance")),
            exactly(float(department.importance)),
            "number",
            evidence=department,
        )
    none = nothing(Message(N_("a department without seats counts 0")), exactly(0.0))
    levels = [_cell(why, level, [s.id for s in seats]) for level, seats in cells.items()]
    covered = node(Message(N_("how well its levels are met")), "mean", *(levels or [none]))
    return node(says, "seat_part", importance, covered, unit="seat_part")


def _cell(why: Ground, level: int | None, seats: Sequence[str]) -> Node:
    """min(1, share of the seats met / target of the level)."""
    targets = why.graph.policy.breadth.targets
    if level is None:
        says, target = Message(N_("seats of unknown level")), entry(why, "breadth.unknown_level")
    else:
        says = Message(N_("seats of level {level}"), {"level": level})
        named = entry(why, "breadth.targets", level) if level in targets else None
        target = named or entry(why, "breadth.lower_levels")
    share = node(Message(N_("share of them we know")), "share_of_true", *(met(why, s) for s in seats))
    return node(says, "capped_ratio", share, target)

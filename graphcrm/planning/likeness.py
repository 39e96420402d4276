"""Likeness, 0..1: how well one of ours could stand in another's place, or meet a contact (section 11)."""

from collections.abc import Iterable
from datetime import date, timedelta
from math import fsum

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.policies import Policy
from graphcrm.records.employee import Employee
from graphcrm.records.interval import ANYTHING, Interval, exactly

Match = tuple[float, Interval]
"""The weight of a trait, and how far it agrees; anything where one side is not on record."""


def similarity(giver: Employee, other: Employee, shared: float, policy: Policy) -> Interval:
    """How like the giver a successor is: Σ weight·match / Σ weight over four traits, 0..1.

    Function and region agree or not; a level agrees by 1 − Δ/(gap + 1), at least 0; ``shared`` is the
    share of the giver's seats that the other knows too. A trait that is not on record of either may agree
    or not: the result is an interval. Weights: the policy's ``plan.likeness``.
    """
    weights = policy.plan.likeness
    return _weighed(
        (
            (weights.function, _same(giver.function, other.function)),
            (weights.level, _near(giver.level, other.level, policy)),
            (weights.region, _same(giver.region, other.region)),
            (weights.shared_seats, exactly(shared)),
        )
    )


def fit(graph: AccountGraph, employee: Employee, contact: str) -> Interval:
    """How well an employee suits a contact, 0..1: as ``similarity``, without shared seats.

    The function is to be a counterpart of the department's (``plan.counterparts``, or the same word), the
    level near the seat's, the region the account's. The best of the contact's seats counts.
    """
    weights, policy = graph.policy.plan.likeness, graph.policy
    return max(
        _weighed(
            (
                (weights.function, _counterpart(graph, employee, seat)),
                (weights.level, _near(employee.level, seat.level, policy)),
                (weights.region, _same(employee.region, graph.account.region)),
            )
        )
        for seat in seats_of(graph, contact)
    )


def is_peer(graph: AccountGraph, employee: Employee, contact: str) -> bool:
    """Whether function and level match those of a seat of the contact: reason enough to call.

    A trait that is not on record matches nothing.
    """
    gap = graph.policy.organisation.level_gap
    return any(
        _counterpart(graph, employee, seat).low == 1
        and employee.level is not None
        and seat.level is not None
        and abs(employee.level - seat.level) <= gap
        for seat in seats_of(graph, contact)
    )


def is_available(employee: Employee, graph: AccountGraph) -> bool:
    """Whether an employee may get new ties here: there, not leaving, and in no region to be avoided."""
    return (
        employee.valid_at(graph.as_of)
        and not is_leaving(employee, graph.as_of, graph.policy)
        and not avoids(employee, graph.account.region)
    )


def is_leaving(employee: Employee, as_of: date, policy: Policy) -> bool:
    """Whether somebody is on notice, or the last day is nearer than the policy's ``plan.stay_days``."""
    until = as_of + timedelta(days=policy.plan.stay_days)
    return employee.on_notice or (employee.valid_to is not None and employee.valid_to <= until)


def avoids(employee: Employee, region: str | None) -> bool:
    """Whether the employee is not to be used in this region; no reason is kept, and none is told."""
    return region is not None and _plain(region) in map(_plain, employee.avoid_regions)


def seats_of(graph: AccountGraph, contact: str) -> list[SeatNode]:
    """The seats in scope, and the gates to them, that a contact holds."""
    return [graph.seats[seat] for seat in graph.contacts[contact].seats_held if seat in graph.seats]


def _counterpart(graph: AccountGraph, employee: Employee, seat: SeatNode) -> Interval:
    theirs = next((d.function for d in graph.departments if d.id == seat.department), None)
    if employee.function is None or theirs is None:
        return ANYTHING
    counterparts = {_plain(ours): names for ours, names in graph.policy.plan.counterparts.items()}
    names = (employee.function, *counterparts.get(_plain(employee.function), ()))
    return exactly(float(_plain(theirs) in map(_plain, names)))


def _weighed(matches: Iterable[Match]) -> Interval:
    every = [(weight, match) for weight, match in matches if weight > 0]
    whole = fsum(weight for weight, _ in every)
    if whole == 0:
        return ANYTHING
    low = fsum(weight * match.low for weight, match in every) / whole
    return Interval(low, fsum(weight * match.high for weight, match in every) / whole).rounded()


def _same(one: str | None, other: str | None) -> Interval:
    return ANYTHING if one is None or other is None else exactly(float(_plain(one) == _plain(other)))


def _near(one: int | None, other: int | None, policy: Policy) -> Interval:
    if one is None or other is None:
        return ANYTHING
    return exactly(max(0.0, 1 - abs(one - other) / (policy.organisation.level_gap + 1)))


def _plain(word: str) -> str:
    return word.strip().casefold()

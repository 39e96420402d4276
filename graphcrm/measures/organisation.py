"""Organisation (势): is company tied to company (section 6)."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from math import fsum
from typing import NamedTuple

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.once import once
from graphcrm.graph.reach import ENDS, End, leg
from graphcrm.measures.bipartite import largest_matching
from graphcrm.records.interval import ANYTHING, Interval, exactly
from graphcrm.records.mechanism import Mechanism


class OrganisationElements(NamedTuple):
    """The four elements, each a share 0..1."""

    communication: Interval
    matching: Interval
    joint_work: Interval
    recognition: Interval


def organisation(elements: OrganisationElements) -> Interval:
    """O, the mean of the four elements."""
    return Interval(fsum(e.low for e in elements) / 4, fsum(e.high for e in elements) / 4)


def organisation_elements(graph: AccountGraph, *, without: str | None = None) -> OrganisationElements:
    """Communication, matching, joint work and recognition; ``without`` an employee, if one is named."""
    if without is None:
        return _elements(graph)
    owns = any(without in m.our_owners for m in graph.mechanisms)
    present = graph.present - {without} if owns else None
    now = _elements(graph)
    return OrganisationElements(
        communication(graph, present) if owns else now.communication,
        matching(graph, without=without),
        joint_work(graph, present) if owns else now.joint_work,
        now.recognition,
    )


@once
def _elements(graph: AccountGraph) -> OrganisationElements:
    return OrganisationElements(
        communication(graph), matching(graph), joint_work(graph), recognition(graph)
    )


def communication(graph: AccountGraph, present: AbstractSet[str] | None = None) -> Interval:
    """Of the mechanisms with a cadence, the share that is carried and was held lately.

    Lately is within 1.5 cadences up to the day. Without any: 0 if all mechanisms are on record, else
    anything. ``present`` are those of ours who can carry, everybody who is there if not given.
    """
    regular = [m for m in graph.mechanisms if m.cadence_days is not None]
    if not regular:
        return nothing_on_record(graph)
    held = sum(is_carried(graph, m, present) and _held_lately(graph, m) for m in regular)
    return exactly(held / len(regular))


def matching(graph: AccountGraph, *, without: str | None = None) -> Interval:
    """How many of the account's level 1–2 seats meet somebody of ours on their level.

    The largest matching of those seats with present employees by direct live tie and |level difference|
    ≤ 1, over min(4, seats), at most 1. An employee of unknown level matches nobody at the low end,
    anybody at the high one. Without such seats: anything.
    """
    seats = len(matched_seats(graph))
    if not seats:
        return ANYTHING
    enough = min(graph.policy.organisation.enough_matches, seats)

    def matched(end: End) -> int:
        choices, now = _choices(graph, end), _matched(graph, end)
        # Who leaves takes one pair at most; whether another can step in matters only short of enough.
        if without is None or without not in now or len(now) > enough:
            return len(now)
        return len(largest_matching({s: [e for e in who if e != without] for s, who in choices.items()}))

    return Interval(*(min(1.0, matched(end) / enough) for end in ENDS))


@once
def _choices(graph: AccountGraph, end: End) -> Mapping[str, tuple[str, ...]]:
    return match_choices(graph, matched_seats(graph), end)


@once
def _matched(graph: AccountGraph, end: End) -> frozenset[str]:
    """The employees of a largest matching."""
    return frozenset(largest_matching(_choices(graph, end)).values())


def joint_work(graph: AccountGraph, present: AbstractSet[str] | None = None) -> Interval:
    """The share of the account's value-chain stages that a carried mechanism names."""
    if not graph.stages:
        return nothing_on_record(graph)
    named = {m.stage for m in graph.mechanisms if is_carried(graph, m, present)}
    return exactly(sum(stage.name in named for stage in graph.stages) / len(graph.stages))


def recognition(graph: AccountGraph) -> Interval:
    """1 if a strategic or framework agreement is in force, carried or not; else as nothing on record."""
    agreements = graph.policy.organisation.agreements
    if any(m.mechanism_kind in agreements for m in graph.mechanisms):
        return exactly(1.0)
    return nothing_on_record(graph)


def matched_seats(graph: AccountGraph) -> list[SeatNode]:
    """The account's own seats of the levels that should be matched."""
    levels = graph.policy.organisation.matched_levels
    return [s for s in graph.scope if s.own and s.level in levels]


def matched_pairs(graph: AccountGraph, seats: Iterable[SeatNode], end: End) -> dict[str, str]:
    """A largest matching, seat to employee, by direct live tie and level."""
    return largest_matching(match_choices(graph, seats, end))


def match_choices(graph: AccountGraph, seats: Iterable[SeatNode], end: End) -> dict[str, tuple[str, ...]]:
    """By seat: whom of ours it may be matched with, in id order."""
    return {
        seat.id: tuple(
            employee
            for employee, tie in graph.ties[seat.holder].items()
            if leg(tie, graph, end) > 0 and _same_level(graph, seat, employee, end)
        )
        for seat in seats
        if seat.holder is not None
    }


def nothing_on_record(graph: AccountGraph) -> Interval:
    """What no record means: 0 where all mechanisms are on record, else anything."""
    return exactly(0.0) if graph.account.mechanisms_complete else ANYTHING


def is_carried(graph: AccountGraph, mechanism: Mechanism, present: AbstractSet[str] | None = None) -> bool:
    """Whether somebody of ours who is there looks after it, or it needs nobody."""
    there = graph.present if present is None else present
    return not mechanism.our_owners or not there.isdisjoint(mechanism.our_owners)


def _held_lately(graph: AccountGraph, mechanism: Mechanism) -> bool:
    assert mechanism.cadence_days is not None, "asked of mechanisms with a cadence only"
    grace = mechanism.cadence_days * graph.policy.organisation.cadences_of_grace
    return any(0 <= (graph.as_of - day).days <= grace for day in mechanism.held)


def _same_level(graph: AccountGraph, seat: SeatNode, employee: str, end: End) -> bool:
    level = graph.employees[employee].level
    if level is None or seat.level is None:
        return end == "high"
    return abs(level - seat.level) <= graph.policy.organisation.level_gap

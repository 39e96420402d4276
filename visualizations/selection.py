"""Selection: which of an account's people and seats a picture shows, where there are too many for one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graphcrm.records.relationship_map import MapInfluence, MapTie, OurPerson, RelationshipMap, TheirSeat

MOST_NODES = 500
"""More than this nobody can read, and no browser draws well."""


@dataclass(frozen=True)
class Selection:
    """What is drawn, and how much of the account is not.

    Employees without a tie to anybody on the map are no part of the picture and are not counted.
    """

    people: tuple[OurPerson, ...]
    seats: tuple[TheirSeat, ...]
    ties: tuple[MapTie, ...]
    influences: tuple[MapInfluence, ...]
    seats_left_out: int
    people_left_out: int


def select(account: RelationshipMap, most: int = MOST_NODES) -> Selection:
    """Everything, or at most so many nodes: the seats in scope that decide and are reached best come first.

    At most half of the nodes are ours: those on whom most seats hang, then those with most live ties.
    """
    firm = int(any(tie.employee is None for tie in account.ties))
    tied = Counter(tie.employee for tie in account.ties if tie.employee is not None)
    live = Counter(tie.employee for tie in account.ties if tie.live)
    ours = sorted(
        (p for p in account.our_people if tied[p.id] or p.only_route_to),
        key=lambda p: (-len(p.only_route_to), -live[p.id], p.id),
    )
    room = max(most - firm - len(account.seats), (most - firm) // 2)
    kept_people = {p.id for p in ours[:room]}
    theirs = sorted(account.seats, key=_first)[: most - firm - len(kept_people)]
    kept_seats = {s.id for s in theirs}
    return Selection(
        people=tuple(p for p in account.our_people if p.id in kept_people),
        seats=tuple(s for s in account.seats if s.id in kept_seats),
        ties=tuple(_among(account.ties, kept_people, kept_seats)),
        influences=tuple(
            i for i in account.influences if i.source in kept_seats and i.target in kept_seats
        ),
        seats_left_out=len(account.seats) - len(theirs),
        people_left_out=len(ours) - len(kept_people),
    )


def _first(seat: TheirSeat) -> tuple[bool, bool, bool, float, float, str]:
    return (
        not seat.in_scope,
        not seat.is_decider,
        not seat.is_key,
        -seat.reach.high,
        -seat.reach.low,
        seat.id,
    )


def _among(ties: Iterable[MapTie], people: set[str], seats: set[str]) -> Iterable[MapTie]:
    return (t for t in ties if t.seat in seats and (t.employee is None or t.employee in people))

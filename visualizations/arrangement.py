"""Arrangement: which people and seats stand in which column and row of the map, before any distance."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graphcrm.errors import N_, Message
from graphcrm.records.relationship_map import OurPerson, RelationshipMap, TheirSeat
from graphcrm.visualizations.selection import Selection

NO_DEPARTMENT = Message(N_("No department"))
ELSEWHERE = Message(N_("Elsewhere"))
NO_LEVEL = Message(N_("Level unknown"))

Place = tuple[int, int]
"""A column and a row."""


@dataclass(frozen=True)
class Arrangement:
    """Columns and rows by title. ``counted`` columns are the account's own, where breadth is counted."""

    columns: tuple[str | Message, ...]
    rows: tuple[str | Message, ...]
    counted: int
    seats: Mapping[Place, tuple[TheirSeat, ...]]
    people: Mapping[int, tuple[OurPerson, ...]]

    def fullest_in_column(self, column: int) -> int:
        """How many seats the fullest cell of a column holds."""
        return max((len(seats) for (c, _), seats in self.seats.items() if c == column), default=0)


def arrange(account: RelationshipMap, shown: Selection) -> Arrangement:
    """Departments are columns, in their order; then seats without one; then seats elsewhere.

    Levels are rows, the top first; an unknown level is the last row. Both sides share them.
    """
    own = {department.id: i for i, department in enumerate(account.departments)}
    columns: list[str | Message] = [department.name for department in account.departments]
    if any(s.elsewhere is None and s.department not in own for s in shown.seats):
        columns.append(NO_DEPARTMENT)
    counted = len(columns)
    if any(s.elsewhere is not None for s in shown.seats):
        columns.append(ELSEWHERE)
    levels = {s.level for s in shown.seats} | {p.level for p in shown.people}
    known = sorted(level for level in levels if level is not None)
    row_of: dict[int | None, int] = {level: i for i, level in enumerate(known)}
    rows: list[str | Message] = [Message(N_("Level {level}"), {"level": level}) for level in known]
    if None in levels:
        row_of[None] = len(rows)
        rows.append(NO_LEVEL)

    seats: dict[Place, list[TheirSeat]] = defaultdict(list)
    for seat in sorted(shown.seats, key=lambda s: (not s.is_key, s.id)):
        column = counted if seat.elsewhere is not None else own.get(seat.department or "", counted - 1)
        seats[column, row_of[seat.level]].append(seat)
    people: dict[int, list[OurPerson]] = defaultdict(list)
    for person in sorted(shown.people, key=lambda p: p.id):
        people[row_of[person.level]].append(person)
    return Arrangement(
        columns=tuple(columns),
        rows=tuple(rows),
        counted=counted,
        seats={place: tuple(s) for place, s in sorted(seats.items())},
        people={row: tuple(p) for row, p in sorted(people.items())},
    )

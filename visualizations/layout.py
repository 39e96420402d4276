"""Layout: a relationship map becomes a view model with a place for everything.

Our people stand on the left, the customer's departments are columns and the levels rows on the right;
both sides share the rows. Deterministic, and no two marks overlap: columns and rows are as wide as what
stands in them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphcrm.errors import N_, Message
from graphcrm.records.relationship_map import RelationshipMap
from graphcrm.visualizations.arrangement import Arrangement, arrange
from graphcrm.visualizations.grid import Slot, Span, lay, lines, side_by_side, spread
from graphcrm.visualizations.labels import columns, wrap
from graphcrm.visualizations.selection import MOST_NODES, Selection, select
from graphcrm.visualizations.view_models import Bond, Cell, Heading, MapView, PersonMark, SeatMark

OUR_PEOPLE = Message(N_("Our people"))
THE_FIRM = Message(N_("The firm"))

LABEL_COLUMNS = 12
"""Where a name is broken."""
PER_COLUMN = 7.0
"""Pixels a column of text takes in the labels' face."""
LINE = 15.0
"""Pixels a line of a label takes."""
SIGNS = 18.0
"""Pixels a mark's signs take beside its name."""
MARK = 40.0
"""Pixels a mark takes without its label."""
BOX = 30.0
"""Pixels the box of one of our people takes around its label, and above and below it."""

ROW_TITLES = 78.0
COLUMN_TITLES = 42.0
COLUMN = 88.0
BETWEEN = 140.0
GAP = 6.0
PADDING = 12.0
STAGGER = 10.0
"""Neighbouring columns stand this much higher and lower, so that ties do not run through them."""
PEOPLE_IN_A_LINE = 8


@dataclass(frozen=True)
class _Frame:
    """Where columns and rows are, and the room of a mark in them."""

    seat: Slot
    person: Slot
    across: tuple[int, ...]
    abreast: int
    left: Span
    right: tuple[Span, ...]
    rows: tuple[Span, ...]
    firm: Span | None


def map_view(account: RelationshipMap, most: int = MOST_NODES) -> MapView:
    """The account with a place for everything, or for at most so many nodes of it."""
    shown = select(account, most)
    arrangement = arrange(account, shown)
    frame = _frame(arrangement, with_firm=any(tie.employee is None for tie in shown.ties))
    rows = [*frame.rows, *([frame.firm] if frame.firm else [])]
    return MapView(
        width=(frame.right[-1].end if frame.right else frame.left.end + BETWEEN) + GAP,
        height=(rows[-1].end if rows else COLUMN_TITLES) + GAP,
        ours=Heading(OUR_PEOPLE, frame.left),
        columns=tuple(map(Heading, arrangement.columns, frame.right)),
        rows=tuple(map(Heading, (*arrangement.rows, THE_FIRM), rows)),
        cells=tuple(_cells(arrangement, frame, shown)),
        people=tuple(_people(arrangement, frame)),
        seats=tuple(_seats(arrangement, frame)),
        firm=(frame.left.middle, frame.firm.middle) if frame.firm else None,
        ties=shown.ties,
        bonds=tuple(_bonds(shown)),
        seats_left_out=shown.seats_left_out,
        people_left_out=shown.people_left_out,
    )


def _frame(arrangement: Arrangement, *, with_firm: bool) -> _Frame:
    seats = [_name(s.holder_name or s.title) for cell in arrangement.seats.values() for s in cell]
    people = [_name(p.name) for row in arrangement.people.values() for p in row]
    seat = Slot(max(60.0, _width(seats) + SIGNS), MARK + LINE * _lines(seats))
    person = Slot(max(76.0, _width(people) + BOX), BOX + LINE * (_lines(people) + 1))
    across = tuple(side_by_side(arrangement.fullest_in_column(c)) for c in range(len(arrangement.columns)))
    abreast = max((lines(len(p), PEOPLE_IN_A_LINE) for p in arrangement.people.values()), default=1)
    heights = [
        PADDING
        + max(
            lines(len(arrangement.people.get(row, ())), abreast) * person.height,
            *(
                lines(len(cell), across[column]) * seat.height + 2 * STAGGER
                for (column, r), cell in arrangement.seats.items()
                if r == row
            ),
            0,
        )
        for row in range(len(arrangement.rows))
    ]
    left = Span(ROW_TITLES, max(abreast * person.width, COLUMN) + PADDING)
    widths = [max(n * seat.width, COLUMN) + PADDING for n in across]
    down = lay([*heights, person.height + PADDING], COLUMN_TITLES, GAP)
    return _Frame(
        seat=seat,
        person=person,
        across=across,
        abreast=abreast,
        left=left,
        right=lay(widths, left.end + BETWEEN, GAP),
        rows=down[:-1],
        firm=down[-1] if with_firm else None,
    )


def _people(arrangement: Arrangement, frame: _Frame) -> Iterator[PersonMark]:
    for row, people in arrangement.people.items():
        places = spread(len(people), frame.abreast, frame.left, frame.rows[row], frame.person)
        for person, (x, y) in zip(people, places, strict=True):
            yield PersonMark(person, _name(person.name), x, y)


def _seats(arrangement: Arrangement, frame: _Frame) -> Iterator[SeatMark]:
    for (column, row), seats in arrangement.seats.items():
        drop = STAGGER if column % 2 else -STAGGER
        place = frame.right[column], frame.rows[row]
        places = spread(len(seats), frame.across[column], *place, frame.seat)
        for seat, (x, y) in zip(seats, places, strict=True):
            yield SeatMark(seat, _name(seat.holder_name or seat.title), x, y + drop)


def _cells(arrangement: Arrangement, frame: _Frame, shown: Selection) -> Iterator[Cell]:
    """The cells that hold seats; breadth counts the account's own, reached by a live tie of a person."""
    reached = {tie.seat for tie in shown.ties if tie.live and tie.employee is not None}
    for (column, row), seats in arrangement.seats.items():
        counted = column < arrangement.counted
        yield Cell(
            frame.right[column],
            frame.rows[row],
            len(seats),
            sum(s.id in reached for s in seats) if counted else None,
        )


def _bonds(shown: Selection) -> Iterator[Bond]:
    """One line for two seats that bear on each other, in the stronger direction."""
    strength = {(i.source, i.target): i.strength for i in shown.influences}
    for (source, target), there in strength.items():
        back = strength.get((target, source), 0.0)
        if (there, source) > (back, target):
            yield Bond(source, target, there, back)


def _name(text: str) -> tuple[str, ...]:
    return wrap(text, LABEL_COLUMNS)


def _width(labels: Sequence[tuple[str, ...]]) -> float:
    return max((columns(line) for label in labels for line in label), default=0) * PER_COLUMN


def _lines(labels: Sequence[tuple[str, ...]]) -> int:
    return max(map(len, labels), default=1)

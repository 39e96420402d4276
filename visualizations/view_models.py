"""View models: the map of an account with a place for everything, in no language and no colour.

Distances are pixels of a picture drawn at its natural size; x grows to the right, y downwards.
"""

from dataclasses import dataclass
from typing import Literal

from graphcrm.errors import Message
from graphcrm.records.relationship_map import MapTie, OurPerson, TheirSeat
from graphcrm.visualizations.grid import Span

Reached = Literal["yes", "possibly", "no"]


@dataclass(frozen=True)
class Heading:
    """A column or a row: what it is called, and where it is."""

    title: str | Message
    span: Span


@dataclass(frozen=True)
class Cell:
    """A department's seats on a level; ``reached`` in person, None where that is not counted."""

    column: Span
    row: Span
    seats: int
    reached: int | None


@dataclass(frozen=True)
class PersonMark:
    """One of our people, in place; ``label`` is the name, on lines."""

    person: OurPerson
    label: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True)
class SeatMark:
    """A seat, in place; ``label`` is its holder's name, else its title, on lines."""

    seat: TheirSeat
    label: tuple[str, ...]
    x: float
    y: float

    @property
    def reached(self) -> Reached:
        """Whether anybody of ours gets through, proven or possibly."""
        if self.seat.reach.low > 0:
            return "yes"
        return "possibly" if self.seat.reach.high > 0 else "no"


@dataclass(frozen=True)
class Bond:
    """A seat bears on another; ``back`` is how strongly that one bears on it, 0 if it does not."""

    source: str
    target: str
    strength: float
    back: float


@dataclass(frozen=True)
class MapView:
    """The whole picture. ``firm`` is where the firm stands, None where it holds no trust of its own."""

    width: float
    height: float
    ours: Heading
    columns: tuple[Heading, ...]
    rows: tuple[Heading, ...]
    cells: tuple[Cell, ...]
    people: tuple[PersonMark, ...]
    seats: tuple[SeatMark, ...]
    firm: tuple[float, float] | None
    ties: tuple[MapTie, ...]
    bonds: tuple[Bond, ...]
    seats_left_out: int
    people_left_out: int

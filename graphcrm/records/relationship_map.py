"""RelationshipMap: one account as people look at it, before anybody decides where things are drawn."""

from graphcrm.records.interval import Interval
from graphcrm.records.review import Result, Review


class OurPerson(Result):
    """One of our employees on the map; ``only_route_to`` are the seats that hang on this one alone."""

    id: str
    name: str
    function: str | None
    level: int | None
    only_route_to: tuple[str, ...]


class TheirSeat(Result):
    """A seat on the map. ``elsewhere`` names the account it belongs to where that is another one.

    ``reach`` is at both ends; ``attitude`` None is unknown, and nobody's where ``holder`` is None.
    """

    id: str
    title: str
    holder: str | None
    holder_name: str | None
    department: str | None
    elsewhere: str | None
    level: int | None
    roles: tuple[str, ...] | None
    attitude: str | None
    is_key: bool
    is_decider: bool
    in_scope: bool
    reach: Interval
    only_through: str | None


class TheirDepartment(Result):
    """A department on the map, with its seats and how many of them somebody of ours reaches in person."""

    id: str
    name: str
    seats: int
    reached: int


class MapTie(Result):
    """Who of ours knows the holder of a seat; ``employee`` None is the firm's own route.

    ``live`` at proven strength; ``fading`` if it will not be without new contact.
    """

    employee: str | None
    seat: str
    strength: Interval
    live: bool
    fading: bool


class MapInfluence(Result):
    """A seat bears on another, strong enough to carry an introduction."""

    source: str
    target: str
    strength: float


class RelationshipMap(Result):
    """One account as of a day: our people, their departments and seats, what runs between them."""

    name: str
    our_people: tuple[OurPerson, ...]
    departments: tuple[TheirDepartment, ...]
    seats: tuple[TheirSeat, ...]
    ties: tuple[MapTie, ...]
    influences: tuple[MapInfluence, ...]
    review: Review

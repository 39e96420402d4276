"""Structure: on whom, and through whom, an account hangs. The names are those of the API."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from graphcrm.records.interval import Count, Interval
from graphcrm.records.review import Reason, Result


class SeatRoute(Result):
    """One route of ours to a seat: an employee's direct tie, or through a gate."""

    employee: str
    gate: str | None


class IndependentRoutes(Result):
    """As many vertex-disjoint routes to a seat as there are, and the fewest whose absence leaves none.

    ``cut_employees`` leave, ``cut_gates`` fall vacant: together they are as many as the routes.
    """

    routes: tuple[SeatRoute, ...]
    cut_employees: tuple[str, ...]
    cut_gates: tuple[str, ...]


class RoutesToSeat(Result):
    """Proven (low) and possible (high) routes to a seat."""

    low: IndependentRoutes
    high: IndependentRoutes


class Ownership(Result):
    """Whose the relationship is: concentration, as how many equal owners that is, and each one's share."""

    hhi: float
    effective_owners: float
    shares: Mapping[str, float]


class TopSets(Result):
    """The greatest value that sets of one size have, and every set that has it."""

    value: float
    sets: tuple[tuple[str, ...], ...]


class KeyPlayers(Result):
    """Seats in the influence network, as sets of one size: without whom it falls apart, and who reaches it.

    The fragmentations are of the seats that remain. In both reaches the set counts itself.
    """

    fragmentation: TopSets
    distance_weighted_fragmentation: TopSets
    distance_weighted_reach: TopSets
    m_reach: TopSets


class SingleThread(Result):
    """A seat that several employees reach, all through one contact: the redundancy is false."""

    seat: str
    contact: str
    gates: tuple[str, ...]
    employees: tuple[str, ...]


class Counterparts(Result):
    """Bow-tie or diamond: top seats matched with people of ours, and who must go before none is.

    ``position`` is 0 for a bow-tie and 1 for a diamond. ``pairs``, seat to employee, and the cut are
    proven.
    """

    matched: Count
    pairs: Mapping[str, str]
    cut_seats: tuple[str, ...]
    cut_employees: tuple[str, ...]
    position: Interval | None


class Person(Result):
    """Somebody on the map: one of ours, or of theirs; or the firm, which keeps what no employee carries."""

    kind: Literal["employee", "contact", "firm"]
    id: str


class MapCuts(Result):
    """Where the whole map hangs together, over any number of steps; it prices nothing.

    ``dominators``: by contact, those through whom every way from us to them leads, the nearest to us
    first. ``articulation_points`` and ``bridges``: without whom, or without what, the map falls apart.
    """

    dominators: Mapping[str, tuple[Person, ...]]
    articulation_points: tuple[Person, ...]
    bridges: tuple[tuple[Person, Person], ...]


class Structure(Result):
    """The structure of an account as of a day (docs/method.md, section 10).

    At proven strength and low weights, but for the routes to seats and for counterparts, which have both
    ends. ``None`` and missing sizes are undefined or not settled: ``reasons`` says why, by name.
    ``worst_departures`` and ``key_players`` are by size of the set, 1 to 3; the former give the share of
    reach lost. ``network`` is how many seats the influence network has.
    """

    account: str
    as_of: date
    policy: str
    bus_factor: Count | None
    ownership: Ownership | None
    routes: Mapping[str, RoutesToSeat]
    single_threads: tuple[SingleThread, ...]
    worst_departures: Mapping[int, TopSets]
    key_players: Mapping[int, KeyPlayers]
    network: int
    counterparts: Counterparts
    map_cuts: MapCuts
    reasons: Mapping[str, Reason]

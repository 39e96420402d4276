"""Key points (点): how strongly we reach those who decide, and whether they support us (section 6)."""

from collections.abc import Iterable, Mapping

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.once import once
from graphcrm.graph.reach import End, labels
from graphcrm.measures.shares import Share, Term
from graphcrm.records.interval import ANYTHING, Interval


def key_points(graph: AccountGraph, *, without: str | None = None) -> Interval:
    """K = Σ w·R·g / Σ w over the seats in scope; a share of what the best relationship would have.

    w is the decision weight, R the reach (``without`` an employee, if one is named), g the attitude on the
    policy's scale (unknown: anything; a vacant seat: 0). Anything, if no seat is known to have weight. The
    idea: contact authority (Palmatier 2008, doi:10.1509/jmkg.72.4.76).
    """
    if not any(seat.weight.low > 0 for seat in graph.scope):
        return ANYTHING
    low, high = (_fallen(graph, end, without) for end in ("low", "high"))
    return Interval(
        _share(graph, "low").smallest(_terms(graph, low)) or 0.0,
        _share(graph, "high").largest(_terms(graph, high)) or 0.0,
    )


def key_points_floor(graph: AccountGraph, *, without: str | None = None) -> Interval:
    """The least R·g of a decider seat: the weakest of the decisive points.

    The low end also looks at seats of unknown roles, which may decide. Anything without a decider seat.
    """
    deciders, maybe = _deciders(graph)
    if not deciders:
        return ANYTHING
    return Interval(_least(graph, maybe, "low", without), _least(graph, deciders, "high", without))


@once
def supported(graph: AccountGraph, end: End) -> Mapping[str, float]:
    """R·g of every seat in scope at one end."""
    g = supports(graph, end)
    return {seat: label.best * g[seat] for seat, label in labels(graph, end).items()}


@once
def supports(graph: AccountGraph, end: End) -> Mapping[str, float]:
    """The support g at every seat in scope: its holder's attitude; unknown is [0, 1], a vacant seat 0."""
    return {seat.id: _support(graph, seat, end) for seat in graph.scope}


def _support(graph: AccountGraph, seat: SeatNode, end: End) -> float:
    if seat.holder is None:
        return 0.0
    attitude = graph.contacts[seat.holder].attitude
    if attitude is None:
        return ANYTHING.low if end == "low" else ANYTHING.high
    return graph.attitude_value(attitude)


@once
def _share(graph: AccountGraph, end: End) -> Share[str]:
    values = supported(graph, end)
    return Share({s.id: Term(s.weight, values[s.id], 1.0) for s in graph.scope})


@once
def _weights(graph: AccountGraph) -> Mapping[str, Interval]:
    return {seat.id: seat.weight for seat in graph.scope}


def _terms(graph: AccountGraph, fallen: Mapping[str, float]) -> dict[str, Term]:
    weights = _weights(graph)
    return {seat: Term(weights[seat], value, 1.0) for seat, value in fallen.items()}


@once
def _carried(graph: AccountGraph, end: End) -> Mapping[str, list[str]]:
    """By employee: the seats whose best route is theirs."""
    carried: dict[str, list[str]] = {}
    for seat, label in labels(graph, end).items():
        if label.by is not None:
            carried.setdefault(label.by, []).append(seat)
    return carried


def _fallen(graph: AccountGraph, end: End, without: str | None) -> dict[str, float]:
    """R·g of the seats that an employee's leaving lowers."""
    seats = [] if without is None else _carried(graph, end).get(without, [])
    return {seat: labels(graph, end)[seat].other * supports(graph, end)[seat] for seat in seats}


@once
def _deciders(graph: AccountGraph) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The seats known to decide; and those that do or may, their roles being unknown."""
    known = tuple(s.id for s in graph.scope if s.is_decider)
    return known, tuple(s.id for s in graph.scope if s.is_decider or s.roles is None)


def _least(graph: AccountGraph, seats: Iterable[str], end: End, without: str | None) -> float:
    values = supported(graph, end)
    fallen = _fallen(graph, end, without)
    return min(fallen.get(seat, values[seat]) for seat in seats)

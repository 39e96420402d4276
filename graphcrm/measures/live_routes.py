"""Live routes: how strongly each employee, and the firm itself, comes through to each seat (section 4)."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import routes
from graphcrm.records.interval import Interval


def live_routes(graph: AccountGraph) -> Mapping[str, Mapping[str, Interval]]:
    """V(e, c), 0..1, by employee, then seat in scope: the best live route, directly or through one gate.

    The low end is proven, the high end possible. Who has no live route at either end is left out; a low
    end of 0 says that the route is possible only.
    """
    return {who: seats for who, seats in _by_carrier(graph).items() if who is not None}


def firm_routes(graph: AccountGraph) -> Mapping[str, Interval]:
    """V of the firm, 0..1, by seat in scope: what comes through whoever leaves."""
    return _by_carrier(graph).get(None, {})


def _by_carrier(graph: AccountGraph) -> dict[str | None, dict[str, Interval]]:
    low, high = routes(graph, "low"), routes(graph, "high")
    found: dict[str | None, dict[str, Interval]] = {}
    for seat, possible in high.items():
        proven = low[seat]
        # What is live at the low end is live at the high end too: possible holds every carrier.
        for who, strength in possible.items():
            found.setdefault(who, {})[seat] = Interval(proven.get(who, 0.0), strength)
    return found

"""Sole route: the one employee on whom a reached seat hangs (section 8)."""

from collections.abc import Mapping

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import labels


def sole_route(graph: AccountGraph) -> Mapping[str, str]:
    """Seat → the employee without whom it is not reached, at proven strength; the firm is a route too.

    Only seats that have one. Read off the two labels: a best route and none of another.
    """
    return {
        seat: label.by
        for seat, label in labels(graph, "low").items()
        if label.by is not None and label.other == 0
    }

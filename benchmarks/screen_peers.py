"""The same question, every departure's loss, by others: a plain script, pandas, igraph, rustworkx.

Each takes accounts as rows (``portfolios.Rows``) and gives {employee: share of Σ w·R that leaves}; None
where nothing is reached. They are written as their manuals would have it, and nothing is held back.
"""

import importlib.util
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain
from math import exp, fsum, log
from pathlib import Path
from types import ModuleType
from typing import Any

import igraph
import numpy as np
import pandas as pd
import rustworkx as rx
from portfolios import Rows

from graphcrm.portfolio.columns import NONE, PortfolioColumns

NAIVE = Path(__file__).resolve().parents[2] / "shared" / "bench" / "naive.py"
Losses = Mapping[Any, float | None]


def naive() -> ModuleType | None:
    """The plain script with networkx, which stands beside the repository; None where it does not."""
    if not NAIVE.is_file():
        return None
    spec = importlib.util.spec_from_file_location("naive", NAIVE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The screen


def columns_of_rows(accounts: Iterable[Rows]) -> PortfolioColumns:
    """The columns of accounts that come as rows, whatever their ids are: the screen's own building."""
    employees: dict[Any, int] = {}
    seats: dict[Any, int] = {}
    row_count, weight, tied, tied_to, strength = [], [], [], [], []
    kept, gate, towards, influence = [], [], [], []
    for account in accounts:
        row_count.append(len(account["weights"]))
        for seat in account["weights"]:
            seats.setdefault(seat, len(seats))
        weight.extend(account["weights"].values())
        tied.extend(employees.setdefault(employee, len(employees)) for employee, _, _ in account["ties"])
        tied_to.extend(seats[seat] for _, seat, _ in account["ties"])
        strength.extend(s for _, _, s in account["ties"])
        kept.extend((seats[seat], s) for seat, s in account["firm"])
        gate.extend(seats[one] for one, _, _ in account["influence"])
        towards.extend(seats[other] for _, other, _ in account["influence"])
        influence.extend(s for _, _, s in account["influence"])
    count = len(seats)
    to, who = np.array(tied_to, dtype=np.int64), np.array(tied, dtype=np.int64)
    order = np.argsort(to * len(employees) + who)
    at = np.array(towards, dtype=np.int64)
    gates = np.argsort(at, kind="stable")
    firm = np.zeros(count)
    for seat, s in kept:
        firm[seat] = s
    weights, places = np.array(weight), np.arange(count, dtype=np.int32)
    return PortfolioColumns(
        accounts=tuple(map(str, range(len(row_count)))),
        employees=tuple(map(str, employees)),
        contacts=tuple(map(str, seats)),
        seats=tuple(map(str, seats)),
        functions=(),
        currencies=(),
        observed=np.ones(len(row_count), dtype=np.bool_),
        revenue=np.full(len(row_count), np.nan),
        currency=np.full(len(row_count), NONE, dtype=np.int32),
        row_start=_starts(row_count),
        seat=places,
        weight=weights,
        weight_high=weights,
        support=np.ones(count),
        holder=places,
        decider=np.zeros(count, dtype=np.bool_),
        roles_unknown=np.zeros(count, dtype=np.bool_),
        cell=np.full(count, NONE, dtype=np.int32),
        gate_start=_starts(np.bincount(at, minlength=count).tolist()),
        gate_contact=np.array(gate, dtype=np.int32)[gates],
        gate_influence=np.array(influence)[gates],
        tie_start=_starts(np.bincount(to, minlength=count).tolist()),
        tie_employee=who[order].astype(np.int32),
        tie_strength=np.array(strength)[order],
        firm=firm,
        cell_department=np.empty(0, dtype=np.int32),
        cell_target=np.empty(0),
        departments=(),
        department_account=np.empty(0, dtype=np.int32),
        department_importance=np.empty(0),
        department_function=np.empty(0, dtype=np.int32),
    )


def _starts(lengths: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.fromiter(chain((0,), accumulate(lengths)), dtype=np.int64)


# Others


def pandas_losses(accounts: Iterable[Rows]) -> list[Losses]:
    """Joins and groups: routes by seat and employee, the two best of each seat, what falls by employee."""
    ties, doors, firm, weights = [], [], [], []
    for number, account in enumerate(accounts):
        ties.extend((number, e, seat, s) for e, seat, s in account["ties"])
        doors.extend((seat, seat, 1.0) for seat in account["weights"])
        doors.extend((gate, seat, s) for gate, seat, s in account["influence"])
        firm.extend((number, NONE, seat, s) for seat, s in account["firm"])
        weights.extend((number, seat, w) for seat, w in account["weights"].items())
    legs = pd.DataFrame(ties + firm, columns=["account", "who", "door", "strength"])
    through = legs.merge(pd.DataFrame(doors, columns=["door", "seat", "factor"]), on="door")
    through["value"] = through["strength"] * through["factor"]
    routes = through.groupby(["account", "seat", "who"], as_index=False)["value"].max()
    routes = routes.sort_values(["seat", "value"], ascending=[True, False])
    label = routes.groupby("seat").cumcount()
    best = routes[label == 0].set_index("seat")
    weight = pd.DataFrame(weights, columns=["account", "seat", "weight"]).set_index("seat")["weight"]
    best["reach"] = best["value"] * weight
    other = routes[label == 1].set_index("seat")["value"].reindex(best.index, fill_value=0.0)
    best["falls"] = (best["value"] - other) * weight
    whole = best.groupby("account")["reach"].sum()
    listed = (
        legs[legs["who"] != NONE].drop_duplicates(["account", "who"]).set_index(["account", "who"]).index
    )
    lost = best.groupby(["account", "who"])["falls"].sum().reindex(listed, fill_value=0.0)
    share = lost / whole.reindex(lost.index.get_level_values("account")).to_numpy()
    found: list[dict[Any, float | None]] = [{} for _ in range(int(legs["account"].max()) + 1)]
    for (account, who), loss in share.items():
        found[account][who] = None if np.isnan(loss) else float(loss)
    return list(found)


def _network(account: Rows) -> tuple[dict[Any, int], list[tuple[int, int, float]]]:
    """Places of the nodes and edges (from, to, −ln strength) of the graph the plain script makes."""
    place: dict[Any, int] = {"us": 0, "firm": 1}
    edges = [(0, 1, 0.0)]

    def node(kind: str, name: object) -> int:
        return place.setdefault((kind, name), len(place))

    employees = dict.fromkeys(employee for employee, _, _ in account["ties"])
    edges.extend((0, node("employee", employee), 0.0) for employee in employees)
    edges.extend((node("direct", seat), node("reached", seat), 0.0) for seat in account["weights"])
    edges.extend((node("employee", e), node("direct", seat), _far(s)) for e, seat, s in account["ties"])
    edges.extend((1, node("direct", seat), _far(s)) for seat, s in account["firm"])
    edges.extend((node("direct", g), node("reached", seat), _far(s)) for g, seat, s in account["influence"])
    return place, edges


def _far(strength: float) -> float:
    return -log(strength) + 0.0


def igraph_losses(account: Rows) -> Losses:
    """A graph in C: for each employee copy it, delete the vertex's edges, run Dijkstra again."""
    place, edges = _network(account)
    graph = igraph.Graph(n=len(place), edges=[(a, b) for a, b, _ in edges], directed=True)
    graph.es["distance"] = [distance for _, _, distance in edges]
    targets = [place["reached", seat] for seat in account["weights"]]
    weights = list(account["weights"].values())

    def reach(network: igraph.Graph) -> float:
        (far,) = network.distances(0, targets, weights="distance")
        return fsum(w * exp(-distance) for w, distance in zip(weights, far, strict=True))

    total, losses = reach(graph), {}
    for employee in dict.fromkeys(e for e, _, _ in account["ties"]):
        without = graph.copy()
        without.delete_edges(without.incident(place["employee", employee], mode="all"))
        losses[employee] = (total - reach(without)) / total if total else None
    return losses


def rustworkx_losses(account: Rows) -> Losses:
    """A graph in Rust: for each employee copy it, remove the node, run Dijkstra again."""
    place, edges = _network(account)
    graph: rx.PyDiGraph[Any, float] = rx.PyDiGraph()
    graph.add_nodes_from(list(place))
    graph.add_edges_from(edges)
    seats = [(place["reached", seat], w) for seat, w in account["weights"].items()]

    def reach(network: "rx.PyDiGraph[Any, float]") -> float:
        far = rx.dijkstra_shortest_path_lengths(network, 0, float)
        return fsum(w * exp(-far[seat]) for seat, w in seats if seat in far)

    total, losses = reach(graph), {}
    for employee in dict.fromkeys(e for e, _, _ in account["ties"]):
        without = graph.copy()
        without.remove_node(place["employee", employee])
        losses[employee] = (total - reach(without)) / total if total else None
    return losses

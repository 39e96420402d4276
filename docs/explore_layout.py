"""Where the nodes and edges of a small graph stand: columns from left to right, few crossings, no overlaps.

The steps of Sugiyama, Tagawa and Toda (1981, doi:10.1109/TSMC.1981.4308636): columns are given; edges
over several columns get a waypoint in each; barycentres order every column; each node comes as close to its
neighbours as its column allows. The same graph always gives the same places, on every machine.
"""

# ruff: noqa: INP001 - beside a script

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

Key = tuple[str, str]
"""What tells a node from all others."""


class Waypoint(NamedTuple):
    """Where an edge passes a column."""

    edge: int
    column: int


Point = Key | Waypoint

SWEEPS = 12


class Edge(NamedTuple):
    """From one node to another, each by its key."""

    start: Key
    end: Key


class Layout(NamedTuple):
    """The middle of each node and waypoint, from the top; and of each edge the waypoints it passes."""

    y: dict[Point, float]
    height: float
    through: list[list[Waypoint]]


def lay_out(column: Mapping[Key, int], edges: Sequence[Edge], row: float, lane: float) -> Layout:
    """Place nodes in their columns, ``row`` high each; an edge passes a column in a ``lane``."""
    columns: defaultdict[int, list[Point]] = defaultdict(list)
    for key in sorted(column):
        columns[column[key]].append(key)
    room: dict[Point, float] = dict.fromkeys(column, row)
    beside: defaultdict[Point, list[Point]] = defaultdict(list)
    through: list[list[Waypoint]] = []
    for number, (start, end) in enumerate(edges):
        step = 1 if column[start] < column[end] else -1
        passed = range(column[start] + step, column[end], step) if column[start] != column[end] else ()
        through.append([Waypoint(number, place) for place in passed])
        for waypoint in through[-1]:
            columns[waypoint.column].append(waypoint)
            room[waypoint] = lane
        for one, other in pairwise((start, *through[-1], end)):
            beside[one].append(other)
            beside[other].append(one)
    y = _without_gaps(_settled(columns, beside, room), room)
    return Layout(y, max(at + room[point] / 2 for point, at in y.items()), through)


def _without_gaps(y: Mapping[Point, float], room: Mapping[Point, float]) -> dict[Point, float]:
    """From the top on, with every stripe closed in which nothing stands in any column."""
    closed: dict[Point, float] = {}
    bottom = min(at - room[point] / 2 for point, at in y.items())
    up = bottom
    for point in sorted(y, key=lambda point: y[point] - room[point] / 2):
        up += max(0.0, y[point] - room[point] / 2 - bottom)
        bottom = max(bottom, y[point] + room[point] / 2)
        closed[point] = y[point] - up
    return closed


def _settled(
    columns: Mapping[int, list[Point]],
    beside: Mapping[Point, list[Point]],
    room: Mapping[Point, float],
) -> dict[Point, float]:
    """First the order of each column, then the places: sweeps to the right and back."""
    y: dict[Point, float] = {}
    for keys in columns.values():
        y |= _stacked(keys, [0.0] * len(keys), room)
    for ordering in (True, False):
        for sweep in range(SWEEPS):
            for place in sorted(columns, reverse=sweep % 2 == 1):
                keys = columns[place]
                wish = [
                    sum(y[other] for other in beside[k]) / len(beside[k]) if beside[k] else y[k]
                    for k in keys
                ]
                if ordering:
                    keys.sort(key=dict(zip(keys, wish, strict=True)).__getitem__)
                    wish.sort()
                y |= _stacked(keys, wish, room)
    return y


def _stacked(
    keys: Sequence[Point], wish: Sequence[float], room: Mapping[Point, float]
) -> dict[Point, float]:
    """The places nearest to those wished for, in this order and without overlap: pooled like violators.

    Ayer and others (1955), doi:10.1214/aoms/1177728423.
    """
    depth = [0.0]
    for above, below in pairwise(keys):
        depth.append(depth[-1] + (room[above] + room[below]) / 2)
    blocks: list[tuple[float, int]] = []  # sum and number of what is pooled
    for number, at in enumerate(wish):
        block = (at - depth[number], 1)
        while blocks and blocks[-1][0] / blocks[-1][1] >= block[0] / block[1]:
            last = blocks.pop()
            block = (last[0] + block[0], last[1] + block[1])
        blocks.append(block)
    means = [total / count for total, count in blocks for _ in range(count)]
    return {key: means[n] + depth[n] for n, key in enumerate(keys)}

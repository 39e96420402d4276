"""How the pictures of docs/explore.md are laid out and drawn."""

import re
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "docs"))

from explore_drawing import Link, Node, draw, parse_style  # noqa: E402
from explore_layout import Edge, lay_out  # noqa: E402

STYLE = parse_style((ROOT / "cypher" / "explore" / "style.grass").read_text(encoding="utf-8"))
ROW, LANE = 40.0, 10.0


@st.composite
def graphs(some: Any) -> tuple[dict[tuple[str, str], int], list[Edge]]:
    count = some(st.integers(1, 12))
    column = {("n", str(n)): some(st.integers(0, 3)) for n in range(count)}
    ends = st.sampled_from(sorted(column))
    pairs = some(st.lists(st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1]), max_size=20))
    return column, [Edge(*pair) for pair in pairs] if count > 1 else []


@settings(derandomize=True, max_examples=80)
@given(graphs().filter(lambda graph: len(graph[0]) > 1))
def test_nothing_in_a_column_overlaps_and_all_stands_within_the_height(graph: Any) -> None:
    column, edges = graph
    layout = lay_out(column, edges, ROW, LANE)
    for place in range(4):
        inside = sorted(
            (layout.y[point], ROW if point in column else LANE)
            for point in layout.y
            if column.get(point, getattr(point, "column", None)) == place
        )
        for (above, tall), (below, other) in pairwise(inside):
            assert below - above >= (tall + other) / 2 - 1e-6
        for at, tall in inside:
            assert tall / 2 - 1e-6 <= at <= layout.height - tall / 2 + 1e-6


@settings(derandomize=True, max_examples=30)
@given(graphs().filter(lambda graph: len(graph[0]) > 1), st.randoms())
def test_the_order_in_which_nodes_are_given_does_not_matter(graph: Any, shuffle: Any) -> None:
    column, edges = graph
    keys = list(column)
    shuffle.shuffle(keys)
    assert lay_out({key: column[key] for key in keys}, edges, ROW, LANE) == lay_out(
        column, edges, ROW, LANE
    )


def test_an_edge_passes_a_lane_in_each_column_between() -> None:
    column = {("a", ""): 0, ("b", ""): 3}
    (through,) = lay_out(column, [Edge(("b", ""), ("a", ""))], ROW, LANE).through
    assert [point.column for point in through] == [2, 1]


def test_a_picture_names_what_it_shows_and_lets_nobody_write_markup() -> None:
    people = [
        Node("Employee", {"id": "e", "name": "<b>陈浩</b>"}),
        Node("Seat", {"id": "s", "title": "Head of <script>"}),
    ]
    reach = Link(people[0].key, "REACHES", people[1].key, {"low": 0.5, "alone": True})
    text = draw("Who & whom?", people, [reach], STYLE)
    shown = ["".join(element.itertext()) for element in ET.fromstring(text).iter() if element.text]
    assert {"Who & whom?", "<b>陈浩</b>", "Head of <script>", "0.50", "Employee", "Seat", "REACHES"} <= set(
        shown
    )
    assert "only one of ours gets through" in shown


@pytest.mark.parametrize("low", [0.0, 0.4])
def test_a_route_that_is_only_possible_is_dashed(low: float) -> None:
    nodes = [Node("Employee", {"id": "e", "name": "E"}), Node("Seat", {"id": "s", "title": "S"})]
    text = draw(
        "?", nodes, [Link(nodes[0].key, "REACHES", nodes[1].key, {"low": low, "alone": False})], STYLE
    )
    assert bool(re.search("stroke-dasharray", text)) == (low == 0)

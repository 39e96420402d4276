"""A small graph as an SVG, in the colours, widths and captions of a style file of Neo4j Browser."""

# ruff: noqa: INP001 - beside a script

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from explore_layout import Edge, Key, Layout, lay_out

Style = Mapping[str, Mapping[str, str]]
"""Properties by selector: ``node.Seat``, ``relationship.HOLDS``."""

FACE = (
    "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', sans-serif"
)
COLUMNS = (
    ("Employee",),
    ("Interaction", "Mechanism", "Assertion"),
    ("Contact",),
    ("Seat",),
    ("Department", "Opportunity", "Stage"),
    ("Account",),
)
"""Ours on the left, the customer on the right, as on the account map."""

RING, INK, QUIET = "#c4161c", "#1c2733", "#55616e"
FONT, SMALL, PILL, ROW, LANE, GAP, MARGIN, LINE = 13, 11, 30, 42, 13, 96, 24, 22
SWING, TIP = 60, 5
"""How far an edge within a column swings out at most, and how far before a node it ends."""
WIDEST = 190
"""Of a caption, in pixels; longer ones break into two lines, then end in an ellipsis."""
MANY = 24
"""More edges than this carry no caption each: their width says enough."""


class Node(NamedTuple):
    """A node of the graph."""

    label: str
    properties: Mapping[str, Any]

    @property
    def key(self) -> Key:
        return self.label, self.properties["id"]


class Link(NamedTuple):
    """A relationship of the graph, between nodes by key."""

    start: Key
    type: str
    end: Key
    properties: Mapping[str, Any]


class Box(NamedTuple):
    """Where a node stands: its middle, its size, its lines of text."""

    x: float
    y: float
    width: float
    height: float
    lines: Sequence[str]

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2


def parse_style(text: str) -> dict[str, dict[str, str]]:
    """The rules of a style file. It has no comments: Browser knows none."""
    rules = re.findall(r"([\w.]+)\s*\{((?:'[^']*'|[^}'])*)\}", text)
    return {
        selector: {
            name.strip(): value.strip().strip("'")
            for name, _, value in (line.partition(":") for line in body.split(";"))
            if value
        }
        for selector, body in rules
    }


class Stand(NamedTuple):
    """Where everything stands: the boxes by node, the columns' left and right sides, the width of all."""

    boxes: dict[Key, Box]
    sides: list[tuple[float, float]]
    width: float


def draw(title: str, nodes: Sequence[Node], links: Sequence[Link], style: Style) -> str:
    """The picture. What a node is called and how it looks, the style says; REACHES is as wide as it is strong."""
    columns = [labels for labels in COLUMNS if {node.label for node in nodes} & set(labels)]
    column = {node.key: n for node in nodes for n, labels in enumerate(columns) if node.label in labels}
    layout = lay_out(column, [Edge(link.start, link.end) for link in links], ROW, LANE)
    stand = _stand(nodes, column, layout, style)
    ways = [_way(link, number, layout, stand, column) for number, link in enumerate(links)]
    legend = list(_legend(nodes, links, style, stand.width))
    bottom = layout.height + 2 * MARGIN
    width, height = round(stand.width), round(bottom + LINE * len(legend) + 6)
    alone = {link.end for link in links if link.properties.get("alone")}
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" font-family="{FACE}" role="img"><title>{escape(title)}</title>',
            f'<rect width="{width}" height="{height}" rx="10" fill="#ffffff" stroke="#d9dfe6"/>',
            *(_line(way, link, style) for way, link in zip(ways, links, strict=True)),
            *(_pill(stand.boxes[n.key], _of(style, "node", n.label), ring=n.key in alone) for n in nodes),
            *(_captions(ways, links, style) if len(links) <= MANY else ()),
            *(
                f'<g transform="translate({MARGIN} {bottom + LINE * n:.0f})">{line}</g>'
                for n, line in enumerate(legend)
            ),
            "</svg>",
            "",
        ]
    )


def _of(style: Style, kind: str, name: str) -> Mapping[str, str]:
    return {**style[kind], **style[f"{kind}.{name}"]}


def _caption(rule: Mapping[str, str], properties: Mapping[str, Any]) -> str:
    """What the style's template makes of the properties; nothing where it is the type alone."""
    template = rule.get("caption", "")
    return re.sub(r"\{(\w+)\}|<\w+>", lambda found: _shown(properties.get(found[1])), template).strip()


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _wide(text: str, size: float = FONT) -> float:
    """About how wide a text is: East Asian characters are square."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.56 for c in text)


def _lines(text: str) -> list[str]:
    """The text on one line, or on two broken at a blank."""
    if _wide(text) <= WIDEST:
        return [text]
    blanks = [m.start() for m in re.finditer(" ", text)]
    if blanks:
        middle = min(blanks, key=lambda at: max(_wide(text[:at]), _wide(text[at + 1 :])))
        return [_cut(text[:middle]), _cut(text[middle + 1 :])]
    return [_cut(text)]


def _cut(text: str) -> str:
    if _wide(text) <= WIDEST:
        return text
    while _wide(text + "…") > WIDEST:
        text = text[:-1]
    return text + "…"


def _stand(nodes: Sequence[Node], column: Mapping[Key, int], layout: Layout, style: Style) -> Stand:
    """Columns as wide as their widest caption, side by side."""
    texts = {n.key: _lines(_caption(_of(style, "node", n.label), n.properties)) for n in nodes}
    widths = {key: max(map(_wide, lines)) + 26 for key, lines in texts.items()}
    boxes: dict[Key, Box] = {}
    sides: list[tuple[float, float]] = []
    left = float(MARGIN)
    for place in range(max(column.values()) + 1):
        inside = [key for key in column if column[key] == place]
        right = left + max(widths[key] for key in inside)
        for key in inside:
            tall = PILL + 8 * (len(texts[key]) - 1)
            boxes[key] = Box((left + right) / 2, layout.y[key] + MARGIN, widths[key], tall, texts[key])
        sides.append((left, right))
        left = right + GAP
    return Stand(boxes, sides, sides[-1][1] + MARGIN)


def _pill(box: Box, rule: Mapping[str, str], *, ring: bool) -> str:
    x, y = box.left, box.y - box.height / 2
    drawn = ""
    if ring:
        drawn = (
            f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="{box.width + 8:.1f}" height="{box.height + 8}" '
            f'rx="{box.height / 2 + 4}" fill="#ffffff" stroke="{RING}" stroke-width="2.5"/>'
        )
    drawn += (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width:.1f}" height="{box.height}" rx="{box.height / 2}" '
        f'fill="{rule["color"]}" stroke="{rule["border-color"]}" stroke-width="1.5"/>'
    )
    first = box.y + 4.5 - 7.5 * (len(box.lines) - 1)
    for number, line in enumerate(box.lines):
        drawn += (
            f'<text x="{box.x:.1f}" y="{first + 15 * number:.1f}" font-size="{FONT}" text-anchor="middle" '
            f'fill="{rule["text-color-internal"]}">{escape(line)}</text>'
        )
    return drawn


class Way(NamedTuple):
    """The points an edge passes, running level at each; ``around``: it stays in its column, and swings out."""

    points: list[tuple[float, float]]
    around: bool


def _way(link: Link, number: int, layout: Layout, stand: Stand, column: Mapping[Key, int]) -> Way:
    start, end = stand.boxes[link.start], stand.boxes[link.end]
    if column[link.start] == column[link.end]:
        return Way([(start.right, start.y), (end.right + TIP, end.y)], around=True)
    ahead = column[link.start] < column[link.end]
    points = [(start.right if ahead else start.left, start.y)]
    for waypoint in layout.through[number]:
        left, right = stand.sides[waypoint.column]
        y = layout.y[waypoint] + MARGIN
        points += [(left, y), (right, y)] if ahead else [(right, y), (left, y)]
    points.append((end.left - TIP if ahead else end.right + TIP, end.y))
    return Way(points, around=False)


def _line(way: Way, link: Link, style: Style) -> str:
    rule = _of(style, "relationship", link.type)
    wide, dashes = float(rule["shaft-width"].removesuffix("px")), ""
    if link.type == "REACHES":
        low = link.properties["low"]
        wide, dashes = (1 + wide * low, "") if low > 0 else (1.5, ' stroke-dasharray="6 5"')
    (x, y), *_ = way.points
    path = f"M{x:.1f} {y:.1f}"
    for (x0, y0), (x1, y1) in pairwise(way.points):
        out = max(x0, x1) + min(SWING, 22 + abs(y1 - y0) / 6) if way.around else (x0 + x1) / 2
        path += f"C{out:.1f} {y0:.1f} {out:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    x, y = way.points[-1]
    back = 7 if way.around or way.points[-2][0] > x else -7
    spread = 3 + wide / 2
    return (
        f'<path d="{path}" fill="none" stroke="{rule["color"]}" stroke-width="{wide:.1f}"{dashes}/>'
        f'<path d="M{x - back * TIP / 7:.1f} {y:.1f}l{back} {-spread:.1f}v{2 * spread:.1f}z" fill="{rule["color"]}"/>'
    )


def _captions(ways: Sequence[Way], links: Sequence[Link], style: Style) -> Iterator[str]:
    """The captions of edges, each beside that end where fewer of them meet."""
    degree = Counter(end for link in links for end in (link.start, link.end))
    for way, link in zip(ways, links, strict=True):
        text = _caption(_of(style, "relationship", link.type), link.properties)
        if not text:
            continue
        near_end = degree[link.end] <= degree[link.start]
        (x0, y0), (x1, y1) = way.points[-2:] if near_end else way.points[:2]
        share = 0.7 if near_end else 0.3
        eased = share * share * (3 - 2 * share)  # how far the curve, level at both ends, has come by then
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * eased
        yield (
            f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="{SMALL}" text-anchor="middle" fill="{INK}" '
            f'stroke="#ffffff" stroke-width="4" paint-order="stroke" stroke-linejoin="round">{escape(text)}</text>'
        )


def _legend(nodes: Sequence[Node], links: Sequence[Link], style: Style, width: float) -> Iterator[str]:
    """What the colours mean, line by line: the labels and types in the picture, in the order of the style."""
    x, line = 0.0, ""
    for text, mark in _meanings(nodes, links, style):
        wide = 28 + _wide(text, SMALL) + 22
        if line and x + wide > width - 2 * MARGIN:
            yield line
            x, line = 0.0, ""
        line += (
            f'<g transform="translate({x:.0f} 0)">{mark}<text x="28" y="1" font-size="{SMALL}" '
            f'fill="{QUIET}">{escape(text)}</text></g>'
        )
        x += wide
    yield line


def _meanings(nodes: Sequence[Node], links: Sequence[Link], style: Style) -> Iterator[tuple[str, str]]:
    """Words and their marks."""
    shown = {("node", node.label) for node in nodes} | {("relationship", link.type) for link in links}
    for selector in style:
        kind, _, name = selector.partition(".")
        if (kind, name) not in shown:
            continue
        rule = _of(style, kind, name)
        if kind == "node":
            yield name, _swatch(rule["color"], rule["border-color"], 1.5)
        else:
            yield name, f'<path d="M0-3h22" stroke="{rule["color"]}" stroke-width="{rule["shaft-width"]}"/>'
    if any(link.properties.get("alone") for link in links):
        yield "only one of ours gets through", _swatch("#ffffff", RING, 2.5)
    if any(link.properties.get("low") == 0 for link in links):
        colour = style["relationship.REACHES"]["color"]
        yield "possible, not proven", f'<path d="M0-3h22" stroke="{colour}" stroke-dasharray="6 5"/>'


def _swatch(fill: str, border: str, wide: float) -> str:
    return f'<rect y="-9" width="22" height="12" rx="6" fill="{fill}" stroke="{border}" stroke-width="{wide}"/>'

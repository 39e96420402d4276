"""A small graph as an SVG, in the colours, widths and captions of a style file of Neo4j Browser."""

# ruff: noqa: INP001 - beside a script

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
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
FONT, SMALL, PILL, ROW, LANE, GAP, MARGIN, LINE = 13, 11, 30, 45, 13, 96, 24, 22
SWING, TIP, HALO = 60, 5, 4
"""How far an edge within a column swings out at most, how far before a node it ends, how wide a ring is."""
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
        """What tells it from all others."""
        return self.label, self.properties["id"]


ANSWER = "ANSWER"
"""In place of a type: no edge of the graph, but two nodes that the answer joins, with a caption."""


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
    ring: bool

    @property
    def left(self) -> float:
        """Where an edge meets its left side."""
        return self.x - self.width / 2 - self.ring * HALO

    @property
    def right(self) -> float:
        """Where an edge meets its right side."""
        return self.x + self.width / 2 + self.ring * HALO


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
    """The picture: captions and looks are the style's, but REACHES is as wide as it is strong."""
    columns = [labels for labels in COLUMNS if {node.label for node in nodes} & set(labels)]
    column = {node.key: n for node in nodes for n, labels in enumerate(columns) if node.label in labels}
    layout = lay_out(column, [Edge(link.start, link.end) for link in links], ROW, LANE)
    alone = {link.end for link in links if link.properties.get("alone")}
    within = {column[link.start] for link in links if column[link.start] == column[link.end]}
    room = SWING if len(columns) - 1 in within else 0
    stand = _stand(nodes, column, layout, style, ringed=alone, room=room)
    ways = [_way(link, number, layout, stand, column) for number, link in enumerate(links)]
    legend = list(_legend(nodes, links, style, stand.width))
    bottom = layout.height + 2 * MARGIN
    width, height = round(stand.width), round(bottom + LINE * len(legend) + 6)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"',
            f'width="{width}" height="{height}" font-family="{FACE}"><title>{escape(title)}</title>',
            f'<rect width="{width}" height="{height}" rx="10" fill="#ffffff" stroke="#d9dfe6"/>',
            *(_line(way, link, style) for way, link in zip(ways, links, strict=True)),
            *(_pill(stand.boxes[node.key], _of(style, "node", node.label)) for node in nodes),
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
    return {**style[kind], **style.get(f"{kind}.{name}", {})}


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


def _stand(
    nodes: Sequence[Node],
    column: Mapping[Key, int],
    layout: Layout,
    style: Style,
    *,
    ringed: Container[Key],
    room: float,
) -> Stand:
    """Columns as wide as their widest caption, side by side, and room to their right."""
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
            middle, y = (left + right) / 2, layout.y[key] + MARGIN
            boxes[key] = Box(middle, y, widths[key], tall, texts[key], key in ringed)
        sides.append((left, right))
        left = right + GAP
    return Stand(boxes, sides, sides[-1][1] + MARGIN + room)


def _pill(box: Box, rule: Mapping[str, str]) -> str:
    drawn = _rounded(box, HALO, "#ffffff", RING, 2.5) if box.ring else ""
    drawn += _rounded(box, 0, rule["color"], rule["border-color"], 1.5)
    first = box.y + 4.5 - 7.5 * (len(box.lines) - 1)
    for number, line in enumerate(box.lines):
        drawn += (
            f'<text x="{box.x:.1f}" y="{first + 15 * number:.1f}" font-size="{FONT}" text-anchor="middle" '
            f'fill="{rule["text-color-internal"]}">{escape(line)}</text>'
        )
    return drawn


def _rounded(box: Box, more: float, fill: str, border: str, wide: float) -> str:
    width, height = box.width + 2 * more, box.height + 2 * more
    return (
        f'<rect x="{box.x - width / 2:.1f}" y="{box.y - height / 2:.1f}" width="{width:.1f}" '
        f'height="{height:.0f}" rx="{height / 2:.0f}" fill="{fill}" stroke="{border}" '
        f'stroke-width="{wide}"/>'
    )


class Way(NamedTuple):
    """The points an edge passes, level at each; ``around``: it stays in its column and swings out."""

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


class Look(NamedTuple):
    """How an edge looks."""

    colour: str
    wide: float
    dashed: bool
    caption: str


def _look(link: Link, style: Style) -> Look:
    rule = _of(style, "relationship", link.type)
    wide, caption = float(rule["shaft-width"].removesuffix("px")), _caption(rule, link.properties)
    if link.type == ANSWER:
        return Look(rule["color"], 1.5, dashed=True, caption=str(link.properties["caption"]))
    if link.type == "REACHES":
        low = link.properties["low"]
        return Look(
            rule["color"], 1 + wide * low if low else 1.5, dashed=not low, caption=caption if low else ""
        )
    return Look(rule["color"], wide, dashed=_ended(link), caption=caption)


def _ended(link: Link) -> bool:
    return link.properties.get("valid_to") is not None


def _line(way: Way, link: Link, style: Style) -> str:
    look = _look(link, style)
    (x, y), *_ = way.points
    path = f"M{x:.1f} {y:.1f}"
    for (x0, y0), (x1, y1) in pairwise(way.points):
        out = max(x0, x1) + min(SWING, 22 + abs(y1 - y0) / 6) if way.around else (x0 + x1) / 2
        path += f"C{out:.1f} {y0:.1f} {out:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
    x, y = way.points[-1]
    back = 7 if way.around or way.points[-2][0] > x else -7
    spread = 3 + look.wide / 2
    dashes = ' stroke-dasharray="6 5"' if look.dashed else ""
    return (
        f'<path d="{path}" fill="none" stroke="{look.colour}" stroke-width="{look.wide:.1f}"{dashes}/>'
        f'<path d="M{x - back * TIP / 7:.1f} {y:.1f}l{back} {-spread:.1f}v{2 * spread:.1f}z" '
        f'fill="{look.colour}"/>'
    )


def _captions(ways: Sequence[Way], links: Sequence[Link], style: Style) -> Iterator[str]:
    """The captions of edges, each beside that end where fewer of them meet."""
    degree = Counter(end for link in links for end in (link.start, link.end))
    for way, link in zip(ways, links, strict=True):
        text = _look(link, style).caption
        if not text:
            continue
        near_end = degree[link.end] <= degree[link.start]
        (x0, y0), (x1, y1) = way.points[-2:] if near_end else way.points[:2]
        share = 0.6 if near_end else 0.4
        eased = share * share * (3 - 2 * share)  # how far the curve, level at both ends, has come by then
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * eased
        wide = _wide(text, SMALL) + 6
        yield (
            f'<rect x="{x - wide / 2:.1f}" y="{y - 8:.1f}" width="{wide:.1f}" height="15" rx="4" '
            f'fill="#ffffff"/><text x="{x:.1f}" y="{y + 4:.1f}" font-size="{SMALL}" fill="{INK}" '
            f'text-anchor="middle">{escape(text)}</text>'
        )


def _legend(nodes: Sequence[Node], links: Sequence[Link], style: Style, width: float) -> Iterator[str]:
    """What the colours mean, line by line: the labels and types in the picture, in the style's order."""
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
    for words, wanted in DASHED.items():
        for link in [link for link in links if wanted(link)][:1]:
            colour = _of(style, "relationship", link.type)["color"]
            yield words, f'<path d="M0-3h22" stroke="{colour}" stroke-width="1.5" stroke-dasharray="6 5"/>'


DASHED: dict[str, Callable[[Link], bool]] = {
    "possible, not proven": lambda link: link.properties.get("low") == 0,
    "has ended": _ended,
    "what the answer says": lambda link: link.type == ANSWER,
}
"""What a dashed line means."""


def _swatch(fill: str, border: str, wide: float) -> str:
    look = f'fill="{fill}" stroke="{border}" stroke-width="{wide}"'
    return f'<rect y="-9" width="22" height="12" rx="6" {look}/>'

"""Drawing: a map view as the nodes and edges vis-network draws, plain data."""

from collections.abc import Iterator

from graphcrm.policies import Policy
from graphcrm.records.relationship_map import MapTie
from graphcrm.visualizations import tooltips
from graphcrm.visualizations.marks import (
    FIRM_COLOUR,
    OUR_COLOUR,
    RING,
    Paint,
    paint,
    person_label,
    seat_label,
)
from graphcrm.visualizations.view_models import Bond, MapView, PersonMark, SeatMark

FACE = (
    'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", "Microsoft YaHei", '
    '"Noto Sans CJK SC", sans-serif'
)
FONT_SIZE = 12
LIFT = 14.0
"""A mark stands this much above the middle of its slot; its label hangs below it."""
FIRM_NODE = "firm"

Drawn = dict[str, object]


def nodes(view: MapView, policy: Policy) -> Iterator[Drawn]:
    """Our people, the firm, and the seats, each in its place."""
    yield from map(_person, view.people)
    if view.firm is not None:
        yield _box(FIRM_NODE, tooltips.firm_name(), tooltips.firm(), FIRM_COLOUR, view.firm)
    for mark in view.seats:
        yield _seat(mark, paint(mark, policy))


def edges(view: MapView, policy: Policy) -> Iterator[Drawn]:
    """What runs between seats, and above it the ties; each has ``source`` and ``to``."""
    yield from map(_bond, view.bonds)
    marks = {mark.seat.id: mark for mark in view.seats}
    people = {mark.person.id: mark.person.name for mark in view.people}
    for number, tie in enumerate(view.ties):
        mark = marks[tie.seat]
        ours = tooltips.firm_name() if tie.employee is None else people[tie.employee]
        title = tooltips.tie(tie, ours, mark.seat.holder_name or mark.seat.title)
        yield _tie(f"tie:{number}", tie, paint(mark, policy), title)


def _person(mark: PersonMark) -> Drawn:
    place = mark.x, mark.y
    return _box(f"person:{mark.person.id}", person_label(mark), tooltips.person(mark), OUR_COLOUR, place)


def _box(node: str, label: str, title: str, colour: str, place: tuple[float, float]) -> Drawn:
    return {
        "n_id": node,
        "label": label,
        "title": title,
        "shape": "box",
        "color": {"background": colour, "border": colour},
        "font": {"face": FACE, "size": FONT_SIZE, "color": "#ffffff"},
        "margin": {"top": 6, "right": 9, "bottom": 6, "left": 9},
        "shapeProperties": {"borderRadius": 5},
        "x": place[0],
        "y": place[1],
    }


def _seat(mark: SeatMark, look: Paint) -> Drawn:
    return {
        "n_id": f"seat:{mark.seat.id}",
        "label": seat_label(mark, look),
        "title": tooltips.seat(mark),
        "shape": look.shape,
        "size": look.size,
        "color": {"background": look.fill, "border": look.border},
        "borderWidth": 1.5,
        "ring": RING if look.ring else None,
        "shapeProperties": {"borderDashes": [4, 3] if look.dashed else False},
        "font": {
            "face": FACE,
            "size": FONT_SIZE,
            "color": look.text,
            "strokeWidth": 3,
            "strokeColor": "#ffffff",
        },
        "x": mark.x,
        "y": mark.y - LIFT,
    }


def _tie(edge: str, tie: MapTie, look: Paint, title: str) -> Drawn:
    return {
        "source": FIRM_NODE if tie.employee is None else f"person:{tie.employee}",
        "to": f"seat:{tie.seat}",
        "id": edge,
        "title": title,
        "width": 1 + 5 * tie.strength.low if tie.live else 1,
        "dashes": [7, 5] if tie.fading else False,
        "color": {"color": look.line, "opacity": 0.75 if tie.live else 0.3},
        "arrows": {"to": {"enabled": False}},
        "smooth": _curve("horizontal"),
    }


def _bond(bond: Bond) -> Drawn:
    return {
        "source": f"seat:{bond.source}",
        "to": f"seat:{bond.target}",
        "id": f"bond:{bond.source}:{bond.target}",
        "title": tooltips.bond(bond),
        "width": 1,
        "color": {"color": "#7b8794", "opacity": 0.45},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}},
        "smooth": _curve("vertical"),
    }


def _curve(direction: str) -> Drawn:
    return {"enabled": True, "type": "cubicBezier", "forceDirection": direction, "roundness": 0.5}

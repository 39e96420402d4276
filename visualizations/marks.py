"""Marks: how a seat or one of our people looks. Colour is attitude, and never alone: a sign says it too.

Shape is whether anybody gets through: a circle is reached or possibly so, a diamond is not, a square is
vacant. So an unknown attitude (white, dashed, "?") and a seat nobody reaches look different.
"""

from dataclasses import dataclass
from typing import Literal

from graphcrm.policies import Policy
from graphcrm.visualizations.view_models import PersonMark, SeatMark

OUR_COLOUR = "#1f5fae"
FIRM_COLOUR = "#3a4656"
RING = "#c4161c"
STAR = "★"
SOLE = "◎"

Stance = Literal["supports", "neutral", "opposes", "unknown", "vacant"]


@dataclass(frozen=True)
class Paint:
    """The look of a seat: its ``sign`` says the attitude without colour."""

    stance: Stance
    sign: str
    shape: str
    size: float
    fill: str
    border: str
    line: str
    dashed: bool
    ring: bool
    text: str = "#1c2733"


_COLOURS: dict[Stance, tuple[str, str, str, str]] = {
    # sign, fill, border, line
    "supports": ("+", "#1b8a5a", "#13633f", "#4fa781"),
    "neutral": ("○", "#8d97a5", "#66707e", "#98a2b0"),
    "opposes": ("−", "#d4661f", "#9a4511", "#dd8a52"),
    "unknown": ("?", "#ffffff", "#5c6876", "#a9b2bd"),
    "vacant": ("", "#ffffff", "#8d97a5", "#a9b2bd"),
}


def stance(mark: SeatMark, policy: Policy) -> Stance:
    """What the holder of a seat thinks of us, in five words."""
    if mark.seat.holder is None:
        return "vacant"
    if mark.seat.attitude is None:
        return "unknown"
    if mark.seat.attitude in policy.opposed:
        return "opposes"
    return "supports" if mark.seat.attitude in policy.supportive else "neutral"


def paint(mark: SeatMark, policy: Policy) -> Paint:
    """The look of a seat."""
    what = stance(mark, policy)
    sign, fill, border, line = _COLOURS[what]
    shape = "square" if what == "vacant" else "diamond" if mark.reached == "no" else "dot"
    return Paint(
        stance=what,
        sign=sign,
        shape=shape,
        size={"square": 10.0, "diamond": 14.0, "dot": 12.0}[shape],
        fill=fill,
        border=border,
        line=line,
        dashed=what in ("unknown", "vacant"),
        ring=mark.seat.only_through is not None,
    )


def seat_label(mark: SeatMark, look: Paint) -> str:
    """The name on its lines, between the sign of the attitude and the star of a key seat."""
    first, *rest = mark.label
    lines = [f"{look.sign} {first}".strip(), *rest]
    if mark.seat.is_key:
        lines[-1] += f" {STAR}"
    return "\n".join(lines)


def person_label(mark: PersonMark) -> str:
    """The name on its lines, and how many seats hang only on this person."""
    only = len(mark.person.only_route_to)
    return "\n".join((*mark.label, *([f"{SOLE} {only}"] if only else [])))

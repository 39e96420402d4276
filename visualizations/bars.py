"""Bars: an interval drawn against what is required; solid is proven, pale is possible."""

from dataclasses import dataclass

from graphcrm.records.interval import Interval


@dataclass(frozen=True)
class Tick:
    """What is required, in hundredths of the bar; ``kind`` is whose standard it is (a CSS class)."""

    at: float
    kind: str


@dataclass(frozen=True)
class Bar:
    """An interval in hundredths of the bar; ``text`` says it in words, ``title`` more exactly."""

    low: float
    high: float
    text: str
    title: str
    ticks: tuple[Tick, ...] = ()

    @property
    def unsure(self) -> float:
        """How long the possible part is."""
        return round(self.high - self.low, 3)


def bar(value: Interval, text: str, title: str, *, full: float = 1.0, ticks: tuple[Tick, ...] = ()) -> Bar:
    """An interval as a bar of which ``full`` is the whole length."""
    scale = 100 / full if full else 0.0
    low, high = (round(min(max(end * scale, 0.0), 100.0), 3) for end in value)
    return Bar(low, high, text, title, ticks)

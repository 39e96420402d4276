"""What an operator is: a name, words, a formula, and a pure function from children's values to a value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graphcrm.records.explanation import Carried, Pair, SeatPart, Value, Words
from graphcrm.records.interval import ANYTHING, Interval
from graphcrm.records.review import VERDICTS, Verdict

Values = Sequence[Value]
T = TypeVar("T", Interval, Words, SeatPart, Pair, Carried)


@dataclass(frozen=True)
class Operator:
    """How a node's value comes from those of its children.

    ``says`` is for people, before the children; ``formula`` for who recomputes. ``rank`` puts children in
    order of what they contribute, the greatest first; without it their places have a meaning.
    """

    name: str
    says: str
    formula: str
    compute: Callable[[Values], Value]
    rank: Callable[[Value], tuple[float, ...]] | None = None


def of(kind: type[T], values: Values) -> list[T]:
    """The values of a kind; what else stands among the children says where these come from."""
    return [value for value in values if isinstance(value, kind)]


def numbers(values: Values) -> list[Interval]:
    """The numbers among the values."""
    return of(Interval, values)


def verdicts(values: Values) -> list[Verdict]:
    """The verdicts among the values."""
    return [value for value in values if isinstance(value, str)]


def by_ends(function: Callable[[list[float]], float]) -> Callable[[Values], Value]:
    """A function of numbers that grows with each of them, at the low ends and at the high ends.

    Null where there is no number.
    """

    def compute(values: Values) -> Value:
        ends = numbers(values)
        if not ends:
            return None
        return Interval(function([n.low for n in ends]), function([n.high for n in ends]))

    return compute


def verdict(*, certain: bool, possible: bool) -> Verdict:
    """Proven if certain, possible if not excluded."""
    return "proven" if certain else "possible" if possible else "no"


def share_of(value: Verdict) -> Interval:
    """A verdict as a share: 1 if proven, 0 if not so, anything between if possible only."""
    return {"proven": Interval(1.0, 1.0), "possible": ANYTHING, "no": Interval(0.0, 0.0)}[value]


def greatest(value: Value) -> tuple[float, ...]:
    """The greatest numbers first; verdicts from the strongest."""
    if isinstance(value, Interval):
        return (value.high, value.low)
    return (float(VERDICTS.index(value)),) if value in VERDICTS else (-1.0,)


def least(value: Value) -> tuple[float, ...]:
    """The least numbers first; verdicts from the weakest."""
    return tuple(-part for part in greatest(value)) if value is not None else (-9.0,)


def most_lost(value: Value) -> tuple[float, ...]:
    """The parts of a share that count most: by weight × part, then by weight."""
    if isinstance(value, SeatPart):
        return (value.weight.high * value.part.high, value.weight.high * value.whole.high)
    return (-1.0,)


def weightiest(value: Value) -> tuple[float, ...]:
    """The parts of a mean that count most: by weight, then those that are least."""
    if isinstance(value, SeatPart):
        return (value.weight.high, -value.part.low)
    return (-1.0,)

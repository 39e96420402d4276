"""Explanation: how a figure comes about, as a tree in which every node recomputes from its children."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, NamedTuple

from graphcrm.errors import Message
from graphcrm.records.base import Record
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict


class Words(NamedTuple):
    """Words of the data: a channel, an attitude, roles, or whom something names."""

    words: tuple[str, ...]


class SeatPart(NamedTuple):
    """One seat's part in a share: its weight, what counts of it, and of how much."""

    weight: Interval
    part: Interval
    whole: Interval


class Pair(NamedTuple):
    """Two who could be joined, and whether they are."""

    left: str
    right: str
    holds: Verdict


class Carried(NamedTuple):
    """The weight of a reached seat, and who of ours carries it; None: the firm itself does."""

    weight: Interval
    by: tuple[str, ...] | None


Value = Interval | Verdict | Words | SeatPart | Pair | Carried | date | datetime | None
"""What a node comes to. Every number is an interval, its ends equal where it is known."""

Unit = Literal[
    "share", "points", "number", "count", "days", "money", "verdict", "words", "key", "seat_part", "pair",
    "carried", "date",
]  # fmt: skip
"""What a value is measured in. A share is 0..1 in data; people see it × 100. A key is only compared."""


@dataclass(frozen=True)
class Evidence:
    """The record a node rests on: its kind and key, and who stated it, when, from where, on what."""

    kind: str
    id: str
    by: str | None = None
    source: str | None = None
    recorded_at: date | datetime | None = None
    evidence: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: Record) -> "Evidence":
        """The evidence a record is."""
        rests_on = record.evidence or ()
        return cls(
            kind=record.kind,
            id="|".join(part for part in record.key if part),
            by=record.by,
            source=record.source,
            recorded_at=record.recorded_at,
            evidence=(rests_on,) if isinstance(rests_on, str) else rests_on,
        )


@dataclass(frozen=True, eq=False)
class Node:
    """A figure, a step towards it, or what it rests on.

    ``operator`` computes ``value`` from the values of ``children``; a leaf's operator says what kind of
    leaf it is. ``decimals``: the method rounds here, to so many. ``name`` is given to the figures and
    steps that can be asked for by themselves. ``entry`` is the place in the method pack.
    """

    says: Message
    operator: str
    value: Value
    unit: Unit
    grow: Callable[[], "tuple[Node, ...]"] = field(default=tuple, repr=False)
    evidence: Evidence | None = None
    entry: str | None = None
    decimals: int | None = None
    name: str | None = None

    @cached_property
    def children(self) -> "tuple[Node, ...]":
        """What it comes from; made when asked for."""
        return self.grow()


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why an account's figures are what they are: a tree for each figure asked for."""

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    trees: tuple[Node, ...]


def escaped(part: str) -> str:
    """A part of a node's name, so that no id breaks it up.

    >>> escaped("a/b#c")
    'a%2Fb%23c'
    """
    return part.replace("%", "%25").replace("/", "%2F").replace("#", "%23")


def unescaped(part: str) -> str:
    """The id that a part of a node's name stands for."""
    return part.replace("%23", "#").replace("%2F", "/").replace("%25", "%")


def child_id(parent: str, place: int) -> str:
    """The id of a child without a name: the place in its parent.

    >>> child_id("risk", 2), child_id("risk#2", 0)
    ('risk#2', 'risk#2.0')
    """
    return f"{parent}{'.' if '#' in parent else '#'}{place}"


def walk(*roots: Node) -> Iterator[Node]:
    """Every node of the trees, each once, however many ways lead to it."""
    seen: set[int] = set()
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting.extend(reversed(node.children))


def plain(value: Value) -> object:
    """A value as plain JSON: a number is ``[low, high]``, words are a list, a day is ISO."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Words):
        return list(value.words)
    if isinstance(value, Interval):
        return list(value)
    if isinstance(value, SeatPart | Pair | Carried):
        fields: Mapping[str, object] = value._asdict()
        return {name: list(part) if isinstance(part, tuple) else part for name, part in fields.items()}
    return value

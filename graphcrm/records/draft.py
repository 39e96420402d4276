"""Draft: what a source could read, and everything it could not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from graphcrm.errors import Problem
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.stream import Stream


class Origin(Protocol):
    """Where the places of a draft lead."""

    def lost(self) -> frozenset[str]:
        """The kinds of which something could not be read: nobody can say which of their ids it lacks."""
        ...

    def shown(self, path: str) -> str:
        """What a person finds in the source."""
        ...

    def record(self, path: str) -> tuple[str, str] | None:
        """The kind and the place of the record that the path leads into, if it does."""
        ...


class Listed:
    """The origin of records that stand in lists by kind: their places are what a person finds."""

    def lost(self) -> frozenset[str]:
        """None: what is wrong with a record leaves its id readable."""
        return frozenset()

    def shown(self, path: str) -> str:
        """The path itself."""
        return path

    def record(self, path: str) -> tuple[str, str] | None:
        """The list, and the place in it."""
        kind, bracket, rest = path.partition("[")
        return (kind, f"{kind}[{rest.partition(']')[0]}]") if bracket and kind in RECORDS else None


@dataclass(frozen=True)
class Understood:
    """How a file of a source was read: as which table, in which form, and how many rows it has."""

    table: str
    file: str
    rows: int
    read_as: Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A bundle on its way in.

    ``places`` says where each record stands in its source (per kind, in the bundle's order);
    ``problems`` is what kept records out, and ``declared`` the ids of those (of stages: the names), so that
    a reference to a record that is itself wrong is not reported as a second problem. Interactions that are
    too many to hold come in the ``stream``; then the bundle has none. ``origin`` knows what a place of this
    draft, and the path of a field in it, is in the source.
    """

    name: str
    bundle: Bundle
    places: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stream: Stream | None = None
    origin: Origin = field(default_factory=Listed)

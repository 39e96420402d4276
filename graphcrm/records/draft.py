"""Draft: what a source could read, and everything it could not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graphcrm.errors import Problem
from graphcrm.records.bundle import Bundle
from graphcrm.records.stream import Stream


@dataclass(frozen=True)
class Draft:
    """A bundle on its way in.

    ``places`` says where each record stands in its source (per kind, in the bundle's order);
    ``problems`` is what kept records out, and ``declared`` the ids of those (of stages: the names), so that
    a reference to a record that is itself wrong is not reported as a second problem. Interactions that are
    too many to hold come in the ``stream``; then the bundle has none. ``shown`` turns a place of this
    draft, and the path of a field in it, into what a person finds in the source.
    """

    name: str
    bundle: Bundle
    places: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stream: Stream | None = None
    shown: Callable[[str], str] = str

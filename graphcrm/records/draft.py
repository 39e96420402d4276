"""Draft: what a source could read, and everything it could not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphcrm.errors import Problem
from graphcrm.records.bundle import Bundle


@dataclass(frozen=True)
class Draft:
    """A bundle on its way in.

    ``places`` says where each record stands in its source (per kind, in the bundle's order);
    ``problems`` is what kept records out, and ``declared`` the ids of those (of stages: the names), so that
    a reference to a record that is itself wrong is not reported as a second problem.
    """

    name: str
    bundle: Bundle
    places: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)

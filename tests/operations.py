"""Imports that something happens to: what each starts from, and its course and outcome undisturbed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cut_connection import Course
from editions import earlier_calls, first_edition, second_edition, write_bundle, write_tables
from killing import STAGED, WHOLE, Rig, graphcrm
from watching import Facts, on_several_days

from graphcrm.store.neo4j import Limits

BEFORE = (first_edition(), earlier_calls())
"""What every import here comes on top of."""

CALLS = 400

PUBLISHING = b"CREATE (import:Import"


@dataclass(frozen=True)
class Import:
    """A command line, and how many changes are one transaction of Neo4j; more are staged."""

    name: str
    arguments: tuple[object, ...]
    limits: Limits = WHOLE


def imports(folder: Path) -> tuple[Import, ...]:
    """A bundle, and tables of which the calls come as a stream; in one transaction and staged."""
    bundle = ("import", "bundle", write_bundle(folder / "second.json", second_edition()))
    tables = ("import", "tables", "--mapping", write_tables(folder / "calls", CALLS))
    return (
        Import("a bundle in one transaction", bundle),
        Import("a staged bundle", bundle, STAGED),
        Import("tables in one transaction", tables),
        Import("staged tables", tables, STAGED),
    )


@dataclass(frozen=True)
class Length:
    """How many bytes pass in an undisturbed run, and how many of them until it is told to publish."""

    published: int
    whole: int

    @classmethod
    def of(cls, way: Course) -> "Length":
        """What was counted on that way."""
        assert way.published is not None, "it published nothing"
        return cls(way.published, way.passed)

    def at(self, share: float) -> int:
        """The point at this part of the way: three in four lie before it publishes, the rest after."""
        if share < 0.75:
            return round(share / 0.75 * self.published)
        return round(self.published + (share - 0.75) / 0.25 * (self.whole - self.published))


@dataclass(frozen=True)
class Undisturbed:
    """An import to which nothing happens: what is there then, and how long its course is."""

    made: Import
    facts: Sequence[Facts]
    graph: Sequence[str]
    length: Length


def undisturbed(rig: Rig, made: Import) -> Undisturbed:
    """Run it."""
    rig.hold(*BEFORE)
    way = rig.course(words=PUBLISHING)
    with way, rig.graphcrm(way, *made.arguments, limits=made.limits) as command:
        ended = command.ended()
    assert (ended.code, ended.err) == (0, ""), ended
    with rig.opened() as store:
        return Undisturbed(made, on_several_days(store), rig.graph(), Length.of(way))


def must_be_as_undisturbed(rig: Rig, expected: Undisturbed) -> None:
    """Repeat the import; it is as if nothing had happened."""
    rig.free_lease()
    with graphcrm(rig, *expected.made.arguments, limits=expected.made.limits) as command:
        ended = command.ended()
    assert (ended.code, ended.err) == (0, ""), ended
    with rig.opened() as store:
        assert on_several_days(store) == expected.facts
        assert store.status().note is None
    assert rig.graph() == expected.graph

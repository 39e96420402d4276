"""A copy, an export or a restore is killed: the target is empty or whole, and takes it when repeated."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from forked import Command
from histories import problems, rows_of, write_history
from killing import as_people_see
from store_adapters import OPENERS
from store_neo4j import cypher, variables
from store_samples import bring, bundle, interactions

from graphcrm.records.contact import Contact
from graphcrm.records.employee import Employee
from graphcrm.records.history import NOTHING
from graphcrm.store.archive import Archive
from graphcrm.store.neo4j import Limits
from graphcrm.store.sqlite import open_store

MANY = {"sqlite": 10_000, "archive": 20_000, "neo4j": 1_000}
"""Interactions in what is copied into such a target."""

TARGETS = ["sqlite", "archive", pytest.param("neo4j", marks=pytest.mark.neo4j)]


class Case:
    """A store that is copied into targets of a kind, and how long that takes."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self._folder = folder
        source = folder / "source"
        source.mkdir()
        with open_store(source / "graphcrm.db", create=True) as store:
            write_history(store, 2)
            bring(
                store,
                bundle(
                    source="mail",
                    contacts=[Contact(id=f"c{n}", name="C") for n in range(700)],
                    employees=[Employee(id=f"e{n}", name="E") for n in range(50)],
                    interactions=interactions(MANY[kind]),
                ),
            )
            self.rows = rows_of(store.history())
        self.met = 0
        """How many kills met a copy that was still running."""
        for name in ("first", "whole"):  # the first of all takes longer: it, and the server, warm up
            self.make(name)
            self.takes = self.copy(name)
        self.graph = as_people_see(cypher) if kind == "neo4j" else []

    def copy(self, name: str, kill_after: float | None = None) -> float:
        """Copy as people do, to the end or until it is killed; how long it took."""
        begun = monotonic()
        with self._command(self._folder / name) as command:
            if kill_after is None:
                ended = command.ended()
                assert ended.code == 0, ended
            else:
                sleep(kill_after)
                self.met += command.runs
                command.kill()
            took = monotonic() - begun
        if self.kind == "neo4j":  # the lease of one who is dead ends by itself; tests need not wait
            cypher("MATCH (s:Store) REMOVE s.lease_holder")
        return took

    def _command(self, target: Path) -> Command:
        source = f"sqlite:///{self._folder / 'source' / 'graphcrm.db'}"
        if self.kind == "archive":
            return Command("db", "export", target / "archive", variables={"GRAPHCRM_STORE": source})
        if self.kind == "sqlite":
            return Command("db", "copy", source, f"sqlite:///{target / 'graphcrm.db'}", variables={})
        found = variables()
        limits = Limits(batch=200, wait=20.0)
        return Command("db", "copy", source, found["GRAPHCRM_STORE"], variables=found, limits=limits)

    def held(self, name: str) -> Mapping[str, list[Any]] | None:
        """All that the target holds; None where it is empty."""
        target = self._folder / name
        if self.kind == "archive":
            if not (target / "archive").exists():
                return None
            return rows_of(Archive(target / "archive").history())
        with OPENERS[self.kind](target) as store:
            history = store.history()
            return None if history.extent == NOTHING else rows_of(history)

    def finish(self, name: str) -> None:
        """Copy again where nothing is there; else let the store complete what is behind."""
        target = self._folder / name
        if self.held(name) is None:
            self.copy(name)
        if self.kind != "archive":
            with OPENERS[self.kind](target) as store:
                store.migrate()
                assert store.status().note is None
                assert problems(store) == []

    def make(self, name: str) -> None:
        """An empty target of that name."""
        (self._folder / name).mkdir()
        if self.kind == "neo4j":  # from now on the server holds the store of that name
            OPENERS[self.kind](self._folder / name).close()


def kill_again_and_again(case: Case, moments: Sequence[float]) -> set[str]:
    """Kill a copy at these parts of the time it takes; what the target was then."""
    found = set()
    for number, moment in enumerate(moments):
        name = str(number)
        case.make(name)
        case.copy(name, kill_after=moment * case.takes)
        held = case.held(name)
        assert held in (None, case.rows)
        found.add("empty" if held is None else "whole")
        case.finish(name)
        assert case.held(name) == case.rows
        assert case.graph == (as_people_see(cypher) if case.kind == "neo4j" else [])
    return found


@pytest.fixture(params=TARGETS)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return Case(request.param, tmp_path)


@pytest.mark.slow
def test_a_killed_copy_leaves_an_empty_target_or_a_whole_one(case: Case) -> None:
    moments = random.Random(3)
    kill_again_and_again(case, [moments.uniform(0.2, 1.0) for _ in range(3)])
    assert case.met


@pytest.mark.nightly
def test_killed_copies_leave_empty_targets_or_whole_ones(case: Case) -> None:
    seeded = random.Random(30)
    moments = [seeded.uniform(0, 1.1) for _ in range(50)]
    found = kill_again_and_again(case, moments)
    # So often that moments which all fall on one side of it would show nothing.
    assert found == {"empty", "whole"}
    assert case.met > len(moments) / 2

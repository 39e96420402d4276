"""Two processes write at once: neither spoils what the other does, and nothing is lost."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest
from editions import first_edition, second_edition, third_edition, write_bundle
from forked import Ended
from killing import Place, Rig, SqliteFile, graphcrm
from points import FEW_AND_MANY, at, spread
from store_adapters import ADAPTERS
from watching import Facts, Watch, in_turn, kept_audits, look_at_facts, on_several_days

from graphcrm.records.bundle import Bundle
from graphcrm.store.neo4j import Limits
from graphcrm.store.sqlite import schema

Line = tuple[object, ...]
"""A command line."""

BUSY = ("is being written to by another program", "is in use by another program")
TOO_OLD = "this graphcrm needs"

AUDIT: Line = ("audit", "run", "--format", "csv")
MIGRATE: Line = ("db", "migrate")

WAITS = (Limits(), Limits(wait=0.05))
"""Who waits for the other writer, and who does not; the embedded store always waits."""


@dataclass(frozen=True)
class Held:
    """What a store holds."""

    facts: Sequence[Facts]
    graph: Sequence[str]

    @classmethod
    def by(cls, place: Place) -> "Held":
        """Read it."""
        place.must_be_sound()
        with place.opened() as store:
            assert store.status().note is None
            return cls(on_several_days(store), place.graph())


@pytest.fixture(params=ADAPTERS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return SqliteFile(tmp_path)
    rig: Rig = request.getfixturevalue("rig")
    return rig


def run(place: Place, lines: Sequence[Line], delay: float = 0.0, limits: Limits = WAITS[0]) -> list[Ended]:
    """Run these at once; each begins so many seconds after the one before."""
    with ExitStack() as running:
        commands = []
        for line in lines:
            commands.append(running.enter_context(graphcrm(place, *line, limits=limits)))
            sleep(delay)
        return [command.ended() for command in commands]


def done(place: Place, line: Line) -> None:
    """Run it to its end."""
    (ended,) = run(place, [line])
    assert (ended.code, ended.err) == (0, ""), ended


def one_by_one(place: Place, start: Sequence[Bundle], *lines: Line) -> Held:
    """What is there when each writes in its turn."""
    place.hold(*start)
    for line in lines:
        done(place, line)
    return Held.by(place)


def importing(folder: Path, *bundles: Bundle) -> list[Line]:
    """The command lines that import them."""
    return [
        ("import", "bundle", write_bundle(folder / f"{number}.json", each))
        for number, each in enumerate(bundles)
    ]


@pytest.mark.parametrize("together", ["of one source", "of two sources"])
@FEW_AND_MANY
def test_two_imports_are_as_if_one_had_followed_the_other(
    place: Place, tmp_path: Path, together: str, points: int
) -> None:
    start = [first_edition()]
    other = third_edition() if together == "of one source" else second_edition("erp")
    lines = importing(tmp_path, second_edition(), other)
    begun = monotonic()
    outcomes = [one_by_one(place, start, *lines), one_by_one(place, start, *reversed(lines))]
    seconds = (monotonic() - begun) / 4
    on_the_way = [one_by_one(place, start, *some) for some in ([], lines[:1], lines[1:])]
    seen = [held.facts[0] for held in (*on_the_way, *outcomes)]
    turned_away = 0
    for number, share in spread(f"two imports {together}", points):
        limits = WAITS[number % 2]
        with at(share, together, limits):
            place.hold(*start)
            with Watch(place.opened, look_at_facts) as watch:
                ended = run(place, lines[:: (1, -1)[number // 2 % 2]], share * seconds, limits)
            assert all(facts in seen for facts in watch.seen)
            assert watch.refused == 0
            for line, each in zip(lines[:: (1, -1)[number // 2 % 2]], ended, strict=True):
                if each.code:
                    assert any(words in each.told for words in BUSY)
                    turned_away += 1
                    done(place, line)
            assert Held.by(place) in outcomes
    assert turned_away < 2 * points


@FEW_AND_MANY
def test_an_audit_beside_an_import_is_of_before_or_of_after(
    place: Place, tmp_path: Path, points: int
) -> None:
    start = [first_edition()]
    (line,) = importing(tmp_path, second_edition())
    begun = monotonic()
    after = one_by_one(place, start, line)
    seconds = monotonic() - begun
    audits = []
    for lines in ([AUDIT], [line, AUDIT]):
        one_by_one(place, start, *lines)
        with place.opened() as store:
            audits += kept_audits(store)
    found = []
    for number, share in spread("an audit beside an import", points):
        lines = [line, AUDIT] if number % 2 else [AUDIT, line]
        with at(share, lines):
            place.hold(*start)
            with Watch(place.opened, kept_audits) as watch:
                ended = run(place, lines, share * seconds)
            assert [(each.code, each.err) for each in ended] == [(0, "")] * 2, ended
            with place.opened() as store:
                (audit,) = kept_audits(store)
            assert audit in audits
            assert in_turn(watch.seen, [], [audit])
            assert Held.by(place).facts == after.facts
            found.append(audits.index(audit))
    assert set(found) == {0, 1}


@FEW_AND_MANY
def test_migrations_beside_an_import_make_one_store(place: Place, tmp_path: Path, points: int) -> None:
    (line,) = importing(tmp_path, second_edition())
    begun = monotonic()
    after = one_by_one(place, [], MIGRATE, line)
    seconds = monotonic() - begun
    for number, share in spread("migrations", points):
        lines = [MIGRATE, line, MIGRATE] if number % 2 else [line, MIGRATE, MIGRATE]
        with at(share, lines):
            place.hold() if number % 4 > 1 else make_old(place)
            for each in run(place, lines, share * seconds / 4):
                if each.code:
                    assert any(words in each.told for words in (*BUSY, TOO_OLD))
            done(place, MIGRATE)
            done(place, line)
            assert Held.by(place) == after
            with place.opened() as store:
                status = store.status()
            assert status.schema_version == status.latest_version


def make_old(place: Place) -> None:
    """An empty store with the first schema there was."""
    place.hold()
    if isinstance(place, Rig):
        place.opened(create=True).close()
        place.cypher("MATCH (m:Migration) WHERE m.version > 1 DELETE m")
        place.cypher("DROP INDEX version_points_at")
        return
    first = schema.migrations()[:1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "migrations", lambda: first)
        place.opened(create=True).close()

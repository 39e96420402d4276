"""An importer is killed, kill -9: all of its import is in or nothing, and it comes in when repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest
from forked import PATIENCE
from killing import Rig, SqliteFile, graphcrm
from operations import BEFORE, Undisturbed, imports, must_be_as_undisturbed
from points import FEW_AND_MANY, MANY, at, spread
from watching import Facts, Watch, in_turn, look_at_facts, on_several_days

from graphcrm.records.bundle import Bundle

BOTH = {"before", "after"}
"""What a store was found to be like; so many points that all lead to one of them would show nothing."""


@pytest.mark.neo4j
@FEW_AND_MANY
def test_in_neo4j_an_import_is_whole_or_not_there(
    rig: Rig, before: Sequence[Facts], every_import: Sequence[Undisturbed], points: int
) -> None:
    found = set()
    for number, share in spread("importer", points):
        after = every_import[number % len(every_import)]
        with at(share, after.made.name):
            rig.hold(*BEFORE)
            way = rig.course(point=after.length.at(share))
            command = rig.graphcrm(way, *after.made.arguments, limits=after.made.limits)
            way.act = command.kill
            with Watch(rig.opened, look_at_facts) as watch, way, command:
                ended = command.ended()
            with rig.opened() as store:
                held = on_several_days(store)
            assert held in (before, after.facts)
            assert in_turn(watch.seen, before[0], after.facts[0])
            assert watch.refused == 0
            assert held == after.facts or ended.code < 0
            found.add("before" if held == before else "after")
            must_be_as_undisturbed(rig, after)
    assert found == BOTH


@dataclass(frozen=True)
class Embedded:
    """An import into an embedded store, from nothing or on top of earlier facts."""

    place: SqliteFile
    arguments: Sequence[object]
    earlier: Sequence[Bundle]

    def run(self, kill_after: float | None = None) -> float:
        """Run it from its start, and kill it so many seconds after it began; how long it took."""
        with graphcrm(self.place, *self.arguments) as command:
            command.begun.wait(PATIENCE)
            begun = monotonic()
            if kill_after is not None:
                sleep(kill_after)
                command.kill()
            command.ended()
            return monotonic() - begun

    def held(self) -> list[Facts]:
        """What the store holds, which is sound."""
        with self.place.opened(create=True) as store:
            facts = on_several_days(store)
        self.place.must_be_sound()
        return facts


@FEW_AND_MANY
def test_in_the_embedded_store_an_import_is_whole_or_not_there(tmp_path: Path, points: int) -> None:
    place = SqliteFile(tmp_path)
    lines = [each.arguments for each in imports(tmp_path)[::2]]
    made = [Embedded(place, line, earlier) for earlier in (BEFORE, ()) for line in lines]
    undisturbed = []
    for each in made:
        place.hold(*each.earlier)
        before, seconds, after = each.held(), each.run(), each.held()
        undisturbed.append((before, seconds, after))
    found = set()
    for number, share in spread("importer of the embedded store", points):
        each, (before, seconds, after) = made[number % len(made)], undisturbed[number % len(made)]
        with at(share, each):
            place.hold(*each.earlier)
            with Watch(place.opened, look_at_facts) as watch:
                each.run(kill_after=1.1 * share * seconds)
            held = each.held()
            assert held in (before, after)
            assert in_turn(watch.seen, before[0], after[0])
            assert watch.refused == 0 or not each.earlier
            found.add("before" if held == before else "after")
            each.run()
            assert each.held() == after
    assert points < MANY or found == BOTH

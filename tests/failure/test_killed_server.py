"""A server is killed or restarted in mid-import: the user is told what is true, and it converges."""

from collections.abc import Sequence

import pytest
from forked import Ended
from killing import Rig
from operations import BEFORE, Undisturbed, must_be_as_undisturbed
from points import FEW_AND_MANY, at, spread
from watching import Facts, Watch, in_turn, look_at_facts, on_several_days

pytestmark = pytest.mark.neo4j

NOTHING_IS_IN = ("nothing has changed", "No Neo4j answers", "is not available now")
IT_IS_IN = ("The import is in",)
NOT_KNOWN = ("is not known",)

HASTY, PATIENT = 1.0, 120.0
"""Seconds an importer goes on trying: less than a restart takes, and more."""

NOTED = {"before": "was interrupted", "after": "is behind"}
"""What the status of the store notes, if anything is left to do."""


def means(ended: Ended) -> set[str]:
    """In which states the store may be, by what the importer told."""
    if ended.code == 0:
        assert not ended.err
        return {"after"}
    outcomes = {"before": NOTHING_IS_IN, "after": IT_IS_IN, "before or after": NOT_KNOWN}
    (found,) = [state for state, words in outcomes.items() if any(word in ended.told for word in words)]
    return set(found.split(" or "))


@FEW_AND_MANY
def test_an_import_is_whole_or_not_there_and_the_user_is_told(
    rig: Rig, before: Sequence[Facts], every_import: Sequence[Undisturbed], points: int
) -> None:
    states, codes = set(), set()
    for number, share in spread("server", points):
        after = every_import[number % len(every_import)]
        down = (rig.kill, rig.stop)[number // 2 % 5 == 4]
        seconds = (HASTY, PATIENT)[number % 3 == 2]
        with at(share, after.made.name, down.__name__, seconds):
            rig.hold(*BEFORE)
            way = rig.course(point=after.length.at(share))
            way.act = down
            command = rig.graphcrm(way, *after.made.arguments, limits=after.made.limits, seconds=seconds)
            with Watch(rig.opened, look_at_facts) as watch:
                ended = rig.restarted(way, command)
            with rig.opened() as store:
                held, note = on_several_days(store), str(store.status().note or "")
            assert held in (before, after.facts)
            state = "before" if held == before else "after"
            assert state in means(ended), ended
            assert not note or NOTED[state] in note
            assert in_turn(watch.seen, before[0], after.facts[0])
            states.add(state)
            codes.add(ended.code)
            must_be_as_undisturbed(rig, after)
    assert (states, codes) == ({"before", "after"}, {0, 3})

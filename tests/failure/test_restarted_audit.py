"""The server goes down and comes back in mid-audit: the audit is kept as if it had not, or not at all."""

from collections.abc import Sequence

import pytest
from editions import first_edition, second_edition
from forked import Ended
from killing import Rig, graphcrm
from operations import Length
from points import FEW_AND_MANY, at, spread
from watching import Watch, in_turn, kept_audits

pytestmark = pytest.mark.neo4j

AUDIT = ("audit", "run", "--format", "csv")
KEEPING = b"CREATE (audit:Audit"

IT_IS_KEPT = "The audit is kept"
NOT_KNOWN = "is not known"

HASTY, PATIENT = 1.0, 120.0
"""Seconds an audit goes on trying: less than a restart takes, and more."""


def means(ended: Ended, kept: Sequence[object]) -> bool:
    """Whether what was told is true."""
    if ended.code == 0:
        return bool(kept)
    told = ended.told
    return NOT_KNOWN in told or (IT_IS_KEPT in told) == bool(kept)


@FEW_AND_MANY
def test_an_audit_is_kept_whole_or_not_at_all(rig: Rig, points: int) -> None:
    rig.hold(first_edition(), second_edition())
    way = rig.course(words=KEEPING)
    with way, rig.graphcrm(way, *AUDIT) as command:
        whole = command.ended()
    with rig.opened() as store:
        (audit,) = kept_audits(store)
    assert len(audit) > 20  # more than are read at once
    graph, length = rig.graph(), Length.of(way)
    outcomes = set()
    for number, share in spread("audit", points):
        down = (rig.kill, rig.stop)[number % 5 == 4]
        seconds = (HASTY, PATIENT)[number % 2]
        with at(share, down.__name__, seconds):
            rig.hold(first_edition(), second_edition())
            way = rig.course(point=length.at(share))
            way.act = down
            with Watch(rig.opened, kept_audits) as watch:
                ended = rig.restarted(way, rig.graphcrm(way, *AUDIT, seconds=seconds))
            with rig.opened() as store:
                kept = kept_audits(store)
            assert kept in ([], [audit])
            assert in_turn(watch.seen, [], [audit])
            assert means(ended, kept), ended
            outcomes.add((ended.code, len(kept)))
            rig.free_lease()
            with graphcrm(rig, *AUDIT) as command:
                again = command.ended()
            assert (again.code, again.err) == (0, "")
            assert rows(again) == rows(whole)
            with rig.opened() as store:
                assert kept_audits(store) == [audit, *kept]
                assert store.status().note is None
            assert rig.graph() == graph
    assert {(0, 1), (3, 0)} <= outcomes


def rows(ended: Ended) -> list[str]:
    """What it printed."""
    return ended.out.splitlines()

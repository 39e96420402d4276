"""The connection is cut in mid-read: the reader gets all of it or one sentence, never a part."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from cut_connection import Course
from editions import first_edition, second_edition
from forked import Ended
from killing import Rig, graphcrm
from points import FEW_AND_MANY, at, spread

from graphcrm.cli.app import run
from graphcrm.store import neo4j

pytestmark = [
    pytest.mark.neo4j,
    # The driver closes a connection that was cut while it was made, as if it had been made.
    pytest.mark.filterwarnings("ignore:.*Bolt.__del__:pytest.PytestUnraisableExceptionWarning"),
    # One that was cut before it could ask who is at the other end, it leaves open.
    pytest.mark.filterwarnings("ignore:.*<socket.socket:pytest.PytestUnraisableExceptionWarning"),
]

READS = {
    "facts": ("db", "export", "--bundle"),
    "facts about an account": ("account", "show", "crm.a7", "--format", "json"),
    "columns": ("portfolio", "--screen", "--format", "json"),
    "an audit": ("audit", "show", "1", "--format", "json"),
}


Reader = Callable[[Course, Sequence[str]], Ended]


@pytest.fixture(scope="module")
def audited(rig: Rig) -> Rig:
    """The store holds two editions and an audit."""
    rig.hold(first_edition(), second_edition())
    with graphcrm(rig, "audit", "run") as command:
        assert command.ended().code == 0
    return rig


@pytest.fixture
def read(audited: Rig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reader:
    """The command line in this process, with a driver that does not try for long."""
    monkeypatch.setattr(neo4j, "open_store", partial(neo4j.open_store, seconds=1.0))
    monkeypatch.setenv("GRAPHCRM_LANG", "en")

    def by(way: Course, arguments: Sequence[str]) -> Ended:
        for name, value in audited.variables_by(way.port).items():
            monkeypatch.setenv(name, value)
        with way:
            code = run(arguments)
        return Ended(code, *capsys.readouterr())

    return by


@pytest.mark.parametrize("what", READS)
@FEW_AND_MANY
def test_a_reader_gets_all_of_it_or_is_told(rig: Rig, read: Reader, what: str, points: int) -> None:
    undisturbed = rig.course()
    whole = read(undisturbed, READS[what])
    assert (whole.code, whole.err) == (0, "")
    told, repeated = set(), 0
    for number, share in spread(what, points):
        way = rig.course(point=round(share * undisturbed.passed), once=number % 2 == 1)
        with at(share, what):
            ended = read(way, READS[what])
            if ended.code == 0:
                assert ended == whole
                repeated += way.broken.is_set()
            else:
                told.add(ended.told)
                assert way.broken.is_set()
    assert told
    assert repeated or what == "columns"  # what has been taken from a stream cannot be read again

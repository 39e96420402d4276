"""A server or an importer that is killed in mid-import: all of it is in or nothing, and the user is told.

Nightly it is 50 moments, 9 of the server and 41 of the importer, in about eleven minutes: a server that was
killed takes eight seconds to start, and an import some ten seconds to give it up.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from killing import Ended, Rig, Victim, as_sets, stated
from store_reference import ReferenceStore
from store_samples import bring

from graphcrm.records.bundle import Bundle
from graphcrm.store.neo4j.limits import ROWS_IN_ONE_TRANSACTION

pytestmark = pytest.mark.neo4j

BEFORE = stated(10, "gone")
SIZES = {"staged": 10_000, "in one transaction": 1_500}
"""Contacts; each comes with a tie."""

NOTHING_IS_IN = ("nothing has changed", "No Neo4j answers", "is not available now")
IT_IS_IN = ("The import is in",)
NOT_KNOWN = ("is not known",)

NOTED = {"before": "was interrupted", "after": "is behind"}
"""What the status of the store notes, if anything is left to do."""

SOON = 45.0
"""Seconds within which an importer has told that its server is gone, on a slow machine."""

TIMES: dict[Victim, tuple[int, int]] = {
    "server": (4, 2),
    "server, back at once": (2, 1),
    "importer": (35, 6),
}
"""How often each is killed in imports in one transaction, and in staged ones, which take longer."""


@dataclass(frozen=True)
class Case:
    """An import, what it leads to when nobody is killed, and how long it takes then."""

    staged: bool
    bundle: Bundle
    file: Path
    facts: object
    graph: list[str]
    takes: float


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.kill()


@pytest.fixture(scope="module", params=SIZES)
def case(request: pytest.FixtureRequest, rig: Rig, tmp_path_factory: pytest.TempPathFactory) -> Case:
    after = stated(SIZES[request.param])
    file = tmp_path_factory.mktemp("bundles") / "after.json"
    file.write_text(after.model_dump_json(exclude_defaults=True), encoding="utf-8")
    reference = ReferenceStore()
    bring(reference, BEFORE)
    changes = bring(reference, after).kinds.values()
    rows = sum(change.new + change.changed + change.retired for change in changes)
    staged = request.param == "staged"
    assert (rows > ROWS_IN_ONE_TRANSACTION) == staged
    rig.hold(BEFORE)
    takes = rig.takes(file)
    return Case(staged, after, file, as_sets(reference.facts(after.as_of)), rig.graph(), takes)


def means(ended: Ended) -> set[str]:
    """In which states the store may be, by what the importer told, which is one sentence and its cure."""
    if ended.code == 0:
        assert not ended.err
        return {"after"}
    sentence, _hint = ended.err.splitlines()
    assert (ended.code, ended.out) == (3, "")
    assert sentence.startswith("Error: ")
    assert ended.took < SOON
    outcomes = {"before": NOTHING_IS_IN, "after": IT_IS_IN, "before or after": NOT_KNOWN}
    (found,) = [state for state, words in outcomes.items() if any(word in sentence for word in words)]
    return set(found.split(" or "))


def killed(rig: Rig, case: Case, victim: Victim, after: float) -> tuple[str, str]:
    """Kill somebody so late in the import; which state the store is in then, and what its status notes."""
    rig.hold(BEFORE)
    ended = rig.interrupted(case.file, victim, after)
    held = rig.facts(case.bundle)
    assert held in (as_sets(BEFORE), case.facts)
    state = "before" if held == as_sets(BEFORE) else "after"
    if victim != "importer":
        assert state in means(ended), ended
    with rig.opened() as store:
        note = str(store.status().note or "")
    assert not note or NOTED[state] in note
    if state == "after" and not note:
        assert rig.graph() == case.graph
    return state, note


def repeated(rig: Rig, case: Case) -> None:
    """Import again: it is as if nobody had been killed."""
    with rig.opened() as store:
        bring(store, case.bundle)
        assert store.status().note is None
    assert rig.facts(case.bundle) == case.facts
    assert rig.graph() == case.graph


@pytest.mark.slow
def test_a_killed_server_has_all_of_an_import_or_nothing(rig: Rig, case: Case) -> None:
    moment = random.Random(1).uniform(0.2, 0.6) * case.takes
    _, note = killed(rig, case, "server", moment)
    status = rig.run("db", "status")
    assert status.code == 0
    assert note in " ".join(status.out.split())
    repeated(rig, case)


@pytest.mark.nightly
@pytest.mark.parametrize(("victim", "times"), TIMES.items())
def test_whoever_is_killed_all_of_an_import_is_in_or_nothing(
    rig: Rig, case: Case, victim: Victim, times: tuple[int, int]
) -> None:
    moments = random.Random(f"{victim} {case.staged}")
    found = set()
    for _ in range(times[case.staged]):
        state, _ = killed(rig, case, victim, moments.uniform(0, 1.1 * case.takes))
        found.add(state)
        repeated(rig, case)
    if victim == "importer":  # so often that moments which all fall on one side of it would show nothing
        assert found == {"before", "after"}

"""A Neo4j that may be killed, and imports of which is known how they go undisturbed."""

from collections.abc import Iterator, Sequence

import pytest
from editions import second_edition
from killing import Rig
from operations import BEFORE, Undisturbed, imports, undisturbed
from store_reference import ReferenceStore
from store_samples import AS_OF, bring
from watching import Facts, as_sets, on_several_days


@pytest.fixture(scope="session")
def rig() -> Iterator[Rig]:
    rig = Rig()
    yield rig
    rig.kill()


@pytest.fixture(scope="session")
def before(rig: Rig) -> Sequence[Facts]:
    """The facts of several days before any import."""
    rig.hold(*BEFORE)
    with rig.opened() as store:
        return on_several_days(store)


@pytest.fixture(scope="session")
def every_import(rig: Rig, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Undisturbed]:
    """Imports of every kind; staged or not, they lead to the same."""
    done = [undisturbed(rig, made) for made in imports(tmp_path_factory.mktemp("imports"))]
    reference = ReferenceStore()
    for bundle in (*BEFORE, second_edition()):
        bring(reference, bundle)
    assert done[0].facts[0] == as_sets(reference.facts(AS_OF))
    for whole, staged in (done[:2], done[2:]):
        assert (whole.facts, whole.graph) == (staged.facts, staged.graph)
    return done

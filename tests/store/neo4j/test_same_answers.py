"""The golden accounts through Neo4j and SQLite: the same facts and the same figures, to the last digit."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

import pytest
from store_neo4j import Limits, opened, wipe
from store_samples import AT, in_order

from graphcrm.policies import load_policy
from graphcrm.ports.store import Store
from graphcrm.services.audit import get_audit, run_audit
from graphcrm.services.importing import import_draft
from graphcrm.services.reading import View
from graphcrm.sources.bundles import read_bundle
from graphcrm.store.sqlite import open_store as open_sqlite

pytestmark = pytest.mark.neo4j

GOLDEN = Path(__file__).parents[2] / "golden"
BUNDLES = sorted(p for p in GOLDEN.glob("*.json") if not p.name.endswith(".expected.json"))
LIMITS = {"whole": Limits(wait=2.0), "staged": Limits(whole=3, batch=50, wait=2.0)}


class Clock:
    """Always the same time."""

    def now(self) -> datetime:
        return AT


@pytest.fixture(params=LIMITS)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    wipe()
    with ExitStack() as stack:
        yield (
            stack.enter_context(open_sqlite(tmp_path / "graphcrm.db", create=True)),
            stack.enter_context(opened(limits=LIMITS[request.param])),
        )


@pytest.mark.parametrize("path", BUNDLES, ids=lambda p: p.stem)
def test_a_golden_bundle_gives_the_same_through_both(both: tuple[Store, Store], path: Path) -> None:
    policy = load_policy()
    summaries = [import_draft(read_bundle(path), store, policy, Clock()) for store in both]
    assert summaries[0] == summaries[1]
    for known_at in (None, date(2026, 3, 31)):
        for as_of in (date(2026, 6, 30), date(2025, 6, 30)):
            ours, theirs = (store.facts(as_of, known_at) for store in both)
            assert theirs == ours
            assert in_order(theirs) == in_order(ours)
    audits = [get_audit(store, run_audit(store, View(policy), Clock()).id) for store in both]
    assert audits[1] == audits[0]
    assert audits[1].model_dump_json() == audits[0].model_dump_json()
    assert not import_draft(read_bundle(path), both[1], policy, Clock()).changed


def test_all_golden_bundles_one_after_another(both: tuple[Store, Store]) -> None:
    """They speak of the same ids: each changes much of what the one before stated."""
    for path in BUNDLES:
        bundle = read_bundle(path).bundle
        whole = bundle.model_copy(
            update={"source": "golden", "complete": ("seats", "ties", "holdings", "stages")}
        )
        one, other = (
            store.import_bundle(whole, name=path.name, at=AT, check=lambda _: None) for store in both
        )
        assert one == other
    ours, theirs = (store.facts(date(2026, 6, 30)) for store in both)
    assert in_order(theirs) == in_order(ours)
    assert both[0].status().counts == both[1].status().counts

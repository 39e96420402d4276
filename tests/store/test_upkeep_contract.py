"""Every sentence of ``graphcrm.ports.maintenance`` and of what opens and closes a store."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from store_samples import AS_OF, AT, PACK, bring, bundle, in_order, named, one_of_each

from graphcrm.errors import StoreError
from graphcrm.ports.store import Store
from graphcrm.records.bundle import RECORDS

LATER = date(2026, 7, 31)


def test_status_of_an_empty_store(store: Store) -> None:
    status = store.status()
    assert status.schema_version == status.latest_version > 0
    assert status.counts == dict.fromkeys(RECORDS, 0)
    assert (status.imports, status.audits) == (0, 0)
    assert (status.latest_as_of, status.last_import_at) == (None, None)


def test_status_counts_records_in_force(store: Store) -> None:
    bring(store, bundle(LATER, source="crm", accounts=[named("a", "A"), named("b", "B")]))
    bring(store, bundle(source="crm", accounts=[named("a", "A2")]))
    bring(
        store,
        bundle(source="crm", complete=("accounts",), accounts=[named("a", "A3")]),
        at=AT + timedelta(days=1),
    )
    store.save_audit([], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    status = store.status()
    assert status.counts["accounts"] == 1
    assert (status.imports, status.audits) == (3, 1)
    assert (status.latest_as_of, status.last_import_at) == (LATER, AT + timedelta(days=1))


def test_an_import_that_changes_nothing_is_not_counted(store: Store) -> None:
    bring(store, one_of_each())
    before = store.status()
    bring(store, one_of_each(), at=AT + timedelta(days=1))
    assert store.status() == before
    bring(store, one_of_each().model_copy(update={"as_of": LATER}))
    assert store.status().imports == 2


def test_a_store_up_to_date_has_nothing_to_migrate(store: Store) -> None:
    assert store.migrate() == ()


def test_what_was_stored_is_there_after_opening_again(store: Store, reopen: Callable[[], Store]) -> None:
    bring(store, one_of_each())
    before = in_order(store.facts(AS_OF))
    store.close()
    with reopen() as again:
        assert in_order(again.facts(AS_OF)) == before
        assert not bring(again, one_of_each()).changed


def test_two_that_are_open_see_each_other(store: Store, reopen: Callable[[], Store]) -> None:
    other = reopen()
    assert other.facts(AS_OF) == bundle()
    bring(store, one_of_each())
    assert in_order(other.facts(AS_OF)) == in_order(one_of_each())


def test_a_reader_sees_nothing_of_an_import_under_way(store: Store, reopen: Callable[[], Store]) -> None:
    reader = reopen()
    seen = []
    bring(store, one_of_each(), check=lambda _: seen.append(reader.facts(AS_OF)))
    assert seen == [bundle()]


def test_a_closed_store_says_so(reopen: Callable[[], Store]) -> None:
    closed = reopen()
    closed.close()
    with pytest.raises(StoreError):
        closed.facts(AS_OF)
    closed.close()

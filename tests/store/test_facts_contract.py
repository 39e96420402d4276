"""Every sentence of ``graphcrm.ports.facts`` about versions and reading."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from store_samples import AS_OF, AT, bring, bundle, in_order, interactions, named, one_of_each

from graphcrm.ports.facts import FactStore
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.holding import Holding
from graphcrm.records.stage import Stage

LATER = date(2026, 7, 31)
MUCH_LATER = date(2026, 12, 31)


def names(facts: Bundle) -> list[str]:
    return [account.name for account in facts.accounts]


def test_an_empty_store_holds_an_empty_bundle(fact_store: FactStore) -> None:
    assert fact_store.facts(AS_OF) == bundle()
    assert fact_store.latest_as_of() is None


def test_every_kind_comes_back_as_it_was_stated(fact_store: FactStore) -> None:
    stated = one_of_each()
    assert all(stated.of(kind) for kind in RECORDS)
    bring(fact_store, stated)
    read = fact_store.facts(AS_OF)
    assert read == stated
    assert in_order(read) == in_order(stated)


def test_absent_recorded_at_stays_absent(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("a", "One")]))
    bring(fact_store, bundle(accounts=[named("a", "Two")]))
    assert fact_store.facts(AS_OF).accounts[0].recorded_at is None


def test_records_without_version_in_common_are_kept_apart(fact_store: FactStore) -> None:
    stated = bundle(accounts=[named("x", "Account")], contacts=[Contact(id="x", name="Contact")])
    bring(fact_store, stated)
    assert fact_store.facts(AS_OF) == stated


def test_keys_of_several_parts_are_not_confused(fact_store: FactStore) -> None:
    stated = bundle(stages=[Stage(account="a", name='b","c'), Stage(account='a","b', name="c")])
    bring(fact_store, stated)
    assert fact_store.facts(AS_OF) == stated


def test_a_later_statement_is_a_version_of_the_earlier(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("a", "One")]))
    bring(fact_store, bundle(accounts=[named("a", "Two")]))
    assert names(fact_store.facts(AS_OF)) == ["Two"]


def test_records_of_one_key_are_told_apart_by_their_place(fact_store: FactStore) -> None:
    def holdings(*ends: date) -> Bundle:
        return bundle(holdings=[Holding(contact="c", seat="s", valid_to=end) for end in ends])

    bring(fact_store, holdings(AS_OF, LATER))
    assert fact_store.facts(AS_OF).holdings == holdings(AS_OF, LATER).holdings
    summary = bring(fact_store, holdings(AS_OF, MUCH_LATER))
    assert (summary.kinds["holdings"].unchanged, summary.kinds["holdings"].changed) == (1, 1)
    assert fact_store.facts(AS_OF).holdings == holdings(AS_OF, MUCH_LATER).holdings


def test_a_first_version_without_recorded_at_is_always_known(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("a", "One")]))
    assert names(fact_store.facts(AS_OF, date.min)) == ["One"]


def test_a_later_version_is_known_from_its_import(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("a", "One")]), at=AT)
    bring(fact_store, bundle(accounts=[named("a", "Two")]), at=AT)
    assert names(fact_store.facts(AS_OF, AT.date() - timedelta(days=1))) == ["One"]
    assert names(fact_store.facts(AS_OF, AT.date())) == ["Two"]


def test_the_day_of_an_import_is_that_of_utc(fact_store: FactStore) -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
    bring(fact_store, bundle(accounts=[named("a", "One")]), at=late)
    bring(fact_store, bundle(accounts=[named("a", "Two")]), at=late)
    assert names(fact_store.facts(AS_OF, date(2026, 7, 1))) == ["One"]
    assert names(fact_store.facts(AS_OF, date(2026, 7, 2))) == ["Two"]


@pytest.mark.parametrize("recorded", [date(2026, 3, 5), datetime(2026, 3, 5, 23, 59, 59, tzinfo=UTC)])
def test_a_version_with_recorded_at_is_known_from_then(
    fact_store: FactStore, recorded: date | datetime
) -> None:
    bring(fact_store, bundle(accounts=[named("a", "One", recorded_at=recorded), named("b", "Other")]))
    assert names(fact_store.facts(AS_OF, date(2026, 3, 4))) == ["Other"]
    assert names(fact_store.facts(AS_OF, date(2026, 3, 5))) == ["One", "Other"]
    bring(fact_store, bundle(accounts=[named("a", "Two", recorded_at=date(2026, 4, 1))]))
    assert names(fact_store.facts(AS_OF, date(2026, 3, 31))) == ["One", "Other"]
    assert names(fact_store.facts(AS_OF, date(2026, 4, 1))) == ["Two", "Other"]


def test_midnight_belongs_to_the_day_it_begins(fact_store: FactStore) -> None:
    midnight = datetime(2026, 3, 6, tzinfo=UTC)
    bring(fact_store, bundle(accounts=[named("a", "One", recorded_at=midnight)]))
    assert names(fact_store.facts(AS_OF, date(2026, 3, 5))) == []
    assert names(fact_store.facts(AS_OF, date(2026, 3, 6))) == ["One"]


def test_the_latest_version_is_the_one_stated_last_not_recorded_last(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("a", "One", recorded_at=date(2026, 5, 1))]))
    bring(fact_store, bundle(accounts=[named("a", "Two", recorded_at=date(2026, 1, 1))]))
    assert names(fact_store.facts(AS_OF)) == ["Two"]
    assert names(fact_store.facts(AS_OF, date(2026, 6, 1))) == ["Two"]


def test_recorded_at_alone_makes_a_version(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("a", "One")]))
    summary = bring(fact_store, bundle(accounts=[named("a", "One", recorded_at=AS_OF)]))
    assert summary.kinds["accounts"].changed == 1
    assert fact_store.facts(AS_OF).accounts[0].recorded_at == AS_OF


def test_what_is_retired_is_left_out_from_its_day(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "One"), named("b", "Two")]))
    bring(
        fact_store, bundle(LATER, source="crm", complete=("accounts",), accounts=[named("a", "One")]), at=AT
    )
    assert names(fact_store.facts(LATER)) == ["One"]
    assert names(fact_store.facts(LATER - timedelta(days=1))) == ["One", "Two"]


def test_a_retirement_is_known_from_its_import(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "One")]))
    bring(fact_store, bundle(LATER, source="crm", complete=("accounts",)), at=AT)
    assert names(fact_store.facts(MUCH_LATER, AT.date() - timedelta(days=1))) == ["One"]
    assert names(fact_store.facts(MUCH_LATER, AT.date())) == []


def test_before_its_retirement_the_version_before_it_shows_only_if_known(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "One", recorded_at=MUCH_LATER)]))
    bring(fact_store, bundle(LATER, source="crm", complete=("accounts",)), at=AT)
    assert names(fact_store.facts(AS_OF, AT.date())) == []
    assert names(fact_store.facts(AS_OF, MUCH_LATER)) == ["One"]


def test_a_retired_record_can_be_stated_again(fact_store: FactStore) -> None:
    stated = bundle(source="crm", accounts=[named("a", "One")])
    bring(fact_store, stated)
    bring(fact_store, bundle(source="crm", complete=("accounts",)), at=AT)
    again = bring(fact_store, stated, at=AT + timedelta(days=5))
    assert (again.kinds["accounts"].changed, again.kinds["accounts"].new) == (1, 0)
    assert names(fact_store.facts(AS_OF)) == ["One"]
    assert names(fact_store.facts(AS_OF, AT.date())) == []
    assert names(fact_store.facts(AS_OF, AT.date() - timedelta(days=1))) == ["One"]


def test_a_retired_record_is_not_retired_again(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "One")]))
    bring(fact_store, bundle(source="crm", complete=("accounts",)))
    assert not bring(fact_store, bundle(LATER, source="crm", complete=("accounts",))).changed
    assert names(fact_store.facts(AS_OF)) == []


def test_validity_is_not_judged(fact_store: FactStore) -> None:
    ended = Holding(contact="c", seat="s", valid_to=date(2000, 1, 1))
    begins = Holding(contact="c", seat="s", valid_from=date(2100, 1, 1))
    bring(fact_store, bundle(holdings=[ended, begins]))
    assert fact_store.facts(AS_OF).holdings == (ended, begins)


def test_records_come_in_the_order_they_were_first_stated(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("c", "C"), named("a", "A"), named("b", "B")]))
    bring(fact_store, bundle(accounts=[named("d", "D"), named("c", "C"), named("a", "A2")]))
    assert names(fact_store.facts(AS_OF)) == ["C", "A2", "B", "D"]


def test_as_of_of_the_bundle_is_the_argument(fact_store: FactStore) -> None:
    bring(fact_store, bundle())
    assert fact_store.facts(MUCH_LATER).as_of == MUCH_LATER
    assert fact_store.facts(date.max, date.max).as_of == date.max


def test_many_interactions_come_back_in_order(fact_store: FactStore) -> None:
    mails = interactions(2_000)
    bring(fact_store, bundle(interactions=mails))
    assert fact_store.facts(AS_OF).interactions == mails

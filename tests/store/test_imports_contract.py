"""Every sentence of ``graphcrm.ports.facts`` about importing, and of what an import tells."""

from datetime import date, timedelta

import pytest
from store_samples import AS_OF, AT, bring, bundle, in_order, named, one_of_each

from graphcrm.errors import InputError
from graphcrm.ports.facts import FactStore
from graphcrm.ports.store import Store
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.seat import Seat
from graphcrm.records.store_state import ImportSummary, KindChange, Known
from graphcrm.records.tie import Tie

LATER = date(2026, 7, 31)


class Refused(Exception):
    """What a check raises here."""


def test_an_import_counts_what_it_did(fact_store: FactStore) -> None:
    first = bundle(source="crm", accounts=[named("a", "A"), named("b", "B"), named("c", "C")])
    assert bring(fact_store, first, name="first.json") == ImportSummary(
        "first.json", {"accounts": KindChange(new=3)}
    )
    second = bundle(
        source="crm",
        complete=("accounts",),
        accounts=[named("a", "A"), named("b", "B2"), named("d", "D")],
        seats=[Seat(id="s", account="a")],
    )
    summary = bring(fact_store, second)
    assert summary.kinds == {
        "accounts": KindChange(new=1, changed=1, retired=1, unchanged=1),
        "seats": KindChange(new=1),
    }
    assert summary.changed


def test_the_same_again_changes_nothing(fact_store: FactStore) -> None:
    bring(fact_store, one_of_each())
    before = fact_store.facts(AS_OF)
    summary = bring(fact_store, one_of_each(), at=AT + timedelta(days=9))
    assert not summary.changed
    assert list(summary.kinds) == list(RECORDS)
    assert sum(kind.unchanged for kind in summary.kinds.values()) == len(one_of_each())
    assert in_order(fact_store.facts(AS_OF)) == in_order(before)


def test_what_equals_a_default_is_no_change(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("a", "A")]))
    spelled_out = named("a", "A", mode=None, mechanisms_complete=False)
    assert not bring(fact_store, bundle(accounts=[spelled_out])).changed


def test_known_to_have_none_is_a_change_from_unknown(fact_store: FactStore) -> None:
    bring(fact_store, bundle(seats=[Seat(id="s", account="a")]))
    assert bring(fact_store, bundle(seats=[Seat(id="s", account="a", roles=())])).changed


def test_latest_as_of_is_the_latest_of_any_import(fact_store: FactStore) -> None:
    bring(fact_store, bundle(LATER, accounts=[named("a", "A")]))
    bring(fact_store, bundle(AS_OF, accounts=[named("b", "B")]))
    assert fact_store.latest_as_of() == LATER


def test_a_later_as_of_counts_though_nothing_changes(fact_store: FactStore) -> None:
    bring(fact_store, bundle(AS_OF, accounts=[named("a", "A")]))
    assert not bring(fact_store, bundle(LATER, accounts=[named("a", "A")])).changed
    assert fact_store.latest_as_of() == LATER
    assert not bring(fact_store, bundle(AS_OF, accounts=[named("a", "A")])).changed
    assert fact_store.latest_as_of() == LATER


def test_only_complete_kinds_retire(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "A")], seats=[Seat(id="s", account="a")]))
    bring(fact_store, bundle(source="crm", complete=("seats",)))
    assert [a.id for a in fact_store.facts(AS_OF).accounts] == ["a"]
    assert fact_store.facts(AS_OF).seats == ()


def test_only_records_of_the_same_source_are_retired(fact_store: FactStore) -> None:
    bring(fact_store, bundle(accounts=[named("none", "N")]))
    bring(fact_store, bundle(source="erp", accounts=[named("erp", "E"), named("own", "O", source="crm")]))
    bring(fact_store, bundle(source="crm", accounts=[named("crm", "C"), named("other", "O", source="erp")]))
    summary = bring(fact_store, bundle(source="crm", complete=("accounts", "accounts")))
    assert summary.kinds == {"accounts": KindChange(retired=2)}
    assert [a.id for a in fact_store.facts(AS_OF).accounts] == ["none", "erp", "other"]


def test_a_record_belongs_to_the_source_of_its_latest_version(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "A")]))
    bring(fact_store, bundle(source="erp", accounts=[named("a", "A2")]))
    assert not bring(fact_store, bundle(source="crm", complete=("accounts",))).changed
    assert bring(fact_store, bundle(source="erp", complete=("accounts",))).changed


def test_another_source_saying_the_same_is_no_version(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "A")]))
    assert not bring(fact_store, bundle(source="erp", accounts=[named("a", "A")])).changed
    assert not bring(fact_store, bundle(source="erp", complete=("accounts",))).changed


def test_what_a_complete_bundle_states_is_not_retired(fact_store: FactStore) -> None:
    stated = bundle(source="crm", complete=("accounts",), accounts=[named("a", "A"), named("b", "B")])
    bring(fact_store, stated)
    assert not bring(fact_store, stated).changed
    fewer = bundle(source="crm", complete=("accounts",), accounts=[named("b", "B2")])
    assert bring(fact_store, fewer).kinds["accounts"] == KindChange(changed=1, retired=1)
    assert [a.name for a in fact_store.facts(AS_OF).accounts] == ["B2"]


@pytest.mark.parametrize(
    "impossible",
    [
        bundle(source="crm", complete=("accounts", "interactions")),
        bundle(source="crm", complete=("planets",)),
        bundle(complete=("accounts",)),
    ],
    ids=["interactions", "no kind", "no source"],
)
def test_what_cannot_be_complete_is_refused(fact_store: FactStore, impossible: Bundle) -> None:
    with pytest.raises(InputError, match="complete"):
        bring(fact_store, impossible)
    assert fact_store.latest_as_of() is None


def test_check_sees_what_would_be_known(fact_store: FactStore) -> None:
    seen: list[Known] = []
    tie = Tie(employee="e1", contact="c1", level=0.5, assessed_on=AS_OF)
    first = one_of_each().model_copy(update={"source": "crm", "ties": (tie,)})
    bring(fact_store, first, check=seen.append)
    bring(fact_store, bundle(source="crm", complete=("accounts", "ties")), check=seen.append)
    full, emptied = seen
    assert full.current == first.model_copy(update={"source": None, "interactions": (), "assertions": ()})
    assert full.ids == {
        **dict.fromkeys(RECORDS, frozenset()),
        "accounts": {"a1"},
        "departments": {"d1"},
        "seats": {"s1", "s2"},
        "contacts": {"c1"},
        "employees": {"e1"},
        "ties": {"e1|c1"},
        "mechanisms": {"m1"},
        "opportunities": {"o1"},
    }
    assert emptied.ids == full.ids
    assert emptied.current.accounts == ()
    assert emptied.current.ties == ()
    assert emptied.current.contacts == full.current.contacts


def test_what_was_retired_for_a_later_day_is_not_in_force(fact_store: FactStore) -> None:
    bring(fact_store, bundle(AS_OF, source="crm", accounts=[named("a", "A")]))
    bring(fact_store, bundle(LATER, source="crm", complete=("accounts",)))
    seen: list[Known] = []
    bring(fact_store, bundle(AS_OF, accounts=[named("b", "B")]), check=seen.append)
    assert [a.id for a in seen[0].current.accounts] == ["b"]
    assert seen[0].current.as_of == LATER


def test_check_sees_records_in_the_order_they_were_first_stated(fact_store: FactStore) -> None:
    seen: list[Known] = []
    bring(fact_store, bundle(accounts=[named("b", "B"), named("a", "A")]))
    bring(fact_store, bundle(accounts=[named("b", "B2")]), check=seen.append)
    assert [a.name for a in seen[0].current.accounts] == ["B2", "A"]


def test_nothing_is_written_when_check_refuses(fact_store: FactStore) -> None:
    bring(fact_store, bundle(source="crm", accounts=[named("a", "A"), named("b", "B")]))
    before = fact_store.facts(AS_OF)

    def refuse(known: Known) -> None:
        raise Refused(len(known.current))

    change = bundle(
        LATER, source="crm", complete=("accounts",), accounts=[named("a", "A2"), named("c", "C")]
    )
    with pytest.raises(Refused):
        bring(fact_store, change, check=refuse)
    assert fact_store.facts(AS_OF) == before
    assert fact_store.latest_as_of() == AS_OF
    seen: list[Known] = []
    assert bring(fact_store, change, check=seen.append).kinds["accounts"] == KindChange(
        new=1, changed=1, retired=1
    )
    assert seen[0].ids["accounts"] == {"a", "b", "c"}


def test_a_refused_import_is_not_counted(store: Store) -> None:
    def refuse(_: Known) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(store, one_of_each(), check=refuse)
    assert store.status().imports == 0
    assert sum(store.status().counts.values()) == 0

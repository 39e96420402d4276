"""Every sentence of the port to facts about streams and rehearsals."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_adapters import OPENERS, WAYS
from store_reference import ReferenceStore
from store_samples import AS_OF, AT, bring, bundle, in_order, interactions, named, one_of_each
from streams import Broken, Listed, streamed

from graphcrm.ports.facts import FactStore
from graphcrm.ports.store import Store
from graphcrm.records.contact import Contact
from graphcrm.records.interaction import Interaction
from graphcrm.records.store_state import ImportSummary, KindChange, Known

LATER = AS_OF + timedelta(days=31)
EMPTY = bundle(source="crm")


class Refused(Exception):
    """What a check raises here."""


@pytest.fixture(params=WAYS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, in each way that imports come in."""
    with OPENERS[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture(params=[*WAYS, "reference"])
def fact_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FactStore]:
    """An empty store of facts, in each way that imports come in; the reference too."""
    with ReferenceStore() if request.param == "reference" else OPENERS[request.param](tmp_path) as opened:
        yield opened


def call(id_: str, channel: str = "call", **fields: Any) -> Interaction:
    at = datetime(2026, 6, 1, tzinfo=UTC)
    return Interaction(id=id_, at=at, channel=channel, participants=("e", "c"), **fields)


def state(store: FactStore, *stated: Interaction, size: int = 3) -> tuple[ImportSummary, Known]:
    """Import a stream of these: what is told, and what check saw."""
    seen: list[Known] = []
    summary = bring(store, EMPTY, stream=Listed(stated, size), check=seen.append)
    return summary, seen[0]


def channels(store: FactStore) -> list[tuple[str, str]]:
    return [(each.id, each.channel) for each in store.facts(AS_OF).interactions]


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_stream_comes_back_as_a_bundle_does(fact_store: FactStore, size: int) -> None:
    whole = one_of_each()
    without, stream = streamed(whole, size)
    summary = bring(fact_store, without, stream=stream)
    assert summary.kinds["interactions"] == KindChange(new=3)
    assert sum(kind.new for kind in summary.kinds.values()) == len(whole)
    assert in_order(fact_store.facts(AS_OF)) == in_order(whole)
    assert fact_store.facts(AS_OF) == whole


def test_of_a_stream_it_does_not_matter_how_what_is_stored_came_in(fact_store: FactStore) -> None:
    whole = one_of_each()
    without, stream = streamed(whole)
    bring(fact_store, whole)
    assert not bring(fact_store, without, stream=stream).changed
    assert bring(fact_store, without, stream=stream).kinds["interactions"] == KindChange(unchanged=3)
    assert not bring(fact_store, whole).changed


def test_a_stream_again_changes_nothing(fact_store: FactStore) -> None:
    state(fact_store, *interactions(10))
    before = in_order(fact_store.facts(AS_OF))
    summary, _ = state(fact_store, *interactions(10), size=4)
    assert (summary.changed, summary.kinds) == (False, {"interactions": KindChange(unchanged=10)})
    assert in_order(fact_store.facts(AS_OF)) == before


def test_new_changed_and_unchanged_are_told_apart(fact_store: FactStore) -> None:
    state(fact_store, call("b"), call("a"))
    summary, known = state(fact_store, call("c"), call("a"), call("b", "visit"))
    assert summary.kinds == {"interactions": KindChange(new=1, changed=1, unchanged=1)}
    assert channels(fact_store) == [("b", "visit"), ("a", "call"), ("c", "call")]
    assert (known.restated, known.restated_in_all) == ((), 0)


def test_versions_of_a_stream_are_known_as_those_of_a_bundle(fact_store: FactStore) -> None:
    state(fact_store, call("a"), call("b", recorded_at=date(2026, 6, 3)))
    state(fact_store, call("a", "visit"))
    before, today = AT.date() - timedelta(days=1), AT.date()
    seen = {
        day: [(each.id, each.channel) for each in fact_store.facts(AS_OF, day).interactions]
        for day in (date(2026, 6, 2), before, today)
    }
    assert seen == {
        date(2026, 6, 2): [("a", "call")],
        before: [("a", "call"), ("b", "call")],
        today: [("a", "visit"), ("b", "call")],
    }


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize("stored", [(), (call("a"),), (call("a", "visit"),)], ids=["", "alike", "other"])
def test_an_id_stated_again_alike_is_one_record(
    fact_store: FactStore, stored: Sequence[Interaction], size: int
) -> None:
    state(fact_store, *stored)
    rows = [call("a"), call("b"), call("a"), call("c"), call("b"), call("a")]
    summary, known = state(fact_store, *rows, size=size)
    expected = KindChange(
        new=2 if stored else 3,
        changed=int(stored == (call("a", "visit"),)),
        unchanged=int(stored == (call("a"),)),
    )
    assert summary.kinds == {"interactions": expected}
    assert (known.restated, known.restated_in_all) == ((), 0)
    assert channels(fact_store) == [("a", "call"), ("b", "call"), ("c", "call")]
    assert not state(fact_store, *rows, size=size)[0].changed


@pytest.mark.parametrize("size", [1, 2, 100])
@pytest.mark.parametrize("stored", [(), ("call",), ("visit",), ("order",)])
def test_an_id_stated_with_other_values_is_told(
    fact_store: FactStore, stored: Sequence[str], size: int
) -> None:
    """New first, unchanged first, changed first and then as it was stored, and changed twice."""
    state(fact_store, *(call("a", channel) for channel in stored))
    _, known = state(
        fact_store, call("z"), call("a"), call("a", "visit"), call("a"), call("a", "mail"), size=size
    )
    assert (known.restated, known.restated_in_all) == ((("a", "rows[2]"), ("a", "rows[4]")), 2)


def test_a_check_that_lets_it_pass_keeps_what_was_stated_first(fact_store: FactStore) -> None:
    state(fact_store, call("b"))
    summary, known = state(fact_store, call("a"), call("b"), call("a", "visit"), call("b", "visit"))
    assert known.restated_in_all == 2
    assert summary.kinds == {"interactions": KindChange(new=1, unchanged=1)}
    assert channels(fact_store) == [("b", "call"), ("a", "call")]


def test_only_so_many_restated_are_told_one_by_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphcrm.store.versions.RESTATED_TOLD", 4)
    rows = [call(f"i{number}", channel) for channel in ("call", "visit") for number in range(7)]
    _, known = state(store, *rows)
    assert known.restated == tuple((f"i{number}", f"rows[{number + 7}]") for number in range(4))
    assert known.restated_in_all == 7


def test_a_stream_comes_with_complete_kinds(fact_store: FactStore) -> None:
    contacts = [Contact(id=f"c{number}", name="C") for number in range(4)]
    first = bundle(source="crm", accounts=[named("a", "A")], contacts=contacts)
    bring(fact_store, first, stream=Listed(interactions(4)))
    summary = bring(
        fact_store,
        bundle(source="crm", complete=("contacts", "accounts"), contacts=contacts[2:]),
        stream=Listed(interactions(5)),
    )
    assert summary.kinds == {
        "accounts": KindChange(retired=1),
        "contacts": KindChange(retired=2, unchanged=2),
        "interactions": KindChange(new=1, unchanged=4),
    }
    facts = fact_store.facts(AS_OF)
    assert (facts.accounts, facts.contacts) == ((), tuple(contacts[2:]))
    assert facts.interactions == interactions(5)


def test_nothing_that_is_known_to_check_is_an_interaction(fact_store: FactStore) -> None:
    _, known = state(fact_store, call("a"))
    assert known.ids["interactions"] == frozenset()
    assert known.current.interactions == ()


@pytest.mark.parametrize("unbroken", [0, 1, 4])
def test_a_stream_that_breaks_leaves_nothing(store: Store, unbroken: int) -> None:
    bring(store, bundle(source="crm", accounts=[named("a", "A")]), stream=Listed(interactions(2)))
    before = in_order(store.facts(AS_OF))
    broken = Listed([*interactions(9), call("z")], size=2, unbroken=unbroken)
    change = bundle(LATER, source="crm", complete=("accounts",), accounts=[named("b", "B")])
    with pytest.raises(Broken):
        bring(store, change, stream=broken)
    assert in_order(store.facts(AS_OF)) == before
    assert (store.status().imports, store.latest_as_of(), store.status().note) == (1, AS_OF, None)
    assert bring(store, change, stream=Listed(interactions(9))).kinds == {
        "accounts": KindChange(new=1, retired=1),
        "interactions": KindChange(new=7, unchanged=2),
    }


def test_a_refused_stream_leaves_nothing(store: Store) -> None:
    def refuse(known: Known) -> None:
        raise Refused(known.restated)

    with pytest.raises(Refused):
        bring(store, EMPTY, stream=Listed(interactions(9)), check=refuse)
    assert store.facts(AS_OF) == bundle()
    assert (store.status().imports, store.status().note) == (0, None)


@pytest.mark.parametrize("count", [0, 1, 9])
def test_a_rehearsal_tells_what_the_import_would_and_writes_nothing(store: Store, count: int) -> None:
    bring(store, bundle(source="crm", accounts=[named("a", "A"), named("b", "B")]))
    before, status = in_order(store.facts(AS_OF)), store.status()
    change = bundle(
        LATER, source="crm", complete=("accounts",), accounts=[named("b", "B2"), named("c", "C")]
    )
    seen: list[Known] = []

    def bring_in(*, rehearsal: bool) -> ImportSummary:
        stream = Listed(interactions(count)) if count else None
        return bring(store, change, stream=stream, rehearsal=rehearsal, check=seen.append)

    rehearsed = bring_in(rehearsal=True)
    assert in_order(store.facts(AS_OF)) == before
    assert store.status() == status
    assert bring_in(rehearsal=True) == rehearsed == bring_in(rehearsal=False)
    assert seen[0] == seen[1] == seen[2]
    assert rehearsed.kinds["accounts"] == KindChange(new=1, changed=1, retired=1)
    assert (store.status().imports, store.latest_as_of()) == (2, LATER)


def test_a_rehearsal_is_refused_as_the_import_would_be(store: Store) -> None:
    def refuse(known: Known) -> None:
        raise Refused(known)

    told = []
    for rehearsal in (True, False):
        stream = Listed([*interactions(5), call("a"), call("a", "visit")])
        with pytest.raises(Refused) as refused:
            bring(store, one_of_each(), stream=stream, rehearsal=rehearsal, check=refuse)
        told.append(refused.value.args)
        assert store.facts(AS_OF) == bundle()
        assert store.status().note is None
    assert told[0] == told[1]
    assert told[0][0].restated == (("a", "rows[6]"),)


def test_a_rehearsal_that_would_change_nothing_says_so(store: Store) -> None:
    state(store, *interactions(4))
    summary = bring(store, EMPTY, stream=Listed(interactions(4)), rehearsal=True)
    assert (summary.changed, summary.kinds) == (False, {"interactions": KindChange(unchanged=4)})
    assert store.status().imports == 1

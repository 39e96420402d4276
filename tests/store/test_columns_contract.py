"""Every sentence of ``graphcrm.ports.columns``: columns say what ``facts`` says, whatever its versions."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Any

import pytest
from bundles import bundle_of
from random_bundles import random_bundle
from store_samples import AS_OF, AT, bring, bundle, interactions, named, one_of_each

from graphcrm.ports.store import Store
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.columns import Columns, Wanted
from graphcrm.records.holding import Holding

WANTED: list[Wanted] = [
    {
        kind: tuple(info.alias or name for name, info in record.model_fields.items())
        for kind, record in RECORDS.items()
    }
]
"""Every field of every kind."""


def read(
    store: Store, as_of: date = AS_OF, known_at: date | None = None, wanted: Sequence[Wanted] = WANTED
) -> list[Columns]:
    return list(store.columns(wanted, as_of, known_at))


def stated(columns: Iterable[Columns]) -> Mapping[str, list[dict[str, Any]]]:
    """The records that columns hold, as JSON, kind by kind."""
    found = defaultdict(list)
    for part in columns:
        rows = zip(*part.values.values(), strict=True)
        found[part.kind] += [dict(zip(part.values, row, strict=True)) for row in rows]
    return found


def as_facts_say(bundle: Bundle) -> Mapping[str, list[dict[str, Any]]]:
    """The same from the records, each with all its fields."""
    return {
        kind: [json.loads(record.model_dump_json(by_alias=True)) for record in bundle.of(kind)]
        for kind in RECORDS
        if bundle.of(kind)
    }


def test_an_empty_store_has_no_columns(store: Store) -> None:
    assert read(store) == []


def test_every_field_of_every_kind_comes_as_facts_say_it(store: Store) -> None:
    bring(store, one_of_each())
    assert set(stated(read(store))) == set(RECORDS)
    assert stated(read(store)) == as_facts_say(store.facts(AS_OF))


def test_only_what_is_wanted_comes(store: Store) -> None:
    bring(store, one_of_each())
    wanted: list[Wanted] = [{"seats": ("id", "roles"), "interactions": ("from",)}]
    assert {part.kind: set(part.values) for part in read(store, wanted=wanted)} == {
        "seats": {"id", "roles"}, "interactions": {"from"}
    }  # fmt: skip


def test_kinds_come_as_they_are_wanted_and_what_was_read_only_grows(store: Store) -> None:
    bring(store, bundle(interactions=interactions(12_000)))
    bring(store, bundle(accounts=[named("a", "A")]))
    parts = read(store, wanted=[{"accounts": ("id",)}, {"interactions": ("id",)}])
    assert [kind for kind, _ in groupby(part.kind for part in parts)] == ["accounts", "interactions"]
    assert [i for part in parts[1:] for i in part.values["id"]] == [i.id for i in interactions(12_000)]
    done = [part.done for part in parts]
    assert done == sorted(done)
    assert 0 < done[0] < done[-1] <= 1


def test_a_changed_record_keeps_its_place(store: Store) -> None:
    bring(store, bundle(accounts=[named("c", "C"), named("a", "A"), named("b", "B")]))
    bring(store, bundle(accounts=[named("d", "D"), named("c", "C"), named("a", "A2")]))
    assert [row["name"] for row in stated(read(store))["accounts"]] == ["C", "A2", "B", "D"]


def test_an_earlier_version_shows_before_the_later_is_known_and_before_it_is_retired(store: Store) -> None:
    bring(store, bundle(source="crm", accounts=[named("a", "One"), named("b", "Two")]))
    bring(store, bundle(source="crm", accounts=[named("a", "Two", recorded_at=date(2026, 7, 5))]))
    later = AS_OF + timedelta(days=31)
    bring(
        store, bundle(later, source="crm", complete=("accounts",), accounts=[]), at=AT + timedelta(days=9)
    )
    days = [AS_OF, later - timedelta(days=1), later]
    known = [None, date(2026, 7, 1), date(2026, 7, 4), date(2026, 7, 5), AT.date() + timedelta(days=9)]
    told = {(day, at): stated(read(store, day, at)) for day in days for at in known}
    assert told == {(day, at): as_facts_say(store.facts(day, at)) for day in days for at in known}
    assert len({json.dumps(rows) for rows in told.values()}) == 3


@pytest.mark.parametrize("seed", range(8))
def test_columns_of_random_histories_are_those_of_their_facts(store: Store, seed: int) -> None:
    """Three imports of the same ids under other values, some of them retired: every clock runs."""
    rng = Random(seed)
    for number in range(3):
        drawn = bundle_of(random_bundle(Random(rng.randrange(4))))
        day = drawn.as_of + timedelta(days=5 * number)
        complete = rng.choice(((), ("ties",), ("ties", "assertions", "holdings")))
        stating = drawn.model_copy(update={"as_of": day, "source": "crm", "complete": complete})
        bring(store, stating, at=AT + timedelta(days=3 * number))
    first = AT.date()
    for day in (AS_OF, AS_OF + timedelta(days=5), AS_OF + timedelta(days=10)):
        for at in (None, date(2026, 4, 2), first, first + timedelta(days=3), first + timedelta(days=6)):
            assert stated(read(store, day, at)) == as_facts_say(store.facts(day, at))


def test_the_store_can_be_asked_again_after_columns_were_left_half_read(store: Store) -> None:
    bring(store, one_of_each())
    with closing(store.columns(WANTED, AS_OF)) as columns:  # type: ignore[type-var]
        next(columns)
    assert store.facts(AS_OF) == one_of_each()
    assert stated(read(store)) == as_facts_say(one_of_each())


def test_what_a_record_says_twice_under_one_key_is_kept_apart(store: Store) -> None:
    twice = [Holding(contact="c", seat="s", valid_to=end) for end in (AS_OF, date(2027, 1, 1))]
    bring(store, bundle(holdings=twice))
    assert stated(read(store)) == as_facts_say(bundle(holdings=twice))


def test_up_to_a_version_columns_are_as_they_were(store: Store) -> None:
    bring(store, one_of_each())
    then, upto = stated(read(store)), store.last_version()
    bring(store, bundle(accounts=[named("a1", "Changed"), named("a2", "New")]))
    assert stated(read(store)) != then
    assert stated(store.columns(WANTED, AS_OF, upto=upto)) == then

"""Where the log is cut into stretches changes nothing of what is read of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from histories import live
from store_samples import AS_OF, AT, bring, bundle, named

from graphcrm.records.bundle import RECORDS
from graphcrm.records.columns import Wanted
from graphcrm.records.employee import Employee
from graphcrm.store.sqlite import SqliteStore, columns, open_store

BY_ITSELF: list[Wanted] = [
    {kind: tuple(info.alias or name for name, info in record.model_fields.items())}
    for kind, record in RECORDS.items()
]
"""Every field of every kind, one kind after the other: each has stretches of its own."""

Told = list[tuple[str, dict[str, list[object]]]]


def told(store: SqliteStore, known_at: date | None, upto: int | None) -> Told:
    """What columns say in all, kind by kind."""
    found: dict[str, dict[str, list[object]]] = {}
    for part in store.columns(BY_ITSELF, AS_OF + timedelta(days=10), known_at, upto=upto):
        for field, values in part.values.items():
            found.setdefault(part.kind, {}).setdefault(field, []).extend(values)
    return list(found.items())


def at_lengths(
    monkeypatch: pytest.MonkeyPatch, store: SqliteStore, known_at: date | None, upto: int | None = None
) -> Sequence[Told]:
    """The same from stretches of several lengths, of which the longest holds everything."""
    several = []
    for length in (1, 3, 10, 100_000):
        monkeypatch.setattr(columns, "AT_ONCE", length)
        several.append(told(store, known_at, upto))
    return several


@pytest.mark.parametrize("seed", range(4))
def test_stretches_of_any_length_tell_the_same(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / "store.db", create=True) as store:
        live(store, seed, range(3))
        last = store.last_version()
        for known_at, upto in ((None, None), (AT.date(), None), (None, last // 2), (None, last + 5)):
            first, *others = at_lengths(monkeypatch, store, known_at, upto)
            assert first
            assert others == [first] * len(others)


def test_only_stretches_with_something_wanted_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[int, int]] = []
    reading = columns._read

    def counted(*given: object) -> object:
        read.append(given[-1])  # type: ignore[arg-type]
        return reading(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(columns, "AT_ONCE", 2)
    monkeypatch.setattr(columns, "_read", counted)
    with open_store(tmp_path / "store.db", create=True) as store:
        accounts = [named(f"a{n}", "A") for n in range(3)]
        bring(store, bundle(accounts=accounts, employees=[Employee(id="e", name="E")]))
        bring(store, bundle(employees=[Employee(id=f"e{n}", name="E") for n in (2, 3)]))
        list(store.columns([{"accounts": ("id",)}, {"employees": ("id",)}], AS_OF))
    assert read == [(1, 2), (3, 4), (3, 4), (5, 6)]

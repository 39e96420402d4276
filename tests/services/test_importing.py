"""An import is whole or not at all, and tells all its problems in one go."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from graphcrm.errors import RefusedImport, StoreError
from graphcrm.policies import load_policy
from graphcrm.records.bundle import Bundle
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.draft import Draft
from graphcrm.records.store_state import ImportSummary, KindChange, Known
from graphcrm.records.stream import Stream
from graphcrm.services.importing import checked, doubts, import_draft
from graphcrm.sources.bundles import parse_bundle
from graphcrm.store.sqlite import SqliteStore, open_store

POLICY = load_policy()
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
ACCOUNT = {"id": "A", "name": "Acme"}


class FixedClock:
    def now(self) -> datetime:
        return NOW


class OneBundle:
    """A store that holds the last bundle only; an import reads nothing else of it."""

    def __init__(self) -> None:
        self.held: tuple[str, datetime, Bundle] | None = None

    def import_bundle(
        self,
        bundle: Bundle,
        *,
        name: str,
        at: datetime,
        check: Callable[[Known], None],
        stream: Stream | None = None,
        rehearsal: bool = False,
    ) -> ImportSummary:
        assert stream is None
        assert not rehearsal
        check(Known(ids_of(bundle), bundle))
        self.held = (name, at, bundle)
        return ImportSummary(name, {"accounts": KindChange(new=len(bundle.accounts))})


class BrokenStore(OneBundle):
    def import_bundle(self, *_: Any, **__: Any) -> ImportSummary:
        raise StoreError("The store is locked.")


def draft_of(**document: Any) -> Draft:
    return parse_bundle(json.dumps(document).encode(), "b.json")


def refused(draft: Draft, store: OneBundle | None = None) -> RefusedImport:
    store = store or OneBundle()
    with pytest.raises(RefusedImport) as caught:
        import_draft(draft, store, POLICY, FixedClock())
    assert store.held is None
    assert caught.value.exit_code == 2
    return caught.value


def test_a_sound_draft_goes_in() -> None:
    store, draft = OneBundle(), draft_of(as_of="2026-06-30", accounts=[ACCOUNT])
    assert import_draft(draft, store, POLICY, FixedClock()).kinds == {"accounts": KindChange(new=1)}
    assert store.held == ("b.json", NOW, draft.bundle)


def test_problems_of_every_stage_come_together_in_order() -> None:
    draft = draft_of(
        as_of="2026-06-30",
        accounts=[{**ACCOUNT, "owner": "nobody"}, {**ACCOUNT, "kind": "x"}],
        seats=[{"id": "s", "account": "A", "level": "1"}],
        departments=[{"id": "d", "account": "Z", "name": "D"}],
    )
    assert [p.path for p in refused(draft).problems] == [
        "accounts[0].owner",
        "accounts[1].id",
        "accounts[1].kind",
        "departments[0].account",
        "seats[0].level",
    ]


def test_without_as_of_everything_is_told_all_the_same() -> None:
    draft = draft_of(accounts=[{**ACCOUNT, "owner": "nobody"}])
    assert [p.path for p in refused(draft).problems] == ["as_of", "accounts[0].owner"]


def test_a_hundred_and_twenty_problems() -> None:
    seats = [{"id": f"s{i}", "account": "Z"} for i in range(120)]
    error = refused(draft_of(as_of="2026-06-30", seats=seats))
    assert str(error) == "b.json: 120 problems; nothing was written."


def test_errors_of_the_store_pass_through() -> None:
    with pytest.raises(StoreError, match="locked"):
        import_draft(draft_of(as_of="2026-06-30"), BrokenStore(), POLICY, FixedClock())


def test_checked_is_an_import_into_an_empty_store() -> None:
    draft = draft_of(as_of="2026-06-30", accounts=[ACCOUNT])
    assert checked(draft, POLICY) is draft.bundle
    with pytest.raises(RefusedImport, match="one problem"):
        checked(draft_of(as_of="2026-06-30", accounts=[{**ACCOUNT, "owner": "nobody"}]), POLICY)


@contextmanager
def sqlite_store() -> Iterator[SqliteStore]:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "s.db", create=True) as store:
        yield store


def summary(**counts: int) -> ImportSummary:
    return ImportSummary("t", {"contacts": KindChange(**counts)})


@pytest.mark.parametrize(
    ("done", "latest", "said"),
    [
        (summary(changed=1), date(2026, 7, 31), ["These facts of 2026-06-30 are older"]),
        (summary(retired=1, unchanged=9), date(2026, 7, 31), ["These facts of 2026-06-30 are older"]),
        (summary(new=5, unchanged=5), date(2026, 7, 31), []),
        (summary(changed=1), date(2026, 6, 30), []),
        (summary(changed=1), None, []),
        (summary(retired=6, unchanged=4), None, ["Most of contacts are retired: 6 of 10."]),
        (summary(retired=5, unchanged=5), None, []),
        (summary(retired=2), None, []),
    ],
)
def test_what_somebody_should_look_at_is_said(
    done: ImportSummary, latest: date | None, said: list[str]
) -> None:
    found = [str(each) for each in doubts(done, date(2026, 6, 30), latest)]
    assert len(found) == len(said)
    assert all(text.startswith(start) for text, start in zip(found, said, strict=True))


def test_a_complete_import_must_not_name_what_it_retires() -> None:
    both = {"accounts": [ACCOUNT, {"id": "B", "name": "Beta"}], "source": "crm", "as_of": "2026-06-30"}
    seats = [{"id": "s", "account": "B"}]
    with sqlite_store() as store:
        import_draft(draft_of(**both, seats=seats), store, POLICY, FixedClock())
        one = draft_of(**{**both, "accounts": [ACCOUNT]}, complete=["accounts"], seats=seats)
        with pytest.raises(RefusedImport) as caught:
            import_draft(one, store, POLICY, FixedClock())
        assert [(p.path, p.value) for p in caught.value.problems] == [("seats[0].account", "B")]
        # Another source may go on naming it.
        other = draft_of(**{**both, "accounts": [ACCOUNT]}, complete=["accounts"])
        assert import_draft(other, store, POLICY, FixedClock()).kinds["accounts"].retired == 1
        import_draft(draft_of(as_of="2026-06-30", seats=seats), store, POLICY, FixedClock())

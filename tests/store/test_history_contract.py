"""Every sentence of ``graphcrm.ports.history``: a history goes from any store to any other, and back."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from histories import answers, everything, live, problems, rows_of, write_history
from store_adapters import OPENERS, WAYS
from store_samples import AS_OF, AT, PACK, bring, bundle, in_order, interactions, named

from graphcrm.errors import StoreError
from graphcrm.ports.history import History, HistoryStore, Progress
from graphcrm.ports.store import Store
from graphcrm.records.history import (
    NOTHING,
    AuditRow,
    Extent,
    ImportRow,
    ReviewRow,
    VersionRow,
)
from graphcrm.services.copying import copy_history
from graphcrm.store.archive import Archive
from graphcrm.store.neo4j import Neo4jStore
from graphcrm.store.sqlite import SqliteStore

ROUTES = [
    ("sqlite", "sqlite"),
    ("sqlite", "archive", "sqlite"),
    pytest.param(("sqlite", "neo4j", "sqlite"), marks=pytest.mark.neo4j),
    pytest.param(("neo4j", "sqlite", "neo4j"), marks=pytest.mark.neo4j),
    pytest.param(("neo4j", "archive", "neo4j, staged", "archive", "sqlite"), marks=pytest.mark.neo4j),
]


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[HistoryStore]:
    """The store or archive that belongs to a folder."""
    folder.mkdir(exist_ok=True)
    if kind == "archive":
        yield Archive(folder / "archive")
    else:
        with OPENERS[kind](folder) as store:
            yield store


@pytest.mark.parametrize("route", ROUTES, ids=" to ".join)
@pytest.mark.parametrize("seed", range(2))
def test_a_copy_answers_as_the_original_and_goes_on_alike(
    route: Sequence[str], seed: int, tmp_path: Path
) -> None:
    places = [(kind, tmp_path / str(number)) for number, kind in enumerate(route)]
    with opened(*places[0]) as original:
        assert isinstance(original, SqliteStore | Neo4jStore)
        write_history(original, seed)
        rows, answered = rows_of(original.history()), answers(original)
        assert problems(original) == []
    for one, other in pairwise(places):
        with opened(*one) as source, opened(*other) as target:
            assert [copy_history(source, target)] == rows["extent"]
            assert rows_of(target.history()) == rows
    with opened(*places[-1]) as copy, opened("sqlite", tmp_path / "beside") as beside:
        assert isinstance(copy, SqliteStore | Neo4jStore)
        assert isinstance(beside, SqliteStore)
        assert answers(copy) == answered
        assert problems(copy) == []
        write_history(beside, seed)
        for store in (copy, beside):
            live(store, seed, (3, 4))
        assert rows_of(copy.history()) == rows_of(beside.history())
        assert answers(copy) == answers(beside)
        assert problems(copy) == []


class Given:
    """A history of given versions, of one import; what is no version is raised in its turn."""

    def __init__(self, *versions: VersionRow | BaseException, imports: int = 1) -> None:
        self._versions = versions
        self._imports = [ImportRow(n, "x", None, AS_OF, AT) for n in range(1, imports + 1)]
        self.extent = Extent(imports, len(versions), 0, 0, AS_OF)

    def imports(self) -> Iterator[Sequence[ImportRow]]:
        yield self._imports

    def versions(self) -> Iterator[Sequence[VersionRow]]:
        for version in self._versions:
            if isinstance(version, BaseException):
                raise version
            yield [version]

    def audits(self) -> Iterator[Sequence[AuditRow]]:
        yield from ()

    def reviews(self) -> Iterator[Sequence[ReviewRow]]:
        yield from ()

    def history(self) -> History:
        return self

    def take(self, history: History, progress: Progress) -> None:
        raise NotImplementedError  # it is only copied from


def account(seq: int, **changes: object) -> VersionRow:
    id_ = f"a{seq}"
    body = f'{{"id":"{id_}","name":"A"}}'
    row = VersionRow(seq, 1, "accounts", (id_,), 0, id_, None, None, None, None, body)
    return row._replace(**changes)  # type: ignore[arg-type]


@pytest.fixture(params=WAYS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with OPENERS[request.param](tmp_path) as store:
        yield store


def test_a_history_that_is_right_is_taken(target: Store) -> None:
    versions = (account(1), account(2), account(3, number=2, known_from=AS_OF))
    copy_history(Given(*versions, imports=2), target)
    assert rows_of(target.history())["versions"] == list(versions)


def test_an_empty_history_is_taken_and_leaves_an_empty_store(target: Store) -> None:
    empty = Given(imports=0)
    empty.extent = NOTHING
    assert copy_history(empty, target) == NOTHING
    assert bring(target, everything()).changed
    assert problems(target) == []


RETIREMENT = account(2, body=None, retired_on=AS_OF, known_from=AS_OF, earlier=1, key=("a1",), id="a1")
DAMAGED = {
    "a gap": [account(1), account(3)],
    "one too few": [account(1), account(2), account(2)],
    "an import that is none": [account(1, number=2)],
    "no kind": [account(1, kind="planets")],
    "no JSON": [account(1, body="{")],
    "no record": [account(1, body='{"id":"a1"}')],
    "another key": [account(1, key=("a2",))],
    "another id": [account(1, id="a2")],
    "not what was written": [account(1, intact=False)],
    "neither statement nor retirement": [account(1, body=None)],
    "a retirement of nothing": [account(1), RETIREMENT._replace(earlier=None)],
    "a retirement of a retirement": [account(1), RETIREMENT, RETIREMENT._replace(seq=3, earlier=2)],
    "a place taken twice": [account(1), RETIREMENT, RETIREMENT._replace(seq=3)],
    "the place of a later one": [account(1), RETIREMENT._replace(earlier=2)],
}


@pytest.mark.parametrize("rows", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_history_is_refused_and_nothing_is_written(
    target: Store, rows: Sequence[VersionRow]
) -> None:
    with pytest.raises(StoreError, match="The history is damaged, and nothing was written: version"):
        copy_history(Given(*rows), target)
    require_empty(target)


def require_empty(store: Store) -> None:
    """It holds nothing, and takes an import as if nothing had been."""
    assert store.history().extent == NOTHING
    assert store.status().note is None
    bring(store, everything())
    assert in_order(store.facts(AS_OF)) == in_order(everything())
    assert problems(store) == []


class Broken(Exception):
    """What a source raises here."""


@pytest.mark.parametrize("error", [Broken(), StoreError("gone"), KeyboardInterrupt()], ids=repr)
def test_whatever_is_raised_in_mid_copy_leaves_the_store_empty(target: Store, error: BaseException) -> None:
    with pytest.raises(type(error)):
        copy_history(Given(account(1), account(2), error), target)
    require_empty(target)


def test_a_store_that_holds_anything_takes_no_history(target: Store) -> None:
    bring(target, bundle(accounts=[named("a", "A")]))
    before = rows_of(target.history())
    with pytest.raises(StoreError, match="holds data already; nothing was written"):
        copy_history(Given(account(1)), target)
    assert rows_of(target.history()) == before


def test_nor_does_one_with_an_audit_alone(target: Store) -> None:
    target.save_audit([], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    with pytest.raises(StoreError, match="holds data already"):
        copy_history(Given(account(1)), target)


def test_what_comes_later_is_not_in_a_history(target: Store) -> None:
    bring(target, everything())
    history = target.history()
    before = rows_of(history)
    bring(target, bundle(accounts=[named("z", "Z")]))
    target.save_audit([], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    assert rows_of(history) == before
    assert rows_of(target.history()) != before


@pytest.mark.parametrize(
    ("target", "calls"),
    [
        ("sqlite", 12_000),
        pytest.param("neo4j", 12_000, marks=pytest.mark.neo4j),
        pytest.param("neo4j, staged", 60, marks=pytest.mark.neo4j),  # its batches are as many times smaller
        pytest.param("neo4j, staged", 12_000, marks=[pytest.mark.neo4j, pytest.mark.nightly]),
    ],
    indirect=["target"],
)
def test_progress_grows_to_the_end(target: Store, calls: int, tmp_path: Path) -> None:
    shares: list[float] = []
    with opened("sqlite", tmp_path / "source") as source:
        assert isinstance(source, SqliteStore)
        bring(source, bundle(interactions=interactions(calls)))
        copy_history(source, target, shares.append)
    assert shares == sorted(shares)
    assert len(set(shares)) > 2
    assert shares[-1] == pytest.approx(1.0)


def test_a_copied_embedded_store_is_the_same_file_inside(tmp_path: Path) -> None:
    """Row for row and index for index, what is derived from it too."""
    dumps = []
    with opened("sqlite", tmp_path / "a") as original, opened("sqlite", tmp_path / "b") as copy:
        assert isinstance(original, SqliteStore)
        write_history(original, 7)
        copy_history(original, copy)
    for name in "ab":
        with closing(sqlite3.connect(tmp_path / name / "graphcrm.db")) as raw:
            lines = [line for line in raw.iterdump() if '"migration"' not in line]
            dumps.append(sorted(lines))
    assert dumps[0] == dumps[1]

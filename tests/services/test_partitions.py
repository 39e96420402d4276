"""A portfolio in partitions: the same reviews, byte for byte, whoever makes them."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random

import pytest
from bundles import POLICY, bundle_of
from cli.terminal import BUNDLES
from random_bundles import random_bundle
from store_samples import bring, bundle, named

from graphcrm import load_bundle
from graphcrm.bootstrap import (
    audit_partitions,
    open_store,
    partitions_in,
    review_partitions,
    review_portfolio,
    share_portfolio,
)
from graphcrm.errors import GraphcrmError, InputError, StoreError
from graphcrm.records.bundle import Bundle
from graphcrm.services.parallel import processes
from graphcrm.services.reading import View

pytest.importorskip("pyarrow", reason="the extra graphcrm[parquet] is not installed")


def stored(folder: Path, *bundles: Bundle) -> str:
    """A store that holds these bundles."""
    url = f"sqlite:///{(folder / 'store.db').as_posix()}"
    with open_store(url, create=True) as store:
        for bundle in bundles:
            bring(store, bundle)
    return url


def text(reviews: Iterator[object]) -> list[str]:
    return [review.model_dump_json() for review in reviews]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("known_at", [None, date(2026, 3, 31)])
def test_golden_accounts_are_reviewed_as_from_the_store(
    path: Path, known_at: date | None, tmp_path: Path
) -> None:
    url = stored(tmp_path, load_bundle(path))
    view = View(POLICY, known_at=known_at)
    share_portfolio(url, view, tmp_path / "shared", size=1)
    alone = text(review_portfolio(url, view))
    assert alone
    assert text(review_partitions(tmp_path / "shared")) == alone


@pytest.mark.parametrize("seed", range(8))
def test_random_accounts_are_reviewed_as_from_the_store(seed: int, tmp_path: Path) -> None:
    url = stored(tmp_path, bundle_of(random_bundle(Random(seed))))
    for size in (1, 50):
        folder = tmp_path / str(size)
        share_portfolio(url, View(POLICY), folder, size=size)
        assert text(review_partitions(folder)) == text(review_portfolio(url, View(POLICY)))


@pytest.fixture
def two_stores(tmp_path: Path) -> tuple[str, Path]:
    """A store of three accounts, and its partitions, one of each."""
    url = stored(tmp_path, load_bundle(BUNDLES[1]))
    share_portfolio(url, View(POLICY), tmp_path / "shared", size=1)
    return url, tmp_path / "shared"


@pytest.mark.slow
def test_partitions_are_the_same_whoever_writes_them(two_stores: tuple[str, Path], tmp_path: Path) -> None:
    url, folder = two_stores
    share_portfolio(url, View(POLICY), tmp_path / "again", size=1, jobs=2)
    assert partitions_in(tmp_path / "again") == partitions_in(folder)


def test_the_method_pack_travels_with_the_partitions(tmp_path: Path) -> None:
    url = stored(tmp_path, load_bundle(BUNDLES[1]))
    pack = POLICY.model_dump()
    pack["name"], pack["reach"]["live"] = "stricter", 0.45
    stricter = View(type(POLICY).model_validate(pack))
    share_portfolio(url, stricter, tmp_path / "shared")
    reviews = text(review_partitions(tmp_path / "shared"))
    assert reviews == text(review_portfolio(url, stricter))
    assert reviews != text(review_portfolio(url, View(POLICY)))


@pytest.mark.slow
def test_any_executor_reviews_them_and_progress_is_told(two_stores: tuple[str, Path]) -> None:
    url, folder = two_stores
    alone = text(review_portfolio(url, View(POLICY)))
    makers: tuple[Executor, ...] = (ThreadPoolExecutor(2), processes(2))
    for executor in makers:
        told: list[tuple[int, int]] = []
        with executor:
            reviewed = review_partitions(folder, executor, progress=lambda *now: told.append(now))  # noqa: B023
            assert text(reviewed) == alone
        assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_import_after_the_writing_changes_nothing(two_stores: tuple[str, Path]) -> None:
    url, folder = two_stores
    before = text(review_partitions(folder))
    with open_store(url) as store:
        bring(store, bundle(date(2026, 7, 31), accounts=[named("A1", "Other"), named("B", "New")]))
    assert text(review_partitions(folder)) == before
    header = audit_partitions(url, folder)
    with open_store(url) as store:
        audit = store.audit(header.id)
    assert audit is not None
    assert text(iter(audit.reviews)) == before
    assert header.as_of == date(2026, 6, 30)


def test_partitions_of_another_store_are_no_audit_of_this_one(
    two_stores: tuple[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = stored(tmp_path / "other", bundle(accounts=[named("z", "Z")]))
    with pytest.raises(InputError, match="other accounts than the store"):
        audit_partitions(other, two_stores[1])
    with open_store(other) as store:
        assert store.audits() == ()


@pytest.mark.slow
def test_a_damaged_partition_is_told_and_no_audit_is_kept(two_stores: tuple[str, Path]) -> None:
    url, folder = two_stores
    (folder / "part-000002.parquet").write_bytes(b"PAR1")
    lost: list[object] = []
    for jobs in (1, 2):
        with pytest.raises(StoreError, match=r"part-000002\.parquet is damaged"):
            audit_partitions(url, folder, jobs=jobs, lost=lambda *told: lost.append(told))
    assert lost == []
    with open_store(url) as store:
        assert store.audits() == ()


def test_another_version_of_graphcrm_reviews_nothing(
    two_stores: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphcrm.services.spreading.version", lambda _: "99.0")
    with pytest.raises(InputError, match=r"this is 99\.0"):
        list(review_partitions(two_stores[1]))


def test_an_executor_that_was_closed_is_told(two_stores: tuple[str, Path]) -> None:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(GraphcrmError, match="The executor takes no more work"):
        list(review_partitions(two_stores[1], executor))


def test_a_store_without_data_has_nothing_to_share(tmp_path: Path) -> None:
    url = stored(tmp_path)
    with pytest.raises(InputError, match="holds no data yet"):
        share_portfolio(url, View(POLICY), tmp_path / "shared")
    assert not (tmp_path / "shared").exists()

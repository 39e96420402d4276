"""Partitions: what is read is what was written, or it is told; a folder holds all of them or none."""

import sys
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random
from stat import S_IMODE

import pytest
from bundles import bundle_of
from random_bundles import random_bundle
from store_samples import AS_OF, in_order, one_of_each

from graphcrm.errors import StoreError
from graphcrm.records.bundle import Bundle
from graphcrm.records.partitions import Manifest, Partition
from graphcrm.store.partitions import begun, finish, read_manifest, read_partition, write_partition

arrow = pytest.importorskip("pyarrow", reason="the extra graphcrm[parquet] is not installed")
parquet = pytest.importorskip("pyarrow.parquet")


def manifest(*partitions: Partition) -> Manifest:
    return Manifest(
        graphcrm="1", as_of=AS_OF, known_at=None, upto=7, policy_pack={"name": "x"}, partitions=partitions
    )


def written(folder: Path, facts: Bundle, accounts: Sequence[str] = ("a1",)) -> Partition:
    with begun(folder):
        partition = write_partition(folder, 1, accounts, facts)
        finish(folder, manifest(partition))
    return partition


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    for number, facts in enumerate(
        (one_of_each(), *(bundle_of(random_bundle(Random(n))) for n in range(9)))
    ):
        folder = tmp_path / str(number)
        written(folder, facts)
        (partition,) = read_manifest(folder).partitions
        assert partition.records == len(facts)
        assert in_order(read_partition(folder, partition, facts.as_of)) == in_order(facts)


def test_a_partition_is_a_table_that_others_can_read(tmp_path: Path) -> None:
    partition = written(tmp_path, one_of_each())
    table = parquet.read_table(tmp_path / partition.file)
    assert [(field.name, str(field.type)) for field in table.schema] == [
        ("kind", "string"),
        ("body", "string"),
    ]
    assert table.num_rows == len(one_of_each())


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda _: b"",
        lambda content: content + b"\0",
        lambda content: content[:100] + bytes([content[100] ^ 1]) + content[101:],
    ],
)
def test_a_damaged_partition_is_told_with_its_cure(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    partition = written(tmp_path, one_of_each())
    path = tmp_path / partition.file
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreError, match=r"part-000001\.parquet is damaged: it is not what") as told:
        read_partition(tmp_path, partition, AS_OF)
    assert "anew" in str(told.value.hint)


def test_a_partition_that_is_gone_is_told(tmp_path: Path) -> None:
    partition = written(tmp_path, one_of_each())
    (tmp_path / partition.file).unlink()
    with pytest.raises(StoreError, match="cannot be read: No such file") as told:
        read_partition(tmp_path, partition, AS_OF)
    assert "Every worker must reach" in str(told.value.hint)


@pytest.mark.parametrize(
    "columns", [{"kind": ["x"], "body": ["{}"]}, {"kind": ["accounts"], "body": ["{}"]}, {"a": [1]}]
)
def test_a_file_of_another_kind_is_told(tmp_path: Path, columns: dict[str, list[object]]) -> None:
    partition = written(tmp_path, one_of_each())
    sink = arrow.BufferOutputStream()
    parquet.write_table(arrow.table(columns), sink)
    content = bytes(sink.getvalue())
    (tmp_path / partition.file).write_bytes(content)
    forged = partition.model_copy(update={"sha256": sha256(content).hexdigest()})
    with pytest.raises(StoreError, match="holds something that cannot be read here"):
        read_partition(tmp_path, forged, AS_OF)


@pytest.mark.parametrize("text", ["", "{", "{}", '{"format": "graphcrm partitions 2"}'])
def test_a_manifest_that_says_something_else_is_told(tmp_path: Path, text: str) -> None:
    written(tmp_path, one_of_each())
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json is damaged, or of a kind"):
        read_manifest(tmp_path)


def test_a_folder_without_partitions_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(StoreError, match="There are no partitions in"):
            read_manifest(folder)


def test_partitions_are_never_written_over_anything(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    written(tmp_path / "a", one_of_each())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for folder in (tmp_path, tmp_path / "a"):
        with pytest.raises(StoreError, match="is not empty"):
            written(folder, one_of_each())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_after_an_error_the_folder_is_empty(tmp_path: Path) -> None:
    def breaks_off() -> None:
        with begun(tmp_path):
            write_partition(tmp_path, 1, ("a1",), one_of_each())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        breaks_off()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_is_no_partitions_and_in_nobodys_way(tmp_path: Path) -> None:
    for name in (
        "part-000001.parquet",
        "part-000002.parquet.new",
        "part-000009.parquet",
        "manifest.json.new",
    ):
        (tmp_path / name).write_bytes(b"half")
    with pytest.raises(StoreError, match="There are no partitions"):
        read_manifest(tmp_path)
    written(tmp_path, one_of_each())
    assert {path.name for path in tmp_path.iterdir()} == {"manifest.json", "part-000001.parquet"}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no modes")
@pytest.mark.parametrize(("folder", "file"), [(None, 0o600), (0o700, 0o600), (0o750, 0o640)])
def test_files_are_for_whom_the_folder_is(tmp_path: Path, folder: int | None, file: int) -> None:
    place = tmp_path / "shared"
    if folder is not None:
        place.mkdir()
        place.chmod(folder)
    written(place, one_of_each())
    assert {S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {file}


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written to"):
        written(tmp_path / "file", one_of_each())


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    partition = written(tmp_path / "a", one_of_each())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for asked in (
        lambda: written(tmp_path / "b", one_of_each()),
        lambda: read_partition(tmp_path / "a", partition, date(2026, 1, 1)),
    ):
        with pytest.raises(StoreError, match="need pyarrow; it is not installed") as told:
            asked()
        assert "graphcrm[parquet]" in str(told.value.hint)

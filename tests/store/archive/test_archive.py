"""An archive: whole or not there, readable by others, and refused when anything about it is wrong."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from histories import rows_of, write_history
from store_samples import AS_OF, AT, bring, bundle, interactions

from graphcrm.errors import GraphcrmError, InputError, StoreError
from graphcrm.records.history import NOTHING
from graphcrm.services.copying import copy_history
from graphcrm.store.archive import Archive
from graphcrm.store.archive.tables import TABLES, VERSIONS
from graphcrm.store.sqlite import open_store


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds something of everything."""
    path = tmp_path_factory.mktemp("original") / "store.db"
    with open_store(path, create=True) as store:
        write_history(store, 1)
    return path


@pytest.fixture(scope="module")
def made(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive, which no test changes."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    with open_store(original, create=False) as store:
        copy_history(store, Archive(folder))
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """A copy of the archive, to be damaged."""
    return Path(shutil.copytree(made, tmp_path / "archive"))


def manifest(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return document


def test_the_manifest_says_what_there_is(made: Path, original: Path) -> None:
    said = manifest(made)
    with open_store(original, create=False) as store:
        extent = store.history().extent
        rows = rows_of(store.history())
    assert (said["format"], said["format_version"]) == ("graphcrm archive", 1)
    assert said["latest_as_of"] == extent.latest_as_of.isoformat()
    assert said["counts"] == {
        name: len(rows[name]) for name in ("imports", "versions", "audits", "reviews")
    }
    assert datetime.fromisoformat(said["made_at"]).tzinfo is not None
    assert sorted(p.name for p in made.iterdir()) == sorted(
        ["manifest.json", *(f["name"] for f in said["files"])]
    )
    for file in said["files"]:
        content = (made / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), sha256(content).hexdigest())
        assert file["rows"] == said["counts"][file["name"].removesuffix(".parquet")]


def test_others_read_it_as_dates_times_lists_and_numbers(made: Path) -> None:
    versions = pq.read_table(made / "versions.parquet")
    types = {field.name: field.type for field in versions.schema}
    assert types["known_from"] == types["retired_on"] == pa.date32()
    assert types["seq"] == types["supersedes"] == pa.int64()
    assert pa.types.is_list(types["key"])
    assert types["body"] == pa.string()
    imports = pq.read_table(made / "imports.parquet").to_pylist()
    assert imports[0]["as_of"] == AS_OF
    assert imports[0]["at"].astimezone(UTC) < AT
    assert pq.read_schema(made / "imports.parquet").field("at").type == pa.timestamp("us", tz="UTC")
    file = pq.ParquetFile(made / "versions.parquet").metadata
    assert {file.row_group(0).column(n).compression for n in range(file.num_columns)} == {"ZSTD"}


def test_what_is_in_force_can_be_told_from_the_columns_alone(made: Path, original: Path) -> None:
    rows = pq.read_table(made / "versions.parquet").to_pylist()
    superseded = {row["supersedes"] for row in rows}
    in_force = [row["kind"] for row in rows if row["seq"] not in superseded and row["body"] is not None]
    with open_store(original, create=False) as store:
        counts = store.status().counts
    assert {kind: in_force.count(kind) for kind in counts} == counts


def test_large_tables_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphcrm.store.archive.folder.VERSIONS", replace(VERSIONS, group=1_000))
    with open_store(tmp_path / "store.db", create=True) as store:
        bring(store, bundle(interactions=interactions(2_500)))
        copy_history(store, Archive(tmp_path / "archive"))
        assert rows_of(Archive(tmp_path / "archive").history()) == rows_of(store.history())
    file = pq.ParquetFile(tmp_path / "archive" / "versions.parquet").metadata
    assert [file.row_group(n).num_rows for n in range(file.num_row_groups)] == [1_000, 1_000, 500]


def test_an_empty_store_makes_an_empty_archive(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db", create=True) as store:
        assert copy_history(store, Archive(tmp_path / "archive")) == NOTHING
    assert Archive(tmp_path / "archive").history().extent == NOTHING


def test_it_is_for_its_owner_alone(made: Path) -> None:
    assert made.stat().st_mode & 0o077 == 0


# Writing


def export(original: Path, folder: Path) -> None:
    with open_store(original, create=False) as store:
        copy_history(store, Archive(folder))


def test_an_empty_folder_becomes_the_archive(original: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "archive"
    folder.mkdir(parents=True)
    export(original, folder)
    assert Archive(folder).history().extent.versions


@pytest.mark.parametrize("what", ["a file", "a filled folder", "an archive"])
def test_what_is_there_is_not_written_over(original: Path, archive: Path, what: str) -> None:
    place = archive.parent / "there"
    if what == "a file":
        place.write_text("mine", "utf-8")
    elif what == "a filled folder":
        place.mkdir()
        (place / "mine").write_text("mine", "utf-8")
    else:
        archive.rename(place)
    before = sorted(place.rglob("*"))
    with pytest.raises(InputError, match="is there already; nothing was written"):
        export(original, place)
    assert sorted(place.rglob("*")) == before


def test_below_a_file_nothing_can_be_written(original: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        export(original, tmp_path / "file" / "archive")


@pytest.mark.parametrize("error", [StoreError("gone"), KeyboardInterrupt(), OSError(28, "No space left")])
def test_what_is_raised_in_mid_export_leaves_nothing(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def broken(_: object) -> None:
        raise error

    monkeypatch.setattr("graphcrm.store.archive.folder.sha256_of", broken)
    expected = InputError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        export(original, tmp_path / "archive")
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_it_says_what_to_install(
    archive: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for work in (Archive(archive).history, lambda: export(original, archive.parent / "new")):
        with pytest.raises(InputError, match="pyarrow, which reads and writes them, is missing") as raised:
            work()
        assert 'pip install "graphcrm[parquet]"' in str(raised.value.hint)
    assert not (archive.parent / "new").exists()


# Damage


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    document = manifest(folder)
    change(document)
    (folder / "manifest.json").write_text(json.dumps(document), "utf-8")


def stated_anew(folder: Path, name: str, table: pa.Table) -> None:
    """Put another table in the place of one, and let the manifest say so."""
    pq.write_table(table, folder / name)
    content = (folder / name).read_bytes()
    for file in (document := manifest(folder))["files"]:
        if file["name"] == name:
            file |= {"bytes": len(content), "sha256": sha256(content).hexdigest(), "rows": table.num_rows}
    (folder / "manifest.json").write_text(json.dumps(document), "utf-8")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def without_bodies(folder: Path) -> None:
    table = pq.read_table(folder / "versions.parquet")
    stated_anew(folder, "versions.parquet", table.drop_columns(["body"]))


def with_texts_for_days(folder: Path) -> None:
    table = pq.read_table(folder / "imports.parquet")
    days = table.column("as_of").cast(pa.string())
    at = table.schema.get_field_index("as_of")
    stated_anew(folder, "imports.parquet", table.set_column(at, "as_of", days))


def no_parquet(folder: Path) -> None:
    content = b"PAR1, or so"
    (folder / "audits.parquet").write_bytes(content)
    digest = sha256(content).hexdigest()
    rewrite(folder, lambda m: m["files"][2].update(bytes=len(content), sha256=digest))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no folder": (shutil.rmtree, "There is no archive at .*: it holds no manifest.json"),
    "no manifest": (lambda f: (f / "manifest.json").unlink(), "it holds no manifest.json"),
    "a manifest that is no JSON": (
        lambda f: (f / "manifest.json").write_text("{", "utf-8"), "is not the manifest of an archive",
    ),
    "a manifest that is none of text": (
        lambda f: (f / "manifest.json").write_bytes(b"\xff\xfe{"), "is not the manifest of an archive",
    ),
    "somebody else's manifest": (
        lambda f: (f / "manifest.json").write_text('{"name": "app"}', "utf-8"),
        "is not the manifest of an archive",
    ),
    "a manifest without counts": (lambda f: rewrite(f, lambda m: m.pop("counts")), "is not the manifest"),
    "a newer format": (
        lambda f: rewrite(f, lambda m: m.update(format_version=2, later="thing")),
        "is of format 2, from a newer graphcrm",
    ),
    "a format that never was": (
        lambda f: rewrite(f, lambda m: m.update(format_version=0)), "is not the manifest",
    ),
    "a file that is not listed": (
        lambda f: rewrite(f, lambda m: m["files"].pop()), "does not list the files of an archive",
    ),
    "a file that is listed twice": (
        lambda f: rewrite(f, lambda m: m["files"].append(m["files"][0])), "does not list the files",
    ),
    "a file elsewhere": (
        lambda f: rewrite(f, lambda m: m["files"][0].update(name="../imports.parquet")),
        "does not list the files",
    ),
    "other counts": (
        lambda f: rewrite(f, lambda m: m["counts"].update(versions=1)), "does not list the files",
    ),
    "a missing file": (
        lambda f: (f / "reviews.parquet").unlink(), "reviews.parquet of the archive is missing",
    ),
    "one file too many": (
        lambda f: (f / "notes.txt").write_text("x", "utf-8"), "notes.txt does not belong to the archive",
    ),
    "a truncated file": (
        lambda f: (f / "versions.parquet").write_bytes((f / "versions.parquet").read_bytes()[:-9]),
        "versions.parquet of the archive has .* bytes, and its manifest says",
    ),
    "a flipped bit": (
        lambda f: flip(f / "versions.parquet"), "versions.parquet of the archive is not what was written",
    ),
    "a table of other columns": (without_bodies, "versions.parquet of the archive has other columns"),
    "a column of another type": (with_texts_for_days, "imports.parquet of the archive has other columns"),
    "no Parquet file": (no_parquet, "audits.parquet of the archive is no Parquet file that can be read"),
    "another latest day": (
        lambda f: rewrite(f, lambda m: m.update(latest_as_of="2020-01-01")),
        "The history is damaged, and nothing was written: store: Its latest day is 2020-01-01",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "told"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_archive_is_refused_in_a_sentence_with_its_cure(
    archive: Path, damage: Callable[[Path], object], told: str
) -> None:
    damage(archive)
    with open_store(archive.parent / "target.db", create=True) as target:
        with pytest.raises(GraphcrmError, match=told) as raised:
            copy_history(Archive(archive), target)
        assert target.history().extent == NOTHING
    assert raised.value.hint is not None
    assert "\n" not in str(raised.value)


def test_rows_that_are_no_history_are_refused_whatever_their_hash(archive: Path) -> None:
    table = pq.read_table(archive / "versions.parquet")
    bodies = table.column("body").to_pylist()
    bodies[3] = '{"id": 7}'
    at = table.schema.get_field_index("body")
    stated_anew(archive, "versions.parquet", table.set_column(at, "body", pa.array(bodies, pa.string())))
    with open_store(archive.parent / "target.db", create=True) as target:
        with pytest.raises(StoreError, match="version 4: It is no record that can be read"):
            copy_history(Archive(archive), target)
        assert target.history().extent == NOTHING


def test_a_file_of_the_file_managers_own_is_passed_over(archive: Path) -> None:
    (archive / ".DS_Store").write_bytes(b"x")
    assert Archive(archive).history().extent.versions


def test_every_column_is_one_of_its_row() -> None:
    """The manifest's columns are those that are written, under the names of docs/archives.md."""
    page = (Path(__file__).parents[3] / "docs" / "archives.md").read_text("utf-8")
    for table in TABLES:
        assert f"`{table.file}`" in page
        for name, type_ in table.columns.items():
            assert f"| `{name}` | {type_} |" in page

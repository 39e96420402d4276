"""What can be wrong with the file of a store, each told in one sentence with a cure."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from store_samples import AS_OF, AT, PACK, allowed, bring, bundle, in_order, named, one_of_each

from graphcrm.errors import StoreError
from graphcrm.store.sqlite import open_store
from graphcrm.store.sqlite.connection import fault


def told(error: pytest.ExceptionInfo[StoreError], sentence: str) -> bool:
    message = str(error.value)
    assert error.value.hint is not None
    assert str(error.value.hint).endswith(".")
    assert message.endswith(".")
    assert "\n" not in message
    return sentence in message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graphcrm.db"


def fill(path: Path) -> None:
    with open_store(path, create=True) as store:
        bring(store, one_of_each())


def test_a_new_store_makes_its_folders_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "graphcrm.db"
    with open_store(path, create=True) as store:
        bring(store, one_of_each())
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert [file.name for file in path.parent.iterdir()] == ["graphcrm.db"]


def test_an_odd_path_is_taken_literally(tmp_path: Path) -> None:
    path = tmp_path / "a b?mode=memory#c%41é客户.db"
    fill(path)
    with open_store(path, create=False) as store:
        assert store.facts(AS_OF) == one_of_each()
        assert store.status().url == f"sqlite:///{tmp_path}/a b?mode=memory#c%2541é客户.db"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_leads_to_its_store(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    fill(link)
    with open_store(path, create=False) as store:
        assert store.facts(AS_OF) == one_of_each()


def test_without_create_a_missing_store_is_told(path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_store(path, create=False)
    assert told(error, f"There is no store at {path}.")
    assert not path.exists()


def test_an_empty_file_is_no_store_yet(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError) as error:
        open_store(path, create=False)
    assert told(error, f"There is no store at {path}.")
    fill(path)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_store(tmp_path, create=True)
    assert told(error, "is not a file")


@pytest.mark.parametrize("name", ["file/graphcrm.db", "q" * 300, "nul\0"])
def test_an_impossible_path_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as error:
        open_store(tmp_path / name, create=True)
    assert told(error, "cannot be opened")


@pytest.mark.parametrize("content", ["hello", "name,account\n" * 1000])
@pytest.mark.parametrize("create", [True, False])
def test_what_is_not_a_database_is_left_alone(path: Path, content: str, create: bool) -> None:
    path.write_text(content)
    with pytest.raises(StoreError) as error:
        open_store(path, create=create)
    assert told(error, "is not a graphcrm store")
    assert path.read_text() == content


@pytest.mark.parametrize("make", ["CREATE TABLE song (title)", "PRAGMA application_id = 7"])
@pytest.mark.parametrize("create", [True, False])
def test_a_foreign_database_is_left_alone(path: Path, make: str, create: bool) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(make)
        other.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError) as error:
        open_store(path, create=create)
    assert told(error, "is not a graphcrm store")
    assert path.read_bytes() == before


def test_a_damaged_store_is_told(path: Path) -> None:
    fill(path)
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError) as error, open_store(path, create=False) as store:
        store.facts(AS_OF)
    assert told(error, "is damaged")


@pytest.mark.parametrize(("kind", "body"), [("accounts", "{}"), ("planets", '{"id": "x"}')])
def test_a_record_that_cannot_be_read_is_told(path: Path, kind: str, body: str) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(
            "INSERT INTO version (import, kind, key, ordinal, body) VALUES (1, ?, '[1]', 0, ?)",
            (kind, body),
        )
        raw.commit()
    with open_store(path, create=False) as store, pytest.raises(StoreError) as error:
        store.facts(AS_OF)
    assert told(error, "cannot read")


def test_an_audit_that_cannot_be_read_is_told(path: Path) -> None:
    with open_store(path, create=True) as store:
        store.save_audit([], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO audit_review VALUES (1, 0, 'a', '{}')")
        raw.commit()
    with open_store(path, create=False) as store, pytest.raises(StoreError) as error:
        store.audit(1)
    assert told(error, "cannot read")


def test_the_same_import_again_leaves_the_file_as_it_is(path: Path) -> None:
    fill(path)
    before = path.read_bytes()
    fill(path)
    assert path.read_bytes() == before


def test_the_name_of_a_file_may_be_no_text(path: Path) -> None:
    with open_store(path, create=True) as store:
        assert bring(store, one_of_each(), name=os.fsdecode(b"caf\xe9.json")).changed


WRITER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2:]:
    db.execute(statement)
print("holding", flush=True)
sys.stdin.read()
db.close()
"""


@contextmanager
def held(path: Path, *statements: str) -> Iterator[None]:
    """Another process that keeps the store locked."""
    command = [sys.executable, "-c", WRITER, str(path), *statements]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.stdin.close()


def test_while_another_writes_reading_goes_on_and_writing_waits_then_tells(path: Path) -> None:
    fill(path)
    with open_store(path, create=True, timeout=0.05) as store:
        with held(path, "BEGIN IMMEDIATE"):
            assert in_order(store.facts(AS_OF)) == in_order(one_of_each())
            with pytest.raises(StoreError) as error:
                bring(store, bundle(accounts=[named("z", "Z")]))
            assert told(error, "is in use by another program")
        assert bring(store, bundle(accounts=[named("z", "Z")])).changed


def test_a_store_another_keeps_to_itself_is_told(path: Path) -> None:
    fill(path)
    with (
        held(path, "PRAGMA locking_mode = EXCLUSIVE", "BEGIN IMMEDIATE"),
        pytest.raises(StoreError) as error,
    ):
        open_store(path, create=False, timeout=0.05)
    assert told(error, "is in use by another program")


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder every user can reach (pytest's own are private)."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user who owns nothing here; the superuser may write anything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_a_store_that_may_not_be_written_can_be_read(
    shared_folder: Path, file_mode: int, folder_mode: int
) -> None:
    path = shared_folder / "graphcrm.db"
    fill(path)
    path.chmod(file_mode)
    shared_folder.chmod(folder_mode)
    with without_rights(), open_store(path, create=True) as store:
        assert in_order(store.facts(AS_OF)) == in_order(one_of_each())
        assert store.status().imports == 1
        assert store.migrate() == ()
        for write in (
            lambda: bring(store, bundle(accounts=[named("z", "Z")])),
            lambda: store.save_audit([], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK),
        ):
            with pytest.raises(StoreError) as error:
                write()
            assert told(error, "cannot be written to")
    shared_folder.chmod(0o755)
    assert [file.name for file in shared_folder.iterdir()] == ["graphcrm.db"]


def test_a_store_that_may_not_be_read_is_told(shared_folder: Path) -> None:
    path = shared_folder / "graphcrm.db"
    fill(path)
    path.chmod(0)
    with without_rights(), pytest.raises(StoreError) as error:
        open_store(path, create=False)
    assert told(error, "cannot be opened")


def test_a_full_disk_is_told_and_nothing_is_written(path: Path) -> None:
    fill(path)
    with open_store(path, create=True) as store:
        before = store.facts(AS_OF)
        with store._connection.reading() as db:
            (pages,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError) as error:
            bring(store, bundle(accounts=[named(f"z{n}", "Z" * 500) for n in range(500)]))
        assert told(error, "The disk is full")
        assert store.facts(AS_OF) == before
        assert bring(store, one_of_each(), check=allowed).changed is False


def test_reading_inside_check_is_refused_in_words(path: Path) -> None:
    with open_store(path, create=True) as store, pytest.raises(StoreError) as error:
        bring(store, one_of_each(), check=lambda _: store.latest_as_of() and None)
    assert told(error, "failed")


@pytest.mark.parametrize("shared", [True, False], ids=["one store", "a store each"])
def test_threads_write_one_after_another(path: Path, shared: bool) -> None:
    with open_store(path, create=True) as store, ThreadPoolExecutor(4) as threads:

        def work(number: int) -> None:
            if shared:
                bring(store, bundle(accounts=[named(f"a{number}", "A")]))
                return
            with open_store(path, create=True) as own:
                bring(own, bundle(accounts=[named(f"a{number}", "A")]))

        list(threads.map(work, range(40)))
        assert store.status().counts["accounts"] == 40
        assert store.status().imports == 40


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(sqlite3.SQLITE_IOERR_FSYNC, "The disk failed"), (sqlite3.SQLITE_BUSY_SNAPSHOT, "is in use")],
)
def test_finer_codes_mean_what_the_coarse_ones_do(path: Path, number: int, sentence: str) -> None:
    assert sentence in str(fault(number, path))

"""Migrations: numbered, checked, applied once; and what the schema itself refuses."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import (
    AS_OF,
    AT,
    PACK,
    bring,
    bundle,
    in_order,
    interactions,
    observed_review,
    one_of_each,
)
from streams import Listed

from graphcrm.errors import StoreError
from graphcrm.store.sqlite import open_store, schema
from graphcrm.store.sqlite.schema import Migration

LATEST = schema.latest_version()
ADDED = Migration(
    f"{LATEST + 1:04}_notes",
    """
    CREATE TABLE note (text TEXT);
    CREATE TRIGGER note_stays BEFORE DELETE ON note
    BEGIN
        SELECT RAISE(ABORT, 'a note stays; always');
    END;
    """,
)
BROKEN = Migration(f"{LATEST + 2:04}_broken", "CREATE TABLE half (a); CREATE TABLE note (again);")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "graphcrm.db"
    with open_store(path, create=True) as store:
        bring(store, one_of_each())
        store.save_audit([observed_review()], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    return path


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def know(monkeypatch: pytest.MonkeyPatch, *migrations: Migration) -> None:
    """Let graphcrm know these migrations instead of its own."""
    monkeypatch.setattr(schema, "migrations", lambda: migrations)


def test_migrations_are_numbered_without_gap() -> None:
    assert [m.version for m in schema.migrations()] == list(range(1, len(schema.migrations()) + 1))


def test_an_applied_migration_is_recorded(raw: sqlite3.Connection) -> None:
    rows = raw.execute("SELECT version, label, checksum FROM migration").fetchall()
    assert rows == [(m.version, m.label, m.checksum) for m in schema.migrations()]
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)


def test_an_older_store_tells_its_status_and_can_be_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(monkeypatch, *schema.migrations(), ADDED)
    with open_store(path, create=False) as store:
        status = store.status()
        assert (status.schema_version, status.latest_version) == (LATEST, LATEST + 1)
        assert status.counts["accounts"] == 1
        for use in (store.latest_as_of, store.audits, lambda: bring(store, one_of_each())):
            with pytest.raises(StoreError) as error:
                use()
            assert "graphcrm db migrate" in str(error.value.hint)
        assert store.migrate() == (ADDED.label,)
        assert store.migrate() == ()
        assert store.status().schema_version == LATEST + 1
        assert in_order(store.facts(AS_OF)) == in_order(one_of_each())


@pytest.fixture
def of_the_first_schema(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store as the first graphcrm left it, with the facts of the other."""
    older = tmp_path / "older.db"
    with monkeypatch.context() as first:
        know(first, schema.migrations()[0])
        open_store(older, create=True).close()
    with closing(sqlite3.connect(older, isolation_level=None)) as raw:
        raw.execute("ATTACH ? AS latest", (str(path),))
        for table in ("import", "version"):
            raw.execute(f"INSERT INTO {table} SELECT * FROM latest.{table}")
    return older


def test_a_store_of_the_first_schema_loses_nothing(of_the_first_schema: Path) -> None:
    with open_store(of_the_first_schema, create=False) as store:
        assert store.migrate() == tuple(m.label for m in schema.migrations()[1:])
        assert in_order(store.facts(AS_OF)) == in_order(one_of_each())
        assert not bring(store, one_of_each()).changed


def test_an_older_store_knows_what_points_at_what(of_the_first_schema: Path, path: Path) -> None:
    with open_store(of_the_first_schema, create=False) as store:
        store.migrate()
    with open_store(of_the_first_schema, create=False) as older, open_store(path, create=False) as latest:
        part = latest.facts_about(["a1"], AS_OF)
        assert len(part) > len(one_of_each()) // 2
        assert older.facts_about(["a1"], AS_OF) == part


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know(monkeypatch, *schema.migrations(), ADDED, BROKEN)
    with open_store(path, create=False) as store:
        with pytest.raises(StoreError):
            store.migrate()
        assert store.status().schema_version == LATEST


def test_an_interaction_of_a_stream_has_its_own_source_or_that_of_its_bundle(
    path: Path, raw: sqlite3.Connection
) -> None:
    stated = [each.model_copy(update={"id": f"{each.id}, {of}", "source": of})
              for each in interactions(1) for of in ("erp", None)]  # fmt: skip
    with open_store(path, create=False) as store:
        bring(store, bundle(source="crm"), stream=Listed(stated))
    rows = raw.execute("SELECT id, source FROM version WHERE id LIKE '%,%'").fetchall()
    assert rows == [("mail-0000000, erp", "erp"), ("mail-0000000, None", "crm")]


def test_a_newer_store_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as newer:
        know(newer, *schema.migrations(), ADDED)
        with open_store(path, create=False) as store:
            store.migrate()
    with pytest.raises(StoreError, match="newer graphcrm"):
        open_store(path, create=True)


def test_a_changed_migration_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = schema.migrations()[0]
    know(monkeypatch, Migration(first.label, f"{first.sql}-- changed"))
    with pytest.raises(StoreError, match="another text of migration 0001"):
        open_store(path, create=True)


def test_a_store_migrated_meanwhile_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path, create=False) as store:
        with monkeypatch.context() as newer:
            know(newer, *schema.migrations(), ADDED)
            with open_store(path, create=False) as other:
                other.migrate()
        with pytest.raises(StoreError, match="newer graphcrm"):
            store.facts(AS_OF)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version SET body = '{}'",
        "UPDATE version SET known_from = NULL",
        "UPDATE audit SET policy = 'other'",
        "DELETE FROM audit",
        "UPDATE audit_review SET body = '{}'",
        "DELETE FROM audit_review",
    ],
)
def test_what_is_written_once_is_never_changed(raw: sqlite3.Connection, statement: str) -> None:
    before = list(raw.iterdump())
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    assert list(raw.iterdump()) == before

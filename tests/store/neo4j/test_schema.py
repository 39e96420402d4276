"""Migrations of a Neo4j store: numbered, noted, refused where they are not ours."""

import re
from pathlib import Path

import pytest
from editions import first_edition, write_bundle
from forked import Command
from store_neo4j import cypher, opened, variables, wipe
from store_samples import AS_OF, bring, in_order, one_of_each

from graphcrm.errors import StoreError
from graphcrm.store.neo4j import Neo4jStore, schema
from graphcrm.store.neo4j.schema import Migration, migrations

pytestmark = pytest.mark.neo4j

NEXT = "// A comment.\nCREATE INDEX n_x IF NOT EXISTS FOR (n:Nothing) ON (n.x);"
_MADE = re.compile(r"CREATE (?:FULLTEXT )?(CONSTRAINT|INDEX) (\w+)")


def made() -> list[tuple[str, str]]:
    """What the migrations make: constraints and indexes, by name."""
    statements = [statement for migration in migrations() for statement in migration.statements()]
    return [found for each in statements for found in _MADE.findall(each)]


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Migration:
    """A graphcrm with one migration more."""
    one_more = Migration(f"{len(migrations()) + 1:04}_more", NEXT)
    every = (*migrations(), one_more)
    monkeypatch.setattr(schema, "migrations", lambda: every)
    return one_more


def test_migrations_are_numbered_without_gaps() -> None:
    assert [m.version for m in migrations()] == list(range(1, len(migrations()) + 1))


def test_each_migration_is_noted(store: Neo4jStore) -> None:
    rows = cypher("MATCH (m:Migration) RETURN m.version, m.label, m.checksum ORDER BY m.version")
    assert rows == [[m.version, m.label, m.checksum] for m in migrations()]
    assert store.status().schema_version == len(migrations())


def test_every_constraint_and_index_is_there(store: Neo4jStore) -> None:
    bring(store, one_of_each())
    named = {name for (name,) in cypher("SHOW CONSTRAINTS YIELD name")}
    named |= {
        name for (name,) in cypher("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")
    }
    wanted = {name for _, name in made()}
    assert len(wanted) > 25
    assert wanted <= named


def test_an_older_schema_opens_for_status_and_migrate_only(newer: Migration) -> None:
    wipe()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "migrations", migrations)
        with opened() as store:
            bring(store, one_of_each())
    with opened() as store:
        status = store.status()
        assert (status.schema_version, status.latest_version) == (newer.version - 1, newer.version)
        with pytest.raises(StoreError, match=rf"has schema {newer.version - 1}; this graphcrm needs"):
            store.facts(AS_OF)
        with pytest.raises(StoreError, match=f"this graphcrm needs {newer.version}"):
            bring(store, one_of_each())
        assert store.migrate() == (newer.label,)
        assert store.migrate() == ()
        assert in_order(store.facts(AS_OF)) == in_order(one_of_each())
    cypher("DROP INDEX n_x")


def test_a_store_of_the_first_schema_finds_what_bears_on_an_account(store: Neo4jStore) -> None:
    bring(store, one_of_each())
    part = store.facts_about(["a1"], AS_OF)
    assert len(part) > len(one_of_each()) // 2
    cypher("MATCH (m:Migration) WHERE m.version > 1 DELETE m")
    cypher("DROP INDEX version_points_at")
    with opened() as another, pytest.raises(StoreError, match="has schema 1"):
        another.facts_about(["a1"], AS_OF)
    assert store.migrate() == tuple(m.label for m in migrations()[1:])
    assert store.facts_about(["a1"], AS_OF) == part


def test_a_newer_schema_is_refused(store: Neo4jStore) -> None:
    cypher("CREATE (:Migration {version: 99, label: '0099_x', checksum: 'x'})")
    for act in (lambda: store.facts(AS_OF), store.status, store.migrate, opened):
        with pytest.raises(StoreError, match=r"written by a newer graphcrm \(schema 99\)"):
            act()


def test_another_text_of_a_migration_is_refused(store: Neo4jStore) -> None:
    cypher("MATCH (m:Migration {version: 1}) SET m.checksum = 'other'")
    with pytest.raises(StoreError, match="another text of migration 0001_store"):
        store.facts(AS_OF)


def test_a_store_that_was_being_made_can_be_made() -> None:
    wipe()
    with opened():
        pass
    cypher("MATCH (m:Migration) DELETE m")
    with opened() as store:
        assert bring(store, one_of_each()).changed
    wipe()
    for name in ("seat_id", "version_seq", "tied_to_key"):
        cypher(f"DROP CONSTRAINT {name}")
    with opened() as store:
        assert bring(store, one_of_each()).changed


@pytest.mark.slow
def test_several_processes_make_one_store(tmp_path: Path) -> None:
    wipe()
    for what, name in made():
        cypher(f"DROP {what} {name} IF EXISTS")
    file = write_bundle(tmp_path / "bundle.json", first_edition())
    commands = [Command("import", "bundle", file, variables=variables()) for _ in range(3)]
    with commands[0], commands[1], commands[2]:
        assert [command.ended().code for command in commands] == [0, 0, 0]
    with opened(create=False) as store:
        assert store.status().imports == 1
        assert in_order(store.facts(AS_OF)) == in_order(first_edition())
    assert cypher("MATCH (s:Store) RETURN count(s)") == [[1]]

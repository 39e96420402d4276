"""The schema of a Neo4j store: numbered files of ``cypher/schema/``, and the checks that they are ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from time import sleep
from typing import Any

from neo4j import ManagedTransaction

from graphcrm.errors import N_, StoreError
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.faults import AlreadyThere
from graphcrm.store.statements import parse, texts

STORE = "graphcrm"
"""The name of the one node that says that a database is ours."""


PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait for another process that makes the same part of the schema."""


@dataclass(frozen=True)
class Migration:
    """One step of the schema. Its label is the name of its file, which begins with its number."""

    label: str
    text: str

    @property
    def version(self) -> int:
        """The schema's version once this is applied."""
        return int(self.label.partition("_")[0])

    @property
    def checksum(self) -> str:
        """What tells whether the file was changed after it was applied."""
        return sha256(self.text.encode()).hexdigest()

    def statements(self) -> list[str]:
        """The statements one by one; each may be run again, for the migration is noted last."""
        lines = [line for line in self.text.splitlines() if not line.startswith("//")]
        return [
            part.strip()
            for part in re.split(r";\s*$", "\n".join(lines), flags=re.MULTILINE)
            if part.strip()
        ]


@cache
def migrations() -> tuple[Migration, ...]:
    """Every migration this version of graphcrm knows, in order."""
    found = []
    for file, text in texts("schema"):
        parse(f"schema/{file.name}", text)
        found.append(Migration(file.name.removesuffix(".cypher"), text))
    return tuple(sorted(found, key=lambda m: m.version))


def latest_version() -> int:
    """The version this graphcrm brings a store to."""
    return migrations()[-1].version


def version_of(applied: Sequence[dict[str, Any]], url: str) -> int:
    """The version of the schema with these migrations applied.

    Raises:
        StoreError: it is not a schema this graphcrm made.
    """
    known = {m.version: m for m in migrations()}
    version = 0
    for row in applied:
        version = row["version"]
        if version not in known:
            raise StoreError(
                N_("The store at {url} was written by a newer graphcrm (schema {version})."),
                hint=N_("Install the latest graphcrm."),
                url=url,
                version=version,
            )
        if row["checksum"] != known[version].checksum:
            raise StoreError(
                N_("The store at {url} was made with another text of migration {label}."),
                hint=N_("Use the graphcrm that made it, or import your data into a new store."),
                url=url,
                label=row["label"],
            )
    return version


def migrate(connection: Connection, version: int) -> tuple[str, ...]:
    """Apply what is not applied yet; the labels of what was."""
    pending = [m for m in migrations() if m.version > version]
    for migration in pending:
        for statement in migration.statements():
            # Neo4j changes schema and data in transactions of their own only.
            _make(connection, statement)
        connection.write(partial(_note, migration=migration))
    return tuple(m.label for m in pending)


def _make(connection: Connection, statement: str) -> None:
    """Make a constraint or index, if it is not there.

    Another process may be making it just now. Whether that will last nobody knows yet, so we ask again:
    once it is there, the statement does nothing.
    """
    for pause in PAUSES:
        try:
            connection.write(partial(_run, text=statement))
        except AlreadyThere:
            sleep(pause)
        else:
            return
    connection.write(partial(_run, text=statement))


def _run(tx: ManagedTransaction, text: str) -> None:
    tx.run(text).consume()


def _note(tx: ManagedTransaction, migration: Migration) -> None:
    ask(tx, "create_store", name=STORE).consume()
    ask(
        tx,
        "migrated",
        version=migration.version,
        label=migration.label,
        checksum=migration.checksum,
    ).consume()

"""The schema of a store: numbered SQL files, applied in order, and the checks that they are ours."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from graphcrm.errors import N_, StoreError
from graphcrm.store.sqlite.connection import fault

APPLICATION_ID = 0x6743524D
"""``gCRM``: what tells a store from any other SQLite database."""


@dataclass(frozen=True)
class Migration:
    """One step of the schema. Its label is the name of its file, which begins with its number."""

    label: str
    sql: str

    @property
    def version(self) -> int:
        """The schema's version once this is applied."""
        return int(self.label.partition("_")[0])

    @property
    def checksum(self) -> str:
        """What tells whether the file was changed after it was applied."""
        return sha256(self.sql.encode()).hexdigest()

    def statements(self) -> Iterator[str]:
        """The statements one by one; ``executescript`` would commit the transaction it is run in."""
        statement = ""
        for line in self.sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""


@cache
def migrations() -> tuple[Migration, ...]:
    """Every migration this version of graphcrm knows, in order."""
    folder = files("graphcrm.store.sqlite") / "migrations"
    found = (Migration(f.name.removesuffix(".sql"), f.read_text("utf-8")) for f in folder.iterdir())
    return tuple(sorted(found, key=lambda m: m.version))


def latest_version() -> int:
    """The version this graphcrm brings a store to."""
    return migrations()[-1].version


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """The version of the schema, 0 for an empty file.

    Raises:
        StoreError: the file is another program's database, or its schema is not one this graphcrm made.
    """
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not application_id and not tables:
        return 0
    if application_id != APPLICATION_ID:
        raise fault(sqlite3.SQLITE_NOTADB, path)
    known = {m.version: m for m in migrations()}
    version = 0
    for version, label, checksum in db.execute(
        "SELECT version, label, checksum FROM migration ORDER BY version"
    ):
        if version not in known:
            raise StoreError(
                N_("The store at {path} was written by a newer graphcrm (schema {version})."),
                hint=N_("Install the latest graphcrm."),
                path=path,
                version=version,
            )
        if checksum != known[version].checksum:
            raise StoreError(
                N_("The store at {path} was made with another text of migration {label}."),
                hint=N_("Use the graphcrm that made it, or import your data into a new store."),
                path=path,
                label=label,
            )
    return version


def require_latest(db: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError unless every migration is applied."""
    if (version := version_of(db, path)) < latest_version():
        raise StoreError(
            N_("The store at {path} has schema {version}; this graphcrm needs {latest}."),
            hint=N_("Run `graphcrm db migrate`."),
            path=path,
            version=version,
            latest=latest_version(),
        )


def migrate(db: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """Apply what is not applied yet, inside the caller's transaction; the labels of what was."""
    version = version_of(db, path)
    pending = [m for m in migrations() if m.version > version]
    for migration in pending:
        for statement in migration.statements():
            db.execute(statement)
        db.execute(
            "INSERT INTO migration VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
            (migration.version, migration.label, migration.checksum),
        )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return tuple(m.label for m in pending)

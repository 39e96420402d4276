"""What the one ``(:Store)`` node says: how far the log is published, and how far all else follows it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from neo4j import ManagedTransaction
from neo4j import Record as Row

from graphcrm.errors import N_, StoreError
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.schema import STORE, latest_version, version_of
from graphcrm.store.neo4j.values import native


@dataclass(frozen=True)
class State:
    """Readers see versions up to ``last_seq`` and audits up to ``audits``.

    The current graph follows the log up to ``projected_seq``, its ``REACHES`` edges the audit ``reaches``.
    """

    schema_version: int
    imports: int
    last_seq: int
    projected_seq: int
    audits: int
    reaches: int
    latest_as_of: date | None
    last_import_at: datetime | None


def read_state(tx: ManagedTransaction, url: str) -> State | None:
    """The state of a store of any schema; None where there is none.

    Raises:
        StoreError: its schema is not one this graphcrm made.
    """
    row = ask(tx, "store", name=STORE).single()
    return None if row is None else _state(row, url)


def _state(row: Row, url: str) -> State:
    store: dict[str, Any] = row["store"]
    return State(
        schema_version=version_of(row["migrations"], url),
        imports=store["imports"],
        last_seq=store["last_seq"],
        projected_seq=store["projected_seq"],
        audits=store["audits"],
        reaches=store["reaches"],
        latest_as_of=native(store.get("latest_as_of")),
        last_import_at=native(store.get("last_import_at")),
    )


def require_state(tx: ManagedTransaction, url: str) -> State:
    """The state of a store whose schema is the latest.

    Raises:
        StoreError: there is no store, or every migration has not been applied.
    """
    return latest_state(ask(tx, "store", name=STORE).single(), url)


def latest_state(row: Row | None, url: str) -> State:
    """As ``require_state``, of a row that holds the store and its migrations."""
    if row is None:
        raise no_store(url)
    state = _state(row, url)
    if state.schema_version < latest_version():
        raise StoreError(
            N_("The store at {url} has schema {version}; this graphcrm needs {latest}."),
            hint=N_("Run `graphcrm db migrate`."),
            url=url,
            version=state.schema_version,
            latest=latest_version(),
        )
    return state


def no_store(url: str) -> StoreError:
    """What is told where the database holds nothing yet."""
    return StoreError(
        N_("There is no store at {url}."),
        hint=N_(
            "Import your data first: see `graphcrm import --help`. On Neo4j Enterprise, check that this "
            "user may read."
        ),
        url=url,
    )

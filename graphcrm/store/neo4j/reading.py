"""Reading the log: of each record the latest version known, unless it is retired."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from neo4j import ManagedTransaction
from neo4j import Record as Row

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import Known
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.faults import readable
from graphcrm.store.neo4j.values import record_of
from graphcrm.store.versions import NOT_POINTED_AT


def facts(tx: ManagedTransaction, url: str, last: int, as_of: date, known_at: date | None) -> Bundle:
    """The facts as of a day, as known at the end of another (now, if None), up to a version."""
    rows = ask(tx, "facts", last=last, as_of=as_of, known_at=known_at or date.max)
    return _bundle(rows, url, as_of)


def known(tx: ManagedTransaction, url: str, last: int, as_of: date) -> Known:
    """What integrity is checked on. Only the writer asks: nothing above ``last`` is in the log."""
    kinds = [kind for kind in RECORDS if kind not in NOT_POINTED_AT]
    ids = {
        kind: frozenset(row["id"] for row in ask(tx, "ids", kind=kind))
        for kind in kinds
        if hasattr(RECORDS[kind], "id") or "id" in RECORDS[kind].model_fields
    }
    current = _bundle(ask(tx, "current", kinds=kinds, last=last), url, as_of)
    return Known({kind: ids.get(kind, frozenset()) for kind in RECORDS}, current)


def version_record(version: dict[str, Any], url: str) -> Record:
    """The record a version states."""
    with readable(url):
        return record_of(version["_kind"], version)


def _bundle(rows: Iterable[Row], url: str, as_of: date) -> Bundle:
    records: dict[str, list[Record]] = {kind: [] for kind in RECORDS}
    with readable(url):
        for row in rows:
            version = row["properties"]
            records[version["_kind"]].append(record_of(version["_kind"], version))
    return Bundle.model_validate(
        {"as_of": as_of, **{kind: tuple(found) for kind, found in records.items()}}
    )

"""Reading the log: of each record the latest version known, unless it is retired."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from neo4j import ManagedTransaction
from neo4j import Record as Row

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.faults import readable
from graphcrm.store.neo4j.values import record_of
from graphcrm.store.part import Placed, records_about


class Day:
    """The facts as of a day, as known at the end of another (now, if None), up to a version."""

    def __init__(
        self, tx: ManagedTransaction, url: str, as_of: date, known_at: date | None, last: int
    ) -> None:
        self._tx = tx
        self._url = url
        self._as_of = as_of
        self._days: dict[str, object] = {"as_of": as_of, "known_at": known_at or date.max, "last": last}

    def facts(self, kinds: Collection[str] | None) -> Bundle:
        """All of these kinds; of every kind, if None."""
        if kinds is None:
            rows = ask(self._tx, "facts", **self._days)
        else:
            rows = ask(self._tx, "facts_of_kinds", kinds=list(kinds), **self._days)
        return _bundle(rows, self._url, self._as_of)

    def about(self, accounts: Collection[str], *, everybody: bool) -> Bundle:
        """All that bears on these accounts."""
        records = records_about(self, accounts, everybody=everybody)
        return Bundle.model_validate({"as_of": self._as_of, **records})

    def named(self, kind: str, ids: Collection[str] | None) -> Iterator[Placed]:
        """The records of a kind with these ids; all of them, if None."""
        if ids is None:
            return self._placed("facts_of_kinds", kinds=[kind])
        return self._placed("facts_named", kind=kind, ids=list(ids))

    def pointing(self, kinds: Collection[str], ids: Collection[str]) -> Iterator[Placed]:
        """The records of some kinds that point at one of these ids."""
        return self._placed("facts_pointing", kinds=list(kinds), names=[_in_quotes(id_) for id_ in ids])

    def _placed(self, statement: str, **wanted: object) -> Iterator[Placed]:
        for row in ask(self._tx, statement, **self._days, **wanted):
            yield row["place"], version_record(row["properties"], self._url)


def _in_quotes(id_: str) -> str:
    r"""An id as Lucene takes it literally.

    >>> print(_in_quotes('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    escaped = id_.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


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

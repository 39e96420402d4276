"""Reading the log: of each record the latest version known, unless it is retired."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, starmap
from typing import Any, NamedTuple

from neo4j import ManagedTransaction
from neo4j import Record as Row

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.faults import readable
from graphcrm.store.neo4j.schema import STORE
from graphcrm.store.neo4j.state import State, latest_state, require_state
from graphcrm.store.neo4j.values import record_of
from graphcrm.store.part import Found, Placed, records_about
from graphcrm.store.versions import day_or_latest


class Asked(NamedTuple):
    """Which facts: as of a day, as known at the end of another (now, if None), up to a version if any."""

    as_of: date | None
    known_at: date | None
    upto: int | None

    def of(self, state: State) -> dict[str, object]:
        """The parameters of a statement, once the state of the store is known."""
        last = state.last_seq if self.upto is None else min(self.upto, state.last_seq)
        as_of = day_or_latest(self.as_of, state.latest_as_of)
        return {"as_of": as_of, "known_at": self.known_at or date.max, "last": last}


def facts(tx: ManagedTransaction, url: str, asked: Asked, kinds: Collection[str] | None) -> Bundle:
    """All facts of these kinds; of every kind, if None."""
    state = require_state(tx, url)
    if kinds is None:
        rows = ask(tx, "facts", **asked.of(state))
    else:
        rows = ask(tx, "facts_of_kinds", kinds=list(kinds), **asked.of(state))
    return _bundle(rows, url, day_or_latest(asked.as_of, state.latest_as_of))


def facts_about(
    connection: Connection, asked: Asked, accounts: Collection[str], *, everybody: bool
) -> Bundle:
    """All that bears on these accounts, in one round trip."""
    url = connection.address.url
    row = connection.ask(
        "facts_about",
        name=STORE,
        accounts=list(accounts),
        everybody=everybody,
        as_of=asked.as_of,
        known_at=asked.known_at or date.max,
        upto=asked.upto,
    )
    as_of = day_or_latest(asked.as_of, latest_state(row, url).latest_as_of)
    assert row is not None, "it holds the state"
    with readable(url):
        found = Found(chain.from_iterable(starmap(_stated, row["found"])))
    records = records_about(found, accounts, everybody=everybody)
    return Bundle.model_validate({"as_of": as_of, **records})


def _stated(kind: str, names: Sequence[str], records: Iterable[Sequence[Any]]) -> Iterator[Placed]:
    """Records of a kind that state the same fields, each as its place and the values of these."""
    for place, *values in records:
        yield place, record_of(kind, dict(zip(names, values, strict=True)))


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

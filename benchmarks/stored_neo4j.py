"""A generated portfolio in a Neo4j of this computer: the log as one import brings it, without the graph.

Nothing that is read here looks at the graph for people, and drawing it takes most of an import.
``require_same_as_import`` holds the log to an import.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from neo4j import Driver, GraphDatabase, ManagedTransaction
from stored import DAY, Row, records

from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.store.local_neo4j import DEFAULT_VERSION, LocalNeo4j
from graphcrm.store.neo4j import Neo4jStore, open_store
from graphcrm.store.neo4j.values import digest, properties_of, slot_of

BATCH = 5_000
EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
APPEND = "UNWIND $rows AS row CREATE (version:Version) SET version = row"
PUBLISH = "MATCH (s:Store) SET s.last_seq = $last, s.imports = 1, s.latest_as_of = $as_of"
LOG = "MATCH (v:Version) RETURN properties(v) AS version"


class Server(NamedTuple):
    """A server that is ours to empty."""

    url: str
    password: str
    driver: Driver

    def store(self, *, create: bool = False) -> Neo4jStore:
        """The store in it."""
        return open_store(self.url, password=self.password, create=create)


@contextmanager
def server() -> Iterator[Server]:
    """A throwaway server. Raises StoreError where none can be started."""
    with TemporaryDirectory() as folder:
        local = LocalNeo4j(Path(folder))
        status, _ = local.up(DEFAULT_VERSION)
        try:
            password = local.home.password()
            with GraphDatabase.driver(status.url, auth=("neo4j", password)) as driver:
                yield Server(status.url, password, driver)
        finally:
            local.kill()


def write(found: Server, columns: PortfolioColumns, seed: int) -> int:
    """A new store that holds the portfolio, in place of what was there; how many versions it has."""
    _empty(found)
    found.store(create=True).close()
    last = 0
    with found.driver.session() as session:
        rows = enumerate(records(columns, seed), start=1)
        while versions := [_version(seq, row) for seq, row in islice(rows, BATCH)]:
            session.execute_write(_append, versions)
            last = versions[-1]["_seq"]
        session.run(PUBLISH, last=last, as_of=DAY).consume()
    return last


def _append(tx: ManagedTransaction, rows: list[dict[str, Any]]) -> None:
    tx.run(APPEND, rows=rows).consume()


def _version(seq: int, row: Row) -> dict[str, Any]:
    kind, _, id_, body = row
    record = RECORDS[kind].model_validate_json(body)
    return {
        **properties_of(record),
        "_seq": seq,
        "_import": 1,
        "_slot": slot_of(kind, record.key, 0),
        "_kind": kind,
        "_id": id_,
        "_checksum": digest(body),
    }


def _empty(found: Server) -> None:
    with found.driver.session() as session:
        session.run(EMPTY).consume()


def require_same_as_import(found: Server, columns: PortfolioColumns, seed: int) -> None:
    """Stop unless an import of what such a store holds would have written the same log."""
    write(found, columns, seed)
    written = _log(found)
    stated: dict[str, Any] = {}
    for kind, _, _, body in records(columns, seed):
        stated.setdefault(kind, []).append(json.loads(body))
    bundle = Bundle.model_validate_json(json.dumps({"as_of": DAY.isoformat(), **stated}))
    _empty(found)
    with found.store(create=True) as store:
        store.import_bundle(bundle, name="generated", at=datetime.now(UTC), check=lambda _: None)
    if written != _log(found):
        raise SystemExit("the store differs from what an import would have written")


def _log(found: Server) -> list[str]:
    """Every version but its place in the log: an import takes kind by kind."""
    with found.driver.session() as session:
        rows = [row["version"] for row in session.run(LOG)]
    return sorted(str(sorted((n, str(v)) for n, v in row.items() if n != "_seq")) for row in rows)

"""What an account takes on disk: in a SQLite store, in partitions, in Neo4j with its log and its graph.

A generated portfolio, seeded, with heavy tails: of each account 29 contacts, 290 ties, 500 interactions.
The facts go into a Neo4j of this computer by an import, as a user's would; what an empty database takes is
taken off. Sizes do not depend on what else the machine does.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from portfolios import portfolio
from stored import DAY, write

from graphcrm import load_policy, share_portfolio
from graphcrm.records.bundle import Bundle
from graphcrm.services.reading import View
from graphcrm.store.local_neo4j import DEFAULT_VERSION, LocalNeo4j
from graphcrm.store.neo4j import open_store
from graphcrm.store.sqlite import open_store as open_sqlite

SEED = 20260630
ACCOUNTS = 50


def main(accounts: int = ACCOUNTS) -> None:
    """Measure one size; sizes grow with the number of records and with nothing else."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path, shared = folder / "store.db", folder / "shared"
        write(path, portfolio(accounts, SEED), SEED)
        share_portfolio(f"sqlite:///{path}", View(load_policy()), shared)
        with open_sqlite(path, create=False) as store:
            facts = store.facts(DAY)
        print(f"storage: kB for each of {accounts:,} accounts with {len(facts) // accounts:,} records")
        print(f"  SQLite, with what points at what {size(path) / accounts:9.1f}")
        print(f"  partitions                       {size(shared) / accounts:9.1f}")
        empty, graph, log = in_neo4j(folder / "neo4j", facts)
        print(
            f"  Neo4j, log and graph             {(graph - empty) / accounts:9.1f}   (empty: {empty:,.0f})"
        )
        print(f"  Neo4j, transaction logs          {log / accounts:9.1f}   (kept as the server is set)")


def size(path: Path) -> float:
    """The kB of a file, or of all in a folder."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files) / 1000


def in_neo4j(home: Path, facts: Bundle) -> tuple[float, float, float]:
    """The kB of an empty database, of the same with the facts, and of its transaction logs.

    They are those of a server that was stopped: until then part of the database is in memory only.
    """
    local = LocalNeo4j(home)
    data, empty = home / "data", 0.0
    for stated in (None, facts):
        status, _ = local.up(DEFAULT_VERSION)
        try:
            with open_store(status.url, password=local.home.password(), create=True) as store:
                if stated is not None:
                    store.import_bundle(
                        stated, name="generated", at=datetime.now(UTC), check=lambda _: None
                    )
        finally:
            local.down()
        empty = empty or size(data / "databases" / "neo4j")
    return empty, size(data / "databases" / "neo4j"), size(data / "transactions" / "neo4j")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("accounts", nargs="?", type=int, default=ACCOUNTS)
    main(parser.parse_args().accounts)

"""How much goes into one transaction of Neo4j, and how long to wait for another writer."""

from dataclasses import dataclass

from graphcrm.store.neo4j.lease import WAIT

ROWS_IN_ONE_TRANSACTION = 20_000
"""Changed records whose graph an import draws in the transaction that publishes them: about a quarter of
what a heap of 512 MiB holds."""

ROWS_IN_ONE_BATCH = 5_000
"""Rows a transaction brings where it is one of several; `benchmarks/loading.py` measures other sizes.

Two are under way at once, so twice as many stand in the server's memory.
"""

REVIEWS_AT_ONCE = 200
"""Reviews a transaction writes or reads: each is as large as some twenty records."""


@dataclass(frozen=True)
class Limits:
    """Up to ``whole`` changes are published with their graph; of more it follows by ``batch`` rows."""

    whole: int = ROWS_IN_ONE_TRANSACTION
    batch: int = ROWS_IN_ONE_BATCH
    wait: float = WAIT

"""How much goes into one transaction of Neo4j, and how long to wait for another writer."""

from dataclasses import dataclass

from graphcrm.store.neo4j.lease import WAIT

ROWS_IN_ONE_TRANSACTION = 20_000
"""Changed records an import brings in one transaction: with its graph, about a quarter of what a heap of
512 MiB holds."""

ROWS_IN_ONE_BATCH = 5_000
"""Rows a transaction brings where it is one of several; `benchmarks/loading.py` measures other sizes.

Two are under way at once, so twice as many stand in the server's memory.
"""

REVIEWS_AT_ONCE = 200
"""Reviews a transaction writes or reads: each is as large as some twenty records."""


@dataclass(frozen=True)
class Limits:
    """An import of up to ``whole`` changes is one transaction; larger ones go in by ``batch`` rows."""

    whole: int = ROWS_IN_ONE_TRANSACTION
    batch: int = ROWS_IN_ONE_BATCH
    wait: float = WAIT

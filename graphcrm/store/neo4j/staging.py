"""Staging: versions go into the log by batches that nobody reads yet."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import groupby

from neo4j import ManagedTransaction

from graphcrm.store.neo4j.comparing import Change, batches
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.projecting import Runner

AT_ONCE = 2
"""Batches under way: the server keeps one while we pack the other."""


def stage(run: Runner, parts: Iterable[Sequence[Change]], first: int, number: int, size: int) -> int:
    """Write the changes of an import into the log, from a place on; the place of the last.

    When a part is asked for, all but the part before it are in the log: that one is being written.
    """
    under_way: list[Future[None]] = []
    with ThreadPoolExecutor(AT_ONCE, "graphcrm-import") as workers:
        try:
            for part in parts:
                submitted = []
                for some in batches(part, size):
                    work = partial(append, changes=some, first=first, number=number)
                    submitted.append(workers.submit(run, work))
                    first += len(some)
                _finish(under_way)
                under_way = submitted
            _finish(under_way)
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise
    return first - 1


def append(tx: ManagedTransaction, changes: Sequence[Change], first: int, number: int) -> None:
    """Write versions into the log, unless an earlier try has: a server that stops may keep it untold."""
    if ask(tx, "version_at", seq=first, number=number).single(strict=True)["there"]:
        return
    groups = [
        {"kind": kind, "source": source, "rows": [change.properties(seq) for seq, change in some]}
        for (kind, source), some in groupby(enumerate(changes, first), _kind_and_source)
    ]
    ask(tx, "append_versions", groups=groups, number=number).consume()
    pairs = [
        {"later": seq, "earlier": change.earlier}
        for seq, change in enumerate(changes, first)
        if change.earlier is not None
    ]
    if pairs:
        ask(tx, "supersede", rows=pairs).consume()


def _kind_and_source(numbered: tuple[int, Change]) -> tuple[str, str | None]:
    _, change = numbered
    return change.kind, change.source


def _finish(under_way: Iterable[Future[None]]) -> None:
    for future in under_way:
        future.result()

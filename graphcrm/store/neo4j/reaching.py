"""What an audit derives for people to ask: who reaches which seat, how strongly, and who alone."""

from collections.abc import Iterator, Sequence
from functools import partial

from neo4j import ManagedTransaction

from graphcrm.records.audit import Audit
from graphcrm.store.neo4j.comparing import batches
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.keeping import read
from graphcrm.store.neo4j.projecting import Runner
from graphcrm.store.neo4j.schema import STORE


def redraw(run: Runner, url: str, number: int, size: int) -> None:
    """Put the ``REACHES`` edges of an audit in the place of those there are."""
    audits: list[Audit] = []
    run(lambda tx: audits.extend(filter(None, [read(tx, url, number)])))
    _drop(run, number, size)
    for audit in audits:
        for some in batches(list(_rows(audit)), size):
            run(partial(_put, rows=some))
    run(lambda tx: _note(tx, number))


def _drop(run: Runner, number: int, size: int) -> None:
    left = True

    def drop(tx: ManagedTransaction) -> None:
        nonlocal left
        left = ask(tx, "drop_reaches", number=number, limit=size).single(strict=True)["removed"] > 0

    while left:
        run(drop)


def _rows(audit: Audit) -> Iterator[dict[str, object]]:
    header = audit.header
    for review in audit.reviews:
        if review.measures is None:
            continue
        alone = review.measures.sole_route
        for employee, seats in review.measures.routes.items():
            for seat, strength in seats.items():
                yield {
                    "employee": employee,
                    "seat": seat,
                    "low": strength.low,
                    "high": strength.high,
                    "alone": alone.get(seat) == employee,
                    "account": review.account,
                    "as_of": header.as_of,
                    "policy": header.policy,
                    "audit": header.id,
                }


def _put(tx: ManagedTransaction, rows: Sequence[dict[str, object]]) -> None:
    ask(tx, "put_reaches", rows=rows).consume()


def _note(tx: ManagedTransaction, number: int) -> None:
    ask(tx, "reached", store=STORE, number=number).consume()

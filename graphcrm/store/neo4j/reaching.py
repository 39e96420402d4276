"""What an audit derives for people to ask: who reaches which seat, how strongly, and who alone."""

from collections.abc import Iterator, Sequence
from functools import partial

from neo4j import ManagedTransaction

from graphcrm.records.audit import AuditHeader
from graphcrm.records.review import Review
from graphcrm.store.neo4j.comparing import batches
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.keeping import header, reviews
from graphcrm.store.neo4j.limits import REVIEWS_AT_ONCE
from graphcrm.store.neo4j.projecting import Runner
from graphcrm.store.neo4j.schema import STORE


def redraw(run: Runner, url: str, number: int, size: int) -> None:
    """Put the ``REACHES`` edges of an audit in the place of those there are."""
    found: list[AuditHeader | None] = []
    run(lambda tx: found.append(header(tx, url, number)))
    _drop(run, number, size)
    if audit := found[-1]:
        for start in range(0, audit.accounts, REVIEWS_AT_ONCE):
            _draw(run, url, audit, range(start, start + REVIEWS_AT_ONCE), size)
    run(lambda tx: _note(tx, number))


def _draw(run: Runner, url: str, audit: AuditHeader, places: range, size: int) -> None:
    """Put the edges of the reviews in these places."""
    found: list[tuple[Review, ...]] = []
    run(lambda tx: found.append(reviews(tx, url, audit.id, places)))
    rows = (row for review in found[-1] for row in reaches_of(audit, review))
    for some in batches(rows, size):
        run(partial(_put, rows=some))


def _drop(run: Runner, number: int, size: int) -> None:
    left = True

    def drop(tx: ManagedTransaction) -> None:
        nonlocal left
        left = ask(tx, "drop_reaches", number=number, limit=size).single(strict=True)["removed"] > 0

    while left:
        run(drop)


def reaches_of(audit: AuditHeader, review: Review) -> Iterator[dict[str, object]]:
    """The edges that a review of an audit makes."""
    if review.measures is None:
        return
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
                "as_of": audit.as_of,
                "policy": audit.policy,
                "audit": audit.id,
            }


def _put(tx: ManagedTransaction, rows: Sequence[dict[str, object]]) -> None:
    ask(tx, "put_reaches", rows=rows).consume()


def _note(tx: ManagedTransaction, number: int) -> None:
    ask(tx, "reached", store=STORE, number=number).consume()

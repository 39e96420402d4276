"""Keeping an audit: its reviews first, which nobody reads yet; then the audit itself; then its edges."""

from collections.abc import Mapping
from functools import partial

from neo4j import ManagedTransaction

from graphcrm.store.neo4j.comparing import batches
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.keeping import put_reviews, review_row
from graphcrm.store.neo4j.lease import Lease
from graphcrm.store.neo4j.limits import REVIEWS_AT_ONCE, Limits
from graphcrm.store.neo4j.projecting import Runner
from graphcrm.store.neo4j.reaching import redraw
from graphcrm.store.neo4j.schema import STORE
from graphcrm.store.neo4j.state import require_state
from graphcrm.store.neo4j.upkeep import holding
from graphcrm.store.spool import Spool


def save_audit(
    connection: Connection,
    lease: Lease,
    limits: Limits,
    reviews: Spool,
    row: Mapping[str, object],
) -> int:
    """Keep a run and return its number."""
    url = connection.address.url
    run = holding(connection, lease)
    before = connection.read(partial(require_state, url=url)).audits
    clear_reviews(run, before, limits.batch)
    number = before + 1
    rows = (review_row(review, number, position) for position, review in enumerate(reviews))
    for some in batches(rows, REVIEWS_AT_ONCE):
        run(partial(put_reviews, rows=some))
    run(lambda tx: _publish(tx, lease, number, row))
    redraw(run, url, number, limits.batch)
    return number


def clear_reviews(run: Runner, last: int, size: int) -> None:
    """Remove every review of an audit that was not published: those after ``last``."""
    left = True

    def clear(tx: ManagedTransaction) -> None:
        nonlocal left
        left = ask(tx, "clear_reviews", last=last, limit=size).single(strict=True)["removed"] > 0

    while left:
        run(clear)


def _publish(tx: ManagedTransaction, lease: Lease, number: int, row: Mapping[str, object]) -> None:
    properties = dict(row)
    if (
        ask(
            tx, "put_audit", store=STORE, holder=lease.holder, number=number, properties=properties
        ).single()
        is None
    ):
        raise lease.lost()

"""Keeping an audit: its reviews first, which nobody reads yet; then the audit itself; then its edges."""

from collections.abc import Mapping
from functools import partial

from neo4j import ManagedTransaction

from graphcrm.errors import N_
from graphcrm.records.audit import AuditHeader
from graphcrm.store.neo4j.comparing import batches
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.faults import Unanswered, Words, told
from graphcrm.store.neo4j.keeping import header, put_reviews, review_row
from graphcrm.store.neo4j.lease import Lease
from graphcrm.store.neo4j.limits import REVIEWS_AT_ONCE, Limits
from graphcrm.store.neo4j.projecting import Runner
from graphcrm.store.neo4j.reaching import redraw
from graphcrm.store.neo4j.schema import STORE
from graphcrm.store.neo4j.state import require_state
from graphcrm.store.neo4j.upkeep import holding
from graphcrm.store.spool import Spool

BEFORE: Words = (
    N_("The connection to {url} was lost before the audit was kept; nothing has changed."),
    N_("Repeat the audit when the server is up."),
)
UNKNOWN: Words = (
    N_("The connection to {url} was lost while the audit was kept; whether it is kept is not known."),
    N_("When the server is up, `graphcrm audit list` tells; repeat the audit if it is not there."),
)
AFTER: Words = (
    N_("The audit is kept, but the connection to {url} was lost before the graph for people followed."),
    N_("When the server is up, `graphcrm db migrate` or the next import completes that graph."),
)


def save_audit(
    connection: Connection,
    lease: Lease,
    limits: Limits,
    reviews: Spool,
    row: Mapping[str, object],
) -> AuditHeader:
    """Keep a run; what is returned is what was kept."""
    url = connection.address.url
    with told(BEFORE, url):
        number = _keep(connection, lease, limits, reviews, row)
    with told(AFTER, url):
        redraw(holding(connection, lease), url, number, limits.batch)
        kept = connection.read(partial(header, url=url, number=number))
    assert kept is not None, "it was just saved"
    return kept


def _keep(
    connection: Connection,
    lease: Lease,
    limits: Limits,
    reviews: Spool,
    row: Mapping[str, object],
) -> int:
    url = connection.address.url
    run = holding(connection, lease)
    before = connection.read(partial(require_state, url=url)).audits
    clear_reviews(run, before, limits.batch)
    number = before + 1
    rows = (review_row(review, number, position) for position, review in enumerate(reviews))
    for some in batches(rows, REVIEWS_AT_ONCE):
        run(partial(put_reviews, rows=some))
    try:
        run(lambda tx: _publish(tx, lease, number, row))
    except Unanswered:
        with told(UNKNOWN, url):
            raise
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

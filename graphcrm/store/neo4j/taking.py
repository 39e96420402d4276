"""Taking a whole history in: staged by batches nobody reads, published at once; then the graph follows."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby
from math import ceil
from operator import attrgetter

from neo4j import ManagedTransaction

from graphcrm.errors import N_, StoreError
from graphcrm.ports.history import History, Progress
from graphcrm.records.history import AuditRow, ReviewRow, VersionRow
from graphcrm.records.review import Review
from graphcrm.store.neo4j.comparing import Change, batches
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.faults import Lost, LostWork, Unanswered, Words, told
from graphcrm.store.neo4j.importing import LOOK
from graphcrm.store.neo4j.keeping import audit_row, put_reviews, review_row
from graphcrm.store.neo4j.lease import Lease
from graphcrm.store.neo4j.limits import REVIEWS_AT_ONCE, Limits
from graphcrm.store.neo4j.projecting import Runner, project
from graphcrm.store.neo4j.reaching import redraw
from graphcrm.store.neo4j.saving import clear_reviews
from graphcrm.store.neo4j.schema import STORE
from graphcrm.store.neo4j.staging import append
from graphcrm.store.neo4j.state import State, require_state
from graphcrm.store.neo4j.upkeep import clear_staged, holding, tidy
from graphcrm.store.neo4j.values import digest, slot_of
from graphcrm.store.shares import Share

BEFORE: Words = (
    N_("The connection to {url} was lost before the copy was published; the store there is empty."),
    N_("Repeat it when the server is up."),
)
UNKNOWN: Words = (
    N_("The connection to {url} was lost while publishing the copy; whether it is in is not known."),
    N_("When the server is up, `graphcrm db status` tells; if the store is empty, repeat it."),
)
AFTER: Words = (
    N_("The copy is in, but the connection to {url} was lost before the graph for people followed."),
    N_("When the server is up, `graphcrm db migrate` or the next import completes that graph."),
)

WRITTEN = 0.5
"""Of the whole work, the share that is done when all is written and the graph begins to follow."""


def take(
    connection: Connection, lease: Lease, limits: Limits, history: History, progress: Progress
) -> None:
    """Take a history in."""
    url, run = connection.address.url, holding(connection, lease)
    tidy(connection, lease, limits.batch)
    clear_reviews(run, 0, limits.batch)
    _require_empty(connection.read(partial(require_state, url=url)), url)
    try:
        publish = _staged(run, lease, limits, history, progress)
    except Lost:
        raise  # and the next writer does what follows, as where this process is killed
    except BaseException:
        with suppress(StoreError):
            clear_staged(run, url, limits.batch)
            clear_reviews(run, 0, limits.batch)
        raise
    _kept(connection, lease, publish)
    extent = history.extent
    with told(AFTER, url):
        # Nodes, then edges, a stretch at a time.
        follow = _counted(run, 2 * ceil(extent.versions / limits.batch), progress)
        project(follow, url, 0, extent.versions, limits.batch)
        if extent.audits:
            redraw(run, url, extent.audits, limits.batch)
    progress(1.0)


def _require_empty(state: State, url: str) -> None:
    if state.imports or state.audits:
        raise StoreError(
            N_("The store at {url} holds data already; nothing was written."),
            hint=N_("Name an empty database: copies and archives go into an empty store."),
            url=url,
        )


def _staged(
    run: Runner, lease: Lease, limits: Limits, history: History, progress: Progress
) -> Callable[[ManagedTransaction], None]:
    """Write all that nobody reads yet; what is left to do is to publish it."""
    extent = history.extent
    share = Share(progress, sum(extent.counts().values()), WRITTEN)
    imports = [row for rows in share.of(history.imports()) for row in rows]
    for rows in share.of(history.versions()):
        for some in batches(rows, limits.batch):
            run(partial(_append, rows=some))
    audits = [_audit_row(row) for rows in share.of(history.audits()) for row in rows]
    for reviews in share.of(history.reviews()):
        for few in batches(reviews, REVIEWS_AT_ONCE):
            run(partial(put_reviews, rows=[_review_row(row) for row in few]))
    parameters = {
        "store": STORE,
        "holder": lease.holder,
        "last": extent.versions,
        "imports": [{**row._asdict(), "holder": lease.holder} for row in imports],
        "audits": audits,
        "latest_as_of": extent.latest_as_of,
        "last_import_at": imports[-1].at if imports else None,
    }

    def publish(tx: ManagedTransaction) -> None:
        if ask(tx, "publish_history", **parameters).single() is None:
            raise lease.lost()

    return publish


def _append(tx: ManagedTransaction, rows: Sequence[VersionRow]) -> None:
    """Write versions into the log; they may be of several imports."""
    for number, of_import in groupby(rows, attrgetter("number")):
        some = list(of_import)
        append(tx, [_change(row) for row in some], some[0].seq, number)


def _change(row: VersionRow) -> Change:
    return Change(
        slot=slot_of(row.kind, row.key, row.ordinal),
        kind=row.kind,
        id=row.id,
        source=row.source,
        known_from=row.known_from,
        earlier=row.earlier,
        record=row.body,
        checksum=None if row.body is None else digest(row.body),
        retired_on=row.retired_on,
    )


def _audit_row(row: AuditRow) -> dict[str, object]:
    kept = audit_row(
        run_at=row.run_at,
        as_of=row.as_of,
        known_at=row.known_at,
        policy_pack=json.loads(row.policy_pack),
        accounts=row.accounts,
    )
    return {**kept, "number": row.number}


def _review_row(row: ReviewRow) -> dict[str, object]:
    return review_row(Review.model_validate_json(row.body), row.number, row.position)


def _kept(connection: Connection, lease: Lease, publish: Callable[[ManagedTransaction], None]) -> None:
    """Publish; if the answer is lost, look whether it is in: nobody else could have written."""
    url = connection.address.url

    def look(tx: ManagedTransaction) -> State:
        lease.keep(tx)  # waits for a commit that is under way
        return require_state(tx, url)

    try:
        connection.write(publish)
    except Unanswered:
        try:
            state = connection.write(look, seconds=LOOK)
        except StoreError as error:
            template, hint = UNKNOWN
            raise LostWork(template, hint=hint, url=url) from error
        if not (state.imports or state.audits):
            raise


def _counted(run: Runner, parts: int, progress: Progress) -> Runner:
    """The same, telling how many of so many parts are done."""
    done = 0

    def counting(part: Callable[[ManagedTransaction], None]) -> None:
        nonlocal done
        run(part)
        done += 1
        progress(WRITTEN + (1 - WRITTEN) * min(1.0, done / max(1, parts)))

    return counting

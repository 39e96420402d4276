"""What a writer finds left behind by one that was interrupted, and finishes first."""

from collections.abc import Callable

from neo4j import ManagedTransaction

from graphcrm.errors import N_, Message
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.lease import Lease
from graphcrm.store.neo4j.projecting import Runner, project
from graphcrm.store.neo4j.reaching import redraw
from graphcrm.store.neo4j.state import State, require_state


def holding(connection: Connection, lease: Lease) -> Runner:
    """Each part in a transaction of its own, as long as we are the one who writes."""

    def run(part: Callable[[ManagedTransaction], None]) -> None:
        def work(tx: ManagedTransaction) -> None:
            part(tx)
            # Last, for it locks: two parts at once wait for each other no longer than a commit takes.
            lease.keep(tx)

        connection.write(work)

    return run


def tidy(connection: Connection, lease: Lease, size: int) -> None:
    """Clear what was never published; bring the current graph up to what was."""
    url = connection.address.url
    run = holding(connection, lease)
    state, staged = connection.read(lambda tx: _left(tx, url))
    if staged:
        clear_staged(run, url, size)
    if state.projected_seq < state.last_seq:
        project(run, url, state.projected_seq, state.last_seq, size)
    if state.reaches < state.audits:
        redraw(run, url, state.audits, size)


def clear_staged(run: Runner, url: str, size: int) -> None:
    """Remove every version of an import that was not published."""
    left = True

    def clear(tx: ManagedTransaction) -> None:
        nonlocal left
        # Read here, for what was being published when the connection broke may have been.
        last = require_state(tx, url).last_seq
        row = ask(tx, "clear_staged", last=last, limit=size).single(strict=True)
        left = row["removed"] > 0

    while left:
        run(clear)


def note(tx: ManagedTransaction, state: State) -> Message | None:
    """What a person should know about a store in which something is under way, or was interrupted."""
    if staged := _staged(tx, state):
        return Message(
            N_(
                "An import is under way or was interrupted: {count} versions are not read;"
                " the next import clears them if they are left."
            ),
            {"count": staged},
        )
    if state.projected_seq < state.last_seq or state.reaches < state.audits:
        return Message(
            N_(
                "The graph people ask in Cypher is behind what graphcrm reads;"
                " the next import or `graphcrm db migrate` completes it."
            )
        )
    return None


def _left(tx: ManagedTransaction, url: str) -> tuple[State, int]:
    state = require_state(tx, url)
    return state, _staged(tx, state)


def _staged(tx: ManagedTransaction, state: State) -> int:
    count: int = ask(tx, "staged", last=state.last_seq).single(strict=True)["count"]
    return count

"""One writer at a time: a lease on the ``(:Store)`` node, kept while its holder lives."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic, sleep
from uuid import uuid4

from neo4j import ManagedTransaction

from graphcrm.errors import N_, StoreError
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.faults import Lost
from graphcrm.store.neo4j.schema import STORE

SECONDS = 12
"""How long a lease lasts after its holder was last heard of; by the server's clock."""

BEAT = 3.0
"""How often its holder is heard of, and how long that may take: a broken connection may lock the node."""

WAIT = 15.0
"""How long to wait for another writer: longer than the lease of one that was killed lasts."""

_PAUSE = 0.2


class Lease:
    """The right to write, as long as the server agrees that we have it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.holder = uuid4().hex

    def take(self, wait: float) -> None:
        """Get it, waiting for another holder. Raises StoreError where that takes too long."""
        give_up = monotonic() + wait
        while not self.connection.write(lambda tx: self._got(tx, "take_lease")):
            if monotonic() > give_up:
                raise StoreError(
                    N_("The store at {url} is being written to by another program."),
                    hint=N_("Try again when that program has finished."),
                    url=self.connection.address.url,
                )
            sleep(_PAUSE)

    def keep(self, tx: ManagedTransaction) -> None:
        """Make sure, within a transaction, that we still have it, and keep it until that ends."""
        if not self._got(tx, "keep_lease"):
            raise self.lost()

    def lost(self) -> StoreError:
        """What is told when we were not heard of for too long and somebody else writes now."""
        return StoreError(
            N_("Another program took over writing to the store at {url}."),
            hint=N_("Try again when that program has finished."),
            url=self.connection.address.url,
        )

    def drop(self) -> None:
        """Let others write."""
        self.connection.write(lambda tx: ask(tx, "drop_lease", name=STORE, holder=self.holder).consume())

    def beat(self, stop: Event) -> None:
        """Keep it until told to stop."""
        while not stop.wait(BEAT):
            # What goes wrong here, the transaction that needs the lease meets too.
            with suppress(StoreError):
                self.connection.write(lambda tx: self._got(tx, "keep_lease"), seconds=BEAT)

    def _got(self, tx: ManagedTransaction, name: str) -> bool:
        return ask(tx, name, name=STORE, holder=self.holder, seconds=SECONDS).single() is not None


@contextmanager
def leased(connection: Connection, wait: float) -> Iterator[Lease]:
    """The lease, for as long as the block takes; where the server is lost, it runs out by itself."""
    lease = Lease(connection)
    lease.take(wait)
    stop = Event()
    thread = Thread(target=lease.beat, args=(stop,), name="graphcrm-lease", daemon=True)
    thread.start()
    lost = False
    try:
        yield lease
    except Lost:
        lost = True
        raise
    finally:
        stop.set()
        thread.join()
        if not lost:
            with suppress(StoreError):
                lease.drop()

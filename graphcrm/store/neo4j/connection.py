"""The connection to a Neo4j database: work goes in as managed transactions, StoreErrors come out."""

import logging
from collections.abc import Callable, Iterator
from typing import TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Result,
    RoutingControl,
    Session,
    unit_of_work,
)
from neo4j import Record as Row

from graphcrm.errors import N_, StoreError
from graphcrm.store.neo4j.address import Address
from graphcrm.store.neo4j.faults import translated
from graphcrm.store.statements import Statement, statements

T = TypeVar("T")
Work = Callable[[ManagedTransaction], T]
"""What is done in one transaction; it may be called again after a fault that passes."""

OLDEST = (5, 26)
"""The oldest server we know the statements to run on."""

ROWS_AHEAD = 5_000
"""Rows asked for at once."""

# Without a handler of its own the driver's warnings would go to standard error beside our sentences.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def ask(tx: ManagedTransaction, name: str, /, **parameters: object) -> Result:
    """Run a statement of ``cypher/`` that leaves no label or type open."""
    return tx.run(_find(name).text, parameters)


def ask_named(tx: ManagedTransaction, name: str, names: dict[str, str], /, **parameters: object) -> Result:
    """Run a statement of ``cypher/`` with these labels and types."""
    return tx.run(_find(name).named(**names), parameters)


def _find(name: str) -> Statement:
    return statements("read").get(name) or statements("write")[name]


class Connection:
    """A driver for one database. It may pass between threads."""

    def __init__(self, address: Address, *, seconds: float) -> None:
        self.address = address
        with translated(address):
            self._driver = _driver(address, seconds)
            self._bookmarks = GraphDatabase.bookmark_manager()

    def verify(self) -> None:
        """Raise StoreError unless a server new enough answers and lets us in."""
        with translated(self.address):
            agent = self._driver.get_server_info().agent
        product, _, version = agent.partition("/")
        numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
        if product != "Neo4j" or numbers < OLDEST:
            raise StoreError(
                N_("The server at {url} is {agent}; graphcrm needs Neo4j 5.26 or newer."),
                hint=N_("Use a newer server; `graphcrm neo4j up` starts one."),
                url=self.address.url,
                agent=agent.replace("/", " "),
            )

    def read(self, work: Work[T]) -> T:
        """Do the work in a transaction that reads."""
        with translated(self.address), self._session(READ_ACCESS) as session:
            return session.execute_read(work)

    def ask(self, name: str, /, **parameters: object) -> Row | None:
        """The one row that a statement finds, if any; it comes back after one round trip."""
        with translated(self.address):
            return self._driver.execute_query(
                _find(name).text,
                parameters,
                routing_=RoutingControl.READ,
                database_=self.address.database,
                bookmark_manager_=self._bookmarks,
                result_transformer_=lambda result: result.single(),
            )

    def stream(self, name: str, /, *, ahead: int, **parameters: object) -> Iterator[Row]:
        """The rows of a statement as they come, so many asked for at once. They can be left half read."""
        with translated(self.address), self._session(READ_ACCESS, ahead) as session:
            yield from session.run(_find(name).text, parameters)

    def write(self, work: Work[T], *, seconds: float | None = None) -> T:
        """Do the work in a transaction that is kept as a whole, or not at all if anything is raised.

        The server ends it after so many seconds, if any are given: also where it waits for another.
        """
        with translated(self.address), self._session(WRITE_ACCESS) as session:
            return session.execute_write(unit_of_work(timeout=seconds)(work))

    def close(self) -> None:
        """Let go of the server."""
        with translated(self.address):
            self._driver.close()

    def _session(self, access: str, ahead: int = ROWS_AHEAD) -> Session:
        return self._driver.session(
            database=self.address.database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
            fetch_size=ahead,
            # Not of the driver: servers too old to know it would then not even tell their version.
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )


def _driver(address: Address, seconds: float) -> Driver:
    return GraphDatabase.driver(
        address.url,
        auth=(address.user, address.password),
        connection_timeout=seconds,
        connection_acquisition_timeout=2 * seconds,
        max_transaction_retry_time=seconds,
        telemetry_disabled=True,
    )

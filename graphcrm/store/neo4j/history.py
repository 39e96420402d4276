"""The whole history of a Neo4j store, read a stretch of the log at a time."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from neo4j import ManagedTransaction
from pydantic import ValidationError
from pydantic_core import to_json

from graphcrm.errors import N_, StoreError
from graphcrm.records.body import body_of
from graphcrm.records.history import AuditRow, Extent, ImportRow, ReviewRow, VersionRow
from graphcrm.records.review import Review
from graphcrm.store.neo4j import keeping
from graphcrm.store.neo4j.columns import decode
from graphcrm.store.neo4j.connection import Connection, ask
from graphcrm.store.neo4j.faults import Lost, readable
from graphcrm.store.neo4j.limits import REVIEWS_AT_ONCE, ROWS_IN_ONE_BATCH
from graphcrm.store.neo4j.state import require_state
from graphcrm.store.neo4j.values import digest, native, record_of

T = TypeVar("T")


class Neo4jHistory:
    """What was published when this was made; see ``graphcrm.ports.history.History``.

    Each part is read in a transaction of its own: the log only grows.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._url = connection.address.url
        self.extent = self._read(self._extent)

    def imports(self) -> Iterator[Sequence[ImportRow]]:
        """Every import."""
        return self._stretches(_imports, self.extent.imports)

    def versions(self) -> Iterator[Sequence[VersionRow]]:
        """Every version."""
        return self._stretches(_versions, self.extent.versions)

    def audits(self) -> Iterator[Sequence[AuditRow]]:
        """Every audit."""
        for number in range(1, self.extent.audits + 1):
            yield self._read(partial(_audit, url=self._url, number=number))

    def reviews(self) -> Iterator[Sequence[ReviewRow]]:
        """Every review."""
        for audits in self.audits():
            for audit in audits:
                for start in range(0, audit.accounts, REVIEWS_AT_ONCE):
                    places = range(start, min(start + REVIEWS_AT_ONCE, audit.accounts))
                    yield self._read(partial(_reviews, number=audit.number, places=places))

    def _extent(self, tx: ManagedTransaction) -> Extent:
        state = require_state(tx, self._url)
        headers = [header for header in keeping.headers(tx, self._url) if header.id <= state.audits]
        reviews = sum(header.accounts for header in headers)
        return Extent(state.imports, state.last_seq, state.audits, reviews, state.latest_as_of)

    def _stretches(self, read: Callable[..., Sequence[T]], end: int) -> Iterator[Sequence[T]]:
        for start in range(0, end, ROWS_IN_ONE_BATCH):
            upto = min(start + ROWS_IN_ONE_BATCH, end)
            yield self._read(partial(read, url=self._url, after=start, upto=upto))

    def _read(self, work: Callable[[ManagedTransaction], T]) -> T:
        try:
            return self._connection.read(work)
        except Lost as lost:
            # Not Lost itself: who takes the history in may do so in another server, which is not lost.
            raise StoreError(
                N_("The connection to {url} was lost while the store was read."),
                hint=N_("Try again when the server is up."),
                url=self._url,
            ) from lost


def _imports(tx: ManagedTransaction, url: str, after: int, upto: int) -> list[ImportRow]:
    with readable(url):
        return [
            ImportRow(
                stated["number"],
                stated["name"],
                stated["source"],
                native(stated["as_of"]),
                native(stated["at"]),
            )
            for stated in ask(tx, "imports", after=after, upto=upto).value()
        ]


def _versions(tx: ManagedTransaction, url: str, after: int, upto: int) -> list[VersionRow]:
    with readable(url):
        return [_version(*row) for row in ask(tx, "log", after=after, upto=upto).values()]


def _version(version: dict[str, Any], earlier: int | None, stated: dict[str, Any] | None) -> VersionRow:
    """A version as a row. Of a retirement the key is that of what it retires."""
    kind, retired_on = version["_kind"], native(version.get("_retired_on"))
    key, body, intact = _read_back(kind, version if retired_on is None else stated or {})
    return VersionRow(
        seq=version["_seq"],
        number=version["_import"],
        kind=kind,
        key=key,
        ordinal=int(version["_slot"].rpartition("|")[2]),
        id=version.get("_id"),
        source=version.get("_source"),
        known_from=native(version.get("_known_from")),
        retired_on=retired_on,
        earlier=earlier,
        body=body if retired_on is None else None,
        intact=intact,
    )


def _read_back(kind: str, version: dict[str, Any]) -> tuple[tuple[str, ...], str, bool]:
    """Key and body of what a version states, and whether it is what was written.

    What is no record comes as JSON all the same, so that whoever reads the body says so.
    """
    try:
        record = record_of(kind, version)
    except (KeyError, ValidationError):
        stated = {name: native(value) for name, value in version.items() if not name.startswith("_")}
        return (), to_json(stated, serialize_unknown=True).decode(), False
    body = body_of(record)
    return record.key, body, digest(body) == version["_checksum"]


def _audit(tx: ManagedTransaction, url: str, number: int) -> list[AuditRow]:
    header = keeping.header(tx, url, number)
    row = ask(tx, "audit", number=number).single()
    if header is None or row is None:
        return []
    with readable(url):
        pack = decode({name: value for name, value in row["audit"].items() if name.startswith("_")})
        return [
            AuditRow(
                header.id,
                header.run_at,
                header.as_of,
                header.known_at,
                header.policy,
                header.accounts,
                to_json(pack).decode(),
            )
        ]


def _reviews(tx: ManagedTransaction, number: int, places: range) -> list[ReviewRow]:
    rows = ask(tx, "reviews", number=number, start=places.start, stop=places.stop).value()
    return [_review(number, row) for row in rows]


def _review(number: int, row: dict[str, Any]) -> ReviewRow:
    """A review as a row; of one that cannot be read the body is empty, so that whoever reads it says so."""
    try:
        review = Review.model_validate(decode(row))
    except (KeyError, ValidationError):
        return ReviewRow(number, row["_position"], str(row.get("account")), "")
    return ReviewRow(number, row["_position"], review.account, review.model_dump_json())

"""Streams and rehearsals too large for one transaction, and a server that is lost meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count as counting

import pytest
from store_neo4j import cypher, opened, wipe
from store_samples import AS_OF, AT, bring, bundle, in_order, interactions, named
from streams import Listed

from graphcrm.errors import StoreError
from graphcrm.records.store_state import ImportSummary
from graphcrm.records.stream import Batch
from graphcrm.store.neo4j import Limits, Neo4jStore
from graphcrm.store.neo4j.comparing import Change
from graphcrm.store.neo4j.connection import Connection
from graphcrm.store.neo4j.faults import Lost
from graphcrm.store.neo4j.streaming import Streamed

pytestmark = pytest.mark.neo4j

SMALL = Limits(whole=5, batch=3, wait=2.0)
EMPTY = bundle(source="crm")


@pytest.fixture
def small() -> Iterator[Neo4jStore]:
    wipe()
    with opened(limits=SMALL) as store:
        yield store


def versions() -> list[list[object]]:
    return cypher("MATCH (v:Version) RETURN v._seq, v.id ORDER BY v._seq")


def lost_at(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Lose the server at that write of the connection, and for good."""
    write, calls = Connection.write, counting(1)

    def dying(self: Connection, work: Callable[..., object], **bounds: float) -> object:
        if next(calls) >= call:
            raise Lost("gone")
        return write(self, work, **bounds)

    monkeypatch.setattr(Connection, "write", dying)


def test_what_is_staged_is_numbered_without_gap(small: Neo4jStore) -> None:
    bring(small, bundle(accounts=[named("a", "A")]), stream=Listed(interactions(20), size=7))
    assert [seq for seq, _ in versions()] == list(range(1, 22))
    assert cypher("MATCH (s:Store) RETURN s.last_seq, s.projected_seq") == [[21, 21]]
    assert cypher("MATCH (i:Interaction) RETURN count(i)") == [[20]]


def test_a_staged_stream_is_read_once_and_not_held(small: Neo4jStore) -> None:
    in_log: list[int] = []

    class Watched(Listed):
        def batches(self) -> Iterator[Batch]:
            for batch in super().batches():
                in_log.append(len(versions()))
                yield batch

    bring(small, EMPTY, stream=Watched(interactions(20), size=4))
    # The first two are held until it is known that there are more; then the one before is being written.
    assert in_log[:2] == [0, 0]
    assert all(found >= least for found, least in zip(in_log[2:], (0, 8, 12), strict=True))


def test_nothing_is_remembered_but_what_is_being_written(
    small: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered: list[int] = []
    of_batch = Streamed._of_batch

    def watched(self: Streamed, batch: Batch) -> list[Change]:
        remembered.append(len(self._before) + len(self._asked_last))
        return of_batch(self, batch)

    monkeypatch.setattr(Streamed, "_of_batch", watched)
    bring(small, EMPTY, stream=Listed(interactions(20), size=4))
    assert remembered == [0, 4, 8, 4, 4]


@pytest.mark.parametrize("number", [3, 9], ids=["in one transaction", "staged"])
def test_a_rehearsal_leaves_no_version(small: Neo4jStore, number: int) -> None:
    bring(small, bundle(source="crm", accounts=[named("a", "A")]))
    before = versions()
    summary = bring(small, EMPTY, stream=Listed(interactions(number)), rehearsal=True)
    assert summary.kinds["interactions"].new == number
    assert versions() == before
    assert cypher("MATCH (n:Interaction) RETURN count(n)") == [[0]]
    assert cypher("MATCH (s:Store) RETURN s.imports, s.last_seq, s.lease_holder") == [[1, 1, None]]


@pytest.mark.parametrize("number", [4, 9], ids=["in one transaction", "staged"])
def test_transactions_that_are_tried_again_do_not_read_the_stream_again(
    small: Neo4jStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """As the driver does after a fault that passes: each is rolled back once."""
    write, read = Connection.write, Connection.read

    class Passes(Exception):
        """A fault."""

    def broken(work: Callable[..., object]) -> Callable[..., object]:
        def breaks(tx: object) -> object:
            work(tx)
            raise Passes

        return breaks

    def written_twice(self: Connection, work: Callable[..., object], **bounds: float) -> object:
        with suppress(Passes):
            write(self, broken(work), **bounds)
        return write(self, work, **bounds)

    def read_twice(self: Connection, work: Callable[..., object]) -> object:
        with suppress(Passes):
            read(self, broken(work))
        return read(self, work)

    stream = Listed(interactions(number), size=2)
    readings = 0
    batches = stream.batches

    def counted() -> Iterator[Batch]:
        nonlocal readings
        readings += 1
        return batches()

    monkeypatch.setattr(stream, "batches", counted)
    with monkeypatch.context() as patch:
        patch.setattr(Connection, "write", written_twice)
        patch.setattr(Connection, "read", read_twice)
        summary = bring(small, EMPTY, stream=stream)
    assert readings == 1
    assert summary.kinds["interactions"].new == number
    assert small.facts(AS_OF).interactions == interactions(number)


@pytest.mark.parametrize("number", [3, 9], ids=["in one transaction", "staged"])
@pytest.mark.parametrize("call", range(1, 8))
def test_a_server_lost_in_a_rehearsal_is_told_as_that(
    small: Neo4jStore, monkeypatch: pytest.MonkeyPatch, call: int, number: int
) -> None:
    first = bundle(source="crm", accounts=[named("a", "A")])
    bring(small, first)
    told: StoreError | None = None
    summary = ImportSummary("", {})
    with monkeypatch.context() as patch:
        lost_at(patch, call)
        try:
            summary = bring(small, EMPTY, stream=Listed(interactions(number)), rehearsal=True)
        except StoreError as error:
            told = error
    if told is None:  # all was known before it was lost
        assert summary.kinds["interactions"].new == number
    else:
        assert "lost during the rehearsal; nothing has changed" in str(told)
        assert "Repeat the rehearsal" in str(told.hint)
    assert (told is not None) == (call <= (1 if number == 3 else 4))
    cypher("MATCH (s:Store) REMOVE s.lease_holder")
    assert in_order(small.facts(AS_OF)) == in_order(first)
    assert bring(small, EMPTY, stream=Listed(interactions(number)), at=AT).changed
    assert len(small.facts(AS_OF).interactions) == number
    assert small.status().note is None

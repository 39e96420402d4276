"""An import in several transactions: nobody sees a part of it, whatever interrupts it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event, Thread
from time import monotonic
from typing import Any

import pytest
from store_neo4j import cypher, opened, wipe
from store_reference import ReferenceStore
from store_samples import AS_OF, AT, allowed, bring, bundle, in_order, interactions, named, one_of_each

from graphcrm.errors import StoreError
from graphcrm.ports.store import Store
from graphcrm.records.bundle import Bundle
from graphcrm.records.store_state import Known
from graphcrm.store.neo4j import Limits, Neo4jStore
from graphcrm.store.neo4j.comparing import Change, changes
from graphcrm.store.neo4j.connection import Connection

pytestmark = pytest.mark.neo4j

SMALL = Limits(whole=5, batch=3, wait=2.0)
NEVER_WHOLE = Limits(whole=0, batch=3, wait=2.0)


class Refused(Exception):
    """What a check raises here."""


@pytest.fixture
def small(request: pytest.FixtureRequest) -> Iterator[Neo4jStore]:
    wipe()
    with opened(limits=getattr(request, "param", SMALL)) as store:
        yield store


def versions() -> int:
    ((count,),) = cypher("MATCH (v:Version) RETURN count(v)")
    return int(str(count))


def test_what_is_staged_comes_back_as_it_was_stated(small: Neo4jStore) -> None:
    assert bring(small, one_of_each()).changed
    assert in_order(small.facts(AS_OF)) == in_order(one_of_each())
    assert small.status().note is None
    assert not bring(small, one_of_each()).changed


def test_staged_or_not_the_graph_is_the_same(small: Neo4jStore) -> None:
    text = (
        "MATCH (n) WHERE NOT n:Store AND NOT n:Migration AND NOT n:Import RETURN labels(n), properties(n)"
    )
    bring(small, one_of_each())
    staged = sorted(map(repr, cypher(text)))
    edges = sorted(map(repr, cypher("MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id")))
    wipe()
    with opened() as store:
        bring(store, one_of_each())
    assert sorted(map(repr, cypher(text))) == staged
    assert (
        sorted(map(repr, cypher("MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r), b.id"))) == edges
    )


def test_readers_see_nothing_of_it_before_it_is_published(small: Neo4jStore) -> None:
    bring(small, bundle(source="crm", accounts=[named("a", "Before")]))
    seen: list[Bundle] = []
    told: list[str] = []

    def look(_: Known) -> None:
        with opened() as reader:
            seen.append(reader.facts(AS_OF))
            told.append(str(reader.status().note))
            assert reader.status().counts["interactions"] == 0

    change = bundle(
        source="crm", complete=("accounts",), accounts=[named("b", "New")], interactions=interactions(10)
    )
    bring(small, change, check=look)
    assert [[a.name for a in facts.accounts] for facts in seen] == [["Before"]]
    assert "12 versions are not read" in told[0]
    assert [a.name for a in small.facts(AS_OF).accounts] == ["New"]
    assert small.status().note is None


def test_a_refusal_leaves_nothing(small: Neo4jStore) -> None:
    bring(small, bundle(accounts=[named("a", "A")]))
    before = versions()

    def refuse(known: Known) -> None:
        assert known.current.accounts
        raise Refused

    with pytest.raises(Refused):
        bring(small, bundle(interactions=interactions(9)), check=refuse)
    assert versions() == before
    assert small.status().note is None
    assert small.status().imports == 1


def _fail_at(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Let that write of the connection fail as if the server had died, and all after it."""
    write = Connection.write
    calls = 0

    def dying(self: Connection, work: Callable[..., object], **bounds: float) -> object:
        nonlocal calls
        calls += 1
        if calls >= call:
            raise StoreError("gone")
        return write(self, work, **bounds)

    monkeypatch.setattr(Connection, "write", dying)


@pytest.mark.parametrize(
    ("small", "call"),
    [*((SMALL, call) for call in range(2, 15)), *((Limits(), call) for call in (2, 3))],
    indirect=["small"],
)
def test_wherever_it_breaks_the_store_is_as_before_or_as_after(
    small: Neo4jStore, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    first = bundle(source="crm", accounts=[named("a", "A"), named("b", "B")])
    bring(small, first)
    before = in_order(small.facts(AS_OF))
    change = bundle(
        source="crm", complete=("accounts",), accounts=[named("b", "B2")], interactions=interactions(9)
    )
    with monkeypatch.context() as patch:
        _fail_at(patch, call)
        with pytest.raises(StoreError, match="gone"):
            bring(small, change)
    cypher("MATCH (s:Store) REMOVE s.lease_holder")
    found = in_order(small.facts(AS_OF))
    after = in_order(_reference(first, change))
    assert found in (before, after)
    note = small.status().note
    assert note is None if found == before and versions() == 2 else note is not None or found == after
    bring(small, change)
    assert in_order(small.facts(AS_OF)) == after
    assert small.status().note is None
    assert cypher("MATCH (a:Account) RETURN a.name") == [["B2"]]
    assert cypher("MATCH (i:Interaction) RETURN count(i)") == [[9]]


def _reference(*bundles: Bundle) -> Bundle:
    reference = ReferenceStore()
    for stated in bundles:
        reference.import_bundle(stated, name="x", at=AT, check=allowed)
    return reference.facts(AS_OF)


def test_migrate_completes_a_graph_left_behind(small: Neo4jStore) -> None:
    bring(small, one_of_each())
    cypher("MATCH (n:Interaction) DETACH DELETE n")
    cypher("MATCH (s:Store) SET s.projected_seq = 0")
    assert "db migrate" in str(small.status().note)
    assert small.migrate() == ()
    assert small.status().note is None
    assert cypher("MATCH (n:Interaction) RETURN count(n)") == [[3]]


def test_a_second_writer_waits_a_little_and_is_told(small: Neo4jStore) -> None:
    entered, leave = Event(), Event()

    def hold(_: Known) -> None:
        entered.set()
        leave.wait(30)

    first = Thread(target=bring, args=(small, one_of_each()), kwargs={"check": hold})
    first.start()
    try:
        assert entered.wait(20)
        with opened(limits=Limits(wait=0.5)) as second:
            begun = monotonic()
            with pytest.raises(StoreError, match="being written to by another program"):
                bring(second, bundle(accounts=[named("z", "Z")]))
            assert 0.4 < monotonic() - begun < 10
            assert second.facts(AS_OF) == bundle()
    finally:
        leave.set()
        first.join()
    with opened() as second:
        assert bring(second, bundle(accounts=[named("z", "Z")])).changed


def test_a_writer_that_was_not_heard_of_loses_its_right(small: Neo4jStore) -> None:
    def taken_over(_: Known) -> None:
        cypher("MATCH (s:Store) SET s.lease_holder = 'another'")

    for stated in (bundle(accounts=[named("a", "A")]), bundle(interactions=interactions(9))):
        with pytest.raises(StoreError, match="took over"):
            bring(small, stated, check=taken_over)
        cypher("MATCH (s:Store) REMOVE s.lease_holder")
        assert small.facts(AS_OF) == bundle()


def test_what_another_wrote_since_it_was_compared_is_not_written_over(
    small: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*arguments: Any) -> Iterator[list[Change]]:
        yield from changes(*arguments)
        cypher("MATCH (s:Store) SET s.audits = s.audits + 1")

    monkeypatch.setattr("graphcrm.store.neo4j.importing.changes", overtaken)
    with pytest.raises(StoreError, match="took over"):
        bring(small, bundle(accounts=[named("a", "A")]))
    assert small.facts(AS_OF) == bundle()


def test_a_dead_writers_lease_runs_out(small: Neo4jStore) -> None:
    cypher(
        "MATCH (s:Store) SET s.lease_holder = 'dead', s.lease_until = datetime() + duration({seconds: 1})"
    )
    assert bring(small, bundle(accounts=[named("a", "A")])).changed


def test_several_at_once_come_in_one_after_another() -> None:
    wipe()
    with opened(limits=Limits(wait=30.0)) as store:
        stores: list[Store] = [store]
        errors: list[BaseException] = []

        def work(number: int) -> None:
            try:
                for step in range(3):
                    bring(
                        stores[0],
                        bundle(accounts=[named(f"a{number}", f"{step}")]),
                        at=AT + timedelta(days=1),
                    )
            except BaseException as error:  # noqa: BLE001 - told by the test
                errors.append(error)

        threads = [Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert store.status().imports == 12
        assert cypher("MATCH (v:Version) RETURN count(v), max(v._seq)") == [[12, 12]]

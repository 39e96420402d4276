"""The connection breaks where an import is published: what the user is told is true, and told in time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

import pytest
from cut_connection import LostCommit
from store_neo4j import DATABASE, cypher, driver, opened, the_server, wipe
from store_reference import ReferenceStore
from store_samples import AS_OF, AT, PACK, bring, bundle, in_order, interactions, named

from graphcrm.errors import StoreError
from graphcrm.records.bundle import Bundle
from graphcrm.store.neo4j import Limits, Neo4jStore
from graphcrm.store.neo4j.address import Address
from graphcrm.store.neo4j.connection import Connection, Work

T = TypeVar("T")

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

LIMITS = {
    "in one transaction": Limits(whole=50, batch=50, wait=2.0),
    "staged": Limits(whole=5, batch=5, wait=2.0),
}
PUBLISHING = b"CREATE (import:Import"
FOLLOWING = b"store.projected_seq = $seq"
KEEPING = b"CREATE (audit:Audit"
DRAWN = b"store.reaches = $number"
SECONDS = 1.0
FIRST = bundle(source="crm", accounts=[named("a", "A"), named("b", "B")])
SECOND = bundle(
    source="crm", complete=("accounts",), accounts=[named("b", "B2")], interactions=interactions(9)
)


def after(*bundles: Bundle) -> Mapping[str, list[str]]:
    reference = ReferenceStore()
    for stated in bundles:
        bring(reference, stated)
    return in_order(reference.facts(AS_OF))


@pytest.fixture(params=LIMITS)
def limits(request: pytest.FixtureRequest) -> Limits:
    """A store that holds the first bundle, and how the second will come in."""
    wipe()
    with opened() as store:
        bring(store, FIRST)
    return LIMITS[request.param]


@contextmanager
def through(way: LostCommit, limits: Limits) -> Iterator[Neo4jStore]:
    """The store at the end of that way."""
    found = the_server()
    with way as port:
        address = Address(f"bolt://127.0.0.1:{port}", found.user, found.password, DATABASE)
        with Neo4jStore(Connection(address, seconds=SECONDS), limits) as store:
            yield store
    assert way.lost


def lost(words: bytes, *, done: bool, once: bool) -> LostCommit:
    host, _, port = the_server().uri.partition("://")[2].partition(":")
    return LostCommit(host, int(port), words, done=done, once=once)


def held() -> Mapping[str, list[str]]:
    with opened() as store:
        return in_order(store.facts(AS_OF))


def comes_in_when_repeated() -> None:
    cypher("MATCH (s:Store) REMOVE s.lease_holder")
    with opened() as store:
        bring(store, SECOND)
        assert store.status().note is None
        assert store.status().imports == 2
    assert held() == after(FIRST, SECOND)
    assert cypher("MATCH (a:Account) RETURN a.name") == [["B2"]]
    assert cypher("MATCH (i:Interaction) RETURN count(i)") == [[9]]


def test_where_only_the_answer_is_lost_the_import_succeeds(limits: Limits) -> None:
    with through(lost(PUBLISHING, done=True, once=True), limits) as store:
        summary = bring(store, SECOND)
    assert summary.kinds["interactions"].new == 9
    assert held() == after(FIRST, SECOND)
    comes_in_when_repeated()


def test_what_the_server_kept_but_calls_failed_is_done_again_without_harm(
    limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that stops may keep a transaction and say it is not available; the driver repeats it."""
    once = Connection.write

    def twice(self: Connection, work: Work[T], *, seconds: float | None = None) -> T:
        once(self, work, seconds=seconds)
        return once(self, work, seconds=seconds)

    with opened(limits=limits) as store, monkeypatch.context() as patch:
        patch.setattr(Connection, "write", twice)
        summary = bring(store, SECOND)
    assert summary.kinds["interactions"].new == 9
    assert held() == after(FIRST, SECOND)
    comes_in_when_repeated()


def test_where_the_commit_is_lost_it_says_that_nothing_changed(limits: Limits) -> None:
    with (
        through(lost(PUBLISHING, done=False, once=True), limits) as store,
        pytest.raises(
            StoreError, match="lost before the import was published; nothing has changed"
        ) as error,
    ):
        bring(store, SECOND)
    assert "Repeat the import" in str(error.value.hint)
    assert held() == after(FIRST)
    comes_in_when_repeated()


@pytest.mark.parametrize("done", [True, False])
def test_where_the_server_is_lost_too_it_says_that_it_does_not_know(limits: Limits, done: bool) -> None:
    begun = monotonic()
    with (
        through(lost(PUBLISHING, done=done, once=False), limits) as store,
        pytest.raises(StoreError, match="whether it is in is not known") as error,
    ):
        bring(store, SECOND)
    assert monotonic() - begun < 20
    assert "not written twice" in str(error.value.hint)
    assert held() == (after(FIRST, SECOND) if done else after(FIRST))
    comes_in_when_repeated()


def test_a_commit_that_stays_under_way_is_not_waited_for_for_ever(
    limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that broke for us alone: the server still holds what it was told to keep."""
    monkeypatch.setattr("graphcrm.store.neo4j.importing.LOOK", 1.0)
    way = lost(PUBLISHING, done=False, once=True)
    with driver(the_server()).session(database=DATABASE) as session:
        with through(way, limits) as store:
            begun = monotonic()
            look = Connection.write

            def held_up(self: Connection, work: object, *, seconds: float | None = None) -> object:
                if way.lost and seconds == 1.0:
                    session.begin_transaction(timeout=25).run(
                        "MATCH (s:Store) SET s.name = s.name"
                    ).consume()
                return look(self, work, seconds=seconds)  # type: ignore[arg-type]

            monkeypatch.setattr(Connection, "write", held_up)
            with pytest.raises(StoreError, match="whether it is in is not known"):
                bring(store, SECOND)
        assert monotonic() - begun < 20
    comes_in_when_repeated()


class TestWhileTheGraphFollows:
    """A staged import is in before the graph for people follows."""

    @pytest.fixture
    def staged(self) -> Limits:
        wipe()
        with opened() as store:
            bring(store, FIRST)
        return LIMITS["staged"]

    @pytest.mark.parametrize("done", [True, False])
    def test_a_server_that_is_back_has_all_of_it(self, staged: Limits, done: bool) -> None:
        with through(lost(FOLLOWING, done=done, once=True), staged) as store:
            assert bring(store, SECOND).changed
            assert store.status().note is None
        comes_in_when_repeated()

    def test_else_it_says_that_the_import_is_in(self, staged: Limits) -> None:
        with (
            through(lost(FOLLOWING, done=False, once=False), staged) as store,
            pytest.raises(StoreError, match="The import is in, but the connection") as error,
        ):
            bring(store, SECOND)
        assert "graphcrm db migrate" in str(error.value.hint)
        assert held() == after(FIRST, SECOND)
        with opened() as store:
            assert "is behind" in str(store.status().note)
        comes_in_when_repeated()


class TestAnAudit:
    """It is kept before the graph for people follows."""

    def keep_through(self, way: LostCommit) -> StoreError:
        wipe()
        with opened() as store:
            bring(store, FIRST)
        with through(way, LIMITS["staged"]) as store, pytest.raises(StoreError) as error:
            store.save_audit([], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
        cypher("MATCH (s:Store) REMOVE s.lease_holder")
        return error.value

    @pytest.mark.parametrize("done", [True, False])
    def test_where_the_answer_is_lost_it_says_that_it_does_not_know(self, done: bool) -> None:
        error = self.keep_through(lost(KEEPING, done=done, once=True))
        assert "whether it is kept is not known" in str(error)
        assert "audit list" in str(error.hint)
        with opened() as store:
            assert len(store.audits()) == done

    def test_where_the_graph_does_not_follow_it_says_that_it_is_kept(self) -> None:
        error = self.keep_through(lost(DRAWN, done=False, once=False))
        assert "The audit is kept, but the connection" in str(error)
        with opened() as store:
            assert len(store.audits()) == 1
            assert "is behind" in str(store.status().note)
            assert store.migrate() == ()
            assert store.status().note is None

"""What can be wrong with a server, each told in one sentence with a cure and without the password."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from neo4j.exceptions import Neo4jError
from store_neo4j import DATABASE, MARK, cypher, driver, opened, the_server, wipe
from store_samples import AS_OF, bring, bundle, named, one_of_each

from graphcrm.bootstrap import open_store as open_by_url
from graphcrm.errors import GraphcrmError, InputError, StoreError
from graphcrm.records.assertion import Assertion
from graphcrm.settings import Settings
from graphcrm.store.neo4j import Neo4jStore, open_store
from graphcrm.store.neo4j.address import Address
from graphcrm.store.neo4j.faults import CODES, Lost, fault

SECRET = "s3cret-pass"


def told(error: pytest.ExceptionInfo[GraphcrmError], sentence: str) -> bool:
    message, hint = str(error.value), str(error.value.hint)
    assert error.value.hint is not None
    assert message.endswith(".")
    assert hint.endswith(".")
    assert "\n" not in message + hint
    assert SECRET not in message + hint
    return sentence in message


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+s"])
@pytest.mark.parametrize("create", [True, False])
def test_a_server_that_is_absent_is_told_at_once(scheme: str, create: bool) -> None:
    url = f"{scheme}://127.0.0.1:{free_port()}"
    with pytest.raises(StoreError) as error:
        open_store(url, password=SECRET, create=create)
    assert told(error, f"No Neo4j answers at {url}.")


@contextmanager
def something_else(answer: bytes) -> Iterator[int]:
    """A server that speaks another language."""
    stop = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(1)
                    connection.recv(100)
                    connection.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00\x00\x00\x00", b""])
def test_something_that_is_no_neo4j_is_told(answer: bytes) -> None:
    with something_else(answer) as port, pytest.raises(StoreError) as error:
        open_store(f"bolt://127.0.0.1:{port}", password=SECRET, create=True)
    assert told(error, f"bolt://127.0.0.1:{port}")


@pytest.mark.parametrize(
    "url",
    [
        "neo4j://",
        "bolt://:7687",
        "neo4j://host:port",
        "neo4j://host:99999",
        f"neo4j://u:{SECRET}@host/x",
        f"bolt://u:{SECRET}@host:x",
        f"bolt://u:{SECRET}@host?a=b",
        f"bolt://u:{SECRET}@[::1",
    ],
)
def test_a_url_of_no_server_is_told(url: str) -> None:
    with pytest.raises(InputError) as error:
        open_store(url, password=SECRET, create=True)
    assert told(error, "is not the URL of a Neo4j server")


def test_without_a_password_there_is_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRAPHCRM_NEO4J_PASSWORD", raising=False)
    with pytest.raises(InputError) as error:
        open_by_url("neo4j://ana@host:7687")
    assert told(error, "The store at neo4j://host:7687 needs a password.")


def test_another_kind_of_url_is_told_without_its_password() -> None:
    with pytest.raises(InputError) as error:
        open_by_url(f"postgres://u:{SECRET}@host/db")
    assert told(error, "is not a URL of a known kind")


def test_the_url_goes_before_the_settings() -> None:
    given = Address.of("bolt://li%40x:p%2Fw@host:1", user="u", password="p", database="d")
    assert (given.url, given.user, given.password, given.database) == ("bolt://host:1", "li@x", "p/w", "d")
    given = Address.of("bolt://host:1", user="u", password="p", database=None)
    assert (given.user, given.password, given.database) == ("u", "p", "neo4j")
    assert "p/w" not in repr(Address.of("bolt://li:p%2Fw@host", user=None, password=None, database=None))


def test_settings_never_show_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHCRM_NEO4J_PASSWORD", SECRET)
    monkeypatch.setenv("GRAPHCRM_STORE", f"neo4j://u:{SECRET}@host:7687")
    settings = Settings()
    assert SECRET not in str(settings.model_dump(mode="json"))
    assert settings.model_dump(mode="json")["store"] == "neo4j://host:7687"
    assert settings.store.endswith("@host:7687")


@pytest.mark.parametrize(
    "code",
    [
        "Neo.TransientError.General.DatabaseUnavailable",
        "Neo.TransientError.Database.DatabaseUnavailable",
        "Neo.TransientError.Transaction.LockClientStopped",
    ],
)
def test_a_server_that_stops_is_lost(code: str) -> None:
    told = fault(Neo4jError._hydrate_neo4j(code=code, message="x"), Address("bolt://host", "ana", "", "db"))
    assert isinstance(told, Lost)
    assert str(told) == "Database db of the Neo4j at bolt://host is not available now."


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentence(code: str) -> None:
    address = Address("bolt://host", "ana", SECRET, "db")
    error = Neo4jError._hydrate_neo4j(code=code, message=f"long story\nabout {SECRET}")
    sentence = str(fault(error, address))
    assert "long story" not in sentence
    assert sentence.endswith(".")


def test_an_unknown_fault_is_told_in_one_line_without_the_password() -> None:
    address = Address("bolt://host", "ana", SECRET, "db")
    error = Neo4jError._hydrate_neo4j(code="Neo.ClientError.X.Y", message=f"bad {SECRET} thing.\nmore")
    sentence = str(fault(error, address))
    assert sentence == "The Neo4j at bolt://host failed: bad … thing."


@pytest.mark.neo4j
class TestWithAServer:
    """What a running server says."""

    def test_a_wrong_password_is_told(self) -> None:
        with pytest.raises(StoreError) as error:
            open_store(the_server().uri, password=SECRET, create=True)
        assert told(error, "refuses the user name or the password")

    def test_a_database_that_is_absent_is_told(self) -> None:
        found = the_server()
        with pytest.raises(StoreError) as error:
            open_store(found.uri, user=found.user, password=found.password, database="nosuch", create=True)
        assert told(error, "has no database nosuch")

    def test_a_server_too_old_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("graphcrm.store.neo4j.connection.OLDEST", (9999, 0))
        with pytest.raises(StoreError) as error:
            opened()
        assert told(error, "graphcrm needs Neo4j 5.26 or newer")

    def test_by_its_url_and_the_settings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        wipe()
        found = the_server()
        monkeypatch.setenv("GRAPHCRM_NEO4J_USER", found.user)
        monkeypatch.setenv("GRAPHCRM_NEO4J_PASSWORD", found.password)
        host = found.uri.partition("://")[2]
        for scheme in ("bolt", "neo4j"):
            with open_by_url(f"{scheme}://{host}", create=True) as store:
                assert store.status().url == f"{scheme}://{host}"
        with open_by_url(f"bolt://{found.user}:{found.password}@{host}") as store:
            assert store.status().url == f"bolt://{host}"

    def test_without_create_an_empty_database_is_no_store(self) -> None:
        wipe()
        with pytest.raises(StoreError) as error:
            opened(create=False)
        assert told(error, "There is no store at")
        assert cypher(f"MATCH (n) WHERE NOT n:{MARK} RETURN n") == []

    @pytest.mark.parametrize("create", [True, False])
    def test_a_foreign_database_is_left_alone(self, create: bool) -> None:
        wipe()
        cypher("CREATE (:Store {name: 'Corner shop'})-[:SELLS]->(:Song)")
        with pytest.raises(StoreError) as error:
            opened(create=create)
        assert told(error, "holds data that are not graphcrm's")
        assert cypher(f"MATCH (n) WHERE NOT n:{MARK} RETURN count(n)") == [[2]]
        wipe()

    @pytest.mark.parametrize("damage", ["v.name = null", "v.id = 7", "v._kind = 'planets'"])
    def test_a_record_that_cannot_be_read_is_told(self, store: Neo4jStore, damage: str) -> None:
        bring(store, bundle(accounts=[named("a", "A")]))
        cypher(f"MATCH (v:Version) SET {damage}")
        with pytest.raises(StoreError) as error:
            store.facts(AS_OF)
        assert told(error, "cannot read")

    def test_a_number_beyond_neo4j_is_told(self, store: Neo4jStore) -> None:
        huge = Assertion(subject="e", attribute="level", value=10**30, valid_from=AS_OF)
        with pytest.raises(StoreError) as error:
            bring(store, bundle(assertions=[huge]))
        assert told(error, "larger than Neo4j can hold")
        assert store.facts(AS_OF) == bundle()

    def test_a_very_long_key_is_kept(self, store: Neo4jStore) -> None:
        long = [
            Assertion(subject="e", attribute="é" * 20_000 + end, value=1, valid_from=AS_OF)
            for end in ("", "x")
        ]
        bring(store, bundle(assertions=long))
        assert store.facts(AS_OF).assertions == tuple(long)
        assert not bring(store, bundle(assertions=long)).changed

    def test_what_the_driver_says_is_not_heard(
        self, store: Neo4jStore, capfd: pytest.CaptureFixture[str]
    ) -> None:
        bring(store, one_of_each())
        store.facts(AS_OF)
        store.status()
        with pytest.raises(StoreError):
            open_store(f"neo4j://127.0.0.1:{free_port()}", password=SECRET, create=True)
        assert capfd.readouterr().err == ""

    def test_tests_do_not_wipe_what_is_not_theirs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = the_server()
        monkeypatch.setattr(
            "store_neo4j.the_server", lambda: type(found)(found.uri, found.user, found.password)
        )
        marks = cypher(f"MATCH (n:{MARK}) DELETE n RETURN count(n)")
        try:
            with pytest.raises(pytest.fail.Exception, match="not ours to wipe"):
                wipe()
        finally:
            if marks != [[0]]:
                with driver(found).session(database=DATABASE) as session:
                    session.run(f"CREATE (:{MARK})").consume()

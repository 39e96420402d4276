"""Whom a server lets in and what it lets them do: each refusal is told in one sentence with its cure."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from neo4j.exceptions import (
    DriverError,
    Neo4jError,
    ReadServiceUnavailable,
    ServiceUnavailable,
    UnsupportedServerProduct,
    WriteServiceUnavailable,
)
from store_neo4j import driver, the_server

from graphcrm.errors import StoreError
from graphcrm.store.neo4j import open_store
from graphcrm.store.neo4j.address import Address
from graphcrm.store.neo4j.faults import fault

SECRET = "s3cret-pass"
ADDRESS = Address("neo4j://host:7687", "ana", SECRET, "sales")
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("code", "sentence", "cure"),
    [
        (
            "Neo.ClientError.Security.Forbidden",
            "The user ana may not do this in database sales of the Neo4j at neo4j://host:7687.",
            "docs/permissions.md",
        ),
        (
            "Neo.ClientError.Security.AuthorizationExpired",
            "The rights of ana on the Neo4j at neo4j://host:7687 have changed or run out.",
            "Try again",
        ),
        (
            "Neo.ClientError.Security.AuthProviderTimeout",
            "cannot ask its directory of users",
            "Try again later",
        ),
        (
            "Neo.ClientError.Security.AuthProviderFailed",
            "cannot ask its directory of users",
            "Try again later",
        ),
        (
            "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
            "Database sales of the Neo4j at neo4j://host:7687 can only be read.",
            "may be written to",
        ),
        (
            "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
            "Database sales of the Neo4j at neo4j://host:7687 can only be read.",
            "may be written to",
        ),
        (
            "Neo.ClientError.Cluster.NotALeader",
            "The Neo4j at neo4j://host:7687 is a member of a cluster that cannot write.",
            "neo4j://",
        ),
        ("Neo.ClientError.Database.DatabaseNotFound", "has no database sales", "Community has one only"),
        ("Neo.ClientError.General.TransactionOutOfMemoryError", "not enough memory", "larger heap"),
    ],
)
def test_what_the_server_refuses_has_a_sentence_and_a_cure(code: str, sentence: str, cure: str) -> None:
    told = fault(Neo4jError._hydrate_neo4j(code=code, message="long story"), ADDRESS)
    assert sentence in str(told)
    assert cure in str(told.hint)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (WriteServiceUnavailable("x"), "has no member now that can write to database sales."),
        (ReadServiceUnavailable("x"), "has no member now that can read database sales."),
        (ServiceUnavailable("x"), "No Neo4j answers at neo4j://host:7687."),
        (UnsupportedServerProduct("x"), "is too old, or is no Neo4j; graphcrm needs Neo4j 5.26 or newer."),
    ],
)
def test_what_the_driver_gives_up_on_has_a_sentence(error: DriverError, sentence: str) -> None:
    assert sentence in str(fault(error, ADDRESS))


@contextmanager
def bolt(handshake: bytes, agent: str = "") -> Iterator[int]:
    """A server that speaks as much Bolt as it takes to say which it is, and its port."""
    hello = {b"server": agent.encode(), b"connection_id": b"bolt-1"}
    success = b"\xb1\x70" + bytes([0xA0 + len(hello)])
    for name, value in hello.items():
        success += bytes([0x80 + len(name)]) + name + b"\xd0" + bytes([len(value)]) + value
    message = len(success).to_bytes(2, "big") + success + b"\x00\x00"
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1024)
                    connection.sendall(handshake)
                    while connection.recv(4096):
                        connection.sendall(message)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.parametrize("agent", ["Neo4j/4.4.40", "Neo4j/5.25.1", "Neo4j/5.9.0"])
def test_a_server_older_than_5_26_is_told_with_its_version(agent: str) -> None:
    with bolt(b"\x00\x00\x04\x04", agent) as port, pytest.raises(StoreError) as error:
        open_store(f"bolt://127.0.0.1:{port}", password=SECRET, create=True)
    assert str(error.value) == (
        f"The server at bolt://127.0.0.1:{port} is {agent.replace('/', ' ')}; "
        "graphcrm needs Neo4j 5.26 or newer."
    )
    assert "graphcrm neo4j up" in str(error.value.hint)


def test_another_product_that_speaks_bolt_is_told() -> None:
    with bolt(b"\x00\x00\x04\x04", "Memgraph/2.19") as port, pytest.raises(StoreError) as error:
        open_store(f"bolt://127.0.0.1:{port}", password=SECRET, create=True)
    assert "is Memgraph 2.19; graphcrm needs Neo4j" in str(error.value)


def test_a_server_too_old_to_speak_to_the_driver_is_told() -> None:
    with bolt(b"\x00\x00\x00\x00") as port, pytest.raises(StoreError) as error:
        open_store(f"bolt://127.0.0.1:{port}", password=SECRET, create=True)
    assert "is too old, or is no Neo4j" in str(error.value)


@pytest.mark.neo4j
class TestOnCommunity:
    """What Community can refuse itself."""

    @pytest.fixture
    def user(self) -> Iterator[str]:
        """A user who must change the password first."""
        with driver(the_server()).session(database="system") as session:
            session.run("CREATE USER ana SET PASSWORD $secret CHANGE REQUIRED", secret=SECRET).consume()
            try:
                yield "ana"
            finally:
                session.run("DROP USER ana").consume()

    @pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
    def test_a_password_that_must_be_changed_is_told(self, user: str, scheme: str) -> None:
        with pytest.raises(StoreError) as error:
            open_store(self._url(scheme), user=user, password=SECRET, create=False)
        assert "must be changed before it is used" in str(error.value)
        assert "GRAPHCRM_NEO4J_PASSWORD" in str(error.value.hint)

    def test_too_many_wrong_passwords_are_told(self, user: str) -> None:
        said = set()
        for _ in range(5):
            with pytest.raises(StoreError) as error:
                open_store(self._url("bolt"), user=user, password="wrong-pass", create=False)
            said.add(str(error.value).partition(" refuses ")[0].partition(" takes no more ")[0])
            last = str(error.value)
        assert len(said) == 1
        assert "takes no more passwords for a while" in last

    @pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
    def test_a_database_that_is_absent_is_told_with_what_community_has(self, scheme: str) -> None:
        found = the_server()
        with pytest.raises(StoreError) as error:
            open_store(
                self._url(scheme), user=found.user, password=found.password, database="nosuch", create=True
            )
        assert "has no database nosuch" in str(error.value)
        assert "Community has one only" in str(error.value.hint)

    def test_the_grants_of_the_page_parse_as_far_as_community_goes(self) -> None:
        page = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
        (block,) = re.findall(r"```cypher\n(.*?)```", page, re.DOTALL)
        grants = [text.strip() for text in block.split(";") if text.strip()]
        assert len(grants) == 12
        codes = {self._code(text) for text in grants}
        assert codes == {"Neo.ClientError.Statement.UnsupportedAdministrationCommand"}
        # Words that are no grant do not get that far.
        assert self._code(grants[1].replace("ACCESS", "ACCES")) == "Neo.ClientError.Statement.SyntaxError"

    def _code(self, text: str) -> str:
        with driver(the_server()).session(database="system") as session, pytest.raises(Neo4jError) as error:
            session.run(text).consume()
        return str(error.value.code)

    def _url(self, scheme: str) -> str:
        return f"{scheme}://{the_server().uri.partition('://')[2]}"

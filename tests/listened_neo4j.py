"""A Neo4j store at the end of a way on which everything said is heard, and a portfolio to read from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bolt_listener import Listener
from bundles import Customer, bundle_of
from store_neo4j import DATABASE, QUICK, driver, opened, the_server, wipe
from store_samples import AS_OF, AT, PACK, bring, observed_review

from graphcrm.services.reading import AT_ONCE
from graphcrm.store.neo4j import Neo4jStore, open_store

ACCOUNTS = [f"a{number}" for number in range(2 * AT_ONCE + 1)]


class Way(NamedTuple):
    """A store, and what is said on the way to it."""

    store: Neo4jStore
    heard: Listener


def listener() -> Listener:
    """A way to the server of this run."""
    host, _, port = the_server().uri.partition("://")[2].partition(":")
    return Listener(host, int(port))


@contextmanager
def listened() -> Iterator[Way]:
    """The store as it is, at the end of such a way."""
    heard = listener()
    with heard as port, open_at(port) as store:
        yield Way(store, heard)


def open_at(port: int) -> Neo4jStore:
    """The store behind a port of this computer."""
    found = the_server()
    return open_store(
        f"bolt://127.0.0.1:{port}",
        user=found.user,
        password=found.password,
        database=DATABASE,
        create=False,
        limits=QUICK,
    )


def fill() -> None:
    """A portfolio, each account with a seat, its holder, and who of ours knows and met this one."""
    customer = Customer()
    for number, account in enumerate(ACCOUNTS):
        customer.account(account)
        customer.seat(f"s{number}", f"p{number}", "coach", account=account, roles=["decider"])
        customer.tie(f"e{number % 3}", f"p{number}").met(f"e{number % 3}", f"p{number}")
    wipe()
    with opened() as store:
        bring(store, bundle_of(customer.document))
        store.save_audit([observed_review()], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)


def require_only_reading(heard: Listener) -> None:
    """Every transaction is one in which the server refuses to write, and no statement asks it to."""
    beginnings = list(heard.beginnings())
    assert beginnings
    assert all(message.begins_reading for message in beginnings)
    with driver(the_server()).session(database=DATABASE) as session:
        for text in set(heard.statements()):
            assert session.run(f"EXPLAIN {text}").consume().query_type == "r", text

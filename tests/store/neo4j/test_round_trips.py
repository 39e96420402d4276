"""What reading sends to the server, heard on the wire: how often it waits, and that it only reads."""

from collections.abc import Callable, Iterator

import pytest
from bundles import POLICY
from cut_connection import Course
from listened_neo4j import ACCOUNTS, Way, fill, listened, open_at, require_only_reading
from store_neo4j import DATABASE, cypher, driver, the_server
from store_samples import AS_OF

from graphcrm.errors import StoreError
from graphcrm.ports.store import Store
from graphcrm.records.bundle import RECORDS
from graphcrm.records.columns import Wanted
from graphcrm.services.audit import read_reviews
from graphcrm.services.exposure import read_exposure
from graphcrm.services.portfolio import read_portfolio
from graphcrm.services.quality import read_snapshot
from graphcrm.services.reading import AT_ONCE, View, read_facts, read_roster, settled
from graphcrm.store.neo4j import facts_as_columns
from graphcrm.store.statements import statements

pytestmark = [pytest.mark.neo4j, pytest.mark.usefixtures("filled")]

ONE_ROUND_TRIP = ["BEGIN RUN PULL", "COMMIT"]
"""All that is found comes with the first answer; with the second ends what the driver may repeat."""

VIEW = View(POLICY)


@pytest.fixture(scope="module")
def filled() -> None:
    """A portfolio to read from."""
    fill()


@pytest.fixture
def way() -> Iterator[Way]:
    """The way to that portfolio."""
    with listened() as found:
        found.heard.forget()
        yield found


def test_the_facts_about_an_account_come_in_one_round_trip(way: Way) -> None:
    assert len(way.store.facts_about(["a7"], AS_OF).interactions) == 1
    assert way.heard.exchanges() == ONE_ROUND_TRIP


def test_an_account_is_shown_with_that_one_statement_and_none_for_its_day(way: Way) -> None:
    assert set(read_facts(way.store, VIEW, ["a7"]).accounts) == {"a7"}
    assert way.heard.exchanges() == ONE_ROUND_TRIP


def test_some_accounts_at_once_are_one_statement_and_few_waits_for_all(way: Way) -> None:
    view = settled(way.store, VIEW)
    accounts = tuple(read_roster(way.store, view).accounts)
    assert set(ACCOUNTS) <= set(accounts)
    way.heard.forget()
    assert len(list(read_reviews(way.store, view, accounts))) == len(accounts)
    chunks = -(-len(accounts) // AT_ONCE)
    assert way.heard.exchanges() == ONE_ROUND_TRIP * chunks
    assert way.heard.statements() == [statements("read")["facts_about"].text] * chunks


def test_columns_are_one_statement_a_group_and_come_before_all_is_found(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_as_columns, "STEP", 10)
    monkeypatch.setattr(facts_as_columns, "AHEAD", 2)
    wanted: list[Wanted] = [{"accounts": ("id",), "seats": ("id", "level")}, {"ties": ("employee",)}]
    columns = way.store.columns(wanted, AS_OF)
    next(columns)
    assert way.heard.exchanges() == [*ONE_ROUND_TRIP, "RUN PULL"]
    rest = list(columns)
    assert way.heard.statements()[1:] == [statements("read")["columns"].text] * 2
    assert set(way.heard.exchanges()[2:]) == {"RUN PULL", "PULL"}
    assert 0.5 < rest[-1].done <= 1


READINGS: dict[str, Callable[[Store], object]] = {
    "facts": lambda store: store.facts(None),
    "facts of some kinds": lambda store: store.facts(AS_OF, AS_OF, kinds=("ties",), upto=7),
    "facts about an account": lambda store: store.facts_about(["a1"], AS_OF),
    "facts about an account, with everybody": lambda store: store.facts_about(["a1"], None, everybody=True),
    "last version": lambda store: store.last_version(),
    "latest day": lambda store: store.latest_as_of(),
    "columns": lambda store: read_portfolio(store, VIEW),
    "audits": lambda store: store.audits(),
    "an audit": lambda store: store.audit(1),
    "status": lambda store: store.status(),
    "its whole history": lambda store: [list(store.history().versions()), list(store.history().reviews())],
    "checks": lambda store: list(store.checks(lambda _: None)),
    "quality": lambda store: read_snapshot(store, VIEW),
    "exposure": lambda store: read_exposure(store, VIEW, "e1"),
}
"""Every method of the port that reads, and services that read in a way of their own."""


def test_all_methods_of_the_port_that_read_are_looked_at() -> None:
    writing = {"import_bundle", "save_audit", "migrate", "take"}
    methods = {name for name in dir(Store) if not name.startswith("_") and callable(getattr(Store, name))}
    assert methods - writing == {
        "facts", "facts_about", "last_version", "latest_as_of", "columns", "audits", "audit", "status",
        "history", "checks", "close",
    }  # fmt: skip


@pytest.mark.parametrize("name", READINGS)
def test_reading_begins_nothing_that_could_write_and_sends_no_write(way: Way, name: str) -> None:
    READINGS[name](way.store)
    require_only_reading(way.heard)


def test_opening_a_store_for_reading_sends_no_write() -> None:
    with listened() as way:
        pass
    require_only_reading(way.heard)
    assert len(way.heard.statements()) == 1


def test_the_server_refuses_to_write_in_what_begins_as_reading(way: Way) -> None:
    connection = way.store._connection
    with pytest.raises(StoreError, match="read access mode"):
        connection.read(lambda tx: tx.run("CREATE (:Trespass)").consume())
    assert cypher("MATCH (n:Trespass) RETURN n") == []


def test_the_statements_for_reading_read() -> None:
    with driver(the_server()).session(database=DATABASE) as session:
        for name, statement in statements("read").items():
            assert session.run(f"EXPLAIN {statement.text}").consume().query_type == "r", name


def test_columns_that_break_off_are_told_in_a_sentence() -> None:
    host, _, port = the_server().uri.partition("://")[2].partition(":")
    wanted: list[Wanted] = [dict.fromkeys(RECORDS, ("recorded_at", "source"))] * 500
    with Course(host, int(port), point=50_000, once=False) as near, open_at(near) as store:
        columns = store.columns(wanted, AS_OF)
        assert next(columns).kind in RECORDS
        with pytest.raises(StoreError, match=r"broke|No Neo4j answers"):
            list(columns)

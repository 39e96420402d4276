"""``what_changed_since``: imports one after the other, and what a person reads of them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from neo4j import Session
from store_samples import bring, bundle

from graphcrm.records.assertion import Assertion
from graphcrm.records.contact import Contact
from graphcrm.records.holding import Holding
from graphcrm.records.interaction import Interaction
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.seat import Seat
from graphcrm.records.tie import Tie
from graphcrm.store.neo4j import Neo4jStore

pytestmark = pytest.mark.neo4j

Explore = Callable[..., list[tuple[Any, ...]]]
FIRST, SECOND = datetime(2026, 7, 1, 9, tzinfo=UTC), datetime(2026, 8, 1, 9, tzinfo=UTC)
CFO = Seat(id="cfo", account="acme", title="CFO", level=2, roles=("approver",))
FAY = Contact(id="fay", name="Fay")


@pytest.fixture
def store(emptied: Callable[[], AbstractContextManager[Neo4jStore]]) -> Iterator[Neo4jStore]:
    with emptied() as opened:
        yield opened


def said(value: str | None, since: str, recorded: str | None = None) -> Assertion:
    return Assertion.model_validate(
        {"subject": "fay", "attribute": "attitude", "value": value, "valid_from": since}
        | ({"recorded_at": recorded} if recorded else {})
    )


def told(explore: Explore, since: date = date(2026, 7, 2)) -> set[tuple[Any, ...]]:
    """Rows, days as text, lists as tuples."""
    return {
        tuple(
            cell.iso_format()
            if hasattr(cell, "iso_format")
            else tuple(cell)
            if isinstance(cell, list)
            else cell
            for cell in row
        )
        for row in explore("what_changed_since", since=since)
    }


def test_what_a_first_import_states_without_a_day_was_always_known(
    store: Neo4jStore, explore: Explore
) -> None:
    bring(store, bundle(seats=[CFO], contacts=[FAY]), at=FIRST)
    assert told(explore, date(1900, 1, 1)) == set()


def test_a_changed_record_is_told_field_by_field(store: Neo4jStore, explore: Explore) -> None:
    bring(store, bundle(seats=[CFO], contacts=[FAY]), at=FIRST)
    later = CFO.model_copy(update={"title": "Finance director", "roles": ("decider",), "level": None})
    bring(store, bundle(seats=[later], contacts=[FAY]), at=SECOND)
    head = ("2026-08-01", "changed", "seats", "cfo", "Finance director")
    assert told(explore) == {
        (*head, "title", "CFO", "Finance director"),
        (*head, "roles", ("approver",), ("decider",)),
        (*head, "level", 2, None),
    }
    assert told(explore, date(2026, 8, 2)) == set()


def test_a_new_opinion_stands_beside_the_one_before_on_the_day_it_was_written_down(
    store: Neo4jStore, explore: Explore
) -> None:
    bring(store, bundle(contacts=[FAY], assertions=[said("opponent", "2025-05-12")]), at=FIRST)
    bring(store, bundle(assertions=[said("supporter", "2026-03-09", "2026-07-11")]), at=SECOND)
    assert told(explore) == {
        ("2026-07-11", "new", "assertions", "fay", "Fay", "attitude", "opponent", "supporter")
    }


def test_who_took_a_seat_and_what_tie_was_stated_are_told_by_name(
    store: Neo4jStore, explore: Explore
) -> None:
    bring(store, bundle(seats=[CFO], contacts=[FAY]), at=FIRST)
    recorded = date(2026, 7, 20)
    bring(
        store,
        bundle(
            holdings=[Holding(contact="fay", seat="cfo", recorded_at=recorded)],
            ties=[
                Tie(
                    employee="ana",
                    contact="fay",
                    level="trusted",
                    assessed_on=recorded,
                    recorded_at=recorded,
                )
            ],
            mechanisms=[
                Mechanism.model_validate(
                    {"id": "m", "account": "acme", "kind": "training", "recorded_at": "2026-07-21"}
                )
            ],
        ),
        at=SECOND,
    )
    assert told(explore) == {
        ("2026-07-20", "new", "holdings", "fay", "Fay", "seat", None, "cfo"),
        ("2026-07-20", "new", "ties", "fay", "Fay", "level", None, "trusted"),
        ("2026-07-21", "new", "mechanisms", "m", "training", None, None, None),
    }


def test_what_is_retired_is_told_as_it_was_and_what_comes_back_as_new(
    store: Neo4jStore, explore: Explore
) -> None:
    whole = {"source": "crm", "complete": ("seats", "assertions")}
    bring(
        store,
        bundle(seats=[CFO], assertions=[said("coach", "2026-01-01")], contacts=[FAY], **whole),
        at=FIRST,
    )
    bring(store, bundle(**whole), at=SECOND)
    assert told(explore) == {
        ("2026-08-01", "retired", "seats", "cfo", "CFO", None, None, None),
        ("2026-08-01", "retired", "assertions", "fay", "Fay", "attitude", "coach", None),
    }
    bring(store, bundle(seats=[CFO], **whole), at=datetime(2026, 9, 1, tzinfo=UTC))
    assert told(explore, date(2026, 8, 2)) == {
        ("2026-09-01", "new", "seats", "cfo", "CFO", None, None, None)
    }


def test_contact_is_no_change(store: Neo4jStore, explore: Explore) -> None:
    met = Interaction.model_validate(
        {
            "id": "i",
            "at": datetime(2026, 7, 5, tzinfo=UTC),
            "channel": "call",
            "participants": ("ana", "fay"),
            "recorded_at": date(2026, 7, 5),
        }
    )
    bring(store, bundle(contacts=[FAY], interactions=[met]), at=FIRST)
    assert told(explore) == set()


def test_what_an_import_under_way_has_not_published_is_left_out(
    store: Neo4jStore, session: Session, explore: Explore
) -> None:
    bring(store, bundle(seats=[CFO]), at=FIRST)
    bring(store, bundle(seats=[CFO.model_copy(update={"level": 1})]), at=SECOND)
    assert len(told(explore)) == 1
    session.run("MATCH (store:Store) SET store.last_seq = store.last_seq - 1").consume()
    assert told(explore) == set()

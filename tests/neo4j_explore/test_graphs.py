"""The explore queries whose answers are graphs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import Session
from neo4j.graph import Path as GraphPath
from neo4j.time import Date

pytestmark = pytest.mark.neo4j

Explore = Callable[..., list[tuple[object, ...]]]
Edges = set[tuple[str, str, str]]


@pytest.fixture(autouse=True)
def _graph(session: Session) -> None:
    session.run("MATCH (n) DETACH DELETE n").consume()
    session.run(Path(__file__).with_name("graph.cypher").read_text(encoding="utf-8")).consume()


def edges(rows: list[tuple[object, ...]]) -> Edges:
    found: Edges = set()
    for (path,) in rows:
        assert isinstance(path, GraphPath)
        for edge in path.relationships:
            start, end = edge.nodes
            assert start is not None
            assert end is not None
            found.add((start["id"], edge.type, end["id"]))
    return found


def test_the_map_of_an_account_has_seats_that_decide_for_it_and_nobody_who_left(explore: Explore) -> None:
    assert edges(explore("map_of_this_account", account="acme", day=Date(2026, 6, 30))) == {
        ("ceo", "PART_OF", "acme"), ("cfo", "PART_OF", "acme"), ("cto", "PART_OF", "acme"),
        ("counsel", "PART_OF", "acme"), ("buyer", "DECIDES_FOR", "acme"),
        ("ceo", "IN_DEPARTMENT", "board"), ("cto", "IN_DEPARTMENT", "it"),
        ("cfo", "IN_DEPARTMENT", "finance"), ("counsel", "IN_DEPARTMENT", "legal"),
        ("cfo", "REPORTS_TO", "ceo"), ("cto", "REPORTS_TO", "ceo"),
        ("eve", "HOLDS", "ceo"), ("fay", "HOLDS", "cfo"), ("gus", "HOLDS", "cto"),
        ("hal", "HOLDS", "counsel"),
        ("ana", "REACHES", "ceo"), ("ana", "REACHES", "cto"), ("bo", "REACHES", "cto"),
        ("cy", "REACHES", "cfo"), ("bo", "REACHES", "buyer"),
    }  # fmt: skip


def test_before_she_had_the_seat_her_predecessor_is_on_the_map(explore: Explore) -> None:
    rows = edges(explore("map_of_this_account", account="acme", day=Date(2015, 6, 30)))
    assert {row for row in rows if row[1] == "HOLDS" and row[2] == "ceo"} == {("old", "HOLDS", "ceo")}


def test_around_a_contact_stand_seat_neighbours_ties_and_what_she_carries(explore: Explore) -> None:
    assert edges(explore("around_this_person", person="eve")) == {
        ("eve", "HOLDS", "ceo"), ("ceo", "PART_OF", "acme"), ("ceo", "IN_DEPARTMENT", "board"),
        ("cfo", "REPORTS_TO", "ceo"), ("cto", "REPORTS_TO", "ceo"),
        ("fay", "HOLDS", "cfo"), ("gus", "HOLDS", "cto"),
        ("ana", "TIED_TO", "eve"), ("eve", "OWNS", "talks"),
    }  # fmt: skip


def test_around_one_of_ours_stand_ties_reach_and_what_is_owned(explore: Explore) -> None:
    assert edges(explore("around_this_person", person="bo")) == {
        ("bo", "OWNS", "group"), ("bo", "OWNS", "training"),
        ("bo", "REACHES", "cto"), ("bo", "REACHES", "buyer"),
        ("bo", "TOOK_PART", "call"), ("gus", "TOOK_PART", "call"),
    }  # fmt: skip


def test_of_interactions_the_latest_five_are_shown(explore: Explore, session: Session) -> None:
    session.run(
        "MATCH (bo:Employee {id: 'bo'}), (call:Interaction {id: 'call'}) "
        "SET call.at = datetime('2029-12-31T00:00Z') WITH bo UNWIND range(1, 9) AS n "
        "CREATE (bo)-[:TOOK_PART]->(:Interaction {id: 'i' + n, at: datetime({year: 2030, month: n})})"
        "<-[:TOOK_PART]-(bo)"
    ).consume()
    shown = {
        end for _, type_, end in edges(explore("around_this_person", person="bo")) if type_ == "TOOK_PART"
    }
    assert shown == {"i5", "i6", "i7", "i8", "i9"}


def test_around_nobody_there_is_nothing(explore: Explore) -> None:
    assert explore("around_this_person", person="no such") == []

"""The explore queries on a customer drawn by hand in ``graph.cypher``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import Session
from neo4j.time import Date

pytestmark = pytest.mark.neo4j

DAY = Date(2026, 6, 30)
Explore = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(autouse=True)
def _graph(session: Session) -> None:
    session.run("MATCH (n) DETACH DELETE n").consume()
    session.run(Path(__file__).with_name("graph.cypher").read_text(encoding="utf-8")).consume()


def test_one_alone_reaches_the_ceo_and_her_predecessor_holds_nothing(explore: Explore) -> None:
    assert set(explore("who_reaches_this_decider", seat="ceo")) == {
        ("ana", "Ana", 0.6, 0.7, True, True, "Eve", DAY)
    }


def test_two_reach_the_cto_the_stronger_first(explore: Explore) -> None:
    assert explore("who_reaches_this_decider", seat="cto") == [
        ("bo", "Bo", 0.5, 0.5, True, False, "Gus", DAY),
        ("ana", "Ana", 0.4, 0.4, True, False, "Gus", DAY),
    ]


def test_who_may_reach_the_cfo_is_told_as_not_proven(explore: Explore) -> None:
    assert set(explore("who_reaches_this_decider", seat="cfo")) == {
        ("cy", "Cy", 0.0, 0.3, False, False, "Fay", DAY)
    }


def test_a_vacant_seat_that_decides_for_two_accounts_is_told_once(explore: Explore) -> None:
    assert explore("who_reaches_this_decider", seat="buyer") == [
        ("bo", "Bo", 0.8, 0.8, True, True, None, DAY)
    ]


def test_nobody_reaches_the_counsel_or_a_seat_that_is_not_there(explore: Explore) -> None:
    assert explore("who_reaches_this_decider", seat="counsel") == []
    assert explore("who_reaches_this_decider", seat="no such") == []


def test_departments_nobody_reaches_are_those_without_a_proven_route(explore: Explore) -> None:
    assert set(explore("departments_nobody_reaches")) == {
        ("acme", "Acme", "finance", "Finance", 1.5, 1, True),
        ("acme", "Acme", "legal", "Legal", 1.0, 1, False),
        ("acme", "Acme", "canteen", "Canteen", 0.1, 0, False),
    }


def test_before_an_audit_nobody_reaches_any_department(explore: Explore, session: Session) -> None:
    session.run("MATCH ()-[route:REACHES]->() DELETE route").consume()
    departments = {row[2] for row in explore("departments_nobody_reaches")}
    assert departments == {"board", "it", "finance", "legal", "canteen"}


def test_what_hangs_on_ana_are_a_seat_what_she_carries_alone_and_her_account(explore: Explore) -> None:
    assert set(explore("what_hangs_on_this_employee", employee="ana", day=DAY)) == {
        ("seat", "ceo", "CEO", "acme", "Acme", 0.6),
        ("mechanism", "talks", "steering_committee", "acme", "Acme", None),
        ("account", "acme", "Acme", "acme", "Acme", None),
    }


def test_what_hangs_on_bo_is_told_once_though_it_counts_for_two_accounts(explore: Explore) -> None:
    assert explore("what_hangs_on_this_employee", employee="bo", day=DAY) == [
        ("seat", "buyer", "Group buyer", "group", "Acme Group", 0.8),
        ("account", "group", "Acme Group", "group", "Acme Group", None),
    ]


def test_nothing_hangs_on_cy(explore: Explore) -> None:
    assert explore("what_hangs_on_this_employee", employee="cy", day=DAY) == []


def test_accounts_by_single_route_the_most_dependent_first(explore: Explore) -> None:
    rows = explore("accounts_by_single_route")
    assert [(*row[:6], sorted(row[6])) for row in rows] == [  # type: ignore[call-overload]
        ("group", "Acme Group", 1, 1, 1, 1.0, ["bo"]),
        ("acme", "Acme", 5, 3, 2, 0.67, ["ana", "bo"]),
    ]


def test_introductions_to_the_cfo_come_from_the_boss_and_from_who_influences(explore: Explore) -> None:
    assert set(explore("who_could_introduce", seat="cfo")) == {
        ("ana", "Ana", "eve", "Eve", "ceo", "CEO", "is its boss", 0.6),
        ("ana", "Ana", "gus", "Gus", "cto", "CTO", "influences it", 0.4),
        ("bo", "Bo", "gus", "Gus", "cto", "CTO", "influences it", 0.5),
    }


def test_introductions_to_the_ceo_come_from_who_reports_to_her_and_is_surely_reached(
    explore: Explore,
) -> None:
    assert set(explore("who_could_introduce", seat="ceo")) == {
        ("ana", "Ana", "gus", "Gus", "cto", "CTO", "reports to it", 0.4),
        ("bo", "Bo", "gus", "Gus", "cto", "CTO", "reports to it", 0.5),
    }


def test_a_conflict_opens_no_door(explore: Explore) -> None:
    assert explore("who_could_introduce", seat="counsel") == []

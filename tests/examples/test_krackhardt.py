"""Krackhardt's managers, brought in by a mapping: who is a single point of the organisation.

Truth: published. Manager 7 is the chief executive, 2, 14, 18 and 21 are the vice presidents; all others
report to one of them (D. Krackhardt, Social Networks 9, 1987). What follows of single points and dominators
is read off that tree by hand; that advice has no single point was computed apart from this code.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from imported import EXAMPLES, Place, data, problems, values

from graphcrm.records.bundle import Bundle

MAPPING = EXAMPLES / "krackhardt.yaml"
DAY = date(1987, 6, 30)
MANAGERS = range(1, 22)
REPORTS = {
    7: {2, 14, 18, 21},
    2: {1, 4, 16},
    14: {3, 5, 9, 13, 15, 19, 20},
    18: {10, 11},
    21: {6, 8, 12, 17},
}
"""Who reports to whom."""


def seat(manager: int) -> str:
    return f"seat.{manager}"


@pytest.fixture(scope="module")
def managers(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    place = Place(tmp_path_factory.mktemp("krackhardt"))
    place.bring(MAPPING, data("krackhardt_hightech"))
    return place.facts(DAY)


@pytest.fixture(scope="module")
def reports(managers: Bundle) -> "nx.DiGraph[str]":
    """From each seat to those that report to it."""
    return nx.DiGraph((s.reports_to, s.id) for s in managers.seats if s.reports_to)


def test_each_manager_is_a_contact_in_a_seat_of_the_one_account(managers: Bundle) -> None:
    assert values(managers, "accounts", "id", "name") == {("hightech", "The high-tech firm")}
    assert {(s.id, s.account) for s in managers.seats} == {(seat(m), "hightech") for m in MANAGERS}
    assert values(managers, "contacts", "id", "name") == {
        (f"manager.{m}", f"Manager {m}") for m in MANAGERS
    }
    assert values(managers, "holdings", "contact", "seat") == {(f"manager.{m}", seat(m)) for m in MANAGERS}


def test_levels_are_those_of_the_chief_executive_vice_presidents_and_managers(managers: Bundle) -> None:
    levels = {s.id: s.level for s in managers.seats}
    assert {m for m in MANAGERS if levels[seat(m)] == 1} == {7}
    assert {m for m in MANAGERS if levels[seat(m)] == 2} == {2, 14, 18, 21}
    assert Counter(levels.values()) == {1: 1, 2: 4, 3: 16}


def test_a_department_is_a_vice_president_with_who_reports_to_them(managers: Bundle) -> None:
    assert values(managers, "departments", "id", "account", "name") == {
        ("dept.0", "hightech", "The office of the chief executive"),
        *((f"dept.{n}", "hightech", f"Department {n}") for n in (1, 2, 3, 4)),
    }
    department = {s.id: s.department for s in managers.seats}
    assert department[seat(7)] == "dept.0"
    for head, number in ((21, 1), (14, 2), (18, 3), (2, 4)):
        people = {s for s, found in department.items() if found == f"dept.{number}"}
        assert people == {seat(head), *map(seat, REPORTS[head])}


def test_the_single_points_of_the_reports_are_those_whom_others_report_to(
    reports: "nx.DiGraph[str]",
) -> None:
    assert set(reports.edges) == {(seat(a), seat(b)) for a, under in REPORTS.items() for b in under}
    assert nx.is_arborescence(reports)
    assert set(nx.articulation_points(reports.to_undirected())) == {seat(m) for m in (2, 7, 14, 18, 21)}


def test_what_the_chief_executive_says_reaches_everybody_through_their_superior(
    reports: "nx.DiGraph[str]",
) -> None:
    above = {person: by for person, by in nx.immediate_dominators(reports, seat(7)).items() if by != person}
    above.pop(seat(7), None)  # networkx has become of another opinion about the root
    assert above == {seat(b): seat(a) for a, under in REPORTS.items() for b in under}


def test_advice_has_no_single_point(managers: Bundle) -> None:
    edges = [(i.from_seat, i.to_seat) for i in managers.influences]
    assert len(set(edges)) == len(edges) == 190
    assert {(i.influence_kind, i.strength, i.sign) for i in managers.influences} == {("informal", None, 1)}
    advice = nx.Graph(edges)
    assert set(advice) == set(map(seat, MANAGERS))
    assert nx.is_connected(advice)
    assert set(nx.articulation_points(advice)) == set()


def test_who_gives_advice_influences_who_asks_for_it(managers: Bundle) -> None:
    """Manager 2 is asked by the most, 18 of the 20 others; manager 15 asks everybody."""
    influences = {(i.from_seat, i.to_seat) for i in managers.influences}
    assert Counter(giver for giver, _ in influences).most_common(1) == [(seat(2), 18)]
    assert Counter(asker for _, asker in influences).most_common(1) == [(seat(15), 20)]


def test_a_superior_that_is_not_there_is_told_where_the_table_says_it(tmp_path: Path) -> None:
    for name, rows in (("nodes", "id,level,dept\n1,3,4\n2,2,4\n"), ("edges", "from,to\n1,9\n")):
        (tmp_path / f"ht_reports_{name}.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "ht_advice_edges.csv").write_text("from,to\n1,2\n2,1\n2,3\n", encoding="utf-8")
    place = Place(tmp_path)
    told = problems(place.bring(MAPPING, tmp_path, code=2))
    assert [(where, value) for where, value, _, _ in told] == [
        ("ht_advice_edges.csv[4].to", "'seat.3'"),
        ("ht_reports_nodes.csv[2].reports.to", "'seat.9'"),
    ]
    assert place.is_empty

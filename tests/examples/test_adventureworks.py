"""AdventureWorks LT, brought in by a mapping: people who stand in several rows are one.

Truth: counted in the file itself (847 rows, 440 addresses, 439 companies, 9 salespeople; sort and uniq).
"""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from imported import EXAMPLES, Place, data, problems, values

from graphcrm.records.bundle import Bundle

MAPPING = EXAMPLES / "adventureworks.yaml"
DAY = date(2005, 5, 16)
ROW = [
    *("1", "0", "Mr.", "Orlando", "N.", "Gee", "", "A Bike Store", r"adventure-works\josé1"),
    *("orlando0@adventure-works.com", "245-555-0173", "", "", "3F5AE95E", "2001-08-01"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("adventureworks"))
    place.bring(MAPPING, data("adventureworks_lt") / "Customer.csv")
    return place


@pytest.fixture(scope="module")
def facts(place: Place) -> Bundle:
    return place.facts(DAY)


def test_rows_of_one_address_are_one_person(place: Place, facts: Bundle) -> None:
    [rows] = place.bring(MAPPING, data("adventureworks_lt"), "--dry-run", "--format", "json").json["tables"]
    assert rows["rows"] == 847
    assert (len(facts.contacts), len(facts.accounts)) == (440, 439)
    assert len(values(facts, "contacts", "id", "emails")) == 440
    assert {contact.emails for contact in facts.contacts} == {(contact.id,) for contact in facts.contacts}
    assert ("orlando0@adventure-works.com", "Orlando Gee") in values(facts, "contacts", "id", "name")


def test_everybody_has_a_seat_at_their_company(facts: Bundle) -> None:
    people = {contact.id for contact in facts.contacts}
    assert values(facts, "holdings", "contact", "seat") == {(p, f"{p}.seat") for p in people}
    assert {seat.id for seat in facts.seats} == {f"{p}.seat" for p in people}
    assert {(seat.title, seat.level, seat.roles) for seat in facts.seats} == {(None, None, None)}
    assert {seat.account for seat in facts.seats} == {account.id for account in facts.accounts}
    assert [a for a, n in Counter(seat.account for seat in facts.seats).items() if n > 1] == [
        "Friendly Bike Shop"
    ]


def test_salespeople_are_employees_and_keep_their_accents(facts: Bundle) -> None:
    names = ("david8", "garrett1", "jae0", "jillian0", "josé1", "linda3", "michael9", "pamela0", "shu0")
    assert values(facts, "employees", "id", "name") == {(name, name) for name in names}


def test_that_they_know_each_other_is_known_and_how_well_is_not(facts: Bundle) -> None:
    assert len(facts.ties) == 440
    assert {(tie.level, tie.assessed_on) for tie in facts.ties} == {(None, None)}
    assert {tie.contact for tie in facts.ties} == {contact.id for contact in facts.contacts}
    assert {tie.employee for tie in facts.ties} == {employee.id for employee in facts.employees}


def test_one_company_alone_knows_two_of_our_salespeople(facts: Bundle) -> None:
    account = {seat.id: seat.account for seat in facts.seats}
    works_at = {holding.contact: account[holding.seat] for holding in facts.holdings}
    ours = defaultdict(set)
    for tie in facts.ties:
        ours[works_at[tie.contact]].add(tie.employee)
    assert {company: people for company, people in ours.items() if len(people) > 1} == {
        "Friendly Bike Shop": {"david8", "michael9"}
    }


def test_importing_it_again_changes_nothing(place: Place, facts: Bundle) -> None:
    assert "nothing changed" in place.bring(MAPPING, data("adventureworks_lt")).out
    assert place.facts(DAY) == facts


def test_a_person_with_two_names_and_a_strange_salesperson_are_told_by_row_and_column(
    tmp_path: Path,
) -> None:
    other, strange = list(ROW), list(ROW)
    other[3], strange[8] = "Rolando", "josé1"
    table = "".join("|+|".join(row) + "\n" for row in (ROW, ROW, other, strange))
    (tmp_path / "Customer.csv").write_bytes(table.encode("iso-8859-1"))
    place = Place(tmp_path)
    told = problems(place.bring(MAPPING, tmp_path, code=2))
    assert [(where, value, what) for where, value, what, _ in told] == [
        (
            "Customer.csv[3].FirstName",
            "'Rolando Gee'",
            "Customer.csv[1] gives orlando0@adventure-works.com another name: Orlando Gee.",
        ),
        (
            "Customer.csv[4].SalesPerson",
            "'josé1'",
            r"This does not look like ^adventure-works\\(.+)$.",
        ),
    ]
    assert place.is_empty

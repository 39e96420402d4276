"""The Northwind example: a mapping brings an order book in, and its numbers are those of the order book.

Truth: counted in the CSV files themselves with a spreadsheet's means (91 customers, 9 employees, 830
orders, 464 pairs), and by trying every set of employees.
"""

import re
from collections import Counter
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from imported import EXAMPLES, ROOT, Place, data, problems, values

from graphcrm.cli.app import run
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.policies import load_policy
from graphcrm.records.bundle import Bundle
from graphcrm.records.review import Review
from graphcrm.services.review import review

MAPPING = EXAMPLES / "northwind.yaml"
POLICY = EXAMPLES / "northwind-policy.yaml"
LAST_ORDER = date(1998, 5, 6)

CUSTOMERS = """\
CAFEA,Café Añil,Inés Ruiz,Owner,"C/ Mayor, 1",Madrid,,28001,Spain,1,2
BOOKS,Books & Co,Tom Oak,Sales Agent,1 High St.,London,,W1,UK,1,
QUIET,Quiet Ltd,Ann Lee,Accounting Manager,2 High St.,London,,W1,UK,1,
"""
EMPLOYEES = """\
EmployeeID,LastName,FirstName,Title,HireDate,Country,Notes,ReportsTo
1,Stone,Eve,"Vice President, Sales",08/14/1992,USA,"Two
lines",
2,Reed,Max,Juggler,5/1/1993,UK,,1
"""
ORDERS = """\
OrderID,CustomerID,EmployeeID,OrderDate
10,CAFEA,1,12/31/1996
11,CAFEA,2,1/2/1997
12,BOOKS,2,2/13/1997
"""


def reviews_of(bundle: Bundle) -> dict[str, Review]:
    facts = Facts(bundle, load_policy(POLICY))
    return {account: review(build_graph(facts, account)) for account in facts.accounts}


def orders_of(bundle: Bundle) -> dict[str, Counter[str]]:
    """How many orders each customer placed with each employee; only customers with orders."""
    seat_of = {holding.contact: holding.seat for holding in bundle.holdings}
    account_of = {seat.id: seat.account for seat in bundle.seats}
    employees = {employee.id for employee in bundle.employees}
    found: dict[str, Counter[str]] = {}
    for interaction in bundle.interactions:
        [ours] = interaction.people & employees
        [theirs] = interaction.people - employees
        found.setdefault(account_of[seat_of[theirs]], Counter())[ours] += 1
    return found


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, content in (("Customers", CUSTOMERS), ("Employees", EMPLOYEES), ("Orders", ORDERS)):
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("northwind"))
    place.bring(MAPPING, data("northwind"), "--policy", POLICY)
    return place


@pytest.fixture(scope="module")
def northwind(place: Place) -> Bundle:
    return place.facts(LAST_ORDER)


def test_a_tiny_folder_becomes_facts(tiny: Path, tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.bring(MAPPING, tiny)
    facts = place.facts(LAST_ORDER)
    assert values(facts, "accounts", "id", "name", "region", "mode", "source") == {
        ("CAFEA", "Café Añil", "Spain", None, None),
        ("BOOKS", "Books & Co", "UK", None, None),
        ("QUIET", "Quiet Ltd", "UK", None, None),
    }
    assert values(facts, "seats", "id", "account", "title", "level", "roles") == {
        ("CAFEA.seat", "CAFEA", "Owner", 1, ("decider",)),
        ("BOOKS.seat", "BOOKS", "Sales Agent", None, None),
        ("QUIET.seat", "QUIET", "Accounting Manager", 2, ("approver",)),
    }
    assert values(facts, "contacts", "id", "name") == {
        ("CAFEA.contact", "Inés Ruiz"),
        ("BOOKS.contact", "Tom Oak"),
        ("QUIET.contact", "Ann Lee"),
    }
    assert values(facts, "holdings", "contact", "seat", "valid_from") == {
        (f"{account}.contact", f"{account}.seat", None) for account in ("CAFEA", "BOOKS", "QUIET")
    }
    assert values(facts, "employees", "id", "name", "function", "level", "manager", "valid_from") == {
        ("1", "Eve Stone", "executive", 1, None, date(1992, 8, 14)),
        ("2", "Max Reed", None, None, "1", date(1993, 5, 1)),
    }
    assert values(facts, "interactions", "id", "at", "channel", "participants") == {
        ("order.10", datetime(1996, 12, 31, 12, tzinfo=UTC), "order", ("1", "CAFEA.contact")),
        ("order.11", datetime(1997, 1, 2, 12, tzinfo=UTC), "order", ("2", "CAFEA.contact")),
        ("order.12", datetime(1997, 2, 13, 12, tzinfo=UTC), "order", ("2", "BOOKS.contact")),
    }
    assert len(facts) == 17


def test_in_a_tiny_folder_one_order_is_a_live_tie_and_none_is_unknown(tiny: Path, tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.bring(MAPPING, tiny)
    reviews = reviews_of(place.facts(LAST_ORDER))
    books, cafe, quiet = (reviews[a].measures for a in ("BOOKS", "CAFEA", "QUIET"))
    assert books is not None
    assert books.sole_route == {"BOOKS.seat": "2"}
    assert cafe is not None
    assert cafe.sole_route == {}
    assert quiet is None
    assert reviews["QUIET"].risk == (0, 100)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("Orders.csv", None, [("northwind.yaml[22].tables.orders.files", "'Orders.csv'")]),
        (
            "Orders.csv",
            "OrderID,CustomerID\n1,CAFEA\n",
            [
                ("northwind.yaml[106].records[5].fields.at", "'OrderDate'"),
                ("northwind.yaml[108].records[5].fields.participants", "'EmployeeID'"),
            ],
        ),
        (
            "Orders.csv",
            ORDERS.replace("2/13/1997", "13/2/1997").replace("1/2/1997", "yesterday"),
            [("Orders.csv[3].OrderDate", "'yesterday'"), ("Orders.csv[4].OrderDate", "'13/2/1997'")],
        ),
        ("Orders.csv", ORDERS.splitlines()[0] + "\n", [("Orders.csv", "None")]),
        ("Orders.csv", ORDERS.replace("12,BOOKS", "11,BOOKS"), [("Orders.csv[4].OrderID", "'order.11'")]),
        (
            "Orders.csv",
            ORDERS.replace("BOOKS,2", "BOOKZ,3"),
            [("Orders.csv[4].CustomerID", "'BOOKZ.contact'"), ("Orders.csv[4].EmployeeID", "'3'")],
        ),
        ("Customers.csv", "CAFEA,Café\n", [("Customers.csv", "None")]),
        (
            "Customers.csv",
            CUSTOMERS.replace("Books & Co", ""),
            [("Customers.csv[2].CompanyName", "None")],
        ),
        ("Employees.csv", EMPLOYEES.replace(",,1\n", ",,7\n"), [("Employees.csv[4].ReportsTo", "'7'")]),
    ],
)
def test_what_cannot_be_read_is_told_by_file_row_and_column(
    tiny: Path, tmp_path: Path, name: str, content: str | None, told: list[tuple[str, str]]
) -> None:
    path = tiny / name
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    place = Place(tmp_path)
    ran = place.bring(MAPPING, tiny, code=2)
    assert [(where, value) for where, value, _, _ in problems(ran)] == told
    assert all(what.endswith(".") and cure for _, _, what, cure in problems(ran))
    assert place.is_empty


def test_a_quote_that_is_never_closed_is_told_first_and_by_its_row(tiny: Path, tmp_path: Path) -> None:
    (tiny / "Employees.csv").write_text(EMPLOYEES.replace('lines"', "lines"), encoding="utf-8")
    place = Place(tmp_path)
    where, value, what, _ = problems(place.bring(MAPPING, tiny, code=2))[0]
    assert where == "Employees.csv[2]"
    assert value.startswith("""'1,Stone,Eve,""")
    assert "is never closed" in what
    assert place.is_empty


def test_the_command_of_the_readme_brings_such_a_folder_in(tiny: Path, tmp_path: Path) -> None:
    [command] = re.findall(
        r"^    graphcrm (import tables .*)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    arguments = command.replace("examples/", f"{EXAMPLES.as_posix()}/").replace("FOLDER", str(tiny)).split()
    place = Place(tmp_path)
    assert run([*arguments, "--store", place.url]) == 0
    assert len(place.facts(LAST_ORDER)) == 17


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert Place(tmp_path).bring(MAPPING, nowhere, code=2).err.splitlines() == [
        f"Error: {nowhere} does not exist.",
        "Give the tables' files, or the folder they are in.",
    ]


def test_the_other_encoding_of_western_europe_is_read_as_well(tiny: Path, tmp_path: Path) -> None:
    (tiny / "Customers.csv").write_bytes(CUSTOMERS.encode("latin-1"))
    place = Place(tmp_path)
    place.bring(MAPPING, tiny)
    assert ("CAFEA", "Café Añil") in values(place.facts(LAST_ORDER), "accounts", "id", "name")


def test_northwind_has_its_numbers(northwind: Bundle) -> None:
    assert len(northwind.accounts) == 91
    assert len(northwind.employees) == 9
    assert len(northwind.interactions) == 830
    assert len({i.people for i in northwind.interactions}) == 464
    assert max(i.at for i in northwind.interactions).date() == LAST_ORDER
    assert ("ANTON", "Antonio Moreno Taquería") in values(northwind, "accounts", "id", "name")
    # From the sheet: 2 has nobody above; 5 leads 6, 7 and 9; 2 leads the others.
    assert values(northwind, "employees", "id", "manager") == {
        ("2", None),
        *((each, "2") for each in "13458"),
        *((each, "5") for each in "679"),
    }


def test_each_customer_of_northwind_has_one_seat_held_by_one_contact(northwind: Bundle) -> None:
    ids = {account.id for account in northwind.accounts}
    assert values(northwind, "seats", "id", "account") == {(f"{id_}.seat", id_) for id_ in ids}
    assert values(northwind, "holdings", "contact", "seat") == {
        (f"{id_}.contact", f"{id_}.seat") for id_ in ids
    }
    assert values(northwind, "contacts", "id") == {(f"{id_}.contact",) for id_ in ids}


def test_importing_northwind_again_changes_nothing(place: Place, northwind: Bundle) -> None:
    ran = place.bring(MAPPING, data("northwind"), "--policy", POLICY)
    assert "nothing changed" in ran.out
    assert place.facts(LAST_ORDER) == northwind


def test_one_account_of_northwind_is_reached_by_one_employee_alone(northwind: Bundle) -> None:
    orders = orders_of(northwind)
    assert {account: set(by) for account, by in orders.items() if len(by) == 1} == {"CENTC": {"4"}}
    reviews = reviews_of(northwind)
    routes = {a: dict(r.measures.sole_route) for a, r in reviews.items() if r.measures}
    assert {a: r for a, r in routes.items() if r} == {"CENTC": {"CENTC.seat": "4"}}
    tied = {a: len(r.measures.departure_loss) for a, r in reviews.items() if r.measures}
    assert tied == {account: len(by) for account, by in orders.items()}
    live = [s.low for r in reviews.values() if r.measures for s in r.measures.survivability.values()]
    assert sum(live) == 464


def test_who_never_ordered_is_unobserved_not_zero(northwind: Bundle) -> None:
    silent = {account.id for account in northwind.accounts} - set(orders_of(northwind))
    assert silent == {"FISSA", "PARIS"}
    reviews = reviews_of(northwind)
    assert {a: (r.measures, r.risk) for a, r in reviews.items() if not r.observed} == {
        "FISSA": (None, (0, 100)),
        "PARIS": (None, (0, 100)),
    }


def test_one_employee_has_more_than_half_of_the_orders_of_five_customers(northwind: Bundle) -> None:
    orders = orders_of(northwind)
    assert {a for a, by in orders.items() if 2 * max(by.values()) > by.total()} == {
        "CENTC",
        "ROMEY",
        "BOLID",
        "LAUGB",
        "NORTS",
    }


def test_eight_employees_must_leave_before_half_of_the_customers_are_unreached(northwind: Bundle) -> None:
    graph: nx.Graph[str] = nx.Graph(
        (account, ours) for account, by in orders_of(northwind).items() for ours in by
    )
    employees = {employee.id for employee in northwind.employees}
    customers = set(graph) - employees
    assert (len(customers), graph.number_of_edges()) == (89, 464)

    def lost(leavers: tuple[str, ...]) -> int:
        left = graph.subgraph(set(graph) - set(leavers))
        return sum(left.degree(customer) == 0 for customer in customers)

    worst = [max(map(lost, combinations(sorted(employees), count))) for count in range(10)]
    assert worst[7:] == [43, 60, 89]
    assert next(count for count, most in enumerate(worst) if 2 * most >= len(customers)) == 8

"""The Northwind example: the numbers of the order book, and what it says of unreadable folders.

Truth: counted in the CSV files themselves (91 customers, 9 employees, 830 orders, 464 pairs).
"""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.policies import load_policy
from graphcrm.records.bundle import Bundle
from graphcrm.records.review import Review
from graphcrm.services.review import review

ROOT = Path(__file__).parents[2]
NORTHWIND = ROOT.parent / "shared" / "data" / "northwind"
POLICY = ROOT / "examples" / "northwind-policy.yaml"

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


def run(folder: Path, output: Path) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "examples" / "northwind.py")
    return subprocess.run(
        [sys.executable, script, str(folder), "-o", str(output)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def converted(folder: Path, output: Path) -> Bundle:
    done = run(folder, output)
    assert done.returncode == 0, done.stderr
    return Bundle.model_validate_json(output.read_bytes())


def reviews_of(bundle: Bundle) -> dict[str, Review]:
    facts = Facts(bundle, load_policy(POLICY))
    return {account: review(build_graph(facts, account)) for account in facts.accounts}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, content in (("Customers", CUSTOMERS), ("Employees", EMPLOYEES), ("Orders", ORDERS)):
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    if not NORTHWIND.is_dir():
        pytest.skip("Northwind's CSV files are not on this machine (../shared/data/northwind)")
    return converted(NORTHWIND, tmp_path_factory.mktemp("northwind") / "northwind.json")


def test_a_tiny_folder_becomes_a_bundle(tiny: Path, tmp_path: Path) -> None:
    bundle = converted(tiny, tmp_path / "tiny.json")
    assert bundle.as_of == date(1997, 2, 13)
    assert [(a.id, a.name, a.region, a.mode) for a in bundle.accounts] == [
        ("CAFEA", "Café Añil", "Spain", None),
        ("BOOKS", "Books & Co", "UK", None),
        ("QUIET", "Quiet Ltd", "UK", None),
    ]
    assert [(s.title, s.level, s.roles) for s in bundle.seats] == [
        ("Owner", 1, ("decider",)),
        ("Sales Agent", None, None),
        ("Accounting Manager", 2, ("approver",)),
    ]
    assert [(e.id, e.name, e.function, e.level, e.manager, e.valid_from) for e in bundle.employees] == [
        ("1", "Eve Stone", "executive", 1, None, date(1992, 8, 14)),
        ("2", "Max Reed", None, None, "1", date(1993, 5, 1)),
    ]
    first = bundle.interactions[0]
    assert first.at == datetime(1996, 12, 31, 12, tzinfo=UTC)
    assert first.participants == ("1", "CAFEA.contact")


def test_in_a_tiny_folder_one_order_is_a_live_tie_and_none_is_unknown(tiny: Path, tmp_path: Path) -> None:
    reviews = reviews_of(converted(tiny, tmp_path / "tiny.json"))
    books, cafe, quiet = (reviews[a].measures for a in ("BOOKS", "CAFEA", "QUIET"))
    assert books is not None
    assert books.sole_route == {"BOOKS.seat": "2"}
    assert cafe is not None
    assert cafe.sole_route == {}
    assert quiet is None
    assert reviews["QUIET"].risk == (0, 100)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("Orders.csv", None, "Orders.csv does not exist."),
        ("Orders.csv", "OrderID,CustomerID\n1,CAFEA\n", "Orders.csv has no column EmployeeID, OrderDate."),
        ("Orders.csv", ORDERS.replace("2/13/1997", "13/2/1997"), "order 12: '13/2/1997' is no date"),
        ("Orders.csv", ORDERS.splitlines()[0] + "\n", "Orders.csv is empty."),
        ("Customers.csv", "CAFEA,Caf\xe9".encode("latin-1"), "Customers.csv is not UTF-8 text."),
        ("Customers.csv", "CAFEA,,Ann,Owner\n", "accounts.0.name"),
        ("Employees.csv", 'EmployeeID\n"1', "Employees.csv cannot be read"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    tiny: Path, tmp_path: Path, name: str, content: str | bytes | None, says: str
) -> None:
    path = tiny / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run(tiny, tmp_path / "out.json")
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out.json").exists()


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere", tmp_path / "out.json")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"northwind.py: {tmp_path / 'nowhere'} is not a folder."]


def test_a_place_that_cannot_be_written_is_one_line(tiny: Path, tmp_path: Path) -> None:
    done = run(tiny, tmp_path / "nowhere" / "out.json")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_northwind_has_its_numbers(northwind: Bundle) -> None:
    assert (len(northwind.accounts), len(northwind.seats), len(northwind.contacts)) == (91, 91, 91)
    assert len(northwind.employees) == 9
    assert len(northwind.interactions) == 830
    pairs = {tuple(sorted(i.people)) for i in northwind.interactions}
    assert len(pairs) == 464
    assert northwind.as_of == date(1998, 5, 6)
    assert {a.id: a.name for a in northwind.accounts}["ANTON"] == "Antonio Moreno Taquería"
    assert {e.id: e.manager for e in northwind.employees}["6"] == "5"


def test_of_northwind_one_account_alone_hangs_on_one_employee(northwind: Bundle) -> None:
    reviews = reviews_of(northwind)
    routes = {a: dict(r.measures.sole_route) for a, r in reviews.items() if r.measures}
    assert {a: r for a, r in routes.items() if r} == {"CENTC": {"CENTC.seat": "4"}}
    tied = [len(r.measures.departure_loss) for r in reviews.values() if r.measures]
    assert sum(tied) == 464
    assert tied.count(1) == 1
    live = [s.low for r in reviews.values() if r.measures for s in r.measures.survivability.values()]
    assert sum(live) == 464


def test_of_northwind_who_never_ordered_is_unknown_not_zero(northwind: Bundle) -> None:
    reviews = reviews_of(northwind)
    silent = {account: found.risk for account, found in reviews.items() if not found.observed}
    assert silent == {"FISSA": (0, 100), "PARIS": (0, 100)}

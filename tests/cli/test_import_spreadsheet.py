"""A spoiled workbook, from the command line to the store: what is wrong is told by sheet, row and column.

Truth: the cells are written by the test; days are those Excel shows for its numbers (day 61 is 1900-03-01).
"""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from cli.terminal import Cli
from imported import facts_at, problems, values
from openpyxl.worksheet.worksheet import Worksheet

from graphcrm.records.bundle import Bundle

DAY = date(2026, 6, 30)
MAPPING = """\
source: Sales office
as_of: 2026-06-30
tables:
  customers: {files: book.xlsx, sheet: Customers, header: 3}
  people: {files: book.xlsx, sheet: People}
records:
  - kind: accounts
    from: customers
    fields: {id: No., name: Customer, annual_revenue: Revenue, currency: Currency, owner: Rep}
  - kind: employees
    from: people
    fields: {id: Code, name: Name, valid_from: Joined, captured: Mail, level: Level}
"""
HEADER = ["No. ", "Customer", "Revenue", "Currency", "Rep", "Notes"]
GOOD: list[list[object]] = [
    [101, "  Alpha AG  ", 1200.5, "EUR", "e1", "=A4*2"],
    ["C 2", "Beta\u00a0", "1'250", "CNY ", 7.0, None],
    [None, None, None, None, None, None],
    [103.0, "Gamma", None, None, None, "#N/A"],
    [101, "Alpha AG", 1200.5, "EUR", "e1", "the same again"],
    [None, None, None, None, None, None],
    ["   ", None, "", None, None, None],
]
PEOPLE: list[list[object]] = [
    ["Code", "Name", "Joined", "Mail", "Level"],
    ["e1", "Ann", 59, True, 2],
    [7, "Bob", 61, "ja", "3"],
    ["e3", "Cid", date(2024, 2, 29), "✗", None],
    ["e4", "Dan", "2024-02-29", 0, 4.0],
]


def book(cli: Cli, *rows: list[object], people: list[list[object]] | None = None) -> Path:
    """The mapping, beside a workbook of these customers: two sheets to read and one that is hidden."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Customers"
    for row in (["Our customers"], [], HEADER, *rows):
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    second = workbook.create_sheet("People")
    for row in people or PEOPLE:
        second.append(row)
    for at in (2, 3):
        second.cell(at, 3).number_format = "dd.mm.yyyy"
    hidden = workbook.create_sheet("Old customers")
    for row in ([], [], HEADER, ["C9", "Long gone", None, None, None, None]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    _keep(workbook, cli)
    mapping = cli.folder / "map.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping


def _keep(workbook: openpyxl.Workbook, cli: Cli) -> None:
    workbook.save(cli.folder / "book.xlsx")


def changed(cli: Cli, sheet: str) -> tuple[openpyxl.Workbook, Worksheet]:
    workbook = openpyxl.load_workbook(cli.folder / "book.xlsx")
    return workbook, workbook[sheet]


def stored(cli: Cli) -> Bundle:
    return facts_at(cli.store("store.db"), DAY)


def test_what_a_person_sees_comes_in(cli: Cli) -> None:
    """Notes are not asked for, so their formulas and errors do no harm; blanks around words are none."""
    cli("import", "tables", "-m", book(cli, *GOOD))
    facts = stored(cli)
    assert values(facts, "accounts", "id", "name", "annual_revenue", "currency", "owner") == {
        ("101", "Alpha AG", 1200.5, "EUR", "e1"),
        ("C 2", "Beta", 1250, "CNY", "7"),
        ("103", "Gamma", None, None, None),
    }
    assert values(facts, "employees", "id", "name", "valid_from", "captured", "level") == {
        ("e1", "Ann", date(1900, 2, 28), True, 2),
        ("7", "Bob", date(1900, 3, 1), True, 3),
        ("e3", "Cid", date(2024, 2, 29), False, None),
        ("e4", "Dan", date(2024, 2, 29), False, 4),
    }
    assert len(facts) == 7


def test_everything_wrong_with_a_workbook_is_told_at_once(cli: Cli) -> None:
    people = [
        *PEOPLE,
        ["e5", "Eve", 45351, "perhaps", 2],
        ["e6", "Fay", "29.02.2024", True, 2.5],
        ["e7", "Guy", date(2024, 2, 29), True, 0],
    ]
    mapping = book(
        cli,
        *GOOD,
        [104, '="Delta "&A4', None, None, None, None],
        [105, "#REF!", None, None, None, None],
        [106, "Zeta", "a lot", "eur", None, None],
        [101, "Alpha SE", 1200.5, "EUR", "e1", None],
        [108, "Eta", None, None, "nobody", None],
        [109, "Theta", None, None, None, None],
        [110, None, None, None, None, None],
        people=people,
    )
    workbook, sheet = changed(cli, "Customers")
    sheet.merge_cells("B16:B17")
    workbook["People"]["C4"].value = 60  # 29 February 1900, which Excel alone knows
    _keep(workbook, cli)
    ran = cli("import", "tables", "-m", mapping, code=2)
    assert [(place.removeprefix("book.xlsx!"), value) for place, value, _, _ in problems(ran)] == [
        ("Customers[11].Customer", """'="Delta "&A4'"""),
        ("Customers[12].Customer", "'#REF!'"),
        ("Customers[13].Currency", "'eur'"),
        ("Customers[13].Revenue", "'a lot'"),
        ("Customers[14].Customer", "'Alpha SE'"),
        ("Customers[15].Rep", "'nobody'"),
        ("Customers[16].Customer", "'B16:B17'"),
        ("People[4].Joined", "'1900-02-29'"),
        ("People[6].Joined", "45351"),
        ("People[6].Mail", "'perhaps'"),
        ("People[7].Joined", "'29.02.2024'"),
        ("People[7].Level", "2.5"),
        ("People[8].Level", "0"),
    ]
    said = {place.removeprefix("book.xlsx!"): (what, cure) for place, _, what, cure in problems(ran)}
    assert said["Customers[11].Customer"] == (
        "This cell holds a formula.",
        "Replace it by its value: copy it, and paste it as values.",
    )
    assert said["Customers[14].Customer"][0] == ("book.xlsx!Customers[4] gives 101 another name: Alpha AG.")
    assert said["Customers[16].Customer"] == (
        "Cells are merged here: B16:B17.",
        "Unmerge them, and fill in each.",
    )
    assert said["People[6].Joined"] == (
        "This is not a date.",
        "It looks like a spreadsheet's number of a day: format the column as a date.",
    )
    assert all(what and cure for what, cure in said.values())
    assert not any(cli.json("db", "status")["counts"].values())


@pytest.mark.parametrize(
    ("sheet", "what", "cure"),
    [
        ("Old customers", "The sheet Old customers is hidden.", "Unhide it, and save the workbook."),
        (
            "Costumers",
            "There is no sheet Costumers in it.",
            "Did you mean Customers? Its sheets are: Customers, People.",
        ),
        (None, "The workbook has several sheets: Customers, People.", "Name one with sheet."),
    ],
)
def test_the_sheet_is_the_one_that_is_named_and_shown(
    cli: Cli, sheet: str | None, what: str, cure: str
) -> None:
    mapping = book(cli, *GOOD)
    named = f", sheet: {sheet}" if sheet else ""
    mapping.write_text(MAPPING.replace(", sheet: Customers", named), encoding="utf-8")
    [told] = problems(cli("import", "tables", "-m", mapping, code=2))
    assert (told[0], *told[2:]) == ("book.xlsx", what, cure)


def test_which_of_two_rows_holds_can_be_said(cli: Cli) -> None:
    rows = [*GOOD, [101, "Alpha SE", None, None, None, None]]
    for word, name, revenue in (("first", "Alpha AG", 1200.5), ("last", "Alpha SE", None)):
        mapping = book(cli, *rows)
        text = MAPPING.replace("from: customers", f"from: customers\n    repeats: {word}")
        mapping.write_text(text, encoding="utf-8")
        url = cli.store(f"{word}.db")
        cli("import", "tables", "-m", mapping, "--store", url)
        found = values(facts_at(url, DAY), "accounts", "id", "name", "annual_revenue")
        assert {row for row in found if row[0] == "101"} == {("101", name, revenue)}

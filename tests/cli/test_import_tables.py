"""``graphcrm import tables``: what it tells, what it writes, and that it refuses as a whole.

Truth: each table is written by the test, and what must be in the store is written beside it by hand.
"""

import csv
from datetime import date
from pathlib import Path

import pytest
from cli.terminal import Cli
from imported import facts_at, problems, values
from rich.cells import cell_len

from graphcrm.i18n import LANGUAGES
from graphcrm.records.bundle import Bundle

DAY = date(2026, 6, 30)
FILL_IN = "Fill the cell, or give id a default in the mapping."
NUMBER = "Write a plain number, like 1234.5; if decimals have another mark, state decimal."
MAPPING = """\
source: ERP
as_of: 2026-06-30
tables:
  customers: {files: customers*.csv}
  people: {files: people*.csv}
records:
  - kind: accounts
    from: customers
    complete: true
    fields: {id: Id, name: Name, annual_revenue: Revenue, currency: Currency}
  - kind: employees
    from: people
    fields: {id: Id, name: Name, valid_from: Joined, manager: Boss}
"""
CUSTOMERS = "Id,Name,Revenue,Currency\nC1,Alpha,1200.5,EUR\nC2,Beta,,\nC3,Gamma,7,CNY\n"
PEOPLE = "Id,Name,Joined,Boss\ne1,Ann,2020-01-01,\ne2,Bob,2021-02-03,e1\n"


def written(cli: Cli, folder: str = "tables", **files: str) -> Path:
    """The mapping and the tables in a folder of their own; gives the mapping."""
    place = cli.folder / folder
    place.mkdir(exist_ok=True)
    for name, text in {"customers": CUSTOMERS, "people": PEOPLE, **files}.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    mapping = place / "map.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping


def bring(cli: Cli, mapping: Path, *options: object) -> None:
    cli("import", "tables", "-m", mapping, *options)


def stored(cli: Cli, as_of: date = DAY) -> Bundle:
    return facts_at(cli.store("store.db"), as_of)


def counts(told: list[dict[str, object]]) -> dict[object, dict[str, object]]:
    """The counts by kind that are not zero."""
    return {
        row["kind"]: {name: count for name, count in row.items() if name != "kind" and count}
        for row in told
        if any(count for name, count in row.items() if name != "kind")
    }


def test_tables_beside_the_mapping_come_in(cli: Cli) -> None:
    told = cli.json("import", "tables", "-m", written(cli))
    assert (told["name"], told["changed"]) == ("map.yaml", True)
    assert counts(told["kinds"]) == {"accounts": {"new": 3}, "employees": {"new": 2}}
    facts = stored(cli)
    assert values(facts, "accounts", "id", "name", "annual_revenue", "currency") == {
        ("C1", "Alpha", 1200.5, "EUR"),
        ("C2", "Beta", None, None),
        ("C3", "Gamma", 7, "CNY"),
    }
    assert values(facts, "employees", "id", "name", "valid_from", "manager") == {
        ("e1", "Ann", date(2020, 1, 1), None),
        ("e2", "Bob", date(2021, 2, 3), "e1"),
    }
    assert len(facts) == 5


def test_the_same_tables_again_change_nothing(cli: Cli) -> None:
    mapping = written(cli)
    bring(cli, mapping)
    before = (cli.json("db", "status"), cli("db", "export", "--bundle").out)
    assert "nothing changed" in cli("import", "tables", "-m", mapping).out
    told = cli.json("import", "tables", "-m", mapping, mapping.parent)
    assert not told["changed"]
    assert counts(told["kinds"]) == {"accounts": {"unchanged": 3}, "employees": {"unchanged": 2}}
    assert (cli.json("db", "status"), cli("db", "export", "--bundle").out) == before


def test_what_vanished_from_a_complete_table_is_retired_on_the_day_given(cli: Cli) -> None:
    bring(cli, written(cli))
    later = written(
        cli,
        "later",
        customers="Id,Name,Revenue,Currency\nC1,Alpha SE,1200.5,EUR\nC4,Delta,,\n",
        people="Id,Name,Joined,Boss\ne1,Ann,2020-01-01,\n",
    )
    rows = cli.csv("import", "tables", "-m", later, "--as-of", "2026-09-30", "--dry-run")
    would = {row["kind"]: {n: c for n, c in row.items() if n != "kind" and c != "0"} for row in rows}
    assert would["accounts"] == {"new": "1", "changed": "1", "retired": "2"}
    assert would["employees"] == {"unchanged": "1"}
    assert values(stored(cli, date(2026, 12, 31)), "accounts", "id") == {("C1",), ("C2",), ("C3",)}
    told = cli.json("import", "tables", "-m", later, "--as-of", "2026-09-30")
    assert counts(told["kinds"]) == {
        "accounts": {"new": 1, "changed": 1, "retired": 2},
        "employees": {"unchanged": 1},
    }
    on_the_day, before = stored(cli, date(2026, 9, 30)), stored(cli, date(2026, 9, 29))
    assert values(on_the_day, "accounts", "id", "name") == {("C1", "Alpha SE"), ("C4", "Delta")}
    assert {a.id for a in before.accounts} == {"C1", "C2", "C3", "C4"}
    # Of our people the mapping does not say that these are all.
    assert {e.id for e in on_the_day.employees} == {"e1", "e2"}


def test_a_setting_for_reviews_is_not_the_day_of_a_table(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHCRM_AS_OF", "2001-01-01")
    mapping = written(cli)
    bring(cli, mapping)
    assert cli.json("db", "status")["latest_as_of"] == "2026-06-30"


def test_a_rehearsal_shows_all_and_writes_nothing(cli: Cli) -> None:
    mapping = written(cli)
    told = cli.json("import", "tables", "-m", mapping, "--dry-run")
    assert (told["dry_run"], told["changed"], told["problems"]) == (True, True, [])
    assert [(each["table"], each["file"], each["rows"]) for each in told["tables"]] == [
        ("customers", "customers.csv", 3),
        ("people", "people.csv", 2),
    ]
    assert told["tables"][0]["read_as"] == {"format": "csv", "separator": ",", "encoding": "utf-8"}
    assert told["first"]["accounts"][1] == {"id": "C2", "name": "Beta"}
    assert counts(told["kinds"]) == {"accounts": {"new": 3}, "employees": {"new": 2}}
    assert not (cli.folder / "store.db").exists()
    bring(cli, mapping)
    before = cli.json("db", "status")
    again = cli.json("import", "tables", "-m", mapping, "--dry-run")
    assert not again["changed"]
    assert cli.json("db", "status") == before


BAD = {
    "customers": CUSTOMERS + "C4,Delta,lots,EUR\nC5,,3,eur\nC1,Alpha AG,1200.5,EUR\nC1,Alpha,1200.5,EUR\n",
    "people": PEOPLE + "e3,Cid,03.02.2021,\ne4,Dan,,e9\n,Eve,,e3\n",
}
TOLD = [
    ("customers.csv[5].Revenue", "'lots'", "This is not a number.", NUMBER),
    (
        "customers.csv[6].Currency",
        "'eur'",
        "This is not a currency code.",
        "Write three capital letters, like EUR.",
    ),
    (
        "customers.csv[6].Name",
        "None",
        "name is missing.",
        "Fill the cell, or give name a default in the mapping.",
    ),
    (
        "customers.csv[7].Name",
        "'Alpha AG'",
        "customers.csv[2] gives C1 another name: Alpha.",
        "Make the rows agree, or say in the mapping which holds: repeats: first, or last.",
    ),
    (
        "people.csv[4].Joined",
        "'03.02.2021'",
        "This is not a date.",
        "Write it like 2026-06-30, or say dates in the mapping, such as %d.%m.%Y.",
    ),
    (
        "people.csv[5].Boss",
        "'e9'",
        "Nothing in employees has the id e9, here or in the store.",
        "Add e9 to employees, or correct the id.",
    ),
    ("people.csv[6].Id", "None", "id is missing.", FILL_IN),
]


def test_every_problem_is_told_at_once_by_file_row_column_value_and_cure(cli: Cli) -> None:
    ran = cli("import", "tables", "-m", written(cli, **BAD), code=2)
    assert ran.err.startswith("Error: map.yaml: 7 problems; nothing was written.\n")
    assert problems(ran) == TOLD
    assert not any(cli.json("db", "status")["counts"].values())


def test_a_rehearsal_tells_the_same_problems(cli: Cli) -> None:
    mapping = written(cli, **BAD)
    command = ("import", "tables", "-m", mapping, "--dry-run")
    ran = cli(*command, code=2, beside=True)
    assert problems(ran) == TOLD
    assert "map.yaml: this cannot be imported; nothing was written." in ran.out
    told = cli(*command, "--format", "json", code=2, beside=True)
    assert told.err == ""
    assert [(each["place"], each["problem"], each["cure"]) for each in told.json["problems"]] == [
        (place, what, cure) for place, _, what, cure in TOLD
    ]
    assert [repr(each["value"]) for each in told.json["problems"]] == [value for _, value, _, _ in TOLD]
    assert {row["kind"]: row["refused"] for row in told.json["kinds"]} == {"accounts": 3, "employees": 3}
    assert not (cli.folder / "store.db").exists()


def test_a_refused_record_is_not_told_again_by_who_names_it(cli: Cli) -> None:
    """e2 reports to e1, whose day cannot be read: one problem, not two."""
    people = PEOPLE.replace("2020-01-01", "long ago")
    told = problems(cli("import", "tables", "-m", written(cli, people=people), code=2))
    assert [place for place, *_ in told] == ["people.csv[2].Joined"]


def test_of_many_problems_fifty_are_shown_and_all_of_them_are_in_a_file(cli: Cli) -> None:
    customers = CUSTOMERS + "".join(f"D{n},Delta {n},=-{n},EUR\n" for n in range(60))
    ran = cli("import", "tables", "-m", written(cli, customers=customers), code=2)
    assert ran.err.startswith("Error: map.yaml: 60 problems; nothing was written.\n")
    expected = [(f"customers.csv[{5 + n}].Revenue", f"=-{n}") for n in range(60)]
    assert [(place, value.strip("'")) for place, value, _, _ in problems(ran)] == expected[:50]
    assert ran.err.endswith("  … and 10 more.\n  All of them: map.problems.csv\n")
    rows = list(csv.DictReader((cli.folder / "map.problems.csv").read_text("utf-8").splitlines()))
    # What leads a formula is quoted, lest a spreadsheet obey it.
    assert [(row["place"], row["value"].removeprefix("'")) for row in rows] == expected
    assert {(row["problem"], row["cure"], row["times"]) for row in rows} == {
        ("This is not a number.", NUMBER, "1")
    }


def test_of_fifty_problems_no_file_is_written(cli: Cli) -> None:
    customers = CUSTOMERS + "".join(f"D{n},Delta {n},none,EUR\n" for n in range(50))
    ran = cli("import", "tables", "-m", written(cli, customers=customers), code=2)
    assert len(problems(ran)) == 50
    assert "more" not in ran.err
    assert not list(cli.folder.glob("*.problems.csv"))


def test_what_many_rows_say_wrong_of_interactions_is_one_problem_with_its_count(cli: Cli) -> None:
    mapping = written(cli, visits="Day,Who,Whom\n" + "2026-01-05,e1,p9\n" * 3 + "2026-01-06,e9,p9\n")
    text = MAPPING.replace("people*.csv}", "people*.csv}\n  visits: {files: visits.csv}")
    mapping.write_text(
        text + "  - kind: interactions\n    from: visits\n    fields: {id: {text: '{Day}{Who}'}, at: Day, "
        "channel: {value: visit}, participants: [Who, Whom]}\n",
        encoding="utf-8",
    )
    ran = cli("import", "tables", "-m", mapping, code=2)
    assert [(place, value) for place, value, _, _ in problems(ran)] == [
        ("visits.csv[2].Whom", "'p9'"),
        ("visits.csv[5].Who", "'e9'"),
    ]
    assert "(4 rows have it.)" in ran.err


@pytest.mark.parametrize(
    ("options", "says", "code"),
    [
        (("-m", "nowhere.yaml"), "nowhere.yaml", 2),
        (("-m", "map.yaml", "nowhere"), "nowhere does not exist", 2),
        (("-m", "map.yaml", "--as-of", "soon"), "soon", 2),
        (("-m", "map.yaml", "--format", "xml"), "xml", 2),
        (("-m", "map.yaml", "--store", "sqlite:////dev/null/a.db"), "a.db", 3),
        (("-m", "map.yaml", "surplus.csv"), "The mapping has no table for this file.", 2),
    ],
)
def test_what_cannot_even_begin_is_told_with_its_exit_code(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], says: str, code: int
) -> None:
    monkeypatch.chdir(written(cli, surplus="Id\n1\n").parent)
    assert says in cli("import", "tables", *options, code=code).err


def test_a_mapping_that_means_nothing_is_told_by_its_lines(cli: Cli) -> None:
    mapping = written(cli)
    wrong = MAPPING.replace("from: people", "from: poeple").replace(
        "name: Name, annual", "nmae: Name, annual"
    )
    mapping.write_text(wrong.replace("currency: Currency", "currency: Currencies"), encoding="utf-8")
    told = problems(cli("import", "tables", "-m", mapping, code=2))
    assert [(place, value) for place, value, _, _ in told] == [
        ("map.yaml[10].records[0].fields.nmae", "None"),
        ("map.yaml[10].records[0].fields", "None"),
        ("map.yaml[12].records[1].from", "'poeple'"),
    ]
    assert "Did you mean people?" in told[2][3]
    assert "Did you mean name?" in told[0][3]


WIDE = {
    "customers": "Id,Name,Revenue,Currency\n"
    "中华人民共和国长江三角洲高端装备制造产业联合发展集团有限责任公司,"
    "The Very Honourable Company of Extraordinarily Long-Winded Merchants of the Northern Provinces,"
    "98765432100,CNY\n"
}


WRONG = {"customers": CUSTOMERS + "C4,Delta,lots,EUR\n", "people": PEOPLE + "e3,Cid,,e9\n"}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_is_wider_than_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    mapping = written(cli, **WIDE)
    for options in (("--dry-run",), (), ("--help",)):
        out = cli("import", "tables", "-m", mapping, *options, "--lang", lang).out
        assert [line for line in out.splitlines() if cell_len(line.rstrip()) > width] == []


def test_all_is_said_in_chinese(cli: Cli) -> None:
    told = problems(cli("import", "tables", "-m", written(cli, **WRONG), "--lang", "zh", code=2))
    assert [place for place, *_ in told] == ["customers.csv[5].Revenue", "people.csv[4].Boss"]
    sentences = [*(what for _, _, what, _ in told), told[1][3]]
    assert [sentence for sentence in sentences if sentence.isascii()] == []
    assert "已导入" in cli("import", "tables", "-m", written(cli), "--lang", "zh").out

"""``graphcrm import bundle``: what it tells, and that it refuses as a whole."""

import csv
from pathlib import Path

import pytest
from cli.terminal import GOLDEN, Cli, read_json

TWO = GOLDEN / "account-2.json"
KINDS = {
    kind: len(records) for kind, records in read_json(TWO).items() if isinstance(records, list) and records
}


def test_a_table_tells_what_is_new(cli: Cli) -> None:
    lines = cli("import", "bundle", TWO).out.splitlines()
    assert lines[0] == "account-2.json: imported."
    assert lines[1].split() == ["Kind", "new", "changed", "retired", "unchanged"]
    assert {tuple(line.split()) for line in lines[2:]} == {(kind, str(n)) for kind, n in KINDS.items()}


def test_json_and_csv_tell_the_same(cli: Cli) -> None:
    told = cli.json("import", "bundle", TWO)
    assert (told["name"], told["changed"]) == ("account-2.json", True)
    assert {row["kind"]: row["new"] for row in told["kinds"] if row["new"]} == KINDS
    rows = cli.csv("import", "bundle", TWO, "--store", cli.store("other.db"))
    assert [{**row, "kind": row["kind"]} for row in rows] == [
        {key: str(value) for key, value in row.items()} for row in told["kinds"]
    ]


def test_twice_changes_nothing_and_says_so(cli: Cli) -> None:
    cli.load(TWO)
    before = cli.json("db", "status")
    assert "nothing changed" in cli("import", "bundle", TWO).out
    told = cli.json("import", "bundle", TWO)
    assert not told["changed"]
    assert {row["kind"]: row["unchanged"] for row in told["kinds"] if row["unchanged"]} == KINDS
    assert cli.json("db", "status") == before


def test_a_changed_record_is_told_as_changed(cli: Cli) -> None:
    document = read_json(TWO)
    cli.load(document)
    document["accounts"][0]["name"] = "Another name"
    kinds = {row["kind"]: row for row in cli.json("import", "bundle", cli.file(document))["kinds"]}
    assert (kinds["accounts"]["changed"], kinds["accounts"]["unchanged"]) == (1, 2)


def test_a_bad_bundle_is_refused_with_path_value_and_cure_of_every_problem(cli: Cli) -> None:
    document = {
        "as_of": "2026-06-30",
        "accounts": [{"id": "A", "name": "A", "mode": "enterprize"}],
        "seats": [{"id": "s", "account": "A", "weight": 7}],
        "interactions": [
            {"id": "i", "at": "2026-01-01T00:00:00", "channel": "mail", "participants": ["x"]}
        ],
        "surplus": [],
    }
    err = cli("import", "bundle", cli.file(document), code=2).err
    assert err.startswith("Error: bundle.json: 4 problems; nothing was written.\n")
    for path, value in (
        ("accounts[0].mode", "'enterprize'"),
        ("seats[0].weight", "7"),
        ("interactions[0].at", "'2026-01-01T00:00:00'"),
        ("surplus", "[]"),
    ):
        assert f"\n  {path} = {value}: " in err
    assert err.count("\n      → ") == 4
    assert all(line.startswith("  ") for line in err.splitlines()[1:])


def test_a_problem_is_told_to_its_end_in_one_line_of_a_log(cli: Cli) -> None:
    long = "x" * 150
    document = {"as_of": "2026-06-30", "accounts": [{"id": "A", "name": "A"}], long: 1}
    _, wrong, cure = cli("import", "bundle", cli.file(document), code=2).err.splitlines()
    assert wrong.startswith(f"  {long} = 1: ")
    assert wrong.endswith(f"{long} here.")
    assert cure.endswith("opportunities.")


def test_fifty_problems_are_shown_and_the_rest_is_counted_and_all_go_to_a_file(cli: Cli) -> None:
    accounts = [{"id": f"A{i}", "name": "A", "mode": "?"} for i in range(73)]
    err = cli("import", "bundle", cli.file({"as_of": "2026-06-30", "accounts": accounts}), code=2).err
    assert "73 problems" in err
    assert err.count("→") == 50
    assert err.endswith("  … and 23 more.\n  All of them: bundle.problems.csv\n")
    rows = list(csv.DictReader((cli.folder / "bundle.problems.csv").read_text("utf-8").splitlines()))
    assert [(row["place"], row["value"]) for row in rows] == [
        (f"accounts[{i}].mode", "?") for i in range(73)
    ]
    assert all(row["problem"] and row["cure"] for row in rows)


def test_a_refused_bundle_leaves_the_store_as_it_was(cli: Cli) -> None:
    cli.load(TWO)
    before = (cli.json("db", "status"), cli("db", "export", "--bundle").out)
    document = read_json(TWO)
    document["accounts"].append({"id": "new", "name": "New"})
    document["ties"].append({"employee": "nobody", "contact": "no-one"})
    err = cli("import", "bundle", cli.file(document), code=2).err
    assert "nobody" in err
    assert "no-one" in err
    assert (cli.json("db", "status"), cli("db", "export", "--bundle").out) == before


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"accounts": []}', '{"as_of": "2026-06-30", "as_of": 1}']
)
def test_what_is_no_bundle_is_refused(cli: Cli, text: str) -> None:
    path = cli.folder / "no.json"
    path.write_text(text, encoding="utf-8")
    err = cli("import", "bundle", path, code=2).err
    assert "nothing was written" in err
    assert "→" in err


@pytest.mark.parametrize(
    "content", [b"\xff\xfe{", b'{"as_of": "2026-06-30", "accounts": [{"id": "\xff"}]}', b"\x00"]
)
def test_a_file_that_is_no_text_is_refused(cli: Cli, content: bytes) -> None:
    path = cli.folder / "no.json"
    path.write_bytes(content)
    assert "no.json" in cli("import", "bundle", path, code=2).err


def test_a_file_that_is_not_there_and_a_folder_are_refused(cli: Cli, tmp_path: Path) -> None:
    for path in (tmp_path / "absent.json", tmp_path):
        err = cli("import", "bundle", path, code=2).err
        assert "cannot be read" in err
        assert "Give the path of a JSON file" in err

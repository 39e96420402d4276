"""graphcrm mapping and template: from files at hand to a first audit."""

import json
from pathlib import Path

import pytest
from cli.terminal import Cli
from jsonschema import Draft202012Validator
from messy_exports import COUNTED, EXPORTS
from openpyxl import load_workbook

from graphcrm.sources.tables.mapping_file import MappingFile
from graphcrm.sources.tables.yaml_text import YamlText

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
SCHEMA = ROOT / "docs" / "mapping.schema.json"


def counts(cli: Cli, *arguments: object) -> dict[str, int]:
    rows = cli.json("import", "tables", *arguments)["kinds"]
    return {row["kind"]: row["new"] for row in rows if row["new"]}


@pytest.fixture(params=EXPORTS)
def export(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    folder = tmp_path / "export"
    folder.mkdir()
    EXPORTS[request.param](folder)
    return request.param, folder


def test_an_export_is_suggested_imported_and_listed(cli: Cli, export: tuple[str, Path]) -> None:
    name, folder = export
    mapping = cli.folder / "mapping.yaml"
    out = cli("mapping", "suggest", folder, "-o", mapping).out
    assert f"graphcrm import tables --mapping {mapping}" in "".join(out.splitlines())
    assert counts(cli, "--mapping", mapping, folder) == COUNTED[name]
    assert len(cli.json("account", "list")) == COUNTED[name]["accounts"]


def test_a_suggestion_fits_the_schema(cli: Cli, export: tuple[str, Path]) -> None:
    _, folder = export
    mapping = cli.folder / "mapping.yaml"
    cli("mapping", "suggest", folder, "-o", mapping)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(YamlText(mapping, "mapping").value)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.name)
def test_the_examples_fit_the_schema(path: Path) -> None:
    document = YamlText(path, path.name).value
    if "records" not in document:  # a method pack
        return
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)


def test_the_committed_schema_is_what_the_command_prints(cli: Cli) -> None:
    mend = "write it anew: graphcrm mapping schema > docs/mapping.schema.json"
    assert cli("mapping", "schema").out == SCHEMA.read_text(encoding="utf-8"), mend


def test_the_schema_refuses_what_an_import_would() -> None:
    schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    sound = {
        "tables": {"t": {"files": "t.csv"}},
        "records": [{"kind": "contacts", "from": "t", "fields": {"id": "Id", "name": {"text": "{A} {B}"}}}],
    }
    assert schema.is_valid(sound)
    for wrong in (
        {"kind": "people", "from": "t", "fields": {"id": "Id", "name": "Name"}},
        {"kind": "contacts", "from": "t", "fields": {"id": "Id"}},
        {"kind": "contacts", "from": "t", "fields": {"id": "Id", "name": "Name", "title": "Title"}},
    ):
        assert not schema.is_valid({**sound, "records": [wrong]}), wrong


def test_every_field_of_every_kind_is_described_in_the_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    fields = [
        each
        for part in schema["$defs"].values()
        for each in part.get("properties", {}).get("fields", {}).get("properties", {}).values()
    ]
    assert len(fields) > 100
    assert all(field["description"] for field in fields)


def test_without_a_file_the_mapping_is_printed_and_the_table_told_apart(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    EXPORTS["orders"](tmp_path / "x")
    ran = cli("mapping", "suggest", tmp_path / "x")
    assert ran.out.startswith("# Suggested by graphcrm")
    assert "How sure" in ran.err
    path = tmp_path / "printed.yaml"
    path.write_text(ran.out, encoding="utf-8")
    assert MappingFile(path).mapping.records


def test_programs_get_columns_fields_and_how_sure(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    EXPORTS["orders"](tmp_path / "x")
    document = cli.json("mapping", "suggest", tmp_path / "x")
    by_column = {row["column"]: row for row in document["columns"]}
    assert by_column["Order Date"] == {
        "table": "orders",
        "column": "Order Date",
        "field": "interactions.at",
        "sure": "sure",
        "sample": "03/04/2024",
    }
    assert by_column["Amount"]["field"] == ""
    assert "Check this: 03/04/2024 could be read as %d/%m/%Y, %m/%d/%Y." in document["mapping"]
    assert cli.csv("mapping", "suggest", tmp_path / "x")[0]["field"] == "interactions.id"


def test_comments_are_in_the_users_language(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    EXPORTS["chinese"](tmp_path / "x")
    text = cli("mapping", "suggest", tmp_path / "x", "--lang", "zh").out
    assert "未使用" in text
    assert "Not used" not in text


def test_a_mapping_that_is_there_is_replaced_only_by_force(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    EXPORTS["flat"](tmp_path / "x")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("mine", encoding="utf-8")
    assert "--force" in cli("mapping", "suggest", tmp_path / "x", "-o", mapping, code=2).err
    assert mapping.read_text(encoding="utf-8") == "mine"
    cli("mapping", "suggest", tmp_path / "x", "-o", mapping, "--force", "--schema", "s.json")
    first = mapping.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=s.json"


def test_nothing_to_read_is_told(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no table" in cli("mapping", "suggest", tmp_path / "empty", code=2).err
    assert "does not exist" in cli("mapping", "suggest", tmp_path / "absent", code=2).err
    (tmp_path / "x.csv").write_bytes(b"")
    assert "empty" in cli("mapping", "suggest", tmp_path / "x.csv", code=2).err


@pytest.mark.parametrize("data", ["northwind", "adventureworks_lt", "krackhardt_hightech"])
def test_published_data_are_suggested_and_imported(cli: Cli, data: str) -> None:
    if not (DATA / data).is_dir():
        pytest.skip(f"{data} is not on this machine")
    mapping = cli.folder / "mapping.yaml"
    cli("mapping", "suggest", DATA / data, "-o", mapping)
    used = [path for table in MappingFile(mapping).mapping.tables.values() for path in _files(table.files)]
    found = counts(cli, "--mapping", mapping, *(DATA / data / name for name in used))
    expected = {"northwind": ("interactions", 830), "adventureworks_lt": ("contacts", 847)}
    kind, number = expected.get(data, ("employees", 21))
    assert found[kind] == number


def _files(files: str | tuple[str, ...]) -> tuple[str, ...]:
    return (files,) if isinstance(files, str) else files


@pytest.mark.parametrize("mapping", ["mapping.yaml", "mapping-workbook.yaml"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_template_imports_as_it_is(cli: Cli, tmp_path: Path, mapping: str, lang: str) -> None:
    cli("template", "-o", tmp_path / "t", "--lang", lang)
    assert counts(cli, "--mapping", tmp_path / "t" / mapping) == {
        "accounts": 1,
        "departments": 1,
        "seats": 2,
        "contacts": 2,
        "holdings": 2,
        "employees": 2,
        "ties": 1,
        "assertions": 1,
        "influences": 1,
        "interactions": 1,
        "mechanisms": 1,
        "stages": 1,
        "opportunities": 1,
    }
    assert cli.json("account", "list")[0]["observed"]


def test_the_workbook_explains_and_offers_what_a_cell_may_say(cli: Cli, tmp_path: Path) -> None:
    cli("template", "-o", tmp_path / "t", "--lang", "zh")
    book = load_workbook(tmp_path / "t" / "graphcrm.xlsx")
    assert book.sheetnames[1:-1] == [
        *("accounts", "departments", "contacts", "seats", "holdings", "employees", "ties", "assertions"),
        *("influences", "interactions", "mechanisms", "stages", "opportunities"),
    ]
    assert book["Lists"].sheet_state == "hidden"
    for name in book.sheetnames[1:-1]:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert all(cell.comment and cell.font.bold for cell in sheet[1]), name
    accounts = book["accounts"]
    columns = {cell.value: cell.column_letter for cell in accounts[1]}
    rule = next(
        each for each in accounts.data_validations.dataValidation if f"{columns['mode']}2" in each.sqref
    )
    place = rule.formula1.removeprefix("Lists!").replace("$", "")
    offered = [row[0].value for row in book["Lists"][place]]
    assert offered == ["transactional", "consultative", "enterprise"]
    assert "必填" in accounts["A1"].comment.text
    days = next(cell.column_letter for cell in book["ties"][1] if cell.value == "assessed_on")
    assert book["ties"][f"{days}2"].number_format == "yyyy-mm-dd"


def test_the_templates_csv_files_open_rightly_in_excel(cli: Cli, tmp_path: Path) -> None:
    cli("template", "-o", tmp_path / "t")
    for path in (tmp_path / "t").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name


def test_a_template_replaces_nothing_without_force(cli: Cli, tmp_path: Path) -> None:
    cli("template", "-o", tmp_path / "t")
    filled = tmp_path / "t" / "accounts.csv"
    filled.write_text("mine", encoding="utf-8")
    assert "accounts.csv" in cli("template", "-o", tmp_path / "t", code=2).err
    assert filled.read_text(encoding="utf-8") == "mine"
    cli("template", "-o", tmp_path / "t", "--force")
    assert filled.read_bytes().startswith(b"\xef\xbb\xbfid,")

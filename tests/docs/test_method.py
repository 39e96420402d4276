"""docs/method.md: every filled cell points at something that is there, and every empty one is listed."""

import json
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from graphcrm.cli.app import app
from graphcrm.findings.registry import RULES
from graphcrm.records.review import Elements, Measures, Review, RiskContributions
from graphcrm.records.structure import Structure

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
OPENAPI = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
EMPTY = "—"
CODE = re.compile(r"`([^`]+)`")
MEASURES = "Measure (result key)"
RULE = "Rule"
PLANS = {"plan", "handover", "rotation"}
"""Results of their own."""
BLOCKS = {"strength", "firm-held trust", "reach V", "decision weight", "share bounds"}
"""What measures are made of: rows of the table that are no keys of a result."""


class Cell(NamedTuple):
    """A cell of a table: the first column of its row, the title of its column, and what stands in it."""

    row: str
    column: str
    text: str


def tables() -> Iterator[list[list[str]]]:
    """Every table of the page as rows of cells, its titles first."""
    block: list[list[str]] = []
    for line in (*PAGE.splitlines(), ""):
        if line.startswith("|"):
            block.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif block:
            yield block
            block = []


def cells_of(first: str) -> list[Cell]:
    """The cells of the one table whose first title this is."""
    (table,) = [t for t in tables() if t[0][0] == first]
    titles, _rule, *rows = table
    assert {len(row) for row in table} == {len(titles)}, "each row has a cell for each title"
    return [
        Cell(row[0].strip("`"), title, text)
        for row in rows
        for title, text in zip(titles, row, strict=True)
    ]


CELLS = [*cells_of(MEASURES), *cells_of(RULE)]


def stated(*columns: str) -> list[Any]:
    """Each thing stated in these columns, once, named by what it is."""
    texts = [code for cell in CELLS if cell.column in columns for code in CODE.findall(cell.text)]
    assert texts
    return [pytest.param(text, id=text) for text in dict.fromkeys(texts)]


@pytest.mark.parametrize("path", stated("Function"))
def test_every_function_can_be_imported(path: str) -> None:
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return
    pytest.fail(f"{path} is nowhere")


@pytest.mark.parametrize("path", stated("Test oracle"))
def test_every_test_oracle_is_a_test_that_is_there(path: str) -> None:
    file, _, name = path.partition("::")
    assert name.startswith("test_")
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("line", stated("CLI"))
def test_every_command_is_understood_with_its_options(line: str) -> None:
    program, *words = shlex.split(line)
    assert program == "graphcrm"
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(command.name, words).close()  # parses, does not run


@pytest.mark.parametrize("line", stated("API"))
def test_every_endpoint_is_one_that_the_api_describes(line: str) -> None:
    described = {
        f"{method.upper()} {re.sub(r'{[^}]+}', '{id}', path)}"
        for path, methods in OPENAPI["paths"].items()
        for method in methods
    }
    assert line in described


@pytest.mark.parametrize("path", stated("Picture"))
def test_every_picture_is_made_from_a_template_that_is_there(path: str) -> None:
    assert path.startswith("visualizations/templates/")
    assert (ROOT / path).is_file()


def test_every_key_of_a_result_has_one_row() -> None:
    rows = [cell.row for cell in CELLS if cell.column == MEASURES]
    keys = {*Measures.model_fields, "observed", "risk", "reasons"}
    parts = {f"organisation_elements.{name}" for name in Elements.model_fields}
    head = {"account", "as_of", "policy", "reasons"}
    structure = {f"structure.{name}" for name in Structure.model_fields if name not in head}
    assert keys - set(Measures.model_fields) <= set(Review.model_fields)
    assert sorted(rows) == sorted(keys | parts | structure | PLANS | BLOCKS)


def test_every_contribution_to_the_risk_is_named() -> None:
    (formula,) = [c.text for c in CELLS if c.column == "Formula" and c.row == "risk_contributions"]
    assert set(RiskContributions.model_fields) <= set(CODE.findall(formula))


def test_every_rule_has_a_row_with_its_severity_in_the_order_of_the_registry() -> None:
    rows = [(cell.row, cell.text) for cell in CELLS if cell.column == "Severity"]
    assert rows == [(rule.name, rule.severity) for rule in RULES]


def test_every_rule_names_its_own_function() -> None:
    for cell in cells_of(RULE):
        if cell.column == "Function":
            assert cell.text == f"`graphcrm.findings.{cell.row}.RULE`"


def test_the_empty_cells_are_those_listed_as_not_yet_built() -> None:
    empty: dict[str, set[str]] = {}
    for cell in CELLS:
        assert cell.text, f"{cell.row}, {cell.column}: write {EMPTY} into an empty cell"
        if cell.text == EMPTY:
            empty.setdefault(cell.column, set()).add(cell.row)
    listed = {}
    for kind, rest in re.findall(r"^- \*\*(.+?)\*\*: (.+)$", section("Not yet built"), re.MULTILINE):
        names = set(CODE.findall(rest))
        every = {cell.row for cell in CELLS if cell.column == kind}
        listed[kind] = every if rest.startswith("every row") else names
    assert empty == listed


def section(title: str) -> str:
    """What stands under a title, up to the next one."""
    (text,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return str(text)

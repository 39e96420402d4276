"""The tables and pictures in docs/explore.md are what the queries answer on the sample portfolio."""

import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from neo4j import Session
from neo4j_server import Server

from graphcrm.bootstrap import SystemClock, read_draft
from graphcrm.policies import load_policy
from graphcrm.services.audit import run_audit
from graphcrm.services.importing import import_draft
from graphcrm.services.reading import View
from graphcrm.store.neo4j import open_store
from graphcrm.store.statements import statements

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "docs"))
pictures = import_module("generate_explore_pictures")
PAGE = pictures.PAGE.read_text(encoding="utf-8")
EXAMPLES = pictures.examples()
GRAPHS = {name for name, statement in statements("explore").items() if statement.columns == ("path",)}
_TABLE = re.compile(r"\n\n(?P<head>\|.*\|)\n\|[-|]+\|\n(?P<rows>(?:\|.*\|\n)+)")


@pytest.fixture(scope="module")
def _sample(neo4j: Server, session: Session, tmp_path_factory: pytest.TempPathFactory) -> None:
    del session  # it empties the database first
    file = tmp_path_factory.mktemp("sample") / "sample.json"
    subprocess.run([sys.executable, ROOT / "examples" / "sample_portfolio.py", "-o", file], check=True)
    policy, clock = load_policy(), SystemClock()
    with open_store(
        neo4j.uri, user=neo4j.user, password=neo4j.password, database="neo4j", create=True
    ) as store:
        import_draft(read_draft(file), store, policy, clock)
        run_audit(store, View(policy), clock)


def cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))


def shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def section(name: str) -> str:
    """What stands under a query's title."""
    (text,) = re.findall(rf"^\[`{name}\.cypher`\].*?(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    return str(text)


def test_every_query_has_one_example_with_its_file_and_its_picture() -> None:
    names = [example.name for example in EXAMPLES]
    assert sorted(names) == sorted(statements("explore"))
    assert set(pictures.SPEC) == set(names)
    assert {file.name for file in pictures.PICTURES.iterdir()} == {f"{name}.svg" for name in names}
    for example in EXAMPLES:
        assert set(example.parameters) == set(statements("explore")[example.name].parameters)
        assert f"(../cypher/explore/{example.name}.cypher)" in section(example.name)
        assert f"![{example.question}](images/explore/{example.name}.svg)" in section(example.name)
        assert (_TABLE.search(section(example.name)) is None) == (example.name in GRAPHS)


@pytest.mark.neo4j
@pytest.mark.slow
@pytest.mark.usefixtures("_sample")
@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.name not in GRAPHS], ids=lambda e: e.name)
def test_the_table_is_what_the_query_answers(
    example: Any, explore: Callable[..., list[tuple[object, ...]]]
) -> None:
    rows = explore(example.name, **example.parameters)
    table = _TABLE.search(section(example.name))
    assert table is not None
    assert cells(table["head"]) == statements("explore")[example.name].columns
    told = [cells(line) for line in table["rows"].splitlines()]
    first = re.search(r"the first of (\d+)", example.text)
    assert len(rows) == (int(first[1]) if first else len(told))
    assert pictures.SPEC[example.name].rows == (len(told) if first else None)
    assert told == [tuple(map(shown, row)) for row in rows[: len(told)]]


@pytest.mark.neo4j
@pytest.mark.slow
@pytest.mark.usefixtures("_sample")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_the_picture_is_of_what_the_query_answers(example: Any, session: Session) -> None:
    committed = (pictures.PICTURES / f"{example.name}.svg").read_text(encoding="utf-8")
    assert pictures.picture(session, example) == committed, "run: python docs/generate_explore_pictures.py"

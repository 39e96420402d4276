"""The tables in docs/neo4j.md are what the queries answer on the sample portfolio."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8")
_EXAMPLE = re.compile(
    r"\[`(?P<name>\w+)\.cypher`\](?P<text>.*)\n\n(?P<head>\|.*\|)\n\|[-|]+\|\n(?P<rows>(?:\|.*\|\n)+)"
)
_PARAMETER = re.compile(r"`(\w+)` = `([\w.]+)`")


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


EXAMPLES = list(_EXAMPLE.finditer(PAGE))


def test_every_query_has_an_example() -> None:
    assert {example["name"] for example in EXAMPLES} == set(statements("explore"))


@pytest.mark.usefixtures("_sample")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_example_is_what_the_query_answers(
    example: re.Match[str], explore: Callable[..., list[tuple[object, ...]]]
) -> None:
    rows = explore(example["name"], **dict(_PARAMETER.findall(example["text"])))
    assert cells(example["head"]) == statements("explore")[example["name"]].columns
    told = [cells(line) for line in example["rows"].splitlines()]
    first = re.search(r"the first of (\d+)", example["text"])
    assert len(rows) == (int(first[1]) if first else len(told))
    assert told == [tuple(map(shown, row)) for row in rows[: len(told)]]

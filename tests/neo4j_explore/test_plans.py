"""How the server would run each explore query on a store's own schema: along its indexes."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from neo4j import Session

from graphcrm.bootstrap import SystemClock, read_draft
from graphcrm.policies import load_policy
from graphcrm.services.importing import import_draft
from graphcrm.store.neo4j import Neo4jStore
from graphcrm.store.statements import statements

pytestmark = pytest.mark.neo4j

BUNDLE = Path(__file__).parents[1] / "golden" / "account-2.json"
FEW = {"Account", "Seat", "Department", "Employee", "Contact", "Mechanism", "Opportunity", "Store"}
"""Labels a question about all accounts may go through; the others are as many as all that was ever said."""
OF_ONE = {"account", "employee", "seat", "person"}
"""Parameters that name where to begin."""


@pytest.fixture(scope="module", autouse=True)
def _store(emptied: Callable[[], AbstractContextManager[Neo4jStore]]) -> None:
    with emptied() as store:
        import_draft(read_draft(BUNDLE), store, load_policy(), SystemClock())


def steps(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each operator and what it is about."""
    yield plan["operatorType"].partition("@")[0], plan["args"].get("Details", "")
    for below in plan.get("children", ()):
        yield from steps(below)


@pytest.mark.parametrize("name", statements("explore"))
def test_a_query_begins_at_an_index_where_one_serves(session: Session, name: str) -> None:
    statement = statements("explore")[name]
    plan = session.run(f"EXPLAIN {statement.text}", dict.fromkeys(statement.parameters)).consume().plan
    assert plan is not None
    found = list(steps(plan))
    everything = {"CartesianProduct", "AllNodesScan", "DirectedAllRelationshipsScan"}
    assert not {operator.replace("Undirected", "Directed") for operator, _ in found} & everything
    scanned = {
        label
        for operator, about in found
        if "LabelScan" in operator
        for label in re.findall(r":(\w+)", about)
    }
    assert scanned <= (set() if OF_ONE & set(statement.parameters) else FEW), found

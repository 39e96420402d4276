"""How the server would run each statement of ``cypher/``: along an index."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from store_neo4j import DATABASE, driver, open_for, the_server
from store_samples import AS_OF, AT, PACK, bring, observed_review, one_of_each

from graphcrm.store.neo4j.links import EDGES, INWARD, LABELS, POINTING, TIES
from graphcrm.store.statements import Statement, statements

pytestmark = pytest.mark.neo4j

SCANS = {"AllNodesScan", "NodeByLabelScan", "CartesianProduct", "UndirectedAllRelationshipsScan", "AllScan"}
ONE = "NodeUniqueIndexSeek(Locking)"
JUSTIFIED = {
    "any_node": {"AllNodesScan"},  # any node at all: the first that is somebody else's ends it
}
EAGER = {
    "clear_reviews": "it deletes what it finds, a bounded number at a time",
    "drop_nodes": "a batch of ids, each node found before any is deleted",
    "drop_edges": "a batch of keys, each edge found before any is deleted",
    "unlink_out": "a batch of ids, each edge found before any is deleted",
    "unlink_in": "the same",
    "put_nodes": "a batch of rows: for all the planner knows, it changes the ids of others",
    "append_versions": "a batch of rows, with what they share set after what they state",
    "draw_nodes": "a stretch of the log: for all the planner knows, it changes versions",
    "draw_edges": "the same",
    "draw_links_to_ties": "the same",
    "put_edges": "a batch of rows: for all the planner knows, it changes the ids of the ends",
    "put_audit": "one row",
    "publish_history": "one row, locked before it is read",
    "take_lease": "one row, locked before it is read",
    "keep_lease": "the same",
    "drop_lease": "the same",
}
"""Statements that may gather their rows, and why."""

ALL = {**statements("read"), **statements("write")}
NODE_LINKS = [
    (LABELS[r.kind], r.type, LABELS[to]) for rs in POINTING.values() for r in rs if r.kind in LABELS
    for to in r.to if to != TIES
]  # fmt: skip

LINKS = {"link_in", "link_out", "draw_links_in", "draw_links_of_part", "draw_links_out"}


def fillings(statement: Statement) -> Iterator[dict[str, str]]:
    """Every set of labels and types the adapter puts into a statement."""
    name = statement.path.partition("/")[2].removesuffix(".cypher")
    if name in LINKS:
        for label, type_, target in NODE_LINKS:
            if (type_ in INWARD) == (name not in {"link_out", "draw_links_out"}):
                yield {"label": label, "type": type_, "target": target}
    elif name in {"put_edges", "draw_edges"}:
        for edge in EDGES.values():
            yield {"start": edge.start_label, "type": edge.type, "end": edge.end_label}
    elif name == "count_edges":
        yield from ({"type": type_} for type_ in sorted({type_ for _, type_, _ in NODE_LINKS}))
    elif name in {"drop_edges", "graph_edges"}:
        yield from ({"type": edge.type} for edge in EDGES.values())
    elif name in {"link_to_end", "draw_links_to_ties"}:
        yield from ({"target": label} for label in ("Employee", "Contact"))
    elif statement.names:
        yield from ({"label": label} for label in LABELS.values())
    else:
        yield {}


def operators(plan: dict[str, Any]) -> Iterator[str]:
    children = [list(operators(child)) for child in plan.get("children", ())]
    name = plan["operatorType"].partition("@")[0]
    # A node found by its own id is one row: it multiplies nothing.
    if name != "CartesianProduct" or not any(below[0].startswith(ONE) for below in children):
        yield name
    for below in children:
        yield from below


@pytest.fixture(scope="module", params=["empty", "filled"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with nothing in it, where every scan looks cheap, and one with some of everything."""
    with open_for(tmp_path_factory.mktemp("plans")) as store:
        if request.param == "filled":
            bring(store, one_of_each())
            store.save_audit([observed_review()], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    return str(request.param)


def test_the_folders_hold_statements_only() -> None:
    root = Path(__file__).parents[3] / "cypher"
    assert {p.suffix for folder in ("read", "write", "schema") for p in (root / folder).iterdir()} == {
        ".cypher"
    }


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_statement_follows_indexes_and_names_its_columns(name: str, database: str) -> None:
    statement = ALL[name]
    for names in fillings(statement):
        with driver(the_server()).session(database=DATABASE) as session:
            result = session.run(f"EXPLAIN {statement.named(**names)}")
            keys, plan = result.keys(), result.consume().plan
        assert tuple(keys) == statement.columns
        assert plan is not None
        found = set(operators(plan))
        assert not (found & SCANS) - JUSTIFIED.get(name, set()), f"{name} {names} on an {database} store"
        if name not in EAGER:
            assert "Eager" not in found, f"{name} {names} on an {database} store"

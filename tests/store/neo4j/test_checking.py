"""What `db check` finds in a Neo4j store, above all where its graph is not the one its log makes."""

from pathlib import Path

import pytest
from histories import everything, problems, write_history
from store_neo4j import cypher
from store_samples import AS_OF, AT, PACK, bring, bundle, observed_review

from graphcrm.errors import StoreError
from graphcrm.records.assertion import Assertion
from graphcrm.services.checking import check_store
from graphcrm.services.copying import copy_history
from graphcrm.store.neo4j import Neo4jStore
from graphcrm.store.sqlite import open_store

pytestmark = pytest.mark.neo4j


@pytest.fixture
def filled(store: Neo4jStore) -> Neo4jStore:
    """Everything, and an audit whose routes are drawn."""
    bring(store, everything())
    about = [Assertion(subject="e1|c1", attribute="trust_holder", value="firm", valid_from=AS_OF)]
    bring(store, bundle(assertions=about))
    review = observed_review()
    assert review.measures is not None
    routes = {"e1": {"s1": review.measures.breadth}}
    drawn = review.model_copy(update={"measures": review.measures.model_copy(update={"routes": routes})})
    store.save_audit([drawn], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    assert cypher("MATCH ()-[r:REACHES]->() RETURN count(r)") == [[1]]
    return store


def test_of_a_sound_store_it_looks_at_all_there_is(filled: Neo4jStore) -> None:
    looked_at = {check.name: (check.looked_at, check.in_all) for check in check_store(filled)}
    ((versions,),) = cypher("MATCH (v:Version) RETURN count(v)")
    assert looked_at["records"] == looked_at["graph"] == (versions, 0)
    assert looked_at["reaches"] == looked_at["reviews"] == (1, 0)


def test_whatever_was_imported_is_sound(store: Neo4jStore) -> None:
    for seed in range(3):
        write_history(store, seed)
        assert problems(store) == []


CHANGES = {
    "a property": (
        "MATCH (a:Account) SET a.name = 'x'",
        "graph: Account a1: The graph says something else",
    ),
    "one more property": (
        "MATCH (s:Seat {id: 's1'}) SET s.x = 1",
        "graph: Seat s1: The graph says something",
    ),
    "a node that is gone": (
        "MATCH (d:Department) DETACH DELETE d",
        "graph: Department d1: It is in the log",
    ),
    "a node of nobody": (
        "CREATE (:Account {id: 'zz'})",
        "graph: Account: The graph has 2, and the log makes 1.",
    ),
    "an edge that is gone": (
        "MATCH (:Seat {id: 's1'})-[p:PART_OF]->() DELETE p",
        "graph: Seat s1: Its edge PART_OF with Account a1 is in the log, and not in the graph.",
    ),
    "an edge of nobody": (
        "MATCH (s:Seat {id: 's1'}), (t:Seat {id: 's2'}) CREATE (s)-[:REPORTS_TO]->(t)",
        "graph: Seat s1: Its edge REPORTS_TO with Seat s2 is in the graph, and not in the log.",
    ),
    "an edge drawn twice": (
        "MATCH (s:Seat {id: 's1'})-[:PART_OF]->(a) CREATE (s)-[:PART_OF]->(a)",
        "graph: Seat s1: Its edge PART_OF with Account a1 is in the graph, and not in the log.",
    ),
    "a part that somebody took": (
        "MATCH (:Employee {id: 'e1'})-[t:TOOK_PART]->(:Interaction {id: 'i1'}) SET t.as = 'to'",
        "graph: Interaction i1: Its edge TOOK_PART",
    ),
    "an assertion about a tie": (
        "MATCH (:Assertion)-[a:ABOUT {tie: 'e1|c1'}]->(:Contact) DELETE a",
        "Its edge ABOUT with Contact c1",
    ),
    "a tie": (
        "MATCH ()-[t:TIED_TO {id: 't2'}]->() SET t.level = 0.9",
        "graph: TIED_TO ties|t2|0: The graph says",
    ),
    "a tie that is gone": (
        "MATCH ()-[t:TIED_TO {id: 't2'}]->() DELETE t",
        "graph: TIED_TO ties|t2|0: It is in",
    ),
    "a holding of nobody": (
        "MATCH (c:Contact {id: 'c0'}), (s:Seat {id: 's2'}) CREATE (c)-[:HOLDS {key: 'x'}]->(s)",
        "graph: HOLDS: The graph has 2, and the log makes 1.",
    ),
    "what an audit found": (
        "MATCH ()-[r:REACHES]->() SET r.low = 1.0",
        "reaches: REACHES e1 s1: It is not what the latest audit says.",
    ),
    "a route of nobody": (
        "MATCH (e:Employee {id: 'e0'}), (s:Seat {id: 's2'}) CREATE (e)-[:REACHES {audit: 1}]->(s)",
        "reaches: REACHES: The graph has 2, and the latest audit makes 1 of them.",
    ),
    "a version": (
        "MATCH (v:Version {_id: 'a1'}) SET v.name = 'x'",
        "records: version 1: It is not what was written.",
    ),
    "a version that is no record": (
        "MATCH (v:Version {_id: 'd1'}) REMOVE v.name",
        "records: version 2: It is no record that can be read.",
    ),
    "a version that is gone": (
        "MATCH (v:Version {_id: 'i1'}) DETACH DELETE v",
        "versions: version",
    ),
    "an import that is gone": (
        "MATCH (i:Import {number: 1}) DELETE i",
        "imports: import 2: It follows on number 0.",
    ),
    "the latest day": (
        "MATCH (s:Store) SET s.latest_as_of = date('2030-01-01')",
        "imports: store: Its latest day is 2030-01-01, and that of its imports is 2026-06-30.",
    ),
    "a review that is gone": (
        "MATCH (r:Review) DELETE r",
        "reviews: audits: There are 0 reviews, and there should be 1.",
    ),
    "a review that cannot be read": (
        "MATCH (r:Review) REMOVE r.account",
        "reviews: audit 1, review 0: It is no review that can be read.",
    ),
    "an audit that is gone": (
        "MATCH (a:Audit) DELETE a",
        "audits: audit 0: It is the last one, and there should be 1.",
    ),
    "a graph that is behind": (
        "MATCH (s:Store) SET s.projected_seq = 0",
        "graph: graph: It is behind what graphcrm reads.",
    ),
    "routes that are behind": ("MATCH (s:Store) SET s.reaches = 0", "reaches: REACHES: It is behind"),
}


@pytest.mark.parametrize(("statement", "told"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_by_hand_is_found(filled: Neo4jStore, statement: str, told: str) -> None:
    assert problems(filled) == []
    cypher(statement)
    said = problems(filled)
    assert any(told in line for line in said), said


def test_what_was_changed_by_hand_is_not_copied(filled: Neo4jStore, tmp_path: Path) -> None:
    cypher("MATCH (v:Version {_id: 'a1'}) SET v.name = 'x'")
    with (
        open_store(tmp_path / "copy.db", create=True) as copy,
        pytest.raises(StoreError, match="version 1: It is not what was written"),
    ):
        copy_history(filled, copy)


def test_a_graph_that_is_behind_is_completed_as_the_cure_says(filled: Neo4jStore) -> None:
    cypher("MATCH (n:Interaction) DETACH DELETE n")
    cypher("MATCH (s:Store) SET s.projected_seq = 0, s.reaches = 0")
    filled.migrate()
    assert problems(filled) == []

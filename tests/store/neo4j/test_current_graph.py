"""The graph people ask in Cypher: what is in force as known now, as plain nodes and edges."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from neo4j.time import Date, DateTime
from store_neo4j import QUICK, cypher, open_for
from store_samples import AS_OF, bring, bundle, named, one_of_each

from graphcrm.records.account import Account
from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.department import Department
from graphcrm.records.employee import Employee
from graphcrm.records.holding import Holding
from graphcrm.records.influence import Influence
from graphcrm.records.interaction import Interaction
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.seat import Seat
from graphcrm.records.tie import Tie
from graphcrm.store.neo4j import Neo4jStore
from graphcrm.store.neo4j.lease import leased
from graphcrm.store.neo4j.links import EDGES, LABELS
from graphcrm.store.neo4j.projecting import project
from graphcrm.store.neo4j.upkeep import holding

pytestmark = pytest.mark.neo4j

_CURRENT = f"""any(label IN labels(n) WHERE label IN {list(LABELS.values())})"""


def edges() -> list[str]:
    """Every edge between current nodes, written as a person would."""
    rows = cypher(
        "MATCH (a)-[r]->(b) WHERE NOT a:Version RETURN labels(a)[0], a.id, type(r), labels(b)[0], b.id"
    )
    return sorted(f"{la} {a} {t} {lb} {b}" for la, a, t, lb, b in rows)


def graph() -> tuple[list[str], list[str]]:
    """All of it as text."""
    nodes = cypher(f"MATCH (n) WHERE {_CURRENT} RETURN labels(n), properties(n)")
    drawn = cypher(
        f"MATCH (n)-[r]->(m) WHERE {_CURRENT}"
        " RETURN labels(n), n.id, type(r), properties(r), labels(m), m.id"
    )
    return sorted(map(told, nodes)), sorted(map(told, drawn))


def told(row: Sequence[Any]) -> str:
    return repr([sorted(part.items()) if isinstance(part, dict) else part for part in row])


def everything() -> Bundle:
    return bundle(
        source="crm",
        accounts=[named("g", "Group"), named("a", "A", parent="g", owner="ana")],
        departments=[Department(id="d", account="a", name="IT")],
        seats=[
            Seat(id="s1", account="a", department="d", roles=(), decides_for=("g",)),
            Seat(id="s2", account="a", reports_to="s1"),
        ],
        contacts=[Contact(id="wang", name="Wang"), Contact(id="li", name="Li")],
        holdings=[Holding(contact="wang", seat="s1", valid_from=date(2020, 1, 1))],
        employees=[
            Employee(id="ana", name="Ana"),
            Employee(id="bo", name="Bo", manager="ana", captured=True),
        ],
        ties=[
            Tie(employee="ana", contact="wang", level=0.5, assessed_on=AS_OF),
            Tie(employee="ana", contact="wang", level="close", assessed_on=date(2025, 1, 1)),
            Tie(id="t", employee="bo", contact="li"),
        ],
        assertions=[
            Assertion(subject="wang", attribute="attitude", value="coach", valid_from=AS_OF),
            Assertion(subject="ana|wang", attribute="trust_holder", value="firm", valid_from=AS_OF),
        ],
        influences=[Influence(**{"from": "s2", "to": "s1", "kind": "informal"})],
        interactions=[
            Interaction(
                id="i1",
                at=datetime(2026, 6, 1, 9, tzinfo=UTC),
                channel="email",
                **{"from": "ana", "to": ("wang", "li")},
            ),
            Interaction(
                id="i2",
                at=datetime(2026, 6, 2, tzinfo=UTC),
                channel="call",
                participants=("bo", "li"),
            ),
        ],
        mechanisms=[
            Mechanism(id="m", account="a", kind="board", our_owners=("bo",), their_owners=("wang",))
        ],
    )


EVERYTHING = [
    "Account a PART_OF Account g",
    "Assertion assertions|ana\\|wang|trust_holder|2026-06-30||||0 ABOUT Contact wang",
    "Assertion assertions|ana\\|wang|trust_holder|2026-06-30||||0 ABOUT Employee ana",
    "Assertion assertions|wang|attitude|2026-06-30||||0 ABOUT Contact wang",
    "Contact li TOOK_PART Interaction i1",
    "Contact li TOOK_PART Interaction i2",
    "Contact wang HOLDS Seat s1",
    "Contact wang OWNS Mechanism m",
    "Contact wang TOOK_PART Interaction i1",
    "Department d PART_OF Account a",
    "Employee ana OWNS Account a",
    "Employee ana TIED_TO Contact wang",
    "Employee ana TIED_TO Contact wang",
    "Employee ana TOOK_PART Interaction i1",
    "Employee bo OWNS Mechanism m",
    "Employee bo REPORTS_TO Employee ana",
    "Employee bo TIED_TO Contact li",
    "Employee bo TOOK_PART Interaction i2",
    "Mechanism m PART_OF Account a",
    "Seat s1 DECIDES_FOR Account g",
    "Seat s1 IN_DEPARTMENT Department d",
    "Seat s1 PART_OF Account a",
    "Seat s2 INFLUENCES Seat s1",
    "Seat s2 PART_OF Account a",
    "Seat s2 REPORTS_TO Seat s1",
]


def test_every_relation_is_an_edge(store: Neo4jStore) -> None:
    bring(store, everything())
    assert edges() == EVERYTHING


def test_nodes_hold_typed_properties_and_no_machinery(store: Neo4jStore) -> None:
    bring(store, one_of_each())
    ((node,),) = cypher("MATCH (n:Interaction {id: 'i1'}) RETURN properties(n)")
    assert node == {
        "id": "i1",
        "at": DateTime(2026, 6, 1, 9, 0, 0, 1000, tzinfo=UTC),
        "channel": "call",
        "participants": ["e1", "c1"],
        "recorded_at": DateTime(2026, 6, 2, 0, 0, 0, 0, tzinfo=UTC),
    }
    ((seat, other),) = cypher("MATCH (a:Seat {id: 's1'}), (b:Seat {id: 's2'}) RETURN a.roles, b.roles")
    assert (seat, other) == ([], None)
    ((mechanism,),) = cypher("MATCH (n:Mechanism) RETURN properties(n)")
    assert mechanism["held"] == [Date(2026, 6, 30)]
    assert mechanism["kind"] == "steering_committee"
    levels = cypher("MATCH (:Employee)-[t:TIED_TO]->(:Contact) RETURN t.id, t.level, t.trust_holder")
    assert sorted(levels) == [["e1|c1", 0.5, "person"], ["t2", "strong", "person"]]
    names = cypher(f"MATCH (n) WHERE {_CURRENT} UNWIND keys(n) AS name RETURN DISTINCT name")
    assert not [name for (name,) in names if str(name).startswith("_")]


def test_an_edge_tells_in_which_part_somebody_took_part(store: Neo4jStore) -> None:
    bring(store, everything())
    rows = cypher("MATCH (p)-[t:TOOK_PART]->(i:Interaction) RETURN p.id, i.id, t.as ORDER BY i.id, p.id")
    assert rows == [
        ["ana", "i1", "from"],
        ["li", "i1", "to"],
        ["wang", "i1", "to"],
        ["bo", "i2", "participants"],
        ["li", "i2", "participants"],
    ]


def test_what_changes_changes_its_own_edges_only(store: Neo4jStore) -> None:
    bring(store, everything())
    bring(store, bundle(seats=[Seat(id="s1", account="g", title="Head")]))
    now = edges()
    assert "Seat s1 PART_OF Account g" in now
    gone = {
        "Seat s1 PART_OF Account a",
        "Seat s1 IN_DEPARTMENT Department d",
        "Seat s1 DECIDES_FOR Account g",
    }
    assert set(EVERYTHING) - set(now) == gone
    assert cypher("MATCH (s:Seat {id: 's1'}) RETURN s.title, s.department, s.roles") == [
        ["Head", None, None]
    ]


def test_what_is_retired_leaves_and_what_is_back_has_its_edges_again(store: Neo4jStore) -> None:
    bring(store, everything())
    bring(store, bundle(source="crm", complete=("employees", "ties", "accounts")))
    assert not [edge for edge in edges() if "Employee" in edge or "Account" in edge]
    assert cypher("MATCH (n:Employee) RETURN n") == cypher("MATCH (n:Account) RETURN n") == []
    bring(store, everything())
    assert edges() == EVERYTHING


def test_of_two_statements_of_one_id_the_other_stays(store: Neo4jStore) -> None:
    bring(store, bundle(source="crm", accounts=[named("a", "One"), named("a", "Two")]))
    assert cypher("MATCH (a:Account) RETURN a.name") == [["Two"]]
    bring(store, bundle(source="crm", complete=("accounts",), accounts=[named("a", "One")]))
    assert cypher("MATCH (a:Account) RETURN a.name") == [["One"]]


IDS = st.sampled_from(["a", "b", "c"])


def some(record: type[Record], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Record]]:
    """Records without two of one id, which are refused before a store sees them."""
    return st.lists(st.builds(record, **fields), max_size=3, unique_by=lambda r: getattr(r, "id", id(r)))


FAST = tuple(phase for phase in Phase if phase is not Phase.shrink)
"""Shrinking takes minutes where each step is an import."""

HISTORIES = st.lists(
    st.builds(
        lambda complete, **parts: bundle(source="crm", complete=tuple(complete), **parts),
        complete=st.lists(
            st.sampled_from(["accounts", "seats", "holdings", "ties", "employees", "contacts"])
        ),
        accounts=some(Account, id=IDS, name=IDS, owner=st.none() | IDS),
        seats=some(Seat, id=IDS, account=IDS, reports_to=st.none() | IDS),
        contacts=some(Contact, id=IDS, name=IDS),
        holdings=some(Holding, contact=IDS, seat=IDS),
        employees=some(Employee, id=IDS, name=IDS, manager=st.none() | IDS),
        ties=some(Tie, employee=IDS, contact=IDS, id=st.none() | st.just("t")),
        assertions=some(
            Assertion,
            subject=IDS | st.sampled_from(["a|b", "t"]),
            attribute=st.sampled_from(["level", "trust_holder"]),
            value=st.integers(1, 3),
            valid_from=st.just(AS_OF),
        ),
        interactions=some(
            Interaction,
            id=IDS,
            at=st.just(datetime(2026, 6, 1, tzinfo=UTC)),
            channel=st.just("call"),
            participants=st.tuples(IDS, IDS),
        ),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=30, deadline=None, phases=FAST, suppress_health_check=[HealthCheck.too_slow])
@given(HISTORIES)
def test_import_by_import_it_is_the_graph_made_at_once(history: list[Bundle]) -> None:
    ids = [named(i, i) for i in "abc"]
    first = bundle(
        source="crm",
        accounts=ids,
        seats=[Seat(id=i, account=i) for i in "abc"],
        contacts=[Contact(id=i, name=i) for i in "abc"],
        employees=[Employee(id=i, name=i) for i in "abc"],
        ties=[Tie(employee="a", contact="b"), Tie(id="t", employee="a", contact="b")],
    )
    with TemporaryDirectory() as folder, open_for(Path(folder)) as store:
        for step in (first, *history):
            bring(store, step)
        step_by_step = graph()
        cypher(f"MATCH (n) WHERE {_CURRENT} DETACH DELETE n")
        ((last,),) = cypher("MATCH (s:Store) RETURN s.last_seq")
        connection = store._connection
        with leased(connection, QUICK.wait) as lease:
            project(holding(connection, lease), store.url, 0, int(str(last)), 7)
        at_once = graph()
        for one, other in zip(step_by_step, at_once, strict=True):
            assert set(one) ^ set(other) == set()
        assert at_once == step_by_step


def test_every_kind_of_record_is_a_node_or_an_edge() -> None:
    assert set(LABELS) | set(EDGES) == set(RECORDS)

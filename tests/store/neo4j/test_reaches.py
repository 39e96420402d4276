"""What an audit draws for people: who reaches which seat, how strongly, and who alone."""

from datetime import date

import pytest
from neo4j.time import Date
from store_neo4j import Limits, cypher, opened, wipe
from store_samples import AS_OF, AT, PACK, bring, bundle, named, observed_review

from graphcrm.records.contact import Contact
from graphcrm.records.employee import Employee
from graphcrm.records.interval import Interval
from graphcrm.records.review import Review
from graphcrm.records.seat import Seat
from graphcrm.store.neo4j import Neo4jStore

pytestmark = pytest.mark.neo4j

FACTS = bundle(
    source="crm",
    accounts=[named("a1", "A")],
    seats=[Seat(id="s1", account="a1"), Seat(id="s2", account="a1")],
    employees=[Employee(id="e1", name="Ana"), Employee(id="e2", name="Bo")],
    contacts=[Contact(id="c1", name="Wang")],
)
ALL = "MATCH (e:Employee)-[r:REACHES]->(s:Seat) RETURN e.id, s.id, properties(r) ORDER BY e.id, s.id"


def review(**routes: dict[str, Interval]) -> Review:
    plain = observed_review()
    assert plain.measures is not None
    measures = plain.measures.model_copy(
        update={"routes": routes, "firm_routes": {"s1": Interval(0.0, 0.5)}}
    )
    return plain.model_copy(update={"measures": measures})


def audit(store: Neo4jStore, *reviews: Review, as_of: date = AS_OF) -> int:
    return store.save_audit(reviews, run_at=AT, as_of=as_of, known_at=None, policy_pack=PACK).id


def test_routes_are_edges_with_day_policy_and_audit(store: Neo4jStore) -> None:
    bring(store, FACTS)
    audit(store, review(e1={"s1": Interval(0.25, 0.5)}, e2={"s2": Interval(0.0, 1.0)}))
    common = {"account": "a1", "as_of": Date(2026, 6, 30), "policy": "default 1", "audit": 1}
    assert cypher(ALL) == [
        ["e1", "s1", {"low": 0.25, "high": 0.5, "alone": True, **common}],
        ["e2", "s2", {"low": 0.0, "high": 1.0, "alone": False, **common}],
    ]


def test_a_later_audit_takes_their_place(store: Neo4jStore) -> None:
    bring(store, FACTS)
    audit(store, review(e1={"s1": Interval(0.25, 0.5)}))
    audit(
        store, review(e2={"s1": Interval(0.5, 0.5), "nobody": Interval(1.0, 1.0)}), as_of=date(2026, 7, 1)
    )
    ((employee, seat, edge),) = cypher(ALL)
    assert (employee, seat, edge["audit"], edge["as_of"]) == ("e2", "s1", 2, Date(2026, 7, 1))


def test_an_import_leaves_them(store: Neo4jStore) -> None:
    bring(store, FACTS)
    audit(store, review(e1={"s1": Interval(0.25, 0.5)}))
    bring(store, bundle(seats=[Seat(id="s1", account="a1", title="Head")]))
    assert len(cypher(ALL)) == 1


def test_routes_are_kept_in_the_review_too(store: Neo4jStore) -> None:
    kept = review(e1={"s.1": Interval(0.25, 0.5)})
    number = audit(store, kept)
    read = store.audit(number)
    assert read is not None
    assert read.reviews == (kept,)


def test_what_was_interrupted_is_completed() -> None:
    wipe()
    with opened(limits=Limits(whole=5, batch=2, wait=2.0)) as store:
        bring(store, FACTS)
        audit(
            store,
            review(e1={"s1": Interval(0.25, 0.5), "s2": Interval(0.5, 0.5)}, e2={"s1": Interval(1, 1)}),
        )
        drawn = cypher(ALL)
        assert len(drawn) == 3
        cypher("MATCH ()-[r:REACHES {audit: 1}]->(:Seat {id: 's1'}) DELETE r")
        cypher("MATCH (s:Store) SET s.reaches = 0")
        assert store.status().note is not None
        store.migrate()
        assert cypher(ALL) == drawn
        assert store.status().note is None


def test_reviews_of_an_audit_that_was_not_kept_are_cleared(store: Neo4jStore) -> None:
    cypher("UNWIND range(0, 9) AS place CREATE (:Review {_audit: 1, _position: place, account: 'x'})")
    assert store.audits() == ()
    assert store.audit(1) is None
    kept = store.save_audit([review()], run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    assert (kept.id, kept.accounts) == (1, 1)

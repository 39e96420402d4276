"""Which accounts there are is told without looking at all that is known of them."""

from typing import Any

import pytest
from bundles import POLICY
from listened_neo4j import listened
from store_neo4j import DATABASE, driver, the_server
from store_samples import AS_OF, bring, bundle, interactions, one_of_each

from graphcrm.services.reading import View, read_roster
from graphcrm.store.neo4j import Neo4jStore

pytestmark = pytest.mark.neo4j


def test_a_roster_costs_little_however_much_has_happened(store: Neo4jStore) -> None:
    bring(store, one_of_each())
    bring(store, bundle(interactions=interactions(3000)))
    assert looked_at() < 300


def looked_at() -> int:
    """How often the server looks into its files for a roster."""
    with listened() as way:
        way.heard.forget()
        read_roster(way.store, View(POLICY))
        (statement,) = (text for text in way.heard.statements() if "$kinds" in text)
        given = {"kinds": ["accounts", "opportunities"], "as_of": AS_OF, "known_at": AS_OF}
        with driver(the_server()).session(database=DATABASE) as session:
            result = session.run(f"PROFILE {statement}", **given, last=way.store.last_version())
            profile = result.consume().profile
    assert profile is not None
    return hits(profile)


def hits(plan: dict[str, Any]) -> int:
    found: int = plan.get("dbHits", 0)
    return found + sum(map(hits, plan.get("children", ())))

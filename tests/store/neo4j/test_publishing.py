"""What an import publishes was kept before: while Neo4j keeps a transaction, others see parts of it."""

from collections import defaultdict

import pytest
from listened_neo4j import listened
from store_neo4j import opened, wipe
from store_samples import bring, bundle, interactions, named, one_of_each

pytestmark = pytest.mark.neo4j

LOGS, PUBLISHES = "CREATE (version:Version)", "CREATE (import:Import"


@pytest.fixture(autouse=True)
def empty() -> None:
    wipe()
    with opened():
        pass


def transactions() -> list[str]:
    """What each transaction of two imports logs and publishes, in turn."""
    with listened() as way:
        bring(way.store, one_of_each())
        bring(way.store, bundle(accounts=[named("a9", "New")], interactions=interactions(3)))
    found: dict[int, list[str]] = defaultdict(list)
    done = []
    for message in way.heard.said:
        parts = found[message.connection]
        if message.name == "RUN":
            parts += [name for name in (LOGS, PUBLISHES) if name in message.statement]
        elif message.name == "COMMIT":
            done += [" and ".join(parts)] if parts else []
            parts.clear()
    return done


def test_versions_are_kept_by_another_transaction_than_publishes_them() -> None:
    assert transactions() == [LOGS, PUBLISHES] * 2

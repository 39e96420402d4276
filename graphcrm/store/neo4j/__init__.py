"""The team's store: a Neo4j database that people may also ask in Cypher."""

from graphcrm.store.neo4j.address import SCHEMES
from graphcrm.store.neo4j.limits import Limits
from graphcrm.store.neo4j.store import Neo4jStore, open_store

__all__ = ["SCHEMES", "Limits", "Neo4jStore", "open_store"]

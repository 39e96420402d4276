"""A real Neo4j on this computer with pip alone: fetched, kept in one folder, started and stopped."""

from graphcrm.store.local_neo4j.server import LocalNeo4j, ServerStatus, homes
from graphcrm.store.local_neo4j.versions import DEFAULT_VERSION

__all__ = ["DEFAULT_VERSION", "LocalNeo4j", "ServerStatus", "homes"]

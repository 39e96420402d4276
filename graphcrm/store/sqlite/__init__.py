"""The embedded store: one SQLite file, nothing to install."""

from graphcrm.store.sqlite.store import SqliteStore, open_store

__all__ = ["SqliteStore", "open_store"]

"""Archives: the whole history of a store as Parquet files in a folder, with a manifest of their hashes."""

from graphcrm.store.archive.folder import Archive

__all__ = ["Archive"]

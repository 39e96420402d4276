"""Facts in a folder that many machines read: Parquet files of accounts, and a manifest that names them."""

from graphcrm.store.partitions.folder import begun, finish, read_manifest, read_partition, write_partition

__all__ = ["begun", "finish", "read_manifest", "read_partition", "write_partition"]

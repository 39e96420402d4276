"""Records as the rows of a Parquet file. Of this room only this file knows pyarrow."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from graphcrm.errors import N_, StoreError
from graphcrm.records.base import Record
from graphcrm.records.body import body_of
from graphcrm.records.bundle import RECORDS

Rows = dict[str, tuple[Record, ...]]
"""By kind, in their order."""


def packed(records: Iterable[Record]) -> bytes:
    """A Parquet file with a row for each record."""
    arrow, parquet = _packages()
    rows = [(record.kind, body_of(record)) for record in records]
    table = arrow.table(
        {"kind": [kind for kind, _ in rows], "body": [body for _, body in rows]},
        arrow.schema([("kind", arrow.string()), ("body", arrow.string())]),
    )
    file = arrow.BufferOutputStream()
    parquet.write_table(table, file, compression="zstd", use_dictionary=["kind"])
    return bytes(file.getvalue())


def unpacked(file: bytes) -> Rows:
    """The records of such a file. Raises ValueError where it is none."""
    arrow, parquet = _packages()
    try:
        table = parquet.read_table(arrow.BufferReader(file), use_threads=False)
        kinds, bodies = (table[name].to_pylist() for name in ("kind", "body"))
        found: dict[str, list[Record]] = {kind: [] for kind in RECORDS}
        for kind, body in zip(kinds, bodies, strict=True):
            found[kind].append(RECORDS[kind].model_validate_json(body))
    except (arrow.ArrowException, LookupError, OSError) as error:
        raise ValueError(str(error)) from error
    return {kind: tuple(records) for kind, records in found.items()}


def _packages() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise StoreError(
            N_("Partitions are Parquet files, which need pyarrow; it is not installed."),
            hint=N_('Run: pip install "graphcrm[parquet]"'),
        ) from error

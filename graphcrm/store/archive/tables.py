"""The tables of an archive: what their columns are called, and which type each has."""

from collections.abc import Mapping
from dataclasses import dataclass

Columns = Mapping[str, str]
"""Types by name: int64, string, date32, timestamp[us, UTC], list<string>."""


@dataclass(frozen=True)
class Table:
    """A file of an archive: a column for each field of its rows, in their order.

    ``group`` rows stand together in the file, and that many are in memory at once; columns in ``few`` hold
    few distinct values.
    """

    name: str
    columns: Columns
    group: int
    few: tuple[str, ...]

    @property
    def file(self) -> str:
        """What its file is called."""
        return f"{self.name}.parquet"


_TIME = "timestamp[us, UTC]"

IMPORTS = Table(
    "imports",
    {"import": "int64", "name": "string", "source": "string", "as_of": "date32", "at": _TIME},
    group=50_000,
    few=("source",),
)
VERSIONS = Table(
    "versions",
    {
        "seq": "int64",
        "import": "int64",
        "kind": "string",
        "key": "list<string>",
        "ordinal": "int64",
        "id": "string",
        "source": "string",
        "known_from": "date32",
        "retired_on": "date32",
        "supersedes": "int64",
        "body": "string",
    },
    group=50_000,
    few=("kind", "source"),
)
AUDITS = Table(
    "audits",
    {
        "audit": "int64",
        "run_at": _TIME,
        "as_of": "date32",
        "known_at": "date32",
        "policy": "string",
        "accounts": "int64",
        "policy_pack": "string",
    },
    group=100,
    few=("policy",),
)
REVIEWS = Table(
    "reviews",
    {"audit": "int64", "position": "int64", "account": "string", "body": "string"},
    group=500,
    few=(),
)
TABLES = (IMPORTS, VERSIONS, AUDITS, REVIEWS)

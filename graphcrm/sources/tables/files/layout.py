"""Layout: what somebody says of a table file."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Format: TypeAlias = Literal["csv", "xlsx", "parquet", "jsonl"]


@dataclass(frozen=True)
class Layout:
    """How a table file is laid out; None where it is to be found out.

    The separator may be several characters; no quote means that quotes are characters like others. The
    header is the number of its row, counted from 1, or the names of the columns where a file has no header.
    """

    format: Format | None = None
    separator: str | None = None
    quote: str | None = '"'
    encoding: str | None = None
    header: tuple[str, ...] | int = 1
    sheet: str | None = None

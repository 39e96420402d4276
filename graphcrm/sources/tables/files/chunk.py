"""Chunk: some rows of a table file, column by column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | list["Cell"] | None
"""What a cell can hold: CSV gives text only; other files give values, and None where nothing stands."""


@dataclass(frozen=True)
class Chunk:
    """Rows of a file: where each stands as a person finds it, and the cells of the columns asked for."""

    rows: Sequence[int]
    columns: Mapping[str, Sequence[Cell]]

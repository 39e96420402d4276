"""Places: where a record comes from, and what of it a person finds in the table."""

import re
from collections.abc import Callable, Sequence

from graphcrm.sources.tables.entries import Reader

_PATH = re.compile(
    r"(?P<row>.*\[\d+\])#(?P<entry>\d+)(?:\.(?P<field>\w+)(?:\[(?P<item>\d+)\])?)?", re.DOTALL
)


def place_of(name: str, row: int, entry: int) -> str:
    """The place of a record: its file and row, and the entry of the mapping that made it."""
    return f"{name}[{row}]#{entry}"


def shown_by(readers: Sequence[Reader], in_mapping: Callable[..., str]) -> Callable[[str], str]:
    """What turns such a place, and the path of a field in it, into a file, a row and a column.

    A constant stands in no file: there the path leads into the mapping.
    """
    by_number = {reader.number: reader for reader in readers}

    def shown(path: str) -> str:
        found = _PATH.fullmatch(path)
        if found is None:
            return path
        row, field = found["row"], found["field"]
        if field is None:
            return row
        reader = by_number[int(found["entry"])]
        column = reader.column_of(field, int(found["item"]) if found["item"] else None)
        if column is not None:
            return f"{row}.{column}"
        if field in reader.entry.fields:
            return in_mapping("records", reader.number, "fields", field)
        return row

    return shown

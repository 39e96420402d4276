"""Places: where a record comes from, and what of it a person finds in the table."""

import re
from collections.abc import Callable, Sequence

from graphcrm.sources.tables.entries import Reader

_PATH = re.compile(
    r"(?P<row>.*\[\d+\])#(?P<entry>\d+)(?:\.(?P<field>\w+)(?:\[(?P<item>\d+)\])?)?", re.DOTALL
)


class Places:
    """Leads from a place to a file, a row and a column; see ``graphcrm.records.draft.Origin``.

    A constant stands in no file: there the path leads into the mapping, as ``in_mapping`` writes it.
    """

    def __init__(self, readers: Sequence[Reader], in_mapping: Callable[..., str]) -> None:
        self._readers = {reader.number: reader for reader in readers}
        self._in_mapping = in_mapping

    def shown(self, path: str) -> str:
        """File, row and column; what leads nowhere stays as it is."""
        found = _PATH.fullmatch(path)
        if found is None:
            return path
        reader = self._readers.get(int(found["entry"]))
        if reader is None:  # a column is called so
            return path
        row, field = found["row"], found["field"]
        if field is None:
            return row
        item = int(found["item"]) if found["item"] else None
        column = reader.column_of(field, item)
        if column is not None:
            return f"{row}.{column}"
        if field in reader.entry.fields:
            listed = isinstance(reader.entry.fields[field], tuple) and item is not None
            return self._in_mapping("records", reader.number, "fields", field, *((item,) if listed else ()))
        return row

    def record(self, path: str) -> tuple[str, str] | None:
        """The kind of record a row was read as, and the row."""
        found = _PATH.fullmatch(path)
        reader = self._readers.get(int(found["entry"])) if found else None
        return (reader.kind, found["row"]) if found and reader else None

"""The port to facts as plain columns: for what is asked of all accounts at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from graphcrm.records.columns import Columns, Wanted


class ColumnStore(Protocol):
    """Facts without a record made of each: millions of them, some thousands at once."""

    def columns(
        self,
        wanted: Sequence[Wanted],
        as_of: date,
        known_at: date | None = None,
        *,
        upto: int | None = None,
    ) -> Iterator[Columns]:
        """The records that ``facts`` gives for these days and ``upto`` a version, of the kinds wanted.

        All kinds of one mapping come before those of the next; records of a kind come in the order of
        ``facts``. It is one state of the store throughout: read it to the end, or close it, before asking
        for anything else.
        """
        ...

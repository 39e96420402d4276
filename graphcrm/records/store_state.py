"""What a store tells of itself and of an import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from graphcrm.errors import Message
from graphcrm.records.bundle import Bundle


@dataclass(frozen=True)
class Known:
    """What a store holds once an import is applied, before it is final: what integrity is checked on.

    ``ids`` are all ids ever known, by kind (retired ones too: history may point at them); ``current``
    are the facts in force. Neither has interactions or assertions, which nothing points at. ``restated``
    are interactions of a stream whose id it has stated before with other values: id and place of the first
    so many, of ``restated_in_all``.
    """

    ids: Mapping[str, frozenset[str]]
    current: Bundle
    restated: Sequence[tuple[str, str]] = ()
    restated_in_all: int = 0


@dataclass(frozen=True)
class KindChange:
    """How many records of a kind an import touched."""

    new: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class ImportSummary:
    """What an import did, by kind. ``changed`` is false where the store already held all of it."""

    name: str
    kinds: Mapping[str, KindChange]

    @property
    def changed(self) -> bool:
        """Whether anything is different now."""
        return any(k.new or k.changed or k.retired for k in self.kinds.values())


@dataclass(frozen=True)
class StoreStatus:
    """Where a store is, which schema it has, and how much it holds.

    ``note`` says what a person should know besides, such as an import that was interrupted.
    """

    url: str
    schema_version: int
    latest_version: int
    counts: Mapping[str, int]
    imports: int
    audits: int
    latest_as_of: date | None
    last_import_at: datetime | None
    note: Message | None = None

"""What both stores understand alike: what a version is made of, and what an import may not say."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from graphcrm.errors import N_, InputError, NothingImported
from graphcrm.records.base import Record, instant
from graphcrm.records.body import body_of
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import Known
from graphcrm.records.stream import Batch

NOT_POINTED_AT = ("interactions", "assertions")
"""Kinds no record points at: integrity is checked without them."""

RESTATED_TOLD = 1_000
"""Restated interactions told one by one: more than a person reads, and no burden where all are."""


class Statement(NamedTuple):
    """A record as a bundle states it. ``ordinal`` is its place among records of the same kind and key.

    ``body`` is its JSON; ``recorded_on`` the day from which the record itself says it is known.
    """

    record: Record
    ordinal: int
    id: str | None
    source: str | None
    recorded_on: date | None
    body: str


def statements_of(bundle: Bundle) -> Iterator[Statement]:
    """Every record of a bundle, in order."""
    for kind in RECORDS:
        seen: Counter[tuple[str, ...]] = Counter()
        for record in bundle.of(kind):
            yield Statement(
                record,
                seen[record.key],
                getattr(record, "id", None),
                record.source or bundle.source,
                None if record.recorded_at is None else instant(record.recorded_at).date(),
                body_of(record),
            )
            seen[record.key] += 1


class Restated:
    """Interactions whose id a stream has stated before with other values."""

    def __init__(self) -> None:
        self._told: list[tuple[str, str]] = []
        self._in_all = 0

    def add(self, batch: Batch, indices: Iterable[int]) -> None:
        """Take those of a batch."""
        for index in indices:
            self._in_all += 1
            if self._in_all <= RESTATED_TOLD:
                self._told.append((batch.ids[index], batch.at(index)))

    def beside(self, known: Known) -> Known:
        """What is known, and these."""
        return replace(known, restated=tuple(self._told), restated_in_all=self._in_all)


def as_text(name: str) -> str:
    """The name of an import as text: a file's name may hold bytes that are none."""
    return name.encode(errors="backslashreplace").decode()


def day_or_latest(as_of: date | None, latest: date | None) -> date:
    """The day asked for, else the latest ``as_of`` of any import. Raises NothingImported without any."""
    day = as_of or latest
    if day is None:
        raise NothingImported
    return day


def refuse_what_cannot_be_complete(bundle: Bundle) -> None:
    """Raise InputError where ``complete`` names what cannot be retired."""
    for kind in bundle.complete:
        if kind not in RECORDS:
            raise InputError(
                N_("complete names {kind}, which is no kind of record."),
                hint=N_("Use: {kinds}."),
                kind=kind,
                kinds=", ".join(k for k in RECORDS if k != "interactions"),
            )
        if kind == "interactions":
            raise InputError(
                N_("complete names interactions, and what happened cannot be retired."),
                hint=N_("Take interactions out of complete."),
            )
        if bundle.source is None:
            raise InputError(
                N_("The bundle is complete in {kind} but does not name its source."),
                hint=N_("Name the source: only records of the same source can be retired."),
                kind=kind,
            )

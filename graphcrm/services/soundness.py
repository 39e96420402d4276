"""Soundness: the laws of a history, looked at row by row while it passes.

Each law has ``look``, which takes a row, and ``end``, once all have passed; both tell what is wrong.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Protocol, TypeVar

from pydantic import ValidationError

from graphcrm.errors import N_, Problem
from graphcrm.records.assertion import ATTRIBUTES, Assertion
from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.fields import reader
from graphcrm.records.history import AuditRow, Extent, ImportRow, ReviewRow, VersionRow
from graphcrm.records.relations import RELATIONS, pointed_at
from graphcrm.records.review import Review
from graphcrm.records.store_check import problem

T_contra = TypeVar("T_contra", contravariant=True)

BACKUP = N_("Restore the store from a backup or an archive.")


class Law(Protocol[T_contra]):
    """What must hold of rows of one sort."""

    def look(self, row: T_contra) -> Iterator[Problem]:
        """What is wrong with the next row."""
        ...

    def end(self) -> Iterator[Problem]:
        """What is wrong with all of them together."""
        ...


class _Count:
    """Numbers that run from 1 to an end, none left out and none twice."""

    def __init__(self, sort: str, end: int) -> None:
        self.last = 0
        self._sort = sort
        self._end = end

    def look(self, number: int) -> Iterator[Problem]:
        if number != self.last + 1:
            yield problem(
                f"{self._sort} {number}",
                N_("It follows on number {last}."),
                BACKUP,
                last=self.last,
            )
        self.last = max(self.last, number)

    def end(self) -> Iterator[Problem]:
        if self.last != self._end:
            yield problem(
                f"{self._sort} {self.last}",
                N_("It is the last one, and there should be {end}."),
                BACKUP,
                end=self._end,
            )


class Imports:
    """Imports are numbered without a gap, and the latest day of theirs is the store's."""

    def __init__(self, extent: Extent) -> None:
        self._count = _Count("import", extent.imports)
        self._stated = extent.latest_as_of
        self._latest: date | None = None

    def look(self, row: ImportRow) -> Iterator[Problem]:
        """What is wrong with the next import."""
        yield from self._count.look(row.number)
        self._latest = row.as_of if self._latest is None else max(self._latest, row.as_of)

    def end(self) -> Iterator[Problem]:
        """Whether they are all."""
        yield from self._count.end()
        if self._latest != self._stated:
            yield problem(
                "store",
                N_("Its latest day is {stated}, and that of its imports is {latest}."),
                BACKUP,
                stated=self._stated or "–",
                latest=self._latest or "–",
            )


class Versions:
    """Versions are numbered without a gap, and import after import."""

    def __init__(self, extent: Extent) -> None:
        self._count = _Count("version", extent.versions)
        self._imports = extent.imports
        self._import = 1

    def look(self, row: VersionRow) -> Iterator[Problem]:
        """What is wrong with the next version."""
        yield from self._count.look(row.seq)
        if not self._import <= row.number <= self._imports:
            yield problem(
                _version(row), N_("It is of import {number}, out of turn."), BACKUP, number=row.number
            )
        self._import = max(self._import, min(row.number, self._imports))

    def end(self) -> Iterator[Problem]:
        """Whether they are all."""
        yield from self._count.end()


class Succession:
    """A version takes the place of one earlier that no other did; a retirement, that of a statement."""

    def __init__(self, extent: Extent) -> None:
        self._superseded = bytearray(extent.versions + 1)
        self._retired = bytearray(extent.versions + 1)

    def look(self, row: VersionRow) -> Iterator[Problem]:
        """What is wrong with the next version."""
        retires, earlier = row.retired_on is not None, row.earlier
        if retires == (row.body is not None):
            yield problem(_version(row), N_("It is neither a statement nor a retirement."), BACKUP)
        if retires and earlier is None:
            yield problem(_version(row), N_("It retires nothing."), BACKUP)
        if not 0 < row.seq < len(self._retired):
            return
        self._retired[row.seq] = retires
        if earlier is None:
            return
        if not 0 < earlier < row.seq:
            yield problem(
                _version(row), N_("It takes the place of version {earlier}, a later one."), BACKUP,
                earlier=earlier,
            )  # fmt: skip
            return
        if self._superseded[earlier]:
            yield problem(
                _version(row), N_("It takes the place of version {earlier}, as another one does."), BACKUP,
                earlier=earlier,
            )  # fmt: skip
        if retires and self._retired[earlier]:
            yield problem(
                _version(row), N_("It retires version {earlier}, a retirement."), BACKUP, earlier=earlier
            )
        self._superseded[earlier] = True

    def end(self) -> Iterator[Problem]:
        """Nothing is wrong with all of them together."""
        yield from ()


class Bodies:
    """Every statement is a record of its kind, under its own key and id, as it was written.

    ``record`` is the one looked at last; None where that was none.
    """

    record: Record | None = None

    def look(self, row: VersionRow) -> Iterator[Problem]:
        """What is wrong with the next version."""
        self.record = record = _record_in(row)
        if row.kind not in RECORDS:
            yield problem(_version(row), N_("{kind} is no kind of record."), BACKUP, kind=row.kind)
        elif row.body is not None:
            if record is None:
                yield problem(_version(row), N_("It is no record that can be read."), BACKUP)
            elif record.key != row.key or getattr(record, "id", None) != row.id:
                yield problem(_version(row), N_("It stands under the key of another record."), BACKUP)
            elif not row.intact:
                yield problem(_version(row), N_("It is not what was written."), BACKUP)

    def end(self) -> Iterator[Problem]:
        """Nothing is wrong with all of them together."""
        yield from ()


class Audits:
    """Audits are numbered without a gap, and their method packs can be read."""

    def __init__(self, extent: Extent) -> None:
        self._count = _Count("audit", extent.audits)

    def look(self, row: AuditRow) -> Iterator[Problem]:
        """What is wrong with the next audit."""
        yield from self._count.look(row.number)
        try:
            pack = json.loads(row.policy_pack)
            named = f"{pack['name']} {pack['version']}"
        except (ValueError, KeyError, TypeError):
            yield problem(f"audit {row.number}", N_("Its method pack cannot be read."), BACKUP)
        else:
            if named != row.policy:
                yield problem(
                    f"audit {row.number}",
                    N_("Its method pack is {named}, and its policy {policy}."),
                    BACKUP,
                    named=named,
                    policy=row.policy,
                )

    def end(self) -> Iterator[Problem]:
        """Whether they are all."""
        yield from self._count.end()


class Reviews:
    """Every audit has all its reviews, in their order, and they can be read."""

    def __init__(self, extent: Extent) -> None:
        self._in_all = extent.reviews
        self._seen = 0
        self._last = (0, -1)

    def look(self, row: ReviewRow) -> Iterator[Problem]:
        """What is wrong with the next review."""
        self._seen += 1
        place, (number, position) = f"audit {row.number}, review {row.position}", self._last
        follows = row.position == (position + 1 if row.number == number else 0) and row.number >= number
        if not follows:
            yield problem(place, N_("It follows on review {position} of audit {number}."), BACKUP,
                position=position, number=number)  # fmt: skip
        self._last = (row.number, row.position)
        try:
            review = Review.model_validate_json(row.body)
        except ValidationError:
            yield problem(place, N_("It is no review that can be read."), BACKUP)
        else:
            if review.account != row.account:
                yield problem(place, N_("It is of another account."), BACKUP)

    def end(self) -> Iterator[Problem]:
        """Whether they are all."""
        if self._seen != self._in_all:
            yield problem(
                "audits",
                N_("There are {seen} reviews, and there should be {in_all}."),
                BACKUP,
                seen=self._seen,
                in_all=self._in_all,
            )


class References:
    """What any version names was on record at some time, as at its import.

    It goes with ``bodies``, which looks at each version first.
    """

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._ids: dict[str, set[str]] = {kind: set() for kind in RECORDS}
        self._open: list[tuple[str, str, tuple[str, ...]]] = []

    def look(self, row: VersionRow) -> Iterator[Problem]:
        """Nothing yet: what it names may come later."""
        record = self._bodies.record
        if record is not None:
            if row.id is not None and row.kind not in _NEVER_NAMED:
                self._ids[row.kind].add(row.id)
            for named, kinds in _named(record):
                if not self._known(named, kinds):
                    self._open.append((_version(row), named, kinds))
        yield from ()

    def end(self) -> Iterator[Problem]:
        """What names something that never was."""
        for place, named, kinds in self._open:
            if not self._known(named, kinds):
                yield problem(
                    place,
                    N_("It names {id}, which nothing in {lists} has ever been called."),
                    N_("Import the record it names."),
                    id=named,
                    lists=", ".join(kinds),
                )

    def _known(self, named: str, kinds: tuple[str, ...]) -> bool:
        return any(named in self._ids[kind] for kind in kinds)


def _named(record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ids a record names, and of which kinds each may be."""
    for read, to in _POINTERS[record.kind]:
        kinds = ATTRIBUTES.get(record.attribute, to) if isinstance(record, Assertion) else to
        for named in pointed_at(read(record)):
            yield named, kinds


_NEVER_NAMED = ("interactions", "assertions")
_POINTERS = {kind: [(reader(kind, r.field), r.to) for r in RELATIONS if r.kind == kind] for kind in RECORDS}
"""Of each kind, how to read what its records point at, and what that may be."""


def _record_in(row: VersionRow) -> Record | None:
    """The record a version states; None for a retirement, and where it is none of this graphcrm."""
    if row.body is None or row.kind not in RECORDS:
        return None
    try:
        return RECORDS[row.kind].model_validate_json(row.body)
    except ValidationError:
        return None


def _version(row: VersionRow) -> str:
    return f"version {row.seq}"

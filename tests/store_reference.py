"""A store of facts so simple that it is right by looking at it: what the others are compared with."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Self

from graphcrm.errors import InputError, NothingImported
from graphcrm.records.base import Record, end_of, instant
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.interaction import Interaction
from graphcrm.records.store_state import ImportSummary, KindChange, Known
from graphcrm.records.stream import Stream

Identity = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True)
class Version:
    """A statement (with its record) or a retirement (with its day)."""

    identity: Identity
    source: str | None
    known_from: date | datetime | None
    record: Record | None = None
    retired_on: date | None = None

    def known_by(self, day: date | None) -> bool:
        return day is None or self.known_from is None or instant(self.known_from) < end_of(day)


def identified(bundle: Bundle) -> Iterator[tuple[Identity, Record]]:
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for record in bundle.records():
        ordinal = seen[record.kind, record.key]
        seen[record.kind, record.key] += 1
        yield (record.kind, record.key, ordinal), record


def _once(stream: Stream | None) -> tuple[tuple[Interaction, ...], tuple[tuple[str, str], ...]]:
    """What a stream states first of each id, and where it states another thing of one later."""
    first: dict[str, Interaction] = {}
    restated: list[tuple[str, str]] = []
    for batch in stream.batches() if stream else ():
        for index, body in enumerate(batch.bodies):
            record = Interaction.model_validate_json(body)
            if first.setdefault(record.id, record) != record:
                restated.append((record.id, batch.at(index)))
    return tuple(first.values()), tuple(restated)


class ReferenceStore:
    """Facts in a list of versions, read from end to start."""

    def __init__(self) -> None:
        self._versions: list[Version] = []
        self._ids: dict[str, set[str]] = {kind: set() for kind in RECORDS}
        self._latest_as_of: date | None = None

    def facts(
        self,
        as_of: date | None,
        known_at: date | None = None,
        *,
        kinds: Collection[str] | None = None,
        upto: int | None = None,
    ) -> Bundle:
        as_of = as_of or self._latest_as_of
        if as_of is None:
            raise NothingImported
        known = [v for v in self._versions[:upto] if v.known_by(known_at)]
        return self._bundle(as_of, [v for v in known if kinds is None or v.identity[0] in kinds])

    def facts_about(
        self,
        accounts: Collection[str],
        as_of: date | None,
        known_at: date | None = None,
        *,
        everybody: bool = False,
        upto: int | None = None,
    ) -> Bundle:
        """All there is, whatever bears on these accounts and whoever is asked for."""
        del accounts, everybody
        return self.facts(as_of, known_at, upto=upto)

    def last_version(self) -> int:
        return len(self._versions)

    def latest_as_of(self) -> date | None:
        return self._latest_as_of

    def import_bundle(
        self,
        bundle: Bundle,
        *,
        name: str,
        at: datetime,
        check: Callable[[Known], None],
        stream: Stream | None = None,
        rehearsal: bool = False,
    ) -> ImportSummary:
        can_be_complete = set(RECORDS) - {"interactions"} if bundle.source else set()
        if not can_be_complete.issuperset(bundle.complete):
            raise InputError("This cannot be complete.")
        before = (self._versions.copy(), {k: v.copy() for k, v in self._ids.items()}, self._latest_as_of)
        try:
            stated, restated = _once(stream)
            kinds = self._apply(bundle.model_copy(update={"interactions": stated} if stream else {}), at)
            self._latest_as_of = max(self._latest_as_of or bundle.as_of, bundle.as_of)
            ids = {kind: frozenset(ids) for kind, ids in self._ids.items()}
            current = self._bundle(self._latest_as_of, self._versions, now=True)
            unpointed = {"interactions": (), "assertions": ()}
            check(Known(ids, current.model_copy(update=unpointed), restated, len(restated)))
        except BaseException:
            self._versions, self._ids, self._latest_as_of = before
            raise
        if rehearsal:
            self._versions, self._ids, self._latest_as_of = before
        return ImportSummary(name, kinds)

    def _apply(self, bundle: Bundle, at: datetime) -> dict[str, KindChange]:
        touched: Counter[tuple[str, str]] = Counter()
        stated = dict(identified(bundle))
        before = self._latest()
        for identity, record in stated.items():
            earlier = before.get(identity)
            if earlier is not None and earlier.record == record:
                touched[identity[0], "unchanged"] += 1
                continue
            touched[identity[0], "new" if earlier is None else "changed"] += 1
            known_from = record.recorded_at or (at if earlier else None)
            source = record.source or bundle.source
            self._versions.append(Version(identity, source, known_from, record=record))
            if hasattr(record, "id") and not isinstance(record, Interaction):
                self._ids[identity[0]].add(record.id)
        for identity, version in before.items():
            complete = identity[0] in bundle.complete and version.source == bundle.source
            if complete and version.record is not None and identity not in stated:
                touched[identity[0], "retired"] += 1
                self._versions.append(Version(identity, bundle.source, at, retired_on=bundle.as_of))
        kinds = [kind for kind in RECORDS if any(of == kind for of, _ in touched)]
        return {
            kind: KindChange(**{change: n for (of, change), n in touched.items() if of == kind})
            for kind in kinds
        }

    def _latest(self) -> dict[Identity, Version]:
        """The last version of each record, in the order of these versions."""
        last = {v.identity: place for place, v in enumerate(self._versions)}
        return {self._versions[place].identity: self._versions[place] for place in sorted(last.values())}

    def _bundle(self, as_of: date, versions: list[Version], *, now: bool = False) -> Bundle:
        kept: list[Version] = []
        settled: set[Identity] = set()
        for version in reversed(versions):
            if version.identity in settled:
                continue
            if version.retired_on is not None and version.retired_on > as_of and not now:
                continue
            settled.add(version.identity)
            if version.record is not None:
                kept.append(version)
        first: dict[Identity, int] = {}
        for place, version in enumerate(self._versions):
            first.setdefault(version.identity, place)
        kept.sort(key=lambda version: first[version.identity])
        lists = {kind: tuple(v.record for v in kept if v.identity[0] == kind) for kind in RECORDS}
        return Bundle.model_validate({"as_of": as_of, **lists})

    def close(self) -> None:
        """There is nothing to let go of."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

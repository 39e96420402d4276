"""Interactions from tables: a stream, however many there are."""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain
from typing import Any, cast

from pydantic import ValidationError

from graphcrm.errors import Problem
from graphcrm.records.base import instant
from graphcrm.records.body import body_of
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.interaction import Interaction
from graphcrm.records.stream import Batch, Mention
from graphcrm.sources.tables.bodies import Bodies
from graphcrm.sources.tables.entries import Fields, Reader, place_of
from graphcrm.sources.tables.expressions import Parts
from graphcrm.sources.tables.opened import Opened, Progress, unheeded
from graphcrm.sources.tables.row_problems import row_problems
from graphcrm.sources.tables.told import Told, TooMany

FIRST = 3
"""How many interactions are kept to be shown."""

NAMING = ("channel", "participants", "from", "to")
"""Fields whose values others know: people, and words of a list."""


class InteractionStream:
    """The interactions of a mapping; see ``graphcrm.records.stream.Stream``."""

    def __init__(self, name: str, opened: Opened, readers: Sequence[Reader], progress: Progress) -> None:
        self._name = name
        self._opened = opened
        self._readers = readers
        self._progress = progress
        self._start()

    def _start(self) -> None:
        self._told = Told(self._name)
        self._nearest = Nearest()
        self._counts: dict[str, Counter[object]] = {field: Counter() for field in NAMING}
        self._first: dict[str, dict[object, str]] = {field: {} for field in NAMING}
        self.first: list[str] = []

    @property
    def problems(self) -> Sequence[Problem]:
        """What kept rows out, on the last reading."""
        return self._told.problems

    @property
    def mentions(self) -> Mapping[str, Mapping[str, Mention]]:
        """What interactions name, on the last reading."""
        return {
            field: {cast("str", v): Mention(path, self._counts[field][v]) for v, path in first.items()}
            for field, first in self._first.items()
        }

    def batches(self) -> Iterator[Batch]:
        """All interactions that can be read."""
        self._start()
        bodies = Bodies()
        with suppress(TooMany), what_is_there_set_aside():
            for name, chunk, readers in self._opened.chunks(self._readers, self._told, self._progress):
                for reader in readers:
                    rows, fields = reader.read(name, chunk, self._told)
                    yield from self._batches(name, reader, rows, fields, bodies)

    def places_of(self, ids: frozenset[str]) -> Mapping[str, str]:
        """Where each of these was first stated; reads again, apart from what the last reading told."""
        found: dict[str, str] = {}
        again = InteractionStream(self._name, self._opened, self._readers, unheeded)
        for batch in again.batches():
            for index, id_ in enumerate(batch.ids):
                if id_ in ids and id_ not in found:
                    found[id_] = batch.at(index)
            if len(found) == len(ids):
                break
        return found

    def _batches(
        self, name: str, reader: Reader, rows: Sequence[int], fields: Fields, bodies: Bodies
    ) -> Iterator[Batch]:
        if not rows:
            return
        written = bodies.of(fields)
        if written is None:
            rows, fields, written = self._one_by_one(name, reader, rows, fields)
        if not rows:
            return
        self._mention(name, reader, rows, fields)
        self.first.extend(written[: FIRST - len(self.first)])
        count = len(rows)
        recorded = cast("Sequence[date | None]", fields.get("recorded_at", (None,) * count))
        batch = Batch(
            ids=cast("Sequence[str]", fields["id"]),
            sources=cast("Sequence[str | None]", fields.get("source", (None,) * count)),
            recorded_on=[instant(day).date().isoformat() if day else None for day in recorded],
            bodies=written,
            rows=rows,
            place=lambda row: place_of(name, row, reader.number),
        )
        yield from _each_id_once(batch)

    def _one_by_one(
        self, name: str, reader: Reader, rows: Sequence[int], fields: Fields
    ) -> tuple[Sequence[int], Fields, list[str]]:
        """What is right, judged by the record itself; what is wrong is told."""
        sound: list[int] = []
        written: list[str] = []
        for index, values in enumerate(zip(*fields.values(), strict=True)):
            stated = {f: v for f, v in zip(fields, values, strict=True) if v is not None}
            try:
                written.append(body_of(Interaction.model_validate(stated)))
                sound.append(index)
            except ValidationError as error:
                place = place_of(name, rows[index], reader.number)
                for problem in row_problems(error, place, Interaction, self._nearest):
                    self._told(problem)
        kept = {field: [values[index] for index in sound] for field, values in fields.items()}
        return [rows[index] for index in sound], kept, written

    def _mention(self, name: str, reader: Reader, rows: Sequence[int], fields: Fields) -> None:
        """Count what is named, and remember where it was named first."""
        for field in NAMING:
            if field not in fields:
                continue
            values = fields[field]
            lists = field in {"participants", "to"}
            counts = self._counts[field]
            before = len(counts)
            counts.update(
                chain.from_iterable(cast("Any", each) or () for each in values) if lists else values
            )
            del counts[None]
            if len(counts) > before:
                self._find_first(name, reader, rows, field, values)

    def _find_first(
        self, name: str, reader: Reader, rows: Sequence[int], field: str, values: Sequence[object]
    ) -> None:
        first = self._first[field]
        wanted = len(self._counts[field])
        for row, value in zip(rows, values, strict=True):
            items = value if isinstance(value, tuple) else (value,)
            for item, each in enumerate(items):
                if each is not None and each not in first:
                    part = value.of[item] if isinstance(value, Parts) else item
                    index = f"[{part}]" if isinstance(value, tuple) else ""
                    first[each] = f"{place_of(name, row, reader.number)}.{field}{index}"
            if len(first) == wanted:
                return


@contextmanager
def what_is_there_set_aside() -> Iterator[None]:
    """Keep the garbage collector from looking through all records again and again while rows pass by."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _each_id_once(batch: Batch) -> Iterator[Batch]:
    """The batch, or several where it states an id again."""
    if len(set(batch.ids)) == len(batch.ids):
        yield batch
        return
    rounds: list[list[int]] = []
    seen: Counter[str] = Counter()
    for index, id_ in enumerate(batch.ids):
        if seen[id_] == len(rounds):
            rounds.append([])
        rounds[seen[id_]].append(index)
        seen[id_] += 1
    for indices in rounds:
        yield Batch(
            ids=[batch.ids[i] for i in indices],
            sources=[batch.sources[i] for i in indices],
            recorded_on=[batch.recorded_on[i] for i in indices],
            bodies=[batch.bodies[i] for i in indices],
            rows=[batch.rows[i] for i in indices],
            place=batch.place,
        )

"""Streams for tests: interactions in memory, as batches of a size."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphcrm.errors import Problem
from graphcrm.records.base import instant
from graphcrm.records.body import body_of
from graphcrm.records.bundle import Bundle
from graphcrm.records.interaction import Interaction
from graphcrm.records.stream import Batch, Mention


class Broken(Exception):
    """What a stream raises that cannot be read on."""


def place(row: int) -> str:
    return f"rows[{row}]"


@dataclass
class Listed:
    """These interactions; after so many ``unbroken`` batches it breaks."""

    interactions: Sequence[Interaction]
    size: int = 3
    unbroken: int | None = None
    problems: Sequence[Problem] = ()
    mentions: Mapping[str, Mapping[str, Mention]] = field(default_factory=dict)

    def batches(self) -> Iterator[Batch]:
        for number, rows in enumerate(self._rows()):
            if number == self.unbroken:
                raise Broken
            records = [self.interactions[row] for row in rows]
            yield Batch(
                ids=[record.id for record in records],
                sources=[record.source for record in records],
                recorded_on=[
                    record.recorded_at and instant(record.recorded_at).date().isoformat()
                    for record in records
                ],
                bodies=[body_of(record) for record in records],
                rows=rows,
                place=place,
            )

    @property
    def first(self) -> Sequence[str]:
        return [body_of(record) for record in self.interactions[:3]]

    def places_of(self, ids: frozenset[str]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for batch in self.batches():
            for index, id_ in enumerate(batch.ids):
                if id_ in ids:
                    found.setdefault(id_, batch.at(index))
        return found

    def _rows(self) -> Iterator[list[int]]:
        """Rows in their order; a batch is full where it has its size, or would state an id again."""
        rows: list[int] = []
        ids: set[str] = set()
        for row, record in enumerate(self.interactions):
            if len(rows) == self.size or record.id in ids:
                yield rows
                rows, ids = [], set()
            rows.append(row)
            ids.add(record.id)
        if rows:
            yield rows


def streamed(bundle: Bundle, size: int = 3) -> tuple[Bundle, Listed]:
    """The same bundle with its interactions in a stream."""
    return bundle.model_copy(update={"interactions": ()}), Listed(bundle.interactions, size)

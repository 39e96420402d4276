"""Laying a stream beside the log: a batch at a time, for all of it is too much to be held."""

from collections.abc import Iterator
from datetime import date, datetime

from graphcrm.records.interaction import Interaction
from graphcrm.records.stream import Batch, Stream
from graphcrm.store.neo4j.comparing import Change, Latest, Plan, latest
from graphcrm.store.neo4j.connection import Connection
from graphcrm.store.neo4j.values import day_of, digest, slot_of
from graphcrm.store.versions import Restated


class Streamed:
    """What a stream changes. It is read once, between transactions, so that these may be tried again.

    What it has stated before is found in the log, beyond what was there; among what is not there yet; or
    among the versions that it left as they were. Once it is ``staged``, whoever asks for the changes of a
    batch has put all into the log but those asked for last.
    """

    def __init__(self, connection: Connection, plan: Plan, *, source: str | None, at: datetime) -> None:
        self.restated = Restated()
        self.staged = False
        self._connection = connection
        self._plan = plan
        self._source = source
        self._today = day_of(at)
        self._asked_last: dict[str, str | None] = {}
        self._before: dict[str, str | None] = {}
        self._unchanged: set[int] = set()

    def changes(self, stream: Stream) -> Iterator[list[Change]]:
        """The changes of each batch; what they count goes into the plan."""
        for batch in stream.batches():
            if self.staged:
                self._before, self._asked_last = self._asked_last, {}
            yield self._of_batch(batch)

    def _of_batch(self, batch: Batch) -> list[Change]:
        slots = [slot_of(Interaction.kind, (id_,), 0) for id_ in batch.ids]
        found = latest(self._connection, slots)
        changes, restated = [], []
        for index, slot in enumerate(slots):
            before = self._stated_before(slot, found.get(slot))
            stated = self._stated(batch, index, slot)
            if before is not None:
                if before != stated.checksum:
                    restated.append(index)
            elif change := self._plan.lay_beside(stated, found.get(slot), self._today):
                self._asked_last[slot] = change.checksum
                changes.append(change)
            else:
                self._unchanged.add(found[slot].seq)
        self.restated.add(batch, restated)
        return changes

    def _stated_before(self, slot: str, found: Latest | None) -> str | None:
        """The checksum of what this stream has stated in the slot before."""
        if found is not None and (found.seq > self._plan.last or found.seq in self._unchanged):
            return found.checksum
        return self._asked_last.get(slot) or self._before.get(slot)

    def _stated(self, batch: Batch, index: int, slot: str) -> Change:
        recorded_on = batch.recorded_on[index]
        return Change(
            slot,
            Interaction.kind,
            batch.ids[index],
            batch.sources[index] or self._source,
            None if recorded_on is None else date.fromisoformat(recorded_on),
            batch.bodies[index],
            digest(batch.bodies[index]),
        )

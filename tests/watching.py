"""Somebody who reads a store all the while something is done to it: what a person could have seen."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from store_samples import AS_OF, in_order

from graphcrm.errors import StoreError
from graphcrm.ports.store import Store
from graphcrm.records.bundle import Bundle

Facts = Mapping[str, list[str]]

PAUSE = 0.05
"""Seconds between two looks, which take time from what is looked at."""

DAYS: tuple[tuple[date, date | None], ...] = (
    (AS_OF, None),
    (AS_OF - timedelta(days=1), None),  # what was retired on it is still there
    (AS_OF + timedelta(days=30), None),
    (AS_OF, AS_OF - timedelta(days=1)),
)
"""As of which day, as known when."""


def as_sets(facts: Bundle) -> Facts:
    """Its records as text, whatever their order: how often an import was repeated may change it."""
    return {kind: sorted(records) for kind, records in in_order(facts).items()}


def on_several_days(store: Store) -> list[Facts]:
    """The facts of several days."""
    return [as_sets(store.facts(as_of, known_at)) for as_of, known_at in DAYS]


def kept_audits(store: Store) -> list[list[str]]:
    """The reviews of every audit, the latest first: as many as its header says."""
    found = []
    for header in store.audits():
        audit = store.audit(header.id)
        assert audit is not None
        assert audit.header == header
        assert len(audit.reviews) == header.accounts
        found.append([review.model_dump_json() for review in audit.reviews])
    return found


class Watch:
    """Within it, somebody looks again and again; ``seen`` is each thing that differs from the one before.

    ``refused`` counts how often there was nothing to be read.
    """

    def __init__(self, opened: Callable[[], Store], look: Callable[[Store], Any]) -> None:
        self._opened, self._look = opened, look
        self._stop = Event()
        self._thread = Thread(target=self._watch)
        self._error: BaseException | None = None
        self.seen: list[Any] = []
        self.refused = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        if self._error is not None and error is None:
            raise self._error

    def _watch(self) -> None:
        try:
            while not self._stop.is_set():
                try:
                    self._read()
                except StoreError:
                    self.refused += 1
                    self._stop.wait(1.0)
        except BaseException as error:  # noqa: BLE001 - raised where the watch ends
            self._error = error

    def _read(self) -> None:
        with self._opened() as store:
            while not self._stop.is_set():
                found = self._look(store)
                if not self.seen or self.seen[-1] != found:
                    self.seen.append(found)
                self._stop.wait(PAUSE)


def look_at_facts(store: Store) -> Facts:
    """What is read at once of a store that somebody is writing to."""
    return as_sets(store.facts(AS_OF))


def in_turn(seen: Sequence[Any], before: object, after: object) -> bool:
    """Whether nothing was seen but what was there before and, from then on, after; or too little time."""
    return list(seen) in ([], [before], [before, after], [after])

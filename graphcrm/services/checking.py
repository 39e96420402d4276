"""Checking: everything in a store is looked over, and what is wrong is told with its cure."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from graphcrm.errors import N_
from graphcrm.ports.history import Progress, unheeded
from graphcrm.ports.store import Store
from graphcrm.records.store_check import Check, Looking, problem
from graphcrm.records.store_state import StoreStatus
from graphcrm.services.soundness import (
    Audits,
    Bodies,
    Imports,
    Law,
    References,
    Reviews,
    Succession,
    Versions,
)

T = TypeVar("T")
_HALF = 0.5


def check_store(store: Store, progress: Progress = unheeded) -> Iterator[Check]:
    """Look over a store: its schema, every row of its history, and what it derives from that.

    A store whose schema is older is looked over no further. Nothing is written. Raises StoreError where
    the store cannot be read.
    """
    status = store.status()
    schema = _schema(status)
    yield schema
    if not schema.in_all:
        yield from _history(store, lambda share: progress(_HALF * share))
        yield from store.checks(lambda share: progress(_HALF + _HALF * share))


def _schema(status: StoreStatus) -> Check:
    looking = Looking("schema", N_("The schema is that of this graphcrm."))
    looking.looked_at = 1
    if status.schema_version < status.latest_version:
        looking.find(
            (
                problem(
                    "store",
                    N_("Its schema is {version}; this graphcrm needs {latest}."),
                    N_("Run `graphcrm db migrate`."),
                    version=status.schema_version,
                    latest=status.latest_version,
                ),
            )
        )
    return looking.done()


def _history(store: Store, progress: Progress) -> Iterator[Check]:
    history = store.history()
    extent, bodies = history.extent, Bodies()
    total, passed = max(1, extent.versions + extent.reviews), 0

    def told(parts: Iterator[Sequence[T]]) -> Iterator[Sequence[T]]:
        nonlocal passed
        for part in parts:
            yield part
            passed += len(part)
            progress(min(1.0, passed / total))

    yield from _looked_over(
        history.imports(),
        ("imports", N_("Imports have no gap, and the latest day is theirs."), Imports(extent)),
    )
    yield from _looked_over(
        told(history.versions()),
        ("versions", N_("Versions have no gap, import after import."), Versions(extent)),
        ("succession", N_("Each takes the place of one earlier version, or of none."), Succession(extent)),
        ("records", N_("Each can be read as the record it states."), bodies),
        ("references", N_("What they name was on record at some time."), References(bodies)),
    )
    yield from _looked_over(
        history.audits(),
        ("audits", N_("Audits have no gap, each with its method pack."), Audits(extent)),
    )
    yield from _looked_over(
        told(history.reviews()),
        ("reviews", N_("Every audit has all its reviews, and they can be read."), Reviews(extent)),
    )


def _looked_over(parts: Iterator[Sequence[T]], *laws: tuple[str, str, Law[T]]) -> Iterator[Check]:
    """The checks of some laws, once all the rows have passed."""
    under_way = [(Looking(name, what), law) for name, what, law in laws]
    for rows in parts:
        for row in rows:
            for looking, law in under_way:
                looking.looked_at += 1
                looking.find(law.look(row))
    for looking, law in under_way:
        looking.find(law.end())
        yield looking.done()

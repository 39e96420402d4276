"""Random imports and readings: every store answers as the reference does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_adapters import OPENERS, WAYS, Opener
from store_reference import ReferenceStore
from store_samples import bring, in_order
from streams import streamed

from graphcrm.ports.facts import FactStore
from graphcrm.records.account import Account
from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record
from graphcrm.records.bundle import Bundle
from graphcrm.records.holding import Holding
from graphcrm.records.interaction import Interaction
from graphcrm.records.store_state import ImportSummary, Known
from graphcrm.records.tie import Tie

FIRST = date(2026, 6, 28)
DAYS = st.integers(0, 5).map(lambda n: FIRST + timedelta(days=n))
MOMENTS = st.builds(
    lambda day, clock: datetime.combine(day, clock, UTC),
    DAYS,
    st.sampled_from([time(0), time(12), time(23, 59, 59, 999999)]),
)
IDS = st.sampled_from(["a", "b", "c"])
SOURCES = st.sampled_from([None, "crm", "erp"])
SHARED = {"recorded_at": st.none() | DAYS | MOMENTS, "source": SOURCES}


def some(record: type[Record], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Record]]:
    return st.lists(st.builds(record, **SHARED, **fields), max_size=4)


BUNDLES = st.builds(
    lambda complete, **parts: Bundle(
        **{name: tuple(part) if isinstance(part, list) else part for name, part in parts.items()},
        complete=tuple(complete) if parts["source"] else (),
    ),
    complete=st.lists(st.sampled_from(["accounts", "holdings", "ties", "assertions"]), max_size=3),
    as_of=DAYS,
    source=SOURCES,
    accounts=some(Account, id=IDS, name=IDS),
    holdings=some(Holding, contact=IDS, seat=st.just("s"), valid_to=st.none() | DAYS),
    ties=some(Tie, employee=IDS, contact=st.just("k"), trust_holder=st.just("firm")),
    assertions=some(
        Assertion,
        subject=IDS,
        attribute=st.just("attitude"),
        value=st.sampled_from(["mentor", None]),
        valid_from=st.just(FIRST),
    ),
    interactions=some(
        Interaction,
        id=IDS,
        at=st.just(datetime(2026, 6, 1, tzinfo=UTC)),
        channel=st.sampled_from(["call", "visit"]),
        participants=st.just(("x", "y")),
    ),
)


@dataclass(frozen=True)
class Step:
    """An import, refused or not, and a reading after it.

    The interactions come in batches of that ``size``, if there is one.
    """

    bundle: Bundle
    size: int | None
    rehearsal: bool
    at: datetime
    refused: bool
    as_of: date
    known_at: date | None


STEPS = st.lists(
    st.builds(
        Step,
        bundle=BUNDLES,
        size=st.none() | st.integers(1, 4),
        rehearsal=st.integers(0, 5).map(lambda n: n == 0),
        at=MOMENTS,
        refused=st.integers(0, 5).map(lambda n: n == 0),
        as_of=DAYS,
        known_at=st.none() | DAYS,
    ),
    max_size=8,
)


class Refused(Exception):
    """What a check raises here."""


def do(store: FactStore, step: Step) -> tuple[ImportSummary | None, Known]:
    """Carry out a step's import: what it told, and what check saw."""
    seen: list[Known] = []

    def check(known: Known) -> None:
        seen.append(known)
        if step.refused:
            raise Refused

    stated, stream = streamed(step.bundle, step.size) if step.size else (step.bundle, None)
    try:
        summary = bring(store, stated, at=step.at, check=check, stream=stream, rehearsal=step.rehearsal)
    except Refused:
        summary = None
    return summary, seen[0]


def compare(opener: Opener, steps: list[Step]) -> None:
    reference = ReferenceStore()
    with TemporaryDirectory() as folder, opener(Path(folder)) as store:
        for step in steps:
            assert do(store, step) == do(reference, step)
            assert store.latest_as_of() == reference.latest_as_of()
        for step in steps:
            read = store.facts(step.as_of, step.known_at)
            assert in_order(read) == in_order(reference.facts(step.as_of, step.known_at))


@pytest.mark.parametrize("adapter", WAYS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_a_store_answers_as_the_reference(adapter: str, steps: list[Step]) -> None:
    compare(OPENERS[adapter], steps)


@pytest.mark.nightly
@settings(max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_the_embedded_store_answers_as_the_reference_very_often(steps: list[Step]) -> None:
    compare(OPENERS["sqlite"], steps)


@pytest.mark.nightly
@pytest.mark.neo4j
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, way=st.sampled_from(["neo4j", "neo4j, staged"]))
def test_neo4j_answers_as_the_reference_often(steps: list[Step], way: str) -> None:
    compare(OPENERS[way], steps)

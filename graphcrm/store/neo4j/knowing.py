"""What would be known once an import is in: what integrity is checked on."""

from datetime import date
from operator import itemgetter

from neo4j import ManagedTransaction

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.store_state import Known
from graphcrm.store.neo4j.comparing import Plan
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.reading import version_record
from graphcrm.store.part import Placed
from graphcrm.store.versions import NOT_POINTED_AT

KINDS = tuple(kind for kind in RECORDS if kind not in NOT_POINTED_AT)


def known(tx: ManagedTransaction, url: str, bundle: Bundle, plan: Plan, as_of: date) -> Known:
    """What the bundle states, which is at hand, and what the import leaves as the log held it before.

    Where there was nothing, or all of it is stated again, next to nothing is read.
    """
    ids: dict[str, set[str]] = {kind: set() for kind in RECORDS}
    placed: dict[str, list[Placed]] = {kind: [] for kind in KINDS}
    if plan.last:
        for row in ask(tx, "ids", kinds=KINDS, last=plan.last, again=plan.again):
            ids[row["kind"]].add(row["id"])
        for row in ask(tx, "current", kinds=KINDS, last=plan.last, gone=plan.again + plan.retired):
            version = row["properties"]
            placed[version["_kind"]].append((row["place"], version_record(version, url)))
    later: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record, first in zip(bundle.records(), plan.places, strict=True):
        if record.kind not in placed:
            continue
        if first is None:
            later[record.kind].append(record)
        else:
            placed[record.kind].append((first, record))
    for kind, of_bundle in ids_of(bundle).items():
        if kind in placed:
            ids[kind] |= of_bundle
    current = {
        kind: (*(record for _, record in sorted(found, key=itemgetter(0))), *later[kind])
        for kind, found in placed.items()
    }
    return Known(
        {kind: frozenset(of_kind) for kind, of_kind in ids.items()},
        Bundle.model_validate({"as_of": as_of, **current}),
    )

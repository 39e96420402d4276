"""Exporting: the facts in force as a bundle that any empty store takes."""

from collections.abc import Callable, Iterator, Mapping

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.checks.fields import ids_of, reader, stated
from graphcrm.records.relations import RELATIONS


def importable(bundle: Bundle) -> Bundle:
    """The bundle without records that point at something no longer in force.

    What one source retires, a record of another may still name. Such a record says nothing in a review,
    and an empty store would refuse it. Leaving one out may leave others pointing at nothing.
    """
    points = {kind: tuple(_pointers(kind)) for kind in RECORDS}
    while True:
        ids = ids_of(bundle)
        kept = {
            kind: tuple(r for r in bundle.of(kind) if all(points_at(r, ids) for points_at in points[kind]))
            for kind in RECORDS
        }
        stages = {stage.key for stage in bundle.stages}
        kept["mechanisms"] = tuple(
            m
            for m in bundle.mechanisms
            if m in kept["mechanisms"] and (m.stage is None or (m.account, m.stage) in stages)
        )
        if sum(map(len, kept.values())) == len(bundle):
            return bundle
        bundle = bundle.model_copy(update=kept)


def _pointers(kind: str) -> Iterator[Callable[[Record, Mapping[str, frozenset[str]]], bool]]:
    """For each way records of a kind point at others: whether all of it is there."""
    for relation in RELATIONS:
        if relation.kind == kind:
            yield _is_there(reader(kind, relation.field), relation.to)


def _is_there(
    read: Callable[[Record], object], kinds: tuple[str, ...]
) -> Callable[[Record, Mapping[str, frozenset[str]]], bool]:
    def is_there(record: Record, ids: Mapping[str, frozenset[str]]) -> bool:
        return all(any(value in ids[kind] for kind in kinds) for _, value in stated("", read(record)))

    return is_there

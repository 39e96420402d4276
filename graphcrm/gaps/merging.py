"""Merging: the facts as they would be if several records were one."""

from collections.abc import Mapping

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.relations import RELATIONS


def merged(bundle: Bundle, kind: str, same: Mapping[str, str]) -> Bundle:
    """Every record that points at an id in ``same`` points at what it maps to; the former are gone.

    Assertions about a tie that has no id of its own follow the tie.
    """
    ties = {
        tie.id: f"{same.get(tie.employee, tie.employee)}|{same.get(tie.contact, tie.contact)}"
        for tie in bundle.ties
        if tie.given_id is None and (tie.employee in same or tie.contact in same)
    }
    lists = {each: tuple(_pointing(r, kind, same) for r in bundle.of(each)) for each in RECORDS}
    lists["assertions"] = tuple(_following(r, ties) for r in lists["assertions"])
    lists[kind] = tuple(r for r in lists[kind] if r.key[0] not in same)
    return bundle.model_copy(update=lists)


def _following(record: Record, ties: Mapping[str, str]) -> Record:
    """The assertion about the tie's new id, where the tie has one."""
    subject = getattr(record, "subject", "")
    return record.model_copy(update={"subject": ties[subject]}) if subject in ties else record


def _pointing(record: Record, kind: str, same: Mapping[str, str]) -> Record:
    """The record with every id replaced that it holds of records of that kind."""
    update: dict[str, object] = {}
    for relation in RELATIONS:
        if relation.kind == record.kind and kind in relation.to:
            name = _FIELDS[record.kind][relation.field]
            value = getattr(record, name)
            if isinstance(value, str) and value in same:
                update[name] = same[value]
            elif isinstance(value, tuple) and not same.keys().isdisjoint(value):
                update[name] = tuple(dict.fromkeys(same.get(each, each) for each in value))
    return record.model_copy(update=update) if update else record


_FIELDS = {
    kind: {info.alias or name: name for name, info in record.model_fields.items()}
    for kind, record in RECORDS.items()
}
"""By kind: the field behind each name that JSON has."""

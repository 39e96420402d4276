"""Records as typed properties of a version, and back. What the log adds begins with an underscore."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from neo4j.time import Date, DateTime

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS

LONGEST_SLOT = 1_500
"""In characters; an index of Neo4j takes about 8 kB, and a character is up to four bytes."""


def slot_of(kind: str, key: Iterable[str], ordinal: int) -> str:
    r"""What versions of one record share, as one text.

    >>> slot_of("stages", ("a|1", "design"), 0)
    'stages|a\\|1|design|0'
    """
    parts = (kind, *key, str(ordinal))
    slot = "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)
    if len(slot) <= LONGEST_SLOT:
        return slot
    return f"{kind}|{digest(slot)}|{ordinal}"


def digest(text: str) -> str:
    """What tells two texts apart, short."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def properties_of(record: Record) -> dict[str, object]:
    """What the record states: nothing that equals a default, so that absent stays absent."""
    return _plain(record.model_dump(by_alias=True, exclude_defaults=True))


def current_properties_of(record: Record) -> dict[str, object]:
    """What holds, for people: with the defaults, without what is unknown."""
    return _plain(record.model_dump(by_alias=True, exclude_none=True))


@cache
def defaults_of(kind: str) -> dict[str, object]:
    """What holds of a record that does not state it."""
    fields = RECORDS[kind].model_fields
    stated = {
        field.alias or name: field.default for name, field in fields.items() if not field.is_required()
    }
    return _plain({name: value for name, value in stated.items() if value is not None})


def record_of(kind: str, properties: Mapping[str, Any]) -> Record:
    """The record a version states.

    Raises KeyError or ValidationError for what no record of this graphcrm is.
    """
    record = RECORDS[kind]
    stated = {name: native(value) for name, value in properties.items() if not name.startswith("_")}
    # A null cannot be a property: the one required field that may be null is an assertion's value.
    for name, field in record.model_fields.items():
        if field.is_required():
            stated.setdefault(field.alias or name, None)
    return record.model_validate(stated)


def native(value: Any) -> Any:  # noqa: ANN401 - whatever a property holds
    """A property as records and results know it: dates and times of Python's own, lists as tuples."""
    if isinstance(value, DateTime):
        return value.to_native().astimezone(UTC)
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, list):
        return tuple(native(item) for item in value)
    return value


def storable(value: object) -> object:
    """A value as a property; times in UTC proper, for other zones have brought the driver down."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, tuple):
        return [storable(item) for item in value]
    return value


def day_of(moment: datetime) -> date:
    """Its day in UTC."""
    return moment.astimezone(UTC).date()


def _plain(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: storable(value) for name, value in fields.items()}

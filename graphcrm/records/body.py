"""Body: a record as the JSON stores keep, the same text for the same fact."""

from graphcrm.records.base import Record


def body_of(record: Record) -> str:
    """The record as JSON. What equals its default is left out, so that equal facts give equal text."""
    return record.model_dump_json(by_alias=True, exclude_defaults=True)

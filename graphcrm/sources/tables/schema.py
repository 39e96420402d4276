"""Schema: the JSON Schema of mappings, for editors; each kind of record has its own fields."""

from typing import Any

from pydantic import BaseModel

from graphcrm.records.bundle import RECORDS
from graphcrm.sources.tables.mapping import Mapping

SOURCE = "A column's name, a value said in full, or a list of both."
_ID = "https://json-schema.org/draft/2020-12/schema"


def schema_of_mappings() -> dict[str, object]:
    """The schema: that of the mapping itself, with one variant of a record for each kind."""
    schema: dict[str, Any] = Mapping.model_json_schema(by_alias=True)
    parts = schema["$defs"]
    entry = parts.pop("Entry")
    parts["Source"] = {"description": SOURCE, **entry["properties"]["fields"]["additionalProperties"]}
    for kind, model in RECORDS.items():
        parts[model.__name__] = _entry(entry, kind, model)
    records = schema["properties"]["records"]
    records["items"] = {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"enum": list(RECORDS), "description": entry["properties"]["kind"]["description"]}
        },
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{model.__name__}"},
            }
            for kind, model in RECORDS.items()
        ],
    }
    for part in (schema, *parts.values()):
        _without_titles(part)
    return {
        "$schema": _ID,
        "title": "graphcrm mapping",
        **{k: v for k, v in schema.items() if k != "title"},
    }


def _entry(entry: dict[str, Any], kind: str, model: type[BaseModel]) -> dict[str, Any]:
    """The variant of an entry whose fields are those of one kind."""
    infos = {info.alias or name: info for name, info in model.model_fields.items()}
    fields = {
        "type": "object",
        "description": entry["properties"]["fields"]["description"],
        "properties": {
            name: {"description": info.description or "", "$ref": "#/$defs/Source"}
            for name, info in infos.items()
        },
        "required": [name for name, info in infos.items() if info.is_required()],
        "additionalProperties": False,
    }
    properties = {**entry["properties"], "kind": {"const": kind}, "fields": fields}
    return {**entry, "description": (model.__doc__ or "").strip().splitlines()[0], "properties": properties}


def _without_titles(part: dict[str, Any]) -> None:
    """Titles that pydantic makes of names say nothing new."""
    part.pop("title", None)
    for each in part.get("properties", {}).values():
        each.pop("title", None)

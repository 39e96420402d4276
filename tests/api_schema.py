"""A JSON schema checker, as much of it as the API's document uses, written from the standard alone."""

import re
from collections.abc import Iterator
from typing import Any

KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems",
    "maxItems", "anyOf", "enum", "const", "$ref", "format", "title", "description", "default",
    "minLength", "maxLength", "minimum", "maximum",
}  # fmt: skip


def wrong(value: Any, schema: Any, document: Any, at: str = "$") -> Iterator[str]:
    """What a value has that its schema does not allow, a line each."""
    if unknown := schema.keys() - KNOWN:
        yield f"{at}: this checker does not know {sorted(unknown)}"
    if "$ref" in schema:
        yield from wrong(value, resolved(schema["$ref"], document), document, at)
    if "anyOf" in schema and all(list(wrong(value, each, document, at)) for each in schema["anyOf"]):
        yield f"{at}: fits none of {len(schema['anyOf'])}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not one of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    yield from _of_kind(value, schema, document, at)


def _of_kind(value: Any, schema: Any, document: Any, at: str) -> Iterator[str]:
    kind = schema.get("type")
    if kind is not None and not _is_a(value, kind):
        yield f"{at}: {value!r} is no {kind}"
    elif kind == "string" and schema.get("format") == "date":
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            yield f"{at}: {value!r} is no date"
    elif kind == "number":
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield f"{at}: {value!r} is out of bounds"
    elif kind == "array":
        yield from _array(value, schema, document, at)
    elif kind == "object":
        yield from _object(value, schema, document, at)


def resolved(reference: str, document: Any) -> Any:
    """What a reference within the document points at."""
    found = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _is_a(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, KINDS[kind])


def _array(value: list[Any], schema: Any, document: Any, at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: {len(value)} items"
    first = schema.get("prefixItems", [])
    for place, item in enumerate(value):
        of = first[place] if place < len(first) else schema.get("items", {})
        yield from wrong(item, of, document, f"{at}[{place}]")


def _object(value: dict[str, Any], schema: Any, document: Any, at: str) -> Iterator[str]:
    yield from (f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value)
    stated = schema.get("properties", {})
    other = schema.get("additionalProperties", True)
    for name, part in value.items():
        if name in stated:
            yield from wrong(part, stated[name], document, f"{at}.{name}")
        elif other is False:
            yield f"{at}: {name} is not expected"
        elif isinstance(other, dict):
            yield from wrong(part, other, document, f"{at}.{name}")

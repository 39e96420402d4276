"""The OpenAPI document as a page shows it: addresses with their parameters and answers, and the schemas."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a schema; ``type`` holds links to schemas."""

    name: str
    place: str
    type: Markup
    required: bool
    description: Markup


@dataclass(frozen=True)
class Response:
    """What comes back with a status."""

    status: str
    description: str
    type: Markup
    example: str


@dataclass(frozen=True)
class Operation:
    """An address and a method."""

    id: str
    method: str
    path: str
    paragraphs: tuple[Markup, ...]
    fields: tuple[Field, ...]
    body: str
    body_type: Markup
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class Shape:
    """A schema with its fields."""

    name: str
    description: Markup
    fields: tuple[Field, ...]
    type: Markup


def sections(api: Schema) -> dict[str, object]:
    """What the page is made of, from an OpenAPI document."""
    return {
        "paragraphs": _paragraphs(api["info"]["description"]),
        "operations": tuple(
            _operation(method, path, operation)
            for path, methods in api["paths"].items()
            for method, operation in methods.items()
        ),
        "shapes": tuple(_shape(name, schema) for name, schema in api["components"]["schemas"].items()),
    }


def _operation(method: str, path: str, operation: Schema) -> Operation:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        paragraphs=_paragraphs(operation["description"]),
        fields=tuple(
            Field(p["name"], p["in"], _type(p["schema"]), p["required"], _text(p.get("description", "")))
            for p in operation.get("parameters", ())
        ),
        body=_pretty((body.get("examples") or [None])[0]),
        body_type=_type(body),
        responses=tuple(_responses(operation["responses"])),
    )


def _responses(responses: Schema) -> Iterator[Response]:
    for status, response in responses.items():
        (content,) = response["content"].values()
        # The problems of all addresses look the same: one example of each stands in the table of codes.
        shown = _pretty(content.get("example")) if status == "200" else ""
        yield Response(status, response["description"], _type(content["schema"]), shown)


def _shape(name: str, schema: Schema) -> Shape:
    required = schema.get("required", ())
    fields = tuple(
        Field(field, "", _type(of), field in required, _text(of.get("description", "")))
        for field, of in schema.get("properties", {}).items()
    )
    return Shape(name, _text(schema.get("description", "")), fields, _type(schema))


def _type(schema: Schema) -> Markup:
    """A schema in a few words, with links to those it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#{0}">{0}</a>').format(name)
    if "anyOf" in schema:
        return Markup(" or ").join(map(_type, schema["anyOf"]))
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if values:
        return Markup(" or ").join(Markup("<code>{}</code>").format(json.dumps(v)) for v in values)
    return _made_of(schema)


def _made_of(schema: Schema) -> Markup:
    if "prefixItems" in schema:
        return Markup("[{}]").format(Markup(", ").join(map(_type, schema["prefixItems"])))
    if "items" in schema:
        return Markup("list of {}").format(_type(schema["items"]))
    if isinstance(schema.get("additionalProperties"), dict):
        return Markup("by id: {}").format(_type(schema["additionalProperties"]))
    return escape(schema.get("format") or schema.get("type", "anything"))


def _paragraphs(text: str) -> tuple[Markup, ...]:
    return tuple(map(_text, text.strip().split("\n\n")))


def _text(text: str) -> Markup:
    """A paragraph on one line, with what stands between backticks as code."""
    plain = str(escape(" ".join(text.split())))
    return Markup(re.sub(r"`+([^`]+)`+", r"<code>\1</code>", plain))  # noqa: S704 - just escaped


def _pretty(example: object) -> str:
    """An example as JSON; a list of numbers stays on one line."""
    if example is None:
        return ""
    text = json.dumps(example, ensure_ascii=False, indent=2)
    return re.sub(r"\[\s+([-\d.]+),\s+([-\d.]+)\s+\]", r"[\1, \2]", text)

"""Description: what the OpenAPI document says of the whole API."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from graphcrm.api.responses import example

DESCRIPTION = """\
Is each customer relationship three-dimensional, and on whom does it hang?

Every number is as of a day (`as_of`) and under a policy. A number that is not known better is an
interval `[low, high]`: low is proven, high is possible. What is undefined is null, and `reasons` says why.

Errors are problem details (RFC 9457); decide by their `code`. There are no keys yet, so the server listens
on the loopback address only. Scores are no basis for judging an employee.
"""
PROBLEM = "application/problem+json"
FIRST_ERROR = 400
WORTH_SAYING = ("type", "format", "enum")


def describe(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The document of these routes; every error is a problem."""
    document = get_openapi(
        title="graphcrm",
        version=version("graphcrm"),
        summary="How three-dimensional each customer relationship is, and on whom it hangs.",
        description=DESCRIPTION,
        routes=routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    for path in document["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                _plain(parameter)
            for status, response in operation["responses"].items():
                content = response["content"]["application/json"]
                content["example"] = example(content["example"])
                if int(status) >= FIRST_ERROR:
                    response["content"] = {PROBLEM: content}
    return document


def _plain(parameter: dict[str, Any]) -> None:
    """A parameter that is optional is left out; nobody writes null into an address."""
    schema = parameter["schema"]
    stated = next((each for each in schema.get("anyOf", ()) if each != {"type": "null"}), schema)
    parameter["schema"] = {key: value for key, value in stated.items() if key in WORTH_SAYING}

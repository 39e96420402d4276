"""What the documentation says of each response: its example, and the problems there may be."""

import json
from pathlib import Path
from typing import Any

from graphcrm.api.models.problem import Problem

HERE = Path(__file__).parent / "examples"

DESCRIPTIONS = {
    404: "No such account, employee or contact on that day.",
    422: "The request cannot be used.",
    503: "The store is not available.",
}


def example(name: str) -> object:
    """A real answer, as a test has compared it with what the API says of an invented portfolio."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def responses(shown: str, *problems: int) -> dict[int | str, dict[str, Any]]:
    """An example of the answer, and of each problem by its status."""
    found: dict[int | str, dict[str, Any]] = {
        200: {"description": "The answer.", "content": _content(shown)}
    }
    for status in problems:
        found[status] = {
            "model": Problem,
            "description": DESCRIPTIONS[status],
            "content": _content(f"problem-{status}"),
        }
    return found


def _content(name: str) -> dict[str, Any]:
    # Only the name: FastAPI would take every null out of an example; ``description`` puts it in at last.
    return {"application/json": {"example": name}}

"""docs/permissions.md names every command there is, and what it needs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from graphcrm.cli.app import app

PAGE = (Path(__file__).parents[2] / "docs" / "permissions.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(graphcrm [\w -]+)` \| (\w+) \|$", PAGE, re.MULTILINE)


def commands(command: Any, path: str = "graphcrm") -> Iterator[str]:
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}")
    if not hasattr(command, "commands"):
        yield path


def test_every_command_has_one_row() -> None:
    assert sorted(name for name, _ in ROWS) == sorted(commands(get_command(app)))


def test_a_right_is_one_of_those_explained() -> None:
    assert {right for _, right in ROWS} == {"none", "read", "write", "schema"}
    for right in ("None", "Read", "Write", "schema"):
        assert f"*{right}*" in PAGE

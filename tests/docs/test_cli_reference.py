"""docs/cli.md says what the command line is."""

import re
import runpy
from pathlib import Path

import pytest

from graphcrm.i18n import activate

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "cli.md").read_text(encoding="utf-8")


def test_the_reference_is_up_to_date() -> None:
    activate("en")
    written = runpy.run_path(str(DOCS / "generate_cli_reference.py"))["reference"]()
    assert written == PAGE, "run: python docs/generate_cli_reference.py"


def test_the_reference_does_not_depend_on_the_machine_that_wrote_it() -> None:
    assert str(Path.home()) not in PAGE
    assert "graphcrm/graphcrm.db" not in PAGE


@pytest.mark.parametrize("setting", ["store", "policy", "lang", "format", "as_of", "known_at"])
def test_every_setting_is_told_with_option_and_variable(setting: str) -> None:
    option, variable = f"`--{setting.replace('_', '-')}`", f"`GRAPHCRM_{setting.upper()}`"
    assert re.search(rf"^\| {option} \| {variable} \| \S", PAGE, re.MULTILINE)


def test_nothing_is_left_without_a_meaning() -> None:
    assert not re.search(r"\|\s*\|\s*$", PAGE, re.MULTILINE)
    assert "None" not in PAGE

"""A command line with a store and a folder of its own, in English at 80 columns, without your variables."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.terminal import Cli

from graphcrm.i18n import activate


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.upper().startswith("GRAPHCRM_")]:
        monkeypatch.delenv(name)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GRAPHCRM_STORE", f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("GRAPHCRM_LANG", "")  # restored, should a command set it
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)  # where a command writes what it was not told a place for
    activate("en")
    yield
    activate("en")


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Command lines in this process."""
    return Cli(capsys, tmp_path)

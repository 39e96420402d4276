"""The README's Python runs, and its commands exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from graphcrm.cli.app import run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's sample portfolio, and a store that holds it."""
    folder = tmp_path_factory.mktemp("demo")
    script = ROOT / "examples" / "sample_portfolio.py"
    subprocess.run([sys.executable, script, "-o", folder / "sample.json"], check=True, capture_output=True)
    store = f"sqlite:///{(folder / 'graphcrm.db').as_posix()}"
    assert run(["import", "bundle", str(folder / "sample.json"), "--store", store]) == 0
    assert run(["audit", "run", "--store", store]) == 0
    return folder


def test_the_python_of_the_readme_prints_sentences(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(block.replace("demo/", f"{sample.as_posix()}/"), "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Not three-dimensional (short in organisation)")
    assert not [line for line in lines if re.search(r"[(\[{](Message|'|Interval)|Interval", line)]


def test_every_command_of_the_tour_does_what_it_says(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPHCRM_STORE", f"sqlite:///{(sample / 'graphcrm.db').as_posix()}")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"^    graphcrm (.*?)(?:\s+#.*)?$", README, re.MULTILINE)
    assert len(commands) >= 9
    for command in commands:
        # The order book's is run by tests/examples/test_northwind.py, which has such a folder.
        assert command.endswith(" FOLDER") or run(command.split()) == 0, command
    assert (tmp_path / "jinyan.html").stat().st_size > 0

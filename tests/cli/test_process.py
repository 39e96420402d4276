"""``python -m graphcrm`` as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli.terminal import GOLDEN

pytestmark = pytest.mark.slow


def graphcrm(*arguments: object, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run it; it never shows a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "graphcrm", *map(str, arguments)],
        capture_output=True,
        encoding=variables.get("PYTHONIOENCODING", "utf-8"),
        env={**os.environ, "PYTHONUTF8": "1", **variables},
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done


def test_a_first_session(tmp_path: Path) -> None:
    assert "Commands" in graphcrm().stdout
    missing = graphcrm("account", "list")
    assert (missing.returncode, "There is no store" in missing.stderr) == (3, True)
    assert graphcrm("import", "bundle", GOLDEN / "account-2.json").returncode == 0
    assert graphcrm("audit", "run").stdout.startswith("Audit 1 as of 2026-06-30")
    shown = graphcrm("account", "show", "A0", "--format", "json")
    assert (shown.returncode, json.loads(shown.stdout)["account"], shown.stderr) == (0, "A0", "")
    assert graphcrm("account", "show", "nobody").returncode == 2
    assert (tmp_path / "store.db").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_DATA_HOME is where Linux keeps data")
def test_the_default_place_is_the_data_directory_of_the_platform(tmp_path: Path) -> None:
    assert graphcrm("import", "bundle", GOLDEN / "account-1.json", GRAPHCRM_STORE="").returncode == 0
    assert (tmp_path / "data" / "graphcrm" / "graphcrm.db").is_file()


def test_a_reader_who_stops_listening_is_not_told_off() -> None:
    graphcrm("import", "bundle", GOLDEN / "account-2.json")
    for arguments in (
        ["account", "list"],
        ["account", "show", "A0", "--format", "json"],
        ["db", "export", "--bundle"],
    ):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "graphcrm", *arguments],
            stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60,
        )  # fmt: skip
        os.close(writer)
        assert (done.stderr, done.returncode) == (b"", 1)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_lacks_a_script_is_no_reason_to_fail(tmp_path: Path, encoding: str) -> None:
    name = "华岳重工 Ümläut"
    bundle = tmp_path / "bundle.json"
    bundle.write_text(json.dumps({"as_of": "2026-06-30", "accounts": [{"id": "A0", "name": name}]}))
    graphcrm("import", "bundle", bundle)
    for arguments in (
        ("account", "list"),
        ("account", "show", "A0"),
        ("account", "list", "--format", "csv"),
    ):
        done = graphcrm(*arguments, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, "")
    written = graphcrm("account", "list", "--format", "json", PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    (row,) = json.loads(written.stdout)
    assert row["name"] == name

"""The command line as a test sees it: arguments go in; exit code and what was printed come out."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graphcrm.cli.app import run

GOLDEN = Path(__file__).parents[1] / "golden"
BUNDLES = sorted(p for p in GOLDEN.glob("account-*.json") if ".expected." not in p.name)
DAY = "2026-06-30"
"""The day the golden bundles are as of."""

Document = dict[str, Any]


def read_json(path: Path) -> Document:
    document: Document = json.loads(path.read_text(encoding="utf-8"))
    return document


@dataclass(frozen=True)
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def csv(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))


class Cli:
    """Runs command lines in this process, on a store of the test's own."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self.folder = folder

    def __call__(self, *arguments: object, code: int = 0, beside: bool = False) -> Ran:
        """Run; the exit code is the one expected, and nothing looks like a traceback or a bug.

        A result comes with an error only where it may stand ``beside`` it.
        """
        self._capsys.readouterr()
        got = run([str(a) for a in arguments])
        printed = self._capsys.readouterr()
        assert got == code, printed.err or printed.out
        assert "Traceback" not in printed.err
        assert "should not" not in printed.err
        assert code == 0 or beside or not printed.out
        return Ran(got, printed.out, printed.err)

    def json(self, *arguments: object) -> Any:
        return self(*arguments, "--format", "json").json

    def csv(self, *arguments: object) -> list[dict[str, str]]:
        return self(*arguments, "--format", "csv").csv

    def file(self, document: Document, name: str = "bundle.json") -> Path:
        """A document in a file."""
        path = self.folder / name
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    def load(self, what: Path | Document, *options: object) -> None:
        """Import a bundle."""
        path = what if isinstance(what, Path) else self.file(what)
        self("import", "bundle", path, *options)

    def store(self, name: str) -> str:
        """The URL of one more store."""
        return f"sqlite:///{(self.folder / name).as_posix()}"

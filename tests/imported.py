"""Tables brought in through the command line: what it printed, and what is in the store afterwards."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from cli.terminal import Ran

from graphcrm.bootstrap import open_store
from graphcrm.cli.app import run
from graphcrm.i18n import activate
from graphcrm.records.bundle import RECORDS, Bundle

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
DATA = ROOT.parent / "shared" / "data"
"""Public data sets, where they are on a machine at all; see the mappings in ``EXAMPLES``."""

Values = set[tuple[object, ...]]


def data(name: str) -> Path:
    """The folder of a public data set; a test that needs it is skipped where it is not."""
    folder = DATA / name
    if not folder.is_dir():
        pytest.skip(f"the data are not on this machine (../shared/data/{name})")
    return folder


@contextmanager
def _nobody() -> Iterator[None]:
    """The variables of nobody in particular, in English."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith("GRAPHCRM_")]:
            patch.delenv(name)
        patch.setenv("GRAPHCRM_LANG", "")
        patch.setenv("COLUMNS", "80")
        activate("en")
        try:
            yield
        finally:
            activate("en")


@dataclass(frozen=True)
class Place:
    """A folder with a store in it, which tables are brought into."""

    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{(self.folder / 'store.db').as_posix()}"

    def bring(self, mapping: Path, *arguments: object, code: int = 0) -> Ran:
        """``graphcrm import tables``; its exit code is the one expected."""
        out, err = io.StringIO(), io.StringIO()
        command = ["import", "tables", "--mapping", mapping, "--store", self.url, *arguments]
        with _nobody(), redirect_stdout(out), redirect_stderr(err):
            got = run([str(each) for each in command])
        assert got == code, err.getvalue() or out.getvalue()
        return Ran(got, out.getvalue(), err.getvalue())

    @property
    def is_empty(self) -> bool:
        """Whether there is no store, or nothing was ever written to it."""
        if not (self.folder / "store.db").exists():
            return True
        with open_store(self.url) as store:
            return not any(store.status().counts.values())

    def facts(self, as_of: date) -> Bundle:
        """What is in the store."""
        return facts_at(self.url, as_of)


def facts_at(url: str, as_of: date) -> Bundle:
    """What is in a store."""
    with open_store(url) as store:
        return store.facts(as_of)


def values(facts: Bundle, kind: str, *fields: str) -> Values:
    """The values of some fields of all records of a kind; each record gives other ones."""
    names = {(info.alias or name): name for name, info in RECORDS[kind].model_fields.items()}
    found = [tuple(getattr(record, names[field]) for field in fields) for record in facts.of(kind)]
    assert len(set(found)) == len(found), f"{kind} repeat {fields}"
    return set(found)


def problems(ran: Ran) -> list[tuple[str, str, str, str]]:
    """The problems that were printed: place, value, what is wrong, cure."""
    return list(_told(iter(ran.err.splitlines())))


def _told(lines: Iterator[str]) -> Iterator[tuple[str, str, str, str]]:
    for line in lines:
        if not line.startswith("  ") or line.startswith(("   ", "  …")):
            continue
        head, _, what = line.strip().partition(": ")
        place, stands, value = head.partition(" = ")
        if stands and not _closed(value):  # the value holds a colon itself
            value, _, what = line.strip().partition(" = ")[2].rpartition(": ")
        cure = next(lines, "").strip()
        if cure.startswith("→ "):
            yield place, value if stands else "None", what, cure.removeprefix("→ ")


def _closed(value: str) -> bool:
    return value[0] not in "'\"" or value.endswith(value[0])

"""graphcrm's command line in a process of its own, to be killed.

It is forked from one that has imported all of graphcrm, so that it begins at once.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from graphcrm.cli import importing
from graphcrm.cli.app import run
from graphcrm.sources.tables.files import json_lines
from graphcrm.store import neo4j

PATIENCE = 300.0
"""Seconds after which a command hangs."""

ROWS = 150
"""Rows of JSON lines read at once: so few that small files are a stream of several batches."""

_CONTEXT: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
if hasattr(_CONTEXT, "set_forkserver_preload"):
    # Neo4j's driver, which takes longer to import than most commands run, comes with its store.
    _CONTEXT.set_forkserver_preload([importing.__name__, json_lines.__name__, neo4j.__name__])


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (below 0, the signal that killed it), and what it said."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """The one sentence and its cure, of a command that ended for the sake of its store."""
        assert (self.code, self.out) == (3, ""), self
        sentence, cure = self.err.splitlines()
        assert sentence.startswith("Error: "), self
        assert sentence.endswith("."), self
        assert cure, self
        return sentence


class Command:
    """A command that runs within it; ``bounds`` are those of a Neo4j store, such as its limits.

    ``begun`` is set when an import begins to write.
    """

    def __init__(self, *arguments: object, variables: Mapping[str, str], **bounds: object) -> None:
        self._folder = TemporaryDirectory()
        self._said = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        self.begun = _CONTEXT.Event()
        self._process = _CONTEXT.Process(
            target=_main,
            args=([str(each) for each in arguments], dict(variables), self._said, bounds, self.begun),
        )

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()
        self._folder.cleanup()

    def kill(self) -> None:
        """Kill -9 it."""
        self._process.kill()

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return bool(self._process.is_alive())

    def ended(self) -> Ended:
        """Wait for its end."""
        self._process.join(PATIENCE)
        code = self._process.exitcode
        assert code is not None, "it hangs"
        out, err = (file.read_text("utf-8") if file.exists() else "" for file in self._said)
        return Ended(code, out, err)


def _main(
    arguments: list[str],
    variables: dict[str, str],
    said: tuple[Path, Path],
    bounds: dict[str, Any],
    begun: Any,
) -> None:
    os.environ.update({"GRAPHCRM_LANG": "en", **variables})
    for stream, file in zip((sys.stdout, sys.stderr), said, strict=True):
        with file.open("wb") as opened:
            os.dup2(opened.fileno(), stream.fileno())
    neo4j.open_store = partial(neo4j.open_store, **bounds)
    json_lines.ROWS = ROWS
    bring = importing._bring

    def announced(*given: Any, **options: Any) -> Any:
        begun.set()
        return bring(*given, **options)

    importing._bring = announced
    sys.exit(run(arguments))

"""Processes that import, to be killed: each says when it begins, and when it is done."""

import subprocess
import sys
from collections.abc import Mapping
from time import monotonic, sleep


def run(
    script: str,
    *arguments: object,
    env: Mapping[str, str] | None = None,
    kill_after: float | None = None,
) -> float:
    """Run it to its end, or kill it some seconds after it began; how long it took."""
    command = [sys.executable, script, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"begin\n"
        begun = monotonic()
        if kill_after is None:
            assert child.stdout.readline() == b"done\n"
        else:
            sleep(kill_after)
            child.kill()
        return monotonic() - begun

"""A dask scheduler and its workers on this computer, each a process that a test may kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 240.0
HERE = Path(__file__).parent


class Cluster:
    """A scheduler, and workers with one thread each. What a lost worker did is told as lost at once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "scheduler.json"
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        give_up = monotonic() + PATIENCE
        while not self._file.exists():
            assert monotonic() < give_up, "the scheduler does not start"
            sleep(0.05)

    @property
    def variables(self) -> dict[str, str]:
        """The variables of its processes: they find this folder's modules, as ours do."""
        return {
            **os.environ,
            "PYTHONPATH": str(HERE),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        }

    def have(self, workers: int) -> None:
        """Let so many workers live."""
        self.workers = {name: worker for name, worker in self.workers.items() if worker.poll() is None}
        while len(self.workers) < workers:
            name = f"worker-{len(self._started)}"
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0")
            place = ("--host", "127.0.0.1", "--local-directory", str(self._folder))
            self.workers[name] = self._start("worker", "--name", name, *options, *place)

    def stop(self, worker: str) -> None:
        """Let one of them stand still: what it is given, it never ends."""
        self.workers[worker].send_signal(signal.SIGSTOP)

    def kill(self, worker: str) -> None:
        """Kill -9 one of them."""
        self.workers[worker].send_signal(signal.SIGKILL)
        self.workers[worker].wait()

    def begin(self, script: str, *arguments: object) -> "subprocess.Popen[str]":
        """A script of somebody who asks it; its first argument is the file that tells where it is."""
        return subprocess.Popen(
            [sys.executable, "-c", script, str(self._file), *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self.variables,
        )  # fmt: skip

    def end(self) -> None:
        """End all of it."""
        for process in self._started:
            process.kill()
            process.wait()

    def _start(self, what: str, *options: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", what, *options, "--scheduler-file", str(self._file)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.variables,
        )  # fmt: skip
        self._started.append(process)
        return process


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A cluster without workers yet, which is gone afterwards."""
    started = Cluster(folder)
    try:
        yield started
    finally:
        started.end()

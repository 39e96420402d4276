"""One process, known by its id and the moment it started, so that a reused id is never mistaken for it."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.1
_STATE, _THREADS, _START = 0, 17, 19
"""Places in ``/proc/PID/stat`` after the command's name, which may itself hold spaces."""


@dataclass(frozen=True)
class Process:
    """A process's id, and its start as the system tells it."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Process | None":
        """The live process with this id, if there is one."""
        started = _started(pid)
        return None if started is None else cls(pid, started)

    def alive(self) -> bool:
        """Whether this very process still runs."""
        return _started(self.pid) == self.started

    def ask_to_stop(self) -> None:
        """Send SIGTERM, unless it is gone already.

        Raises PermissionError where the process is somebody else's.
        """
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL and wait until the process is gone."""
        self._send(signal.SIGKILL)
        self.wait_gone(10)

    def wait_gone(self, seconds: float) -> bool:
        """Wait until it is gone, at most so long; whether it is."""
        end = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > end:
                return False
            time.sleep(_PAUSE)
        return True

    def _send(self, number: signal.Signals) -> None:
        if self.alive():
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return


def start_detached(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process | None:
    """Start a command in a session of its own, its words in the log; None if it ended at once.

    Not ``subprocess``: its object would want to be waited for, and this process outlives us.
    """
    with log.open("wb") as out, Path(os.devnull).open("rb") as nothing:
        pid = os.posix_spawn(
            command[0],
            list(command),
            environment,
            file_actions=(
                (os.POSIX_SPAWN_DUP2, nothing.fileno(), 0),
                (os.POSIX_SPAWN_DUP2, out.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, out.fileno(), 2),
            ),
            setsid=True,
        )
    return Process.of(pid)


def _started(pid: int) -> str | None:
    _reap(pid)
    return _from_proc(pid) if Path("/proc/self/stat").exists() else _from_ps(pid)


def _reap(pid: int) -> None:
    """Take leave of a child of ours that has ended; else it would stand in the process table."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return  # not ours, as is usual: another run of graphcrm started it


def _from_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat.rpartition(")")[2].split()
    # Java's first thread ends before the others, which still hold its ports and locks.
    if fields[_STATE] in {"Z", "X"} and int(fields[_THREADS]) <= 1:
        return None
    # The start counts from the boot, so it means something only together with the boot.
    return f"{boot}:{fields[_START]}"


def _from_ps(pid: int) -> str | None:
    answer = subprocess.run(  # noqa: S603 - the system's own program, and a number
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None

"""A file system that is soon full."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """A file system of its own, of which a part may be taken up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    @property
    def free(self) -> int:
        """Bytes that may still be written."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def leave(self, size: int) -> None:
        """Take up all but about so many bytes; others may write meanwhile."""
        with self._ballast.open("wb") as file:
            while (taken := self.free - size) > 0:
                try:
                    os.posix_fallocate(file.fileno(), 0, taken)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                else:
                    return

    def make_room(self) -> None:
        """Give back what was taken up."""
        self._ballast.unlink(missing_ok=True)


def mount(folder: Path, size: int) -> SmallDisk:
    """Make the folder a file system of that many bytes; where that is not allowed the test is skipped."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux may make a small disk")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no small disk can be made: {done.stderr.strip()}")
    return SmallDisk(folder)


def unmount(folder: Path) -> None:
    """Make the folder what it was; what still has files open there keeps them."""
    subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[SmallDisk]:
    """A file system of that many bytes, while it lasts."""
    folder.mkdir()
    disk = mount(folder, size)
    try:
        yield disk
    finally:
        unmount(folder)

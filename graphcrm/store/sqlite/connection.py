"""One SQLite connection: transactions go in, and no error but StoreError comes out."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from graphcrm.errors import N_, StoreError

FAULTS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        N_("The store at {path} is in use by another program."),
        N_("Try again when that program has finished."),
    ),
    sqlite3.SQLITE_READONLY: (
        N_("The store at {path} cannot be written to."),
        N_("Make the file and its folder writable, or use a copy."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        N_("The store at {path} cannot be opened."),
        N_("Check that you may read the file and write to its folder."),
    ),
    sqlite3.SQLITE_NOTADB: (
        N_("{path} is not a graphcrm store."),
        N_("Check the path; a new store needs a path where nothing is yet."),
    ),
    sqlite3.SQLITE_FULL: (
        N_("The disk is full; nothing was written to the store at {path}."),
        N_("Make room and try again."),
    ),
    sqlite3.SQLITE_IOERR_SHMSIZE: (
        N_("The disk is full; the store at {path} needs a little room beside it even to be read."),
        N_("Make room and try again."),
    ),
    sqlite3.SQLITE_IOERR: (
        N_("The disk failed while the store at {path} was in use."),
        N_("Check the disk, then try again."),
    ),
    sqlite3.SQLITE_CORRUPT: (
        N_("The store at {path} is damaged."),
        N_("Restore it from a backup, or import your data into a new store."),
    ),
}
"""What SQLite's result codes mean to a person, and what helps; finer ones where they mean more."""

OTHER_FAULT = (
    N_("The store at {path} failed: {reason}."),
    N_("Check that the file is where it was and is not changed by another program."),
)

LARGEST = 2**63 - 1
"""The largest whole number SQLite knows."""

_PRIMARY = 0xFF
"""The bits of an extended result code that hold the primary one."""

_CACHE_KIB = 65536


def fault(number: int, path: Path, reason: object = "") -> StoreError:
    """What a person reads when SQLite answers with this result code."""
    template, hint = FAULTS.get(number) or FAULTS.get(number & _PRIMARY, OTHER_FAULT)
    return StoreError(template, hint=hint, path=path, reason=reason)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn every error of SQLite into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        # Errors of the Python module itself, such as use after closing, have no code.
        raise fault(getattr(error, "sqlite_errorcode", 0), path, error) from error


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what is stored, but is nothing this graphcrm knows, into a StoreError."""
    try:
        yield
    except (KeyError, ValueError) as error:
        raise StoreError(
            N_("The store at {path} holds data that this graphcrm cannot read."),
            hint=N_("Use the graphcrm that wrote them, or restore the store from a backup."),
            path=path,
        ) from error


class Connection:
    """A connection to an existing file. It may pass between threads and serves one at a time."""

    def __init__(self, path: Path, *, timeout: float) -> None:
        self.path = path
        self._lock = RLock()
        with translated(path):
            self._raw = _connect(path, timeout)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one state of the store throughout."""
        with self._lock, translated(self.path):
            self._raw.execute("BEGIN")
            try:
                yield self._raw
            finally:
                self._roll_back()

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept as a whole, or not at all if anything is raised in it.

        One that is not to be ``keep``-t sees its own writes, and then they are gone.
        """
        with self._lock, translated(self.path):
            self._raw.execute("BEGIN IMMEDIATE")
            try:
                yield self._raw
                if keep:
                    self._raw.execute("COMMIT")
            finally:
                self._roll_back()

    def use_wal(self) -> None:
        """Let readers read while somebody writes; the file remembers it."""
        with self._lock, translated(self.path):
            self._raw.execute("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, translated(self.path):
            self._raw.close()

    def _roll_back(self) -> None:
        # SQLite has already rolled back by itself after some errors, such as a full disk.
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")


_EFFECTIVE = os.access in os.supports_effective_ids
"""Whether the system can say what this process may do, rather than the user who started it."""


def _connect(path: Path, timeout: float) -> sqlite3.Connection:
    """Open the file, for reading only where nothing else is allowed."""
    file = path.resolve()
    wal = file.with_name(f"{file.name}-wal")
    may_write = all(os.access(p, os.W_OK, effective_ids=_EFFECTIVE) for p in (file, file.parent))
    # A store in WAL mode needs two more files beside it even to be read. Where they may not be made and
    # no WAL is there, nobody is writing: the file is whole and can be read as it is.
    mode = "rw" if may_write or wal.exists() else "ro&immutable=1"
    raw = sqlite3.connect(
        f"{file.as_uri()}?mode={mode}",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # FULL: an import that was reported as done is still there after a power cut.
        for pragma in ("foreign_keys = ON", "synchronous = FULL", f"cache_size = -{_CACHE_KIB}"):
            raw.execute(f"PRAGMA {pragma}")
    except BaseException:
        raw.close()
        raise
    return raw

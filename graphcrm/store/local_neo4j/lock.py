"""One at a time: a lock on a file, let go by the system when its holder ends, however it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphcrm.errors import N_, StoreError


@contextmanager
def only_one(file: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock. Where it is held by another, wait for it, or raise StoreError."""
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        raise StoreError(
            N_("A local Neo4j can be kept on Linux and macOS only."),
            hint=N_("Elsewhere `docker compose up` brings one."),
        ) from None
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="ascii") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(
                N_("Another `graphcrm neo4j` is at work in {folder}."),
                hint=N_("Wait until it has finished, then try again."),
                folder=file.parent,
            ) from None
        yield

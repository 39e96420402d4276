"""StoreKeeper: one open store for all requests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from graphcrm.errors import StoreError
from graphcrm.ports.store import Store


class StoreKeeper:
    """Opens the store when it is first needed and keeps it open, so that a pool of connections serves.

    A store that failed is let go, and the next request opens it anew: the server outlives a store that
    goes down and comes back.
    """

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open = open_store
        self._lock = Lock()
        self._kept: Store | None = None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store. Raises StoreError where it cannot be opened."""
        store = self._current()
        try:
            yield store
        except StoreError:
            self._let_go(store)
            raise

    def close(self) -> None:
        """Let go of the store, if one is open."""
        self._let_go(self._kept)

    def _current(self) -> Store:
        with self._lock:
            if self._kept is None:
                self._kept = self._open()
            return self._kept

    def _let_go(self, store: Store | None) -> None:
        with self._lock:
            if store is None or store is not self._kept:
                return  # another request was faster
            self._kept = None
        store.close()

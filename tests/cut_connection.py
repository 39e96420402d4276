"""Ways to a server on which it is known how far somebody has come, and which break there."""

import socket
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from types import TracebackType

Passes = Callable[[bytes], bool]
"""Whether these bytes go through; where they do not, the connection breaks."""

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""How Bolt, the protocol of Neo4j, says so."""


class Way(ABC):
    """Within it, a port of this computer leads to the server."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.1)
        self.port: int = self._listening.getsockname()[1]
        self._stop = Event()
        self._threads = [Thread(target=self._serve)]

    @abstractmethod
    def passes(self) -> tuple[Passes, Passes]:
        """For a new connection: what goes there, and what comes back."""

    def __enter__(self) -> int:
        self._threads[0].start()
        return self.port

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._listening.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            with suppress(TimeoutError):
                near, _ = self._listening.accept()
                near.settimeout(None)
                try:
                    far = socket.create_connection(self._server)
                except ConnectionError:  # nobody answers there, so nobody does here
                    near.close()
                    continue
                pair = Thread(target=self._carry, args=(near, far))
                pair.start()
                self._threads.append(pair)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        there_passes, back_passes = self.passes()
        with near, far:
            there = Thread(target=_pump, args=(near, far, there_passes))
            there.start()
            _pump(far, near, back_passes)
            there.join()


class Course(Way):
    """Counts what passes, either way; at a point ``act`` is called and the connection breaks.

    For good, or ``once``. ``published`` is how much had passed when a transaction with these words had been
    told to commit.
    """

    def __init__(
        self, host: str, port: int, *, words: bytes = b"", point: int | None = None, once: bool = True
    ) -> None:
        super().__init__(host, port)
        self._words, self._point, self._once = words, point, once
        self._lock = Lock()
        self.act: Callable[[], object] = lambda: None
        self._there = False
        self.passed = 0
        self.published: int | None = None
        self.broken = Event()

    def passes(self) -> tuple[Passes, Passes]:
        """All connections share the count; each is listened to for the words, and then for the commit."""
        heard = False

        def there(data: bytes) -> bool:
            nonlocal heard
            heard = heard or bool(self._words and self._words in data)
            through = self._count(data)
            if heard and self.published is None and COMMIT in data:
                self.published = self.passed
            return through

        return there, self._count

    def _count(self, data: bytes) -> bool:
        with self._lock:
            if self._there:
                return self._once
            self.passed += len(data)
            if self._point is None or self.passed <= self._point:
                return True
            self._there = True
        self.act()
        self.broken.set()
        return False


class LostCommit(Way):
    """Breaks where a transaction with these words is committed: before it is, or ``done`` and not answered.

    For good, or ``once``.
    """

    def __init__(self, host: str, port: int, words: bytes, *, done: bool, once: bool) -> None:
        super().__init__(host, port)
        self._words, self._done, self._once = words, done, once
        self.lost = False

    def passes(self) -> tuple[Passes, Passes]:
        """Each connection is listened to for the words, and then for the commit."""
        heard = told = False

        def there(data: bytes) -> bool:
            nonlocal heard, told
            if self.lost:
                return self._once
            heard = heard or self._words in data
            if heard and COMMIT in data:
                told = self.lost = True
            return self._done or not told

        def back(_: bytes) -> bool:
            return not told and (self._once or not self.lost)

        return there, back


def _pump(source: socket.socket, sink: socket.socket, passes: Passes) -> None:
    with suppress(OSError):
        while data := source.recv(4096):
            if not passes(data):
                break
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

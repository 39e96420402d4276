"""A way to a server that breaks, for good, once so many bytes have come back."""

import socket
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType


class Cut:
    """Within it, a port of this computer leads to the server."""

    def __init__(self, host: str, port: int, size: int) -> None:
        self._server, self._left = (host, port), size
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.1)
        self._stop = Event()
        self._threads = [Thread(target=self._serve)]

    def __enter__(self) -> int:
        self._threads[0].start()
        port: int = self._listening.getsockname()[1]
        return port

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
                far = socket.create_connection(self._server)
                pair = Thread(target=self._carry, args=(near, far))
                pair.start()
                self._threads.append(pair)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with near, far:
            there = Thread(target=self._pump, args=(near, far))
            there.start()
            self._pump(far, near, counted=True)
            there.join()

    def _pump(self, source: socket.socket, sink: socket.socket, *, counted: bool = False) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                if counted:
                    self._left -= len(data)
                if self._left < 0:
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

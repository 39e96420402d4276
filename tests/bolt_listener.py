"""What a client says to a Neo4j, message by message, and how often it waits for an answer.

Bolt, the protocol, is documented at https://neo4j.com/docs/bolt/current/bolt/message/: a message is a
structure in PackStream, cut into chunks, each behind its length in two bytes; an empty chunk ends it.
"""

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from cut_connection import Passes, Way

NAMES = {
    0x01: "HELLO", 0x02: "GOODBYE", 0x0F: "RESET", 0x10: "RUN", 0x11: "BEGIN", 0x12: "COMMIT",
    0x13: "ROLLBACK", 0x2F: "DISCARD", 0x3F: "PULL", 0x54: "TELEMETRY", 0x66: "ROUTE", 0x6A: "LOGON",
    0x6B: "LOGOFF",
}  # fmt: skip
HANDSHAKE, CHOICE = 20, 5
"""Bytes before the first message, and how many more where the server lists what it can do."""
MANIFEST = b"\x00\x00\x01\xff"
"""What such a list begins with."""
MODE_READ = b"\x84mode\x81r"
"""In a message that begins a transaction: it is one that reads."""


class Said(NamedTuple):
    """A message of a connection, and whether the client had waited for an answer since the one before."""

    connection: int
    name: str
    body: bytes
    after_an_answer: bool

    @property
    def begins_reading(self) -> bool:
        """Whether it begins a transaction in which the server refuses to write."""
        return MODE_READ in self.body

    @property
    def statement(self) -> str:
        """Of a RUN, its text."""
        size, start = {
            0xD0: (self.body[3:4], 4), 0xD1: (self.body[3:5], 5), 0xD2: (self.body[3:7], 7)
        }.get(self.body[2], (bytes([self.body[2] & 0x0F]), 3))  # fmt: skip
        return self.body[start : start + int.from_bytes(size)].decode()


class Listener(Way):
    """A way to a server on which everything that is said is heard."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.said: list[Said] = []
        self._connections = count()

    def passes(self) -> tuple[Passes, Passes]:
        """Each connection is listened to apart."""
        connection = next(self._connections)
        rest, message, left, answered, greeted = b"", b"", HANDSHAKE, False, False
        waited: bool | None = None  # before the message that has begun; a long one comes in several pieces

        def there(data: bytes) -> bool:
            nonlocal rest, message, left, answered, waited
            rest += data[left:]
            left = max(0, left - len(data))
            while rest:
                waited = answered if waited is None else waited
                end = 2 + int.from_bytes(rest[:2])
                if len(rest) < end:
                    break
                chunk, rest = rest[2:end], rest[end:]
                if not chunk and message:
                    self.said.append(Said(connection, NAMES[message[1]], message, waited))
                    message, answered, waited = b"", False, None
                else:
                    message += chunk
            return True

        def back(data: bytes) -> bool:
            nonlocal left, answered, greeted
            if not greeted and data.startswith(MANIFEST):
                left = CHOICE
            greeted = answered = True
            return True

        return there, back

    def forget(self) -> None:
        """What was said so far."""
        self.said.clear()

    def exchanges(self) -> list[str]:
        """The messages, those together that were said without waiting for an answer."""
        told: list[list[str]] = []
        for message in self.said:
            if message.after_an_answer or not told:
                told.append([])
            told[-1].append(message.name)
        return [" ".join(names) for names in told]

    def statements(self) -> list[str]:
        """The texts that were run, in order."""
        return [message.statement for message in self.said if message.name == "RUN"]

    def beginnings(self) -> Iterator[Said]:
        """The messages that begin a transaction: what runs by itself is one, too."""
        inside: set[int] = set()
        for message in self.said:
            if message.name == "BEGIN" or (message.name == "RUN" and message.connection not in inside):
                yield message
            if message.name == "BEGIN":
                inside.add(message.connection)
            elif message.name in {"COMMIT", "ROLLBACK", "RESET"}:
                inside.discard(message.connection)

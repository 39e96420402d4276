"""The folder a server lives in: its configuration, its password, and what we remember of it."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from graphcrm.errors import N_, StoreError
from graphcrm.store.local_neo4j.listening import HOST
from graphcrm.store.local_neo4j.process import Process

HEAP, PAGE_CACHE = "512m", "256m"

_CONF = """\
# Written by `graphcrm neo4j up` at every start; changes made here are lost.
server.default_listen_address={host}
server.bolt.listen_address={host}:{bolt}
server.bolt.advertised_address={host}:{bolt}
server.http.listen_address={host}:{http}
server.http.advertised_address={host}:{http}
server.memory.heap.initial_size={heap}
server.memory.heap.max_size={heap}
server.memory.pagecache.size={page_cache}
db.tx_log.preallocate=false
db.tx_log.rotation.size=16m
dbms.usage_report.enabled=false
"""


@dataclass(frozen=True)
class Made:
    """What a home was made for, and its ports, kept from start to start."""

    line: str
    version: str
    bolt: int
    http: int


class Home:
    """A server's folder; reading gives None for what is not there, writing raises StoreError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.conf = folder / "conf"
        self.password_file = folder / "password"
        self.console = folder / "console.log"
        self.log = folder / "logs" / "neo4j.log"
        self._log_seen = 0
        self.lock = folder / "lock"
        self._made = folder / "graphcrm.json"
        self._process = folder / "process.json"

    @property
    def made(self) -> Made | None:
        """What the home was made for."""
        try:
            return Made(**json.loads(self._made.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def process(self) -> Process | None:
        """The process last started here, alive or not."""
        try:
            return Process(**json.loads(self._process.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def has_data(self) -> bool:
        """Whether a server has run here."""
        return (self.folder / "data" / "databases").exists()

    def must_suit(self, line: str) -> None:
        """Raises StoreError for a folder that another line's server, or somebody else, has made."""
        made = self.made
        if made is None and self.has_data:
            raise StoreError(
                N_("{folder} holds a Neo4j that graphcrm did not make."),
                hint=N_("Set GRAPHCRM_NEO4J_HOME to another folder."),
                folder=self.folder,
            )
        if made is not None and made.line != line:
            raise StoreError(
                N_("{folder} was made by Neo4j {theirs}; {ours} cannot use it."),
                hint=N_("Add --version {version}, or set GRAPHCRM_NEO4J_HOME to another folder."),
                folder=self.folder,
                theirs=made.line,
                ours=line,
                version=made.version,
            )

    def remember(self, made: Made) -> None:
        """Write what the home is for, and the server's configuration."""
        with self.written():
            self.conf.mkdir(parents=True, exist_ok=True)
            text = _CONF.format(host=HOST, bolt=made.bolt, http=made.http, heap=HEAP, page_cache=PAGE_CACHE)
            (self.conf / "neo4j.conf").write_text(text, encoding="utf-8")
            _replace(self._made, json.dumps(asdict(made)))

    def remember_process(self, process: Process) -> None:
        """Write which process serves this home."""
        with self.written():
            _replace(self._process, json.dumps(asdict(process)))

    def forget_process(self) -> None:
        """No process serves this home any more."""
        with self.written():
            self._process.unlink(missing_ok=True)

    def mark_log(self) -> None:
        """From here on, what the log says is new."""
        self._log_seen = self.log.stat().st_size if self.log.exists() else 0

    def read_new_log(self) -> str:
        """What the server's log says since the mark."""
        if not self.log.exists():
            return ""
        said = self.log.read_bytes()
        # A log shorter than before has been started anew.
        return said[self._log_seen if self._log_seen <= len(said) else 0 :].decode("utf-8", "replace")

    def password(self) -> str:
        """The password. Raises StoreError where its file is gone or somebody else's."""
        try:
            return self.password_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise StoreError(
                N_("The password file {file} cannot be read: {reason}."),
                hint=N_("Write the server's password into it, or delete {folder} with all its data."),
                file=self.password_file,
                folder=self.folder,
                reason=error.strerror,
            ) from None

    def make_password(self) -> str:
        """A new password, in a file that only the user can read."""
        with self.written():
            self.folder.mkdir(parents=True, exist_ok=True)
            self.password_file.unlink(missing_ok=True)
            # Hexadecimal: the admin tool would take a password that begins with - for an option.
            secret = secrets.token_hex(24)
            write_private(self.password_file, secret + "\n")
            return secret

    @contextmanager
    def written(self) -> Iterator[None]:
        """Turn the system's refusal to write into a StoreError."""
        try:
            yield
        except OSError as error:
            raise StoreError(
                N_("The folder {folder} cannot be written to: {reason}."),
                hint=N_("Make it writable, or set GRAPHCRM_NEO4J_HOME to another folder."),
                folder=self.folder,
                reason=error.strerror,
            ) from error


def write_private(file: Path, text: str) -> None:
    """Write a new file that only the user can read, from its first moment on."""
    with os.fdopen(
        os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as out:
        out.write(text)


def _replace(file: Path, text: str) -> None:
    beside = file.with_suffix(".new")
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(file)

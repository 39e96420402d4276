"""The local server: up, status, down."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from graphcrm.errors import N_, StoreError
from graphcrm.store.local_neo4j import listening
from graphcrm.store.local_neo4j.home import Home, Made
from graphcrm.store.local_neo4j.jars import Watch, must_be_sound, server_jars
from graphcrm.store.local_neo4j.java import set_first_password, start_server
from graphcrm.store.local_neo4j.lock import only_one
from graphcrm.store.local_neo4j.process import Process
from graphcrm.store.local_neo4j.readiness import wait_until_ready
from graphcrm.store.local_neo4j.versions import LINE_NAMES, Line

BOLT, HTTP = 7687, 7474
"""Neo4j's own ports; where they are taken, the next free ones."""

STOP_SECONDS = 30.0


@dataclass(frozen=True)
class ServerStatus:
    """A local server as it is now."""

    running: bool
    version: str
    url: str
    http: str
    pid: int | None
    folder: Path
    log: Path
    password_file: Path


def homes(given: Path | None = None) -> tuple[Path, ...]:
    """The folders of the servers made here: the one given, else one for each line."""
    folders = dict.fromkeys(_home_of(line, given) for line in LINE_NAMES)
    return tuple(folder for folder in folders if Home(folder).made)


def cache_folder() -> Path:
    """Where what was fetched is kept, for every server of this user."""
    return user_cache_path("graphcrm", appauthor=False) / "neo4j"


class LocalNeo4j:
    """One server in one folder."""

    def __init__(self, folder: Path, *, cache: Path | None = None) -> None:
        self.home = Home(folder.absolute())
        self._cache = cache or cache_folder()

    @classmethod
    def of_version(cls, version: str, home: Path | None = None) -> "LocalNeo4j":
        """The server of a version's line, in the folder given, if one is.

        Raises InputError for a version of no known line.
        """
        return cls(_home_of(Line.of(version).name, home))

    def status(self) -> ServerStatus | None:
        """How the server is; None where none was made."""
        made, process = self.home.made, self.home.process
        if made is None:
            return None
        running = process is not None and process.alive()
        return ServerStatus(
            running=running,
            version=made.version,
            url=f"neo4j://{listening.HOST}:{made.bolt}",
            http=f"http://{listening.HOST}:{made.http}",
            pid=process.pid if process and running else None,
            folder=self.home.folder,
            log=self.home.log,
            password_file=self.home.password_file,
        )

    def up(
        self,
        version: str,
        *,
        port: int | None = None,
        http_port: int | None = None,
        watch: Watch = lambda _done, _total: None,
        fetch_again: bool = False,
    ) -> tuple[ServerStatus, bool]:
        """Start the server and wait until it answers; its status, and whether it was started now.

        Raises InputError for an unknown version, StoreError for everything that hinders the start.
        """
        line = Line.of(version)
        with self._alone():
            self.home.must_suit(line.name)
            if (already := self.status()) and already.running:
                return already, False
            made = self._with_ports(line, version, port, http_port)
            jars = server_jars(version, self._cache, watch, again=fetch_again)
            password = self._password_for_start(made, jars)
            self._start(line, jars, password, made)
        started = self.status()
        assert started is not None
        return started, True

    def down(self) -> bool:
        """Stop the server and wait for it; False if none ran. Raises StoreError if it does not stop."""
        if self.home.made is None:
            return False
        with self._alone():
            process = self.home.process
            if process is None or not process.alive():
                self.home.forget_process()
                return False
            try:
                process.ask_to_stop()
            except PermissionError:
                raise StoreError(
                    N_("Neo4j runs as another user and cannot be stopped: process {pid}."),
                    hint=N_("Stop it as the user who started it."),
                    pid=process.pid,
                ) from None
            if not process.wait_gone(STOP_SECONDS):
                raise StoreError(
                    N_("Neo4j was asked to stop {seconds:.0f} seconds ago and still runs: process {pid}."),
                    hint=N_("Look into {log}; it may still be writing. `graphcrm neo4j status` tells."),
                    seconds=STOP_SECONDS,
                    pid=process.pid,
                    log=self.home.log,
                )
            self.home.forget_process()
            return True

    def kill(self) -> None:
        """End a throwaway server at once."""
        if process := self.home.process:
            process.kill()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with ExitStack() as stack:
            with self.home.written():
                stack.enter_context(only_one(self.home.lock, wait=False))
            yield

    def _with_ports(self, line: Line, version: str, port: int | None, http_port: int | None) -> Made:
        before = self.home.made
        # A remembered address stands in the user's own settings, so it does not wander off by itself.
        wanted = port or (before.bolt if before else None)
        bolt = listening.must_be_free(wanted, "--port") if wanted else listening.next_free(BOLT)
        if http_port:
            http = listening.must_be_free(http_port, "--http-port")
        else:
            http = listening.next_free(before.http if before else HTTP, besides=bolt)
        return Made(line.name, version, bolt, http)

    def _password_for_start(self, made: Made, jars: Sequence[Path]) -> str:
        if self.home.has_data:
            self.home.remember(made)
            return self.home.password()
        password = self.home.make_password()
        self.home.remember(made)
        set_first_password(self.home, jars, password)
        return password

    def _start(self, line: Line, jars: Sequence[Path], password: str, made: Made) -> None:
        process = start_server(self.home, line, jars)
        if process is not None:
            self.home.remember_process(process)
        try:
            wait_until_ready(process, made.bolt, password, self.home)
        except BaseException as error:
            _stop(process)
            self.home.forget_process()
            if isinstance(error, StoreError):
                must_be_sound(jars, self._cache / made.version)
            raise


def _stop(process: Process | None) -> None:
    if process is not None:
        process.ask_to_stop()
        if not process.wait_gone(STOP_SECONDS):
            process.kill()


def _home_of(line: str, given: Path | None) -> Path:
    if given is not None:
        return given.expanduser().absolute()
    return user_data_path("graphcrm", appauthor=False) / "neo4j" / line

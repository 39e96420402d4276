"""Waiting for a server: until it accepts, lets us in and answers, or until it is clear that it will not."""

import time

from graphcrm.errors import N_, StoreError
from graphcrm.store.local_neo4j.home import Home
from graphcrm.store.local_neo4j.java import last_line
from graphcrm.store.local_neo4j.listening import HOST, accepts
from graphcrm.store.local_neo4j.process import Process

USER = "neo4j"
READY_SECONDS = 120.0
_PAUSE = 0.2


def wait_until_ready(process: Process | None, bolt: int, password: str, home: Home) -> None:
    """Wait until the server answers. Raises StoreError if it ends, refuses us, or takes too long."""
    end = time.monotonic() + READY_SECONDS
    while process is not None and process.alive():
        if accepts(bolt) and answers(bolt, password, home):
            return
        if time.monotonic() > end:
            raise StoreError(
                N_("Neo4j did not answer within {seconds:.0f} seconds; its last words: {line}"),
                hint=N_("Look into {log}."),
                seconds=READY_SECONDS,
                line=_last_words(home),
                log=home.log,
            )
        time.sleep(_PAUSE)
    raise StoreError(
        N_("Neo4j ended while it was starting; its last words: {line}"),
        hint=N_("Look into {log}."),
        line=_last_words(home),
        log=home.log,
    )


def answers(bolt: int, password: str, home: Home) -> bool:
    """Whether the driver finds a working server there. Raises StoreError for a refused password."""
    # Here, so that a command that needs no Neo4j does not wait for its driver to be imported.
    from neo4j import GraphDatabase  # noqa: PLC0415
    from neo4j.exceptions import AuthError, DriverError, Neo4jError  # noqa: PLC0415

    try:
        with (
            GraphDatabase.driver(f"neo4j://{HOST}:{bolt}", auth=(USER, password)) as driver,
            driver.session(database="neo4j") as session,
        ):
            # Not as a transaction that the driver tries again, each time after twice as long: we ask again.
            session.run("RETURN 1").consume()
    except AuthError:
        raise StoreError(
            N_("Neo4j does not take the password in {file}."),
            hint=N_("Write the server's password into it, or delete {folder} with all its data."),
            file=home.password_file,
            folder=home.folder,
        ) from None
    except (DriverError, Neo4jError):
        return False
    return True


def _last_words(home: Home) -> str:
    """The last error in the server's own log since this start with its root, else what was said last."""
    lines = home.read_new_log().splitlines()
    errors = [line.partition(" ERROR ")[2] for line in lines if " ERROR " in line]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    if errors:
        return " ← ".join([errors[-1].strip(), *causes[-1:]])
    if not lines and home.console.exists():
        lines = home.console.read_text(encoding="utf-8", errors="replace").splitlines()
    return last_line("\n".join(lines))

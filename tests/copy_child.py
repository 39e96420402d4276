"""A process that copies, to be killed: ``python copy_child.py SOURCE TARGET``, each a kind and a folder."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from store_neo4j import the_server

from graphcrm.ports.history import HistoryStore
from graphcrm.services.copying import copy_history
from graphcrm.store.archive import Archive
from graphcrm.store.neo4j import Limits, Neo4jStore
from graphcrm.store.neo4j import open_store as open_neo4j
from graphcrm.store.sqlite import open_store


def environment() -> dict[str, str]:
    """How a child finds the server of this run."""
    found = the_server()
    return {
        **os.environ,
        "CHILD_URI": found.uri,
        "CHILD_USER": found.user,
        "CHILD_PASSWORD": found.password,
    }


def open_from_environment(limits: Limits) -> Neo4jStore:
    """The store in the server that the environment names, in a child."""
    return open_neo4j(
        os.environ["CHILD_URI"],
        user=os.environ["CHILD_USER"],
        password=os.environ["CHILD_PASSWORD"],
        create=True,
        limits=limits,
    )


def opened(kind: str, folder: Path, stack: ExitStack) -> HistoryStore:
    """The store of that kind."""
    if kind == "archive":
        return Archive(folder / "archive")
    if kind == "neo4j":
        return stack.enter_context(open_from_environment(Limits(batch=200, wait=20.0)))
    return stack.enter_context(open_store(folder / "graphcrm.db", create=True))


def main() -> None:
    """Copy, saying when it begins and when it is done."""
    (source, source_folder), (target, target_folder) = (
        (kind, Path(folder)) for kind, folder in (sys.argv[1:3], sys.argv[3:5])
    )
    with ExitStack() as stack:
        one, other = opened(source, source_folder, stack), opened(target, target_folder, stack)
        print("begin", flush=True)  # noqa: T201 - the parent waits for it
        copy_history(one, other, lambda _: None)
    print("done", flush=True)  # noqa: T201 - the parent measures it


if __name__ == "__main__":
    main()

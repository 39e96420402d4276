"""A process that imports into the Neo4j of this run, to be killed: ``python neo4j_child.py COUNT``."""

import os
import sys

from store_child import large
from store_neo4j import the_server
from store_samples import bring

from graphcrm.store.neo4j import Limits, Neo4jStore, open_store

__all__ = ["environment", "large"]


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
    return open_store(
        os.environ["CHILD_URI"],
        user=os.environ["CHILD_USER"],
        password=os.environ["CHILD_PASSWORD"],
        create=True,
        limits=limits,
    )


def main() -> None:
    """Import in small batches, saying when it begins and when it is done."""
    stated = large(int(sys.argv[1]))
    with open_from_environment(Limits(whole=50, batch=100, wait=20.0)) as store:
        print("begin", flush=True)  # noqa: T201 - the parent waits for it
        bring(store, stated)
    print("done", flush=True)  # noqa: T201 - the parent measures it


if __name__ == "__main__":
    main()

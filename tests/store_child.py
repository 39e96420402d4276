"""A process that imports into a store, to be killed: ``python store_child.py STORE COUNT``."""

import sys
from pathlib import Path

from store_samples import bring, bundle, interactions, named

from graphcrm.records.bundle import Bundle
from graphcrm.store.sqlite import open_store


def large(count: int) -> Bundle:
    """A bundle that takes a while: new mails, and other names for accounts that may be known."""
    accounts = [named(f"a{number}", f"Account {number}, {count}") for number in range(100)]
    return bundle(source="crm", complete=("accounts",), accounts=accounts, interactions=interactions(count))


def main() -> None:
    """Import, saying when it begins and when it is done."""
    stated = large(int(sys.argv[2]))
    print("begin", flush=True)  # noqa: T201 - the parent waits for it
    with open_store(Path(sys.argv[1]), create=True) as store:
        bring(store, stated)
    print("done", flush=True)  # noqa: T201 - the parent measures it


if __name__ == "__main__":
    main()

"""A process that imports tables into a store, to be killed.

``python table_child.py TABLES FILE``, or ``python table_child.py TABLES WHOLE`` for the Neo4j of this run,
where an import of more changes than that is staged.
"""

import sys
from pathlib import Path

from neo4j_child import open_from_environment

from graphcrm.bootstrap import SystemClock, table_source
from graphcrm.policies import load_policy
from graphcrm.ports.store import Store
from graphcrm.services.importing import import_draft
from graphcrm.store.neo4j import Limits
from graphcrm.store.sqlite import open_store

MAPPING = """\
source: crm
as_of: 2026-06-30
tables:
  contacts: {files: contacts.csv}
  calls: {files: calls.csv}
records:
  - {kind: employees, from: contacts, fields: {id: owner, name: owner}}
  - {kind: contacts, from: contacts, complete: true, fields: {id: id, name: name}}
  - {kind: interactions, from: calls, fields: {id: id, at: at, channel: channel, participants: [by, to]}}
"""


def write_tables(folder: Path, count: int) -> Path:
    """That many interactions, and people whose names and calls are others with another count."""
    folder.mkdir()
    people = [f"c{number},Contact {number} of {count},e{number % 7}" for number in range(count // 20)]
    calls = [
        f"i{number},2026-{1 + number % 6:02}-{1 + number % 28:02},"
        f"{'call' if number % 3 else ('visit' if count % 2 else 'meeting')},"
        f"e{number % 7},c{number % len(people)}"
        for number in range(count)
    ]
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "contacts.csv").write_text("\n".join(["id,name,owner", *people, ""]), encoding="utf-8")
    (folder / "calls.csv").write_text("\n".join(["id,at,channel,by,to", *calls, ""]), encoding="utf-8")
    return folder


def bring_tables(store: Store, folder: Path) -> None:
    """Import them as the command line does."""
    source = table_source(folder / "mapping.yaml")
    assert source.as_of is not None
    import_draft(source.draft(source.as_of), store, load_policy(), SystemClock())


def main() -> None:
    """Import, saying when it begins and when it is done."""
    folder, where = sys.argv[1:]
    print("begin", flush=True)  # noqa: T201 - the parent waits for it
    limits = Limits(whole=int(where), batch=500, wait=20.0) if where.isdecimal() else None
    with open_from_environment(limits) if limits else open_store(Path(where), create=True) as store:
        bring_tables(store, Path(folder))
    print("done", flush=True)  # noqa: T201 - the parent measures it


if __name__ == "__main__":
    main()

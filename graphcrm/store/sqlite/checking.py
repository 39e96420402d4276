"""What only the embedded store can look over: its file, and what it keeps of what points at what."""

import sqlite3
from collections.abc import Iterator

from graphcrm.errors import N_, Problem
from graphcrm.ports.history import Progress
from graphcrm.records.store_check import SHOWN, Check, Looking, problem

_ANEW = N_("Restore the store from a backup or an archive.")

_MISSING = "SELECT target, seq FROM pointing EXCEPT SELECT target, seq FROM reference"
_TOO_MANY = "SELECT target, seq FROM reference EXCEPT SELECT target, seq FROM pointing"


def checks(db: sqlite3.Connection, progress: Progress) -> Iterator[Check]:
    """Look them over, inside the caller's transaction."""
    yield _file(db)
    progress(0.5)
    yield _references(db)
    progress(1.0)


def _file(db: sqlite3.Connection) -> Check:
    looking = Looking("file", N_("The file is whole, as SQLite checks it."))
    (looking.looked_at,) = db.execute("PRAGMA page_count").fetchone()
    said = [text for (text,) in db.execute(f"PRAGMA integrity_check({SHOWN})")]
    looking.find(
        problem("file", N_("SQLite finds the file damaged: {reason}."), _ANEW, reason=text.rstrip("."))
        for text in said
        if text != "ok"
    )
    for table, row, other, _ in db.execute("PRAGMA foreign_key_check"):
        looking.find((problem(f"{table} {row}", N_("It belongs to no {other}."), _ANEW, other=other),))
    return looking.done()


def _references(db: sqlite3.Connection) -> Check:
    looking = Looking("pointing", N_("What points at what is kept as the records state it."))
    (looking.looked_at,) = db.execute("SELECT count(*) FROM reference").fetchone()
    for statement, what in (
        (_MISSING, N_("It points at {id}, which is not kept: reviews of one account would miss it.")),
        (_TOO_MANY, N_("It is kept as pointing at {id}, and does not.")),
    ):
        looking.find(_each(db, statement, what))
    return looking.done()


def _each(db: sqlite3.Connection, statement: str, what: str) -> Iterator[Problem]:
    for target, seq in db.execute(statement):
        yield problem(f"version {seq}", what, _COPY, id=target)


_COPY = N_("Run `graphcrm db copy` into a new store, which makes it anew.")

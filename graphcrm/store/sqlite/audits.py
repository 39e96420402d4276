"""Audits in SQLite: written once; triggers refuse any change."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic_core import to_json

from graphcrm.records.audit import Audit, AuditHeader
from graphcrm.records.review import Review
from graphcrm.store.spool import Spool
from graphcrm.store.sqlite.connection import LARGEST, readable

_HEADERS = """
    SELECT id, run_at, as_of, known_at, policy,
        (SELECT count(*) FROM audit_review WHERE audit_id = audit.id)
    FROM audit
"""


def save(
    db: sqlite3.Connection,
    reviews: Spool,
    *,
    run_at: datetime,
    as_of: date,
    known_at: date | None,
    policy_pack: Mapping[str, object],
) -> AuditHeader:
    """Keep a run, inside the caller's transaction; what is returned is what was kept."""
    number = db.execute(
        "INSERT INTO audit (run_at, as_of, known_at, policy, policy_pack) VALUES (?, ?, ?, ?, ?)",
        (
            run_at.astimezone(UTC).isoformat(),
            as_of.isoformat(),
            known_at and known_at.isoformat(),
            f"{policy_pack['name']} {policy_pack['version']}",
            to_json(policy_pack).decode(),
        ),
    ).lastrowid
    assert number is not None, "an insert has a row"
    db.executemany(
        "INSERT INTO audit_review VALUES (?, ?, ?, ?)",
        (
            (number, position, account, body)
            for position, (account, body) in enumerate(reviews.accounts_and_bodies())
        ),
    )
    return _header(db.execute(f"{_HEADERS} WHERE id = ?", (number,)).fetchone())


def headers(db: sqlite3.Connection) -> tuple[AuditHeader, ...]:
    """Every audit, the latest first."""
    return tuple(_header(row) for row in db.execute(f"{_HEADERS} ORDER BY id DESC"))


def read(db: sqlite3.Connection, path: Path, number: int) -> Audit | None:
    """The audit of that number, or None."""
    if not 0 < number <= LARGEST:
        return None
    row = db.execute(f"{_HEADERS} WHERE id = ?", (number,)).fetchone()
    if row is None:
        return None
    (pack,) = db.execute("SELECT policy_pack FROM audit WHERE id = ?", (number,)).fetchone()
    bodies = db.execute("SELECT body FROM audit_review WHERE audit_id = ? ORDER BY position", (number,))
    with readable(path):
        return Audit(
            header=_header(row),
            policy_pack=json.loads(pack),
            reviews=tuple(Review.model_validate_json(body) for (body,) in bodies),
        )


def _header(row: tuple[int, str, str, str | None, str, int]) -> AuditHeader:
    number, run_at, as_of, known_at, policy, accounts = row
    return AuditHeader(
        id=number,
        run_at=datetime.fromisoformat(run_at),
        as_of=date.fromisoformat(as_of),
        known_at=date.fromisoformat(known_at) if known_at else None,
        policy=policy,
        accounts=accounts,
    )

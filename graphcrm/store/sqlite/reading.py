"""Reading facts: of each record the latest version known, unless it is retired."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import Known
from graphcrm.store.sqlite.connection import readable
from graphcrm.store.versions import NOT_POINTED_AT

LATER = """
    SELECT 1 FROM version later
    WHERE later.kind = version.kind AND later.key = version.key AND later.ordinal = version.ordinal
    AND later.seq > version.seq
"""
"""The later versions of a row of ``version``."""

IN_FORCE = f"retired_on IS NULL AND NOT EXISTS ({LATER})"
"""Which rows of ``version`` hold now."""

PLACE = """(
        SELECT min(seq) FROM version first
        WHERE first.kind = version.kind AND first.key = version.key AND first.ordinal = version.ordinal
    )"""
"""Where a record was first stated: a change does not make it later in the list."""

# A retirement after the day asked for is as if it were not there, so what it retired shows again.
_FACTS = f"""
    SELECT kind, body FROM version
    WHERE retired_on IS NULL AND (known_from IS NULL OR known_from <= :known_at)
    AND NOT EXISTS (
        {LATER}
        AND (later.known_from IS NULL OR later.known_from <= :known_at)
        AND (later.retired_on IS NULL OR later.retired_on <= :as_of)
    )
    ORDER BY {PLACE}
"""  # noqa: S608 - constants only

_CURRENT = f"SELECT kind, body FROM version WHERE kind = ? AND {IN_FORCE} ORDER BY {PLACE}"  # noqa: S608

_IDS = "SELECT DISTINCT kind, id FROM version WHERE id IS NOT NULL AND kind <> 'interactions'"


def facts(db: sqlite3.Connection, path: Path, as_of: date, known_at: date | None) -> Bundle:
    """The facts as of a day, as known at the end of another (now, if None)."""
    days = {"as_of": as_of.isoformat(), "known_at": (known_at or date.max).isoformat()}
    return _bundle(db.execute(_FACTS, days), path, as_of)


def known(db: sqlite3.Connection, path: Path, as_of: date) -> Known:
    """What integrity is checked on. Interactions are most of a store, and none of them is read."""
    ids: dict[str, set[str]] = {kind: set() for kind in RECORDS}
    with readable(path):
        for kind, id_ in db.execute(_IDS):
            ids[kind].add(id_)
    kinds = [kind for kind in RECORDS if kind not in NOT_POINTED_AT]
    rows = (row for kind in kinds for row in db.execute(_CURRENT, (kind,)))
    return Known({kind: frozenset(of_kind) for kind, of_kind in ids.items()}, _bundle(rows, path, as_of))


def _bundle(rows: Iterable[tuple[str, str]], path: Path, as_of: date) -> Bundle:
    records: dict[str, list[Record]] = {kind: [] for kind in RECORDS}
    with readable(path):
        for kind, body in rows:
            records[kind].append(RECORDS[kind].model_validate_json(body))
    return Bundle.model_validate(
        {"as_of": as_of, **{kind: tuple(found) for kind, found in records.items()}}
    )

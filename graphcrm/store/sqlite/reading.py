"""Reading facts: of each record the latest version known, unless it is retired."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.store_state import Known
from graphcrm.store.part import Placed, records_about
from graphcrm.store.sqlite.connection import LARGEST, readable
from graphcrm.store.versions import NOT_POINTED_AT

LATER = """
    SELECT 1 FROM version later INDEXED BY version_key
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
_HOLDS = f"""
    version.seq <= :upto
    AND retired_on IS NULL AND (known_from IS NULL OR known_from <= :known_at)
    AND NOT EXISTS (
        {LATER}
        AND later.seq <= :upto
        AND (later.known_from IS NULL OR later.known_from <= :known_at)
        AND (later.retired_on IS NULL OR later.retired_on <= :as_of)
    )
"""

_WANTED = "FROM json_each(:wanted) wanted CROSS JOIN"
"""Before the table that is looked up: SQLite is not to begin with that."""

_FACTS = f"""
    SELECT kind, body FROM version
    WHERE {_HOLDS} AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
    ORDER BY {PLACE}
"""  # noqa: S608 - constants only

_OF_KIND = f"SELECT {PLACE}, kind, body FROM version WHERE kind = :kind AND {_HOLDS}"  # noqa: S608

_NAMED = f"""
    SELECT {PLACE}, kind, body {_WANTED} version ON kind = :kind AND version.id = wanted.value
    WHERE {_HOLDS} AND kind <> 'interactions'
"""

_POINTING = f"""
    SELECT {PLACE}, kind, body {_WANTED} reference ON target = wanted.value
    CROSS JOIN version ON version.seq = reference.seq
    WHERE kind IN (SELECT value FROM json_each(:kinds)) AND {_HOLDS}
"""  # noqa: S608 - constants only

_CURRENT = f"SELECT kind, body FROM version WHERE kind = ? AND {IN_FORCE} ORDER BY {PLACE}"  # noqa: S608

_IDS = "SELECT DISTINCT kind, id FROM version WHERE id IS NOT NULL AND kind <> 'interactions'"


class Day:
    """The facts as of a day, as known at the end of another (now, if None), up to a version."""

    def __init__(
        self,
        db: sqlite3.Connection,
        path: Path,
        as_of: date,
        known_at: date | None,
        upto: int | None,
    ) -> None:
        self._db = db
        self._path = path
        self._as_of = as_of
        self._days = {
            "as_of": as_of.isoformat(),
            "known_at": (known_at or date.max).isoformat(),
            "upto": LARGEST if upto is None else upto,
        }

    def facts(self, kinds: Collection[str] | None) -> Bundle:
        """All of these kinds; of every kind, if None."""
        rows = self._db.execute(_FACTS, {**self._days, "kinds": None if kinds is None else _list(kinds)})
        return _bundle(rows, self._path, self._as_of)

    def about(self, accounts: Collection[str], *, everybody: bool) -> Bundle:
        """All that bears on these accounts."""
        records = records_about(self, accounts, everybody=everybody)
        return Bundle.model_validate({"as_of": self._as_of, **records})

    def named(self, kind: str, ids: Collection[str] | None) -> Iterator[Placed]:
        """The records of a kind with these ids; all of them, if None."""
        if ids is None:
            return self._placed(_OF_KIND, kind=kind)
        return self._placed(_NAMED, kind=kind, wanted=_list(ids))

    def pointing(self, kinds: Collection[str], ids: Collection[str]) -> Iterator[Placed]:
        """The records of some kinds that point at one of these ids."""
        return self._placed(_POINTING, kinds=_list(kinds), wanted=_list(ids))

    def _placed(self, statement: str, **wanted: str) -> Iterator[Placed]:
        with readable(self._path):
            for place, kind, body in self._db.execute(statement, {**self._days, **wanted}):
                yield place, RECORDS[kind].model_validate_json(body)


def known(db: sqlite3.Connection, path: Path, as_of: date) -> Known:
    """What integrity is checked on. Interactions are most of a store, and none of them is read."""
    ids: dict[str, set[str]] = {kind: set() for kind in RECORDS}
    with readable(path):
        for kind, id_ in db.execute(_IDS):
            ids[kind].add(id_)
    kinds = [kind for kind in RECORDS if kind not in NOT_POINTED_AT]
    rows = (row for kind in kinds for row in db.execute(_CURRENT, (kind,)))
    return Known({kind: frozenset(of_kind) for kind, of_kind in ids.items()}, _bundle(rows, path, as_of))


def last_version(db: sqlite3.Connection) -> int:
    """The latest version's number; 0 where there is none."""
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM version").fetchone()
    return int(last)


def _list(words: Collection[str]) -> str:
    return json.dumps(list(words))


def _bundle(rows: Iterable[tuple[str, str]], path: Path, as_of: date) -> Bundle:
    records: dict[str, list[Record]] = {kind: [] for kind in RECORDS}
    with readable(path):
        for kind, body in rows:
            records[kind].append(RECORDS[kind].model_validate_json(body))
    return Bundle.model_validate(
        {"as_of": as_of, **{kind: tuple(found) for kind, found in records.items()}}
    )

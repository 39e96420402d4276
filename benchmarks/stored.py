"""A generated portfolio in a SQLite store: its records as bodies, written straight into the tables.

An import would check and compare millions of records one by one; this writes what it would have written,
and builds the indices afterwards. ``require_same_as_import`` holds it to an import.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from portfolios import LEVELS, ROLES, SUPPORT, TARGETS, TO_SUBORDINATE

from graphcrm.portfolio.columns import NONE, PortfolioColumns
from graphcrm.store.sqlite import open_store

DAY = date(2026, 6, 30)
INTERACTIONS = 500
"""By account, on average."""
LOOKED_BACK, ASSESSED_WITHIN, HALF_LIFE = 720, 120, 365
"""Days in which interactions happened and ties were assessed, and in which an assessment fades by half."""
ROLE_WORDS = ("decider", "approver", "influencer", "contributor", "user")
ATTITUDES = ("opponent", "neutral", "supporter", "strong_supporter", "coach")
CHANNELS = ("visit", "meeting", "call", "order", "mail", "message")
FOR_CHECK = 20
"""Accounts of the store that is compared with an import."""

Row = tuple[str, str, str | None, str]
"""Kind, key, id, body."""


def write(path: Path, columns: PortfolioColumns, seed: int) -> None:
    """A new store at a path that holds the portfolio, as one import brings it."""
    open_store(path, create=True).close()
    db = sqlite3.connect(path)
    for pragma in ("journal_mode = OFF", "synchronous = OFF"):
        db.execute(f"PRAGMA {pragma}")
    indices = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    indices = indices.fetchall()
    for name, _ in indices:
        db.execute(f"DROP INDEX {name}")
    at = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC).isoformat()
    db.execute("INSERT INTO import VALUES (1, 'generated', NULL, ?, ?)", (DAY.isoformat(), at))
    db.executemany(
        "INSERT INTO version (import, kind, key, ordinal, id, body) VALUES (1, ?, ?, 0, ?, ?)",
        records(columns, seed),
    )
    for _, sql in indices:
        db.execute(sql)
    db.execute("INSERT OR IGNORE INTO reference SELECT target, seq FROM pointing ORDER BY target, seq")
    db.commit()
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def records(columns: PortfolioColumns, seed: int) -> Iterator[Row]:
    """The records whose proven strengths, weights and routes are about those of the columns.

    Levels are such that what an assessment has faded to is at least the strength in the columns: a tie that
    is live there is live here.
    """
    rng = np.random.default_rng(seed)
    yield from _accounts(columns)
    yield from _departments(columns)
    yield from _seats(columns)
    yield from _people(columns)
    yield from _ties(columns, rng)
    yield from _attitudes(columns)
    yield from _interactions(columns, rng)


def _row(kind: str, id_: str, body: str) -> Row:
    return kind, f'["{id_}"]', id_, body


def _accounts(columns: PortfolioColumns) -> Iterator[Row]:
    for id_, revenue, currency in zip(
        columns.accounts, columns.revenue.tolist(), columns.currency.tolist(), strict=True
    ):
        earned = (
            ""
            if np.isnan(revenue)
            else f',"annual_revenue":{revenue},"currency":"{columns.currencies[currency]}"'
        )
        yield _row("accounts", id_, f'{{"id":"{id_}","name":"Account {id_}"{earned}}}')


def _departments(columns: PortfolioColumns) -> Iterator[Row]:
    for id_, account, function in zip(
        columns.departments,
        columns.department_account.tolist(),
        columns.department_function.tolist(),
        strict=True,
    ):
        where, does = columns.accounts[account], columns.functions[function]
        yield _row(
            "departments", id_, f'{{"id":"{id_}","account":"{where}","name":"{does}","function":"{does}"}}'
        )


def _seats(columns: PortfolioColumns) -> Iterator[Row]:
    account = np.repeat(np.arange(len(columns.accounts)), np.diff(columns.row_start)).tolist()
    department = columns.cell_department[columns.cell].tolist()
    boss = _bosses(columns)
    kinds = zip(
        columns.cell_target[columns.cell].tolist(),
        columns.weight_high.tolist(),
        columns.roles_unknown.tolist(),
        strict=True,
    )
    for n, (id_, (target, weight, unknown)) in enumerate(zip(columns.seats, kinds, strict=True)):
        level, role = _level_and_role(target, weight, unknown=unknown)
        roles = "" if unknown else f',"roles":["{role}"]'
        above = "" if boss[n] == NONE else f',"reports_to":"{columns.seats[boss[n]]}"'
        where, unit = columns.accounts[account[n]], columns.departments[department[n]]
        place = f'"account":"{where}","department":"{unit}"'
        yield _row("seats", id_, f'{{"id":"{id_}",{place},"level":{level}{roles}{above}}}')


def _bosses(columns: PortfolioColumns) -> list[int]:
    """By seat: the seat of its boss, which is the gate with a boss's influence."""
    seat = np.repeat(np.arange(len(columns.seat)), np.diff(columns.gate_start))
    down = columns.gate_influence == TO_SUBORDINATE
    boss = np.full(len(columns.seat), NONE)
    boss[seat[down]] = columns.gate_contact[down]
    found: list[int] = boss.tolist()
    return found


def _level_and_role(target: float, weight: float, *, unknown: bool) -> tuple[int, str]:
    """The level with this target, and the role that weighs so much there; unknown ones may weigh all."""
    for level in np.flatnonzero(target == TARGETS).tolist():
        for role, share in enumerate((1.0,) if unknown else ROLES.tolist()):
            if abs(share * LEVELS[level] - weight) < 1e-9:  # noqa: PLR2004
                return level + 1, ROLE_WORDS[role]
    raise AssertionError((target, weight))


def _people(columns: PortfolioColumns) -> Iterator[Row]:
    for id_ in columns.contacts:
        yield _row("contacts", id_, f'{{"id":"{id_}","name":"Person {id_}"}}')
    for contact, seat in zip(columns.contacts, columns.seats, strict=True):
        since = "2024-01-01"
        body = f'{{"valid_from":"{since}","contact":"{contact}","seat":"{seat}"}}'
        yield "holdings", f'["{contact}", "{seat}", "{since}"]', None, body
    for id_ in columns.employees:
        yield _row("employees", id_, f'{{"id":"{id_}","name":"Employee {id_}","captured":true}}')


def _ties(columns: PortfolioColumns, rng: np.random.Generator) -> Iterator[Row]:
    strength, count = columns.tie_strength, len(columns.tie_strength)
    contact = np.repeat(np.arange(len(columns.contacts)), np.diff(columns.tie_start))
    days = rng.integers(0, ASSESSED_WITHIN, count)
    level = np.ceil(strength * 2.0 ** (days / HALF_LIFE) * 1e6) / 1e6
    days, level = np.where(level <= 1, days, 0), np.where(level <= 1, level, strength)
    strongest = np.maximum.reduceat(strength, columns.tie_start[:-1])
    firm = (columns.firm[contact] > 0) & (strength == strongest[contact])
    dates = [(DAY - timedelta(days=n)).isoformat() for n in range(ASSESSED_WITHIN)]
    for e, p, a, d, kept in zip(
        columns.tie_employee.tolist(), contact.tolist(), level.tolist(), days.tolist(), firm.tolist(),
        strict=True,
    ):  # fmt: skip
        employee, person, on = columns.employees[e], columns.contacts[p], dates[d]
        holder = ',"trust_holder":"firm"' if kept else ""
        body = f'{{"employee":"{employee}","contact":"{person}","level":{a},"assessed_on":"{on}"{holder}}}'
        key = f'["{employee}", "{person}", "{on}", "", "", ""]'
        yield "ties", key, f"{employee}|{person}", body


def _attitudes(columns: PortfolioColumns) -> Iterator[Row]:
    words = [ATTITUDES[n] for n in np.searchsorted(SUPPORT, columns.support).tolist()]
    for id_, word in zip(columns.contacts, words, strict=True):
        since = "2026-01-01"
        body = f'{{"subject":"{id_}","attribute":"attitude","value":"{word}","valid_from":"{since}"}}'
        yield "assertions", f'["{id_}", "attitude", "{since}", "", "", ""]', None, body


def _interactions(columns: PortfolioColumns, rng: np.random.Generator) -> Iterator[Row]:
    """Between two who are tied: half of them met, some with a colleague of the customer; the rest wrote."""
    count = INTERACTIONS * len(columns.accounts)
    contact = np.repeat(np.arange(len(columns.contacts)), np.diff(columns.tie_start))
    tie = rng.integers(0, len(contact), count)
    last = np.repeat(columns.row_start[1:] - 1, np.diff(columns.row_start))
    colleague = np.minimum(contact[tie] + 1, last[contact[tie]])
    minutes = rng.integers(0, LOOKED_BACK * 24 * 60, count)
    start = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    for n, (e, p, c, ago, channel, form) in enumerate(
        zip(
            columns.tie_employee[tie].tolist(), contact[tie].tolist(), colleague.tolist(), minutes.tolist(),
            rng.integers(0, len(CHANNELS), count).tolist(), rng.integers(0, 10, count).tolist(),
            strict=True,
        )
    ):  # fmt: skip
        employee, person = columns.employees[e], columns.contacts[p]
        who = (
            f'"participants":["{employee}","{person}"]',
            f'"participants":["{employee}","{person}","{columns.contacts[c]}"]',
            f'"from":"{employee}","to":["{person}"]',
            f'"from":"{person}","to":["{employee}"]',
        )[(0, 0, 0, 0, 1, 1, 2, 2, 3, 3)[form]]
        at = (start - timedelta(minutes=ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
        id_ = f"i{n:08}"
        yield _row(
            "interactions", id_, f'{{"id":"{id_}","at":"{at}","channel":"{CHANNELS[channel]}",{who}}}'
        )


def require_same_as_import(columns: PortfolioColumns, seed: int) -> None:
    """Stop unless an import of what such a store holds would have written the same rows."""

    def rows(path: Path) -> Iterable[tuple[object, ...]]:
        db = sqlite3.connect(path)
        found = db.execute(
            "SELECT kind, key, ordinal, id, source, known_from, body FROM version"
        ).fetchall()
        found += db.execute("SELECT target, kind, key FROM reference JOIN version USING (seq)").fetchall()
        db.close()
        return sorted(map(str, found))

    with TemporaryDirectory() as folder:
        written, imported = Path(folder) / "written.db", Path(folder) / "imported.db"
        write(written, columns, seed)
        with open_store(written, create=False) as one, open_store(imported, create=True) as other:
            facts = one.facts(DAY)
            other.import_bundle(facts, name="generated", at=datetime.now(UTC), check=lambda _: None)
        if rows(written) != rows(imported):
            raise SystemExit("the store differs from what an import would have written")

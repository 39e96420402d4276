"""Reading from Neo4j: one account in one round trip, and a portfolio as columns, beside bare reads.

Each time is a ratio to a bare read in the same run, which gets rows of the same versions by a plain MATCH:
of an account by their places in the log, which it is told beforehand; of ties and interactions by their
kind. The screen of a portfolio runs in processes of its own, which tell their most memory. Equality comes
first: what is read of an account is what ``facts`` says, the columns hold what the bare read gets, and the
screen has the columns and the ranking that it has from a SQLite store of the same portfolio.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from portfolios import portfolio
from sampling import timed
from stored import DAY, FOR_CHECK
from stored import write as write_sqlite
from stored_neo4j import Server, require_same_as_import, server, write

from graphcrm.errors import StoreError
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.records.bundle import RECORDS
from graphcrm.records.columns import Wanted
from graphcrm.services.reading import AT_ONCE
from graphcrm.store.neo4j import Neo4jStore
from graphcrm.store.neo4j.values import slot_of
from graphcrm.store.part import Found, records_about

SEED = 20260630
SIZES = (25, 100)
ACCOUNTS, REPEATS = 20, 3
MOST_MEMORY = 1024

NO_SECONDS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
PLACES = "MATCH (v:Version) RETURN v._slot, v._seq"
OF_VERSIONS = "UNWIND $places AS place MATCH (v:Version {_seq: place}) RETURN properties(v)"
TIES: Wanted = {"ties": ("employee", "contact", "level", "assessed_on", "trust_holder")}
INTERACTIONS: Wanted = {"interactions": ("at", "channel", "participants", "from", "to")}
BARE = {
    "ties": """
        MATCH (v:Version {_kind: 'ties'})
        RETURN v.employee, v.contact, v.level, toString(v.assessed_on), coalesce(v.trust_holder, 'person')
        """,
    "interactions": """
        MATCH (v:Version {_kind: 'interactions'})
        RETURN toString(v.at), v.channel, v.participants, v.from, v.to
        """,
}

FRESH = """\
import sys, time
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from graphcrm import load_policy
from graphcrm.bootstrap import open_store
from graphcrm.services.portfolio import rank_portfolio, read_portfolio
from graphcrm.services.reading import View
start = time.perf_counter()
with open_store(sys.argv[1]) as store:
    portfolio = read_portfolio(store, View(load_policy()))
ranking = rank_portfolio(portfolio)
seconds = time.perf_counter() - start
status = Path("/proc/self/status").read_text()
(line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
digest = sha256(ranking.model_dump_json().encode())
for field in fields(portfolio.columns):
    column = getattr(portfolio.columns, field.name)
    digest.update(repr(column).encode() if isinstance(column, tuple) else column.tobytes())
print(seconds, int(line.split()[1]) // 1024, digest.hexdigest())
"""


class Ran(NamedTuple):
    """A portfolio ranked by a process of its own: seconds, most MiB, a digest of columns and ranking."""

    seconds: float
    memory: int
    found: str


def main(sizes: Sequence[int] = SIZES, *, only_screen: bool = False) -> None:
    """Read portfolios of these sizes."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(server())
        except StoreError as error:
            print(f"reading: skipped, because no Neo4j can be started here: {error.message}")
            return
        require_same_as_import(found, portfolio(FOR_CHECK, SEED), SEED)
        for accounts in sizes:
            columns = portfolio(accounts, SEED)
            versions = write(found, columns, SEED)
            print(f"reading: {accounts:,} accounts, {versions:,} versions in Neo4j", flush=True)
            if not only_screen:
                with found.store() as store:
                    _accounts(found, store)
                    _columns(found, store)
            _screen(found, columns)


def _accounts(found: Server, store: Neo4jStore) -> None:
    """Accounts alone and some at once, each reading beside a bare one of as many versions."""
    facts = store.facts(DAY)
    whole = Found(enumerate(facts.records()))
    with found.driver.session() as session:
        places = dict(map(tuple, session.run(PLACES)))
    ids = [account.id for account in facts.accounts]
    for size in (1, AT_ONCE):
        readings = []
        for number in range(max(3, ACCOUNTS // size)):
            some = Random(SEED + number).sample(ids, size)
            part = store.facts_about(some, DAY)
            if {kind: part.of(kind) for kind in RECORDS} != records_about(whole, some, everybody=False):
                raise SystemExit(f"facts about {some} are not what bears on them")
            read = [places[slot_of(r.kind, r.key, 0)] for r in part.records()]
            ours, bare = _in_turn(
                partial(store.facts_about, some, DAY), partial(_bare, found, OF_VERSIONS, places=read)
            )
            readings.append((len(part), ours, bare))
        records, ours, bare = map(sum, zip(*readings, strict=True))
        title = "one account, one round trip" if size == 1 else f"{size} accounts, one round trip"
        _tell(title, ours / bare, f"{records / len(readings):,.0f} records")
        print(f"      {size * len(readings) / ours:,.1f} accounts per second, as records")


def _columns(found: Server, store: Neo4jStore) -> None:
    """Ties and interactions as columns, beside a bare stream of the same rows."""
    for wanted in (TIES, INTERACTIONS):
        ((kind, fields),) = wanted.items()

        def ours(wanted: Wanted = wanted, fields: tuple[str, ...] = fields) -> list[tuple[object, ...]]:
            columns = store.columns([wanted], DAY)
            return [row for c in columns for row in zip(*(c.values[f] for f in fields), strict=True)]

        bare = partial(_bare, found, BARE[kind])
        if sorted(map(str, ours())) != sorted(map(str, map(_in_full, bare()))):
            raise SystemExit(f"columns of {kind} are not what they hold")
        times = _in_turn(ours, bare)
        _tell(f"{kind} as columns", times[0] / times[1], f"{len(bare()):,} rows")


def _in_full(row: tuple[object, ...]) -> tuple[object, ...]:
    """Times of a bare read with their seconds."""
    return tuple(f"{v[:-1]}:00Z" if isinstance(v, str) and NO_SECONDS.fullmatch(v) else v for v in row)


def _bare(found: Server, text: str, **parameters: object) -> list[tuple[object, ...]]:
    """All rows of a statement, as the driver gives them."""
    with found.driver.session(default_access_mode="READ") as session:
        return [tuple(row.values()) for row in session.run(text, parameters)]


def _in_turn(*functions: Callable[[], object]) -> tuple[float, ...]:
    """The shortest time of each, in seconds; they run in turn."""
    times = [tuple(timed(function)[1] for function in functions) for _ in range(REPEATS)]
    return tuple(map(min, zip(*times, strict=True)))


def _screen(found: Server, columns: PortfolioColumns) -> None:
    """The portfolio ranked by processes of their own, from here and from a SQLite store."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        write_sqlite(path, columns, SEED)
        sqlite = _fresh(f"sqlite:///{path}", found)
    ran = _fresh(found.url, found)
    if ran.found != sqlite.found:
        raise SystemExit("columns or ranking are not those of the same portfolio in SQLite")
    reached = "reached" if ran.memory <= MOST_MEMORY else "NOT REACHED"
    print(f"  portfolio --screen: {ran.seconds:.1f} s, from SQLite {sqlite.seconds:.1f} s (equal columns);")
    print(f"      most memory {ran.memory} MiB, at most {MOST_MEMORY:,}: {reached}", flush=True)


def _fresh(url: str, found: Server) -> Ran:
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", FRESH, url],
        env={**os.environ, "GRAPHCRM_NEO4J_PASSWORD": found.password},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, memory, digest = done.stdout.split()
    return Ran(float(seconds), int(memory), digest)


def _tell(title: str, ratio: float, what: str) -> None:
    print(f"  {title:32} {ratio:6.2f} times a bare read ({what})", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("accounts", nargs="*", type=int, default=SIZES)
    parser.add_argument(
        "--screen",
        action="store_true",
        help="the screen alone: what else is compared holds all records",
    )
    given = parser.parse_args()
    main(given.accounts, only_screen=given.screen)

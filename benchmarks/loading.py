"""Loading a portfolio into Neo4j against a bare ``UNWIND $rows CREATE`` of the same nodes and edges.

Each account has 39 nodes and 170 edges. The other side sends the rows of the finished graph, which
somebody else has made, to a database with the same constraints on ids: nodes, then MATCH, MATCH, CREATE of
edges, in batches of the best size. The import takes records, checks them all, compares them with what is
stored, keeps each as a version in the log, publishes, and draws the same graph. Both must hold the same
graph first, and the store the facts it was given.

Every load is of a fresh process into a fresh server, which a small load has warmed up.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from neo4j import Driver, GraphDatabase, Session

from graphcrm.bootstrap import SystemClock
from graphcrm.errors import StoreError
from graphcrm.policies import load_policy
from graphcrm.records.account import Account
from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.department import Department
from graphcrm.records.draft import Draft
from graphcrm.records.employee import Employee
from graphcrm.records.holding import Holding
from graphcrm.records.seat import Seat
from graphcrm.records.tie import Tie
from graphcrm.services.importing import import_draft
from graphcrm.services.reading import AT_ONCE as ACCOUNTS_AT_ONCE
from graphcrm.store.local_neo4j import DEFAULT_VERSION, LocalNeo4j, home, java
from graphcrm.store.local_neo4j.listening import next_free
from graphcrm.store.neo4j import Limits, open_store
from graphcrm.store.neo4j.comparing import batches
from graphcrm.store.neo4j.limits import ROWS_IN_ONE_BATCH
from graphcrm.store.neo4j.schema import migrations
from graphcrm.store.part import Found, records_about

SEED, DAY = 20260630, date(2026, 6, 30)
ACCOUNTS, WARM_UP = 1_000, 100
DEPARTMENTS, SEATS, EMPLOYEES, TIES = 4, 16, 2, 103
"""By account; with the account itself, and a contact for each seat, 39 nodes and 170 edges."""
MOST_TIMES = 2.5
SIZES = (1_000, ROWS_IN_ONE_BATCH, 20_000)
"""Rows at once."""
TYPES = ("PART_OF", "IN_DEPARTMENT", "REPORTS_TO", "HOLDS", "TIED_TO")
FUNCTIONS = ("finance", "it", "legal", "production")
ROLES = ("decider", "approver", "influencer", "user")

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Server:
    """A running server: its address, its password and its process."""

    url: str
    password: str
    pid: int

    def memory(self) -> int:
        """The most MiB that it took."""
        return most_memory(self.pid)

    def driver(self) -> Driver:
        """To ask it without us."""
        return GraphDatabase.driver(self.url, auth=("neo4j", self.password))


class Loaded(NamedTuple):
    """How a load went: seconds; of another with nothing changed; MiB before it and the most."""

    seconds: float
    again: float
    before: int
    most: int


class Graph(NamedTuple):
    """How many nodes and edges there are, and a digest of them all."""

    nodes: int
    edges: int
    digest: str


class Measured(NamedTuple):
    """A load into a fresh server: how it went, the graph it made, the most MiB of the server."""

    loaded: Loaded
    graph: Graph
    server: int


Way = Callable[[Server, int, int], Loaded]
"""Loads so many accounts into a server, so many rows at once."""


@contextmanager
def server(heap: str) -> Iterator[Server]:
    """A server of our own, empty; gone afterwards."""
    java._OPTIONS = tuple(f"{o[:4]}{heap}" if o[:4] in {"-Xms", "-Xmx"} else o for o in java._OPTIONS)  # noqa: SLF001
    home.HEAP = heap
    with TemporaryDirectory(prefix="graphcrm-loading-") as folder:
        local = LocalNeo4j(Path(folder))
        port = next_free(27_687)
        try:
            status, _ = local.up(DEFAULT_VERSION, port=port, http_port=next_free(port + 1))
            assert status.pid is not None
            yield Server(status.url, local.home.password(), status.pid)
        finally:
            local.kill()


def most_memory(pid: int | str = "self") -> int:
    """The most MiB that a process took. Not ru_maxrss: it takes that over from the one that starts it."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024


def portfolio(accounts: int) -> Bundle:
    """So many accounts, seeded: all that is told of them."""
    randomness = random.Random(SEED)
    records: dict[str, list[Any]] = {kind: [] for kind in RECORDS}
    employees = [f"e{number:06}" for number in range(EMPLOYEES * accounts)]
    records["employees"] = [Employee(id=id_, name=f"Employee {id_}", captured=True) for id_ in employees]
    for number in range(accounts):
        account = f"a{number:05}"
        records["accounts"].append(Account(id=account, name=f"Account {number}", region="north"))
        departments = [f"{account}.d{n}" for n in range(DEPARTMENTS)]
        records["departments"] += (
            Department(id=id_, account=account, name=function.title(), function=function)
            for id_, function in zip(departments, FUNCTIONS, strict=True)
        )
        for n in range(SEATS):
            seat, contact = f"{account}.s{n:02}", f"{account}.p{n:02}"
            records["seats"].append(
                Seat(
                    id=seat,
                    account=account,
                    department=departments[n % DEPARTMENTS],
                    title=f"Position {n}",
                    level=min(1 + n // 4, 5),
                    roles=(ROLES[n % len(ROLES)],),
                    reports_to=f"{account}.s{randomness.randrange(n):02}" if n else None,
                )
            )
            records["contacts"].append(Contact(id=contact, name=f"Person {contact}"))
            records["holdings"].append(Holding(contact=contact, seat=seat, valid_from=date(2024, 1, 1)))
        team = randomness.sample(employees, k=min(10, len(employees)))
        pairs = [(e, f"{account}.p{n:02}") for e in team for n in range(SEATS)]
        for employee, contact in randomness.sample(pairs, k=TIES):
            assessed = DAY - timedelta(days=randomness.randrange(360))
            level = round(randomness.random(), 3)
            records["ties"].append(
                Tie(employee=employee, contact=contact, level=level, assessed_on=assessed)
            )
    return Bundle(as_of=DAY, source="benchmark", **{kind: tuple(r) for kind, r in records.items()})


def nodes(bundle: Bundle) -> Iterator[tuple[str, Rows]]:
    """The nodes of the finished graph, by label."""
    for label, kind in LABELS.items():
        yield label, [_stated(record) for record in bundle.of(kind)]


LABELS = {
    "Account": "accounts",
    "Department": "departments",
    "Seat": "seats",
    "Contact": "contacts",
    "Employee": "employees",
}


def edges(bundle: Bundle) -> Iterator[tuple[str, str, str, Rows]]:
    """The edges of the finished graph, by the label of their start, their type, the label of their end."""
    for type_, field, start, end in (
        ("PART_OF", "account", "Department", "Account"),
        ("PART_OF", "account", "Seat", "Account"),
        ("IN_DEPARTMENT", "department", "Seat", "Department"),
        ("REPORTS_TO", "reports_to", "Seat", "Seat"),
    ):
        records = bundle.of(LABELS[start])
        pairs = ((getattr(record, "id"), getattr(record, field)) for record in records)  # noqa: B009
        yield start, type_, end, [{"start": a, "end": b, "properties": {}} for a, b in pairs if b]
    holdings = [
        {"start": h.contact, "end": h.seat, "properties": {**_stated(h), "key": _key(h)}}
        for h in bundle.holdings
    ]
    yield "Contact", "HOLDS", "Seat", holdings
    ties = [
        {"start": t.employee, "end": t.contact, "properties": {**_stated(t), "id": t.id, "key": _key(t)}}
        for t in bundle.ties
    ]
    yield "Employee", "TIED_TO", "Contact", ties


def _stated(record: Record) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in record.model_dump(by_alias=True, exclude_none=True).items()
    }


def _key(record: Record) -> str:
    r"""What tells edges that are records apart; the ids of ours hold no bar and no backslash."""
    return "|".join((record.kind, *record.key, "0"))


def unique_ids(driver: Driver) -> None:
    """The constraints on ids that a store has, and nothing else."""
    statements = (statement for migration in migrations() for statement in migration.statements())
    with driver.session(database="neo4j") as session:
        for statement in statements:
            if statement.startswith("CREATE CONSTRAINT") and any(
                f"{name})" in statement or f"{name}]" in statement for name in (*LABELS, "HOLDS", "TIED_TO")
            ):
                session.run(statement).consume()


def bare(running: Server, accounts: int, size: int) -> Loaded:
    """Create the rows; they are made before the clock runs."""
    bundle = portfolio(accounts)
    all_nodes, all_edges = list(nodes(bundle)), list(edges(bundle))
    with running.driver() as driver:
        unique_ids(driver)
        with driver.session(database="neo4j") as session:
            before, start = most_memory(), time.perf_counter()
            for label, rows in all_nodes:
                text = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"
                _in_batches(session, text, rows, size)
            for first, type_, last, rows in all_edges:
                text = (
                    "UNWIND $rows AS row"
                    f" MATCH (a:{first} {{id: row.start}}) MATCH (b:{last} {{id: row.end}})"
                    f" CREATE (a)-[r:{type_}]->(b) SET r = row.properties"
                )
                _in_batches(session, text, rows, size)
            return Loaded(time.perf_counter() - start, 0.0, before, most_memory())


def _in_batches(session: Session, text: str, rows: Rows, size: int) -> None:
    rest = iter(rows)
    while some := list(islice(rest, size)):
        session.execute_write(lambda tx, some=some: tx.run(text, rows=some).consume())


def ours(running: Server, accounts: int, size: int) -> Loaded:
    """Import the records, once and again; they are at hand before the clock runs."""
    bundle = portfolio(accounts)
    places = {kind: tuple(f"{kind}[{n}]" for n in range(len(bundle.of(kind)))) for kind in RECORDS}
    draft, policy = Draft("benchmark", bundle, places), load_policy()
    with open_store(
        running.url, user="neo4j", password=running.password, create=True, limits=Limits(batch=size)
    ) as store:
        before, start = most_memory(), time.perf_counter()
        first = import_draft(draft, store, policy, SystemClock())
        middle = time.perf_counter()
        most = most_memory()
        second = import_draft(draft, store, policy, SystemClock())
        end = time.perf_counter()
        if not first.changed or second.changed:
            raise SystemExit("the first import changed nothing, or the second something")
    return Loaded(middle - start, end - middle, before, most)


def require_facts(running: Server, accounts: int) -> None:
    """Stop unless the store tells the facts that were stated, of some accounts at once."""
    bundle = portfolio(accounts)
    whole = Found(enumerate(bundle.records()))
    with open_store(running.url, user="neo4j", password=running.password, create=False) as store:
        for some in batches([account.id for account in bundle.accounts], ACCOUNTS_AT_ONCE):
            facts = store.facts_about(some, DAY)
            if {kind: facts.of(kind) for kind in RECORDS} != records_about(whole, some, everybody=False):
                raise SystemExit(f"the store tells other facts of {some[0]} to {some[-1]} than were stated")


def graph_of(running: Server) -> Graph:
    """The graph people see."""
    with running.driver() as driver, driver.session(database="neo4j") as session:
        found_nodes = [
            f"{label} {_text(row)}"
            for label in LABELS
            for row in session.run(f"MATCH (n:{label}) RETURN properties(n)").value()
        ]
        found_edges = [
            f"{start} {type_} {_text(row)} {end}"
            for type_ in TYPES
            for start, row, end in session.run(
                f"MATCH (a)-[r:{type_}]->(b) RETURN a.id, properties(r), b.id"
            ).values()
        ]
    digest = sha256("\n".join(sorted((*found_nodes, *found_edges))).encode()).hexdigest()
    return Graph(len(found_nodes), len(found_edges), digest)


def _text(properties: Mapping[str, Any]) -> str:
    return str(sorted((name, str(value)) for name, value in properties.items()))


def wipe(running: Server) -> None:
    """Forget the small load; what the server has learned stays."""
    with running.driver() as driver, driver.session(database="neo4j") as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def fresh(way: Way, running: Server, accounts: int, size: int) -> Loaded:
    """Load in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(way, running, accounts, size).result()


def measured(way: Way, accounts: int, size: int, heap: str) -> Measured:
    """A load into a fresh server."""
    with server(heap) as running:
        fresh(way, running, WARM_UP, size)
        wipe(running)
        loaded = fresh(way, running, accounts, size)
        most = running.memory()
        if way is ours:
            require_facts(running, accounts)
        return Measured(loaded, graph_of(running), most)


def main(
    accounts: Sequence[int] = (ACCOUNTS // 4, ACCOUNTS),
    sizes: Sequence[int] = SIZES,
    heap: str = home.HEAP,
) -> None:
    """Load portfolios, barely and by an import; the last of them with several sizes of batches."""
    print("loading: an import into Neo4j against a bare CREATE of the same graph (equal graphs and facts)")
    try:
        with server(heap):
            pass
    except StoreError as error:
        print(f"  skipped, for no local Neo4j can be had here: {error}")
        return
    print(f"  heap of the server: {heap}; times as long as the fastest bare load; MiB before and at most")
    print(
        "   accounts    nodes     edges      way    rows   seconds    times   again         client   server"
    )
    for number in accounts:
        tried = sorted({*sizes, ROWS_IN_ONE_BATCH}) if number == accounts[-1] else [ROWS_IN_ONE_BATCH]
        barely = [measured(bare, number, size, heap) for size in tried]
        least = min(each.loaded.seconds for each in barely)
        for size, each in zip(tried, barely, strict=True):
            _row(number, "bare", size, each, least)
        for size in tried:
            each = measured(ours, number, size, heap)
            if each.graph != barely[0].graph:
                raise SystemExit("the graphs differ")
            _row(number, "import", size, each, least)
            if size == ROWS_IN_ONE_BATCH:
                times = each.loaded.seconds / least
    reached = "reached" if times <= MOST_TIMES else "NOT REACHED"
    print(f"    times as long as the bare load, at most {MOST_TIMES}: {times:.2f}  {reached}")


def _row(accounts: int, way: str, size: int, found: Measured, least: float) -> None:
    loaded, graph, server_most = found
    again = f"{loaded.again / least:7.2f}" if loaded.again else " " * 7
    print(
        f"  {accounts:9,} {graph.nodes:8,} {graph.edges:9,} {way:>8} {size:7,} {loaded.seconds:7.1f} s"
        f" {loaded.seconds / least:8.2f} {again}"
        f" {loaded.before:6,} → {loaded.most:,} MiB {server_most:6,} MiB",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("accounts", nargs="*", type=int, default=(ACCOUNTS // 4, ACCOUNTS))
    parser.add_argument(
        "--rows", nargs="*", type=int, default=SIZES, help="at once; the import's own among them"
    )
    parser.add_argument("--heap", default=home.HEAP, help="of the server, such as 1g")
    given = parser.parse_args()
    main(given.accounts, given.rows, given.heap)

"""What only a Neo4j store can look over: that the graph people ask is the one its log and audits make."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from neo4j import ManagedTransaction
from pydantic import ValidationError

from graphcrm.errors import N_, Problem, StoreError
from graphcrm.ports.history import Progress
from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS
from graphcrm.records.store_check import Check, Looking, problem
from graphcrm.records.tie import Tie
from graphcrm.store.neo4j import keeping
from graphcrm.store.neo4j.comparing import batches
from graphcrm.store.neo4j.connection import Connection, ask, ask_named
from graphcrm.store.neo4j.faults import Lost
from graphcrm.store.neo4j.limits import REVIEWS_AT_ONCE, ROWS_IN_ONE_BATCH
from graphcrm.store.neo4j.links import (
    EDGES,
    LABELS,
    POINTING,
    TIES,
    EdgeKind,
    edge_row,
    links_of,
    node_id,
    node_row,
)
from graphcrm.store.neo4j.reaching import reaches_of
from graphcrm.store.neo4j.state import State, require_state
from graphcrm.store.neo4j.values import native, record_of

ANEW = N_("Copy the store into an empty one (`graphcrm db copy`), which draws its graph anew.")
COMPLETE = N_("Run `graphcrm db migrate`, which completes it.")
AUDIT = N_("Run `graphcrm audit run`, which draws them anew.")
AGAIN = N_("Check again when nobody writes.")

UNREADABLE = N_("It is no record that can be read.")
MISSING = N_("It is in the log, and not in the graph.")
OTHERWISE = N_("The graph says something else of it than the log.")
EDGE_MISSING = N_("Its edge {type} with {label} {id} is in the log, and not in the graph.")
EDGE_TOO_MANY = N_("Its edge {type} with {label} {id} is in the graph, and not in the log.")


class Stated(NamedTuple):
    """A record in force, and its slot."""

    slot: str
    record: Record


class Edge(NamedTuple):
    """An edge of a node, but for the node: its type, the other end, and what it says."""

    type: str
    label: str
    other: str
    says: tuple[tuple[str, object], ...]


def checks(connection: Connection, progress: Progress) -> Iterator[Check]:
    """Compare the current graph with the log, and what audits derived with the latest of them."""
    state = connection.read(partial(require_state, url=connection.address.url))
    yield _graph(connection, state, progress)
    yield _reaches(connection, state)
    progress(1.0)


def _graph(connection: Connection, state: State, progress: Progress) -> Check:
    looking = Looking("graph", N_("The graph for people is the one the log makes."))
    url, last = connection.address.url, state.last_seq
    if state.projected_seq < last:
        looking.find((problem("graph", N_("It is behind what graphcrm reads."), COMPLETE),))
        return looking.done()
    counts: Counter[str] = Counter()
    for start in range(0, last, ROWS_IN_ONE_BATCH):
        upto = min(start + ROWS_IN_ONE_BATCH, last)
        stretch = connection.read(partial(_Stretch, last=last, after=start, upto=upto))
        looking.looked_at += stretch.looked_at
        looking.find(stretch.problems)
        counts += stretch.counts
        progress(upto / last)
    looking.find(connection.read(partial(_too_many, counts=counts)))
    if connection.read(partial(require_state, url=url)) != state:
        looking.find((problem("store", N_("Somebody wrote to it while it was checked."), AGAIN),))
    return looking.done()


class _Stretch:
    """A stretch of the log, and what of it the graph shows otherwise.

    ``counts`` is how many nodes of each label, and edges of each type, the graph has for it.
    """

    def __init__(self, tx: ManagedTransaction, last: int, after: int, upto: int) -> None:
        self._tx = tx
        self._last = last
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        stated: dict[str, list[Stated]] = defaultdict(list)
        for version in ask(tx, "in_force_between", after=after, upto=upto, last=last).value():
            if record := self._record(version):
                stated[record.kind].append(Stated(version["_slot"], record))
        self.looked_at = sum(map(len, stated.values()))
        for kind, of_kind in stated.items():
            if kind in LABELS:
                self._compare_nodes(LABELS[kind], self._shown(kind, of_kind))
            else:
                self._compare_edges(EDGES[kind], of_kind)

    def _shown(self, kind: str, stated: Sequence[Stated]) -> dict[str, Stated]:
        """By id what the graph shows: of several statements of one id in force the last."""
        by_id = {node_id(s.record, s.slot): s for s in stated}
        if "id" not in RECORDS[kind].model_fields:
            return by_id
        rows = ask(self._tx, "in_force", kind=kind, ids=list(by_id), last=self._last)
        shown = {row["properties"]["_id"]: row["properties"]["_slot"] for row in rows}
        return {id_: s for id_, s in by_id.items() if shown.get(id_) == s.slot}

    def _compare_nodes(self, label: str, stated: Mapping[str, Stated]) -> None:
        self.counts[label] += len(stated)
        asked = ask_named(self._tx, "graph_nodes", {"label": label}, ids=list(stated))
        there = {row["id"]: row for row in asked}
        drawn = self._edges_of(stated.values())
        for id_, (slot, record) in stated.items():
            place, row = f"{label} {id_}", there.get(id_)
            if row is None:
                self._find(place, MISSING)
                continue
            if _plain(row["properties"]) != _plain(node_row(record, slot)):
                self._find(place, OTHERWISE)
            found = Counter(
                Edge(type_, other, end, _says(properties))
                for type_, other, end, properties in (*row["outwards"], *row["inwards"])
            )
            for what, edges in ((EDGE_MISSING, drawn[id_] - found), (EDGE_TOO_MANY, found - drawn[id_])):
                for edge in edges:
                    self._find(place, what, type=edge.type, label=edge.label, id=edge.other)

    def _edges_of(self, stated: Iterable[Stated]) -> dict[str, Counter[Edge]]:
        """By node: the edges its record states, where the other end is in force."""
        links = [pair for slot, record in stated for pair in links_of(record, slot)]
        ends = self._ends_of_ties({row.other for link, row in links if link.target == TIES})
        wanted: list[tuple[str, Edge]] = []
        for link, row in links:
            if link.target == TIES:
                says: tuple[tuple[str, object], ...] = (("tie", row.other),)
                others = ends[row.other]
            else:
                says = () if row.part is None else (("as", row.part),)
                others = {(link.target, row.other)}
            wanted += [(row.id, Edge(link.type, label, other, says)) for label, other in others]
        there = self._there((edge.label, edge.other) for _, edge in wanted)
        edges: dict[str, Counter[Edge]] = defaultdict(Counter)
        for id_, edge in wanted:
            if (edge.label, edge.other) in there:
                edges[id_][edge] += 1
                self.counts[edge.type] += 1
        return edges

    def _ends_of_ties(self, ids: Collection[str]) -> dict[str, set[tuple[str, str]]]:
        ends: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for version in ask(self._tx, "in_force", kind=TIES, ids=sorted(ids), last=self._last).value():
            tie = self._record(version)
            if isinstance(tie, Tie):
                ends[tie.id] |= {("Employee", tie.employee), ("Contact", tie.contact)}
        return ends

    def _compare_edges(self, kind: EdgeKind, stated: Sequence[Stated]) -> None:
        rows = {slot: edge_row(record, slot) for slot, record in stated}
        ends = {
            slot: {(kind.start_label, str(row["start"])), (kind.end_label, str(row["end"]))}
            for slot, row in rows.items()
        }
        there = self._there(end for of_edge in ends.values() for end in of_edge)
        asked = ask_named(self._tx, "graph_edges", {"type": kind.type}, keys=list(rows))
        drawn = {row["key"]: row for row in asked}
        for slot, row in rows.items():
            if not ends[slot] <= there:
                continue
            self.counts[kind.type] += 1
            found = drawn.get(slot)
            if found is None:
                self._find(f"{kind.type} {slot}", MISSING)
            elif _plain(found) != _plain({"key": slot, **row}):
                self._find(f"{kind.type} {slot}", OTHERWISE)

    def _there(self, nodes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these, label and id, have a node."""
        ids: dict[str, set[str]] = defaultdict(set)
        for label, id_ in nodes:
            ids[label].add(id_)
        return {
            (label, id_)
            for label, of_label in ids.items()
            for id_ in ask_named(self._tx, "there", {"label": label}, ids=sorted(of_label)).value()
        }

    def _record(self, version: dict[str, Any]) -> Record | None:
        try:
            return record_of(version["_kind"], version)
        except (KeyError, ValidationError):
            self._find(f"version {version['_seq']}", UNREADABLE)
            return None

    def _find(self, place: str, what: str, **params: object) -> None:
        self.problems.append(problem(place, what, ANEW, **params))


def _too_many(tx: ManagedTransaction, counts: Mapping[str, int]) -> list[Problem]:
    """Nodes and edges that no record in force states."""
    names = (("count_nodes", "label", LABELS.values()), ("count_edges", "type", _TYPES))
    found = []
    for statement, sort, of_sort in names:
        for name in of_sort:
            count = ask_named(tx, statement, {sort: name}).single(strict=True)["count"]
            if count > counts.get(name, 0):
                params = {"count": count, "expected": counts.get(name, 0)}
                found.append(
                    problem(
                        name, N_("The graph has {count}, and the log makes {expected}."), ANEW, **params
                    )
                )
    return found


_TYPES = sorted({r.type for relations in POINTING.values() for r in relations})


def _reaches(connection: Connection, state: State) -> Check:
    """What is drawn is what the latest audit found. What went with its seat or employee may be missing."""
    looking = Looking("reaches", N_("Its REACHES edges are what the latest audit found."))
    number = state.audits
    if state.reaches < number:
        looking.find((problem("REACHES", N_("It is behind what graphcrm reads."), COMPLETE),))
        return looking.done()
    try:
        looking.find(_of_latest(connection, number, looking))
    except Lost:
        raise
    except StoreError as error:  # a review that cannot be read
        looking.find((Problem("REACHES", None, error.message, error.hint or error.message),))
    return looking.done()


def _of_latest(connection: Connection, number: int, looking: Looking) -> Iterator[Problem]:
    url = connection.address.url
    header = connection.read(partial(keeping.header, url=url, number=number))
    for start in range(0, header.accounts if header else 0, REVIEWS_AT_ONCE):
        assert header is not None, "it has accounts"
        places = range(start, start + REVIEWS_AT_ONCE)
        reviews = connection.read(partial(keeping.reviews, url=url, number=number, places=places))
        rows = (row for review in reviews for row in reaches_of(header, review))
        for some in batches(rows, ROWS_IN_ONE_BATCH):
            drawn = connection.read(partial(_drawn, rows=some))
            looking.looked_at += len(drawn)
            yield from _other(some, drawn)
    count = connection.read(partial(_count, type_="REACHES"))
    if count != looking.looked_at:
        params = {"count": count, "expected": looking.looked_at}
        what = N_("The graph has {count}, and the latest audit makes {expected} of them.")
        yield problem("REACHES", what, AUDIT, **params)


def _drawn(tx: ManagedTransaction, rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Of these rows those that are drawn: their places, and what the edges say."""
    ends = ("employee", "seat", "account")
    asked = [{"place": place, **{end: row[end] for end in ends}} for place, row in enumerate(rows)]
    return [(place, properties) for place, properties in ask(tx, "reaches_of", rows=asked).values()]


def _other(
    rows: Sequence[Mapping[str, Any]], drawn: Iterable[tuple[int, Mapping[str, Any]]]
) -> Iterator[Problem]:
    for place, properties in drawn:
        row = rows[place]
        if _plain({**properties, "employee": row["employee"], "seat": row["seat"]}) != _plain(row):
            where = f"REACHES {row['employee']} {row['seat']}"
            yield problem(where, N_("It is not what the latest audit says."), AUDIT)


def _count(tx: ManagedTransaction, type_: str) -> int:
    count: int = ask_named(tx, "count_edges", {"type": type_}).single(strict=True)["count"]
    return count


def _plain(stated: Any) -> Any:  # noqa: ANN401 - whatever properties hold
    """Properties as Python's own values, from the database or on their way there."""
    if isinstance(stated, Mapping):
        return {name: _plain(value) for name, value in stated.items()}
    return native(stated)


def _says(properties: Mapping[str, Any]) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(_plain(properties).items()))

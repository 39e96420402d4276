"""The current graph, brought up to the log: nodes first, then edges, a stretch of the log at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from neo4j import ManagedTransaction

from graphcrm.records.base import Record
from graphcrm.records.tie import Tie
from graphcrm.store.neo4j.connection import ask, ask_named
from graphcrm.store.neo4j.drawing import Stretch, draw_edges, draw_nodes
from graphcrm.store.neo4j.links import (
    EDGES,
    INWARD,
    LABELS,
    POINTING,
    TIES,
    Link,
    LinkRow,
    edge_row,
    links_of,
    node_id,
    node_row,
    referring,
)
from graphcrm.store.neo4j.reading import version_record
from graphcrm.store.neo4j.schema import STORE

Runner = Callable[[Callable[[ManagedTransaction], None]], None]
"""Does a part of the work: in the transaction of the import, or in one of its own."""


class Stated(NamedTuple):
    """A record in force, and its slot."""

    slot: str
    record: Record


class Touched(NamedTuple):
    """What a stretch changed: what is in force, what is gone (kind; slot or id).

    ``moved`` are ids, by kind, at which the edges of records that are not touched themselves must be drawn
    anew: nodes that are back, and ties, which are no nodes, whatever became of them.
    """

    stated: list[Stated]
    gone: list[tuple[str, str]]
    moved: dict[str, list[str]]


def project(run: Runner, url: str, after: int, last: int, size: int) -> None:
    """Bring the current graph from one version of the log to another. It may be done again."""
    stretches = [Stretch(start, min(start + size, last), last) for start in range(after, last, size)]
    for part in (_nodes, _edges):
        for stretch in stretches:
            run(partial(part, url=url, stretch=stretch))
    run(lambda tx: _note(tx, last))


def _note(tx: ManagedTransaction, last: int) -> None:
    ask(tx, "projected", store=STORE, seq=last).consume()


def _touched(tx: ManagedTransaction, url: str, stretch: Stretch) -> Touched:
    stated: list[Stated] = []
    gone: list[tuple[str, str]] = []
    moved: dict[str, list[str]] = defaultdict(list)
    retired: dict[str, list[str]] = defaultdict(list)
    for version, revived in ask(tx, "touched", **stretch._asdict()).values():
        kind, slot = version["_kind"], version["_slot"]
        if version.get("_retired_on") is None:
            record = version_record(version, url)
            stated.append(Stated(slot, record))
        elif kind in EDGES or "_id" not in version:
            gone.append((kind, slot))
        else:
            retired[kind].append(version["_id"])
        if "_id" in version and (kind == "ties" or revived):
            moved[kind].append(version["_id"])
    for kind, ids in retired.items():
        # Another statement of the same id may still be in force.
        heirs = _in_force(tx, url, stretch.last, kind, ids)
        alive = {node_id(heir.record, heir.slot) for heir in heirs}
        stated = [*heirs, *stated]
        gone += [(kind, id_) for id_ in ids if id_ not in alive]
    return Touched(stated, gone, moved)


def _in_force(tx: ManagedTransaction, url: str, last: int, kind: str, ids: Sequence[str]) -> list[Stated]:
    return [_stated(row["properties"], url) for row in ask(tx, "in_force", kind=kind, ids=ids, last=last)]


def _stated(version: dict[str, str], url: str) -> Stated:
    return Stated(version["_slot"], version_record(version, url))


def _nodes(tx: ManagedTransaction, *, url: str, stretch: Stretch) -> None:
    new, others = _kinds(tx, stretch)
    for kind in new & LABELS.keys():
        draw_nodes(tx, stretch, kind)
    if others:
        _redraw_nodes(tx, url, stretch)


def _edges(tx: ManagedTransaction, *, url: str, stretch: Stretch) -> None:
    new, others = _kinds(tx, stretch)
    for kind in sorted(new):
        draw_edges(tx, stretch, kind)
    if others:
        _redraw_edges(tx, url, stretch)


def _kinds(tx: ManagedTransaction, stretch: Stretch) -> tuple[set[str], set[str]]:
    """Of which kinds something is stated for the first time, and of which again."""
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for kind, again in ask(tx, "stretch", after=stretch.after, upto=stretch.upto).values():
        found[again].add(kind)
    return found[False], found[True]


def _redraw_nodes(tx: ManagedTransaction, url: str, stretch: Stretch) -> None:
    touched = _touched(tx, url, stretch)
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for slot, record in touched.stated:
        if record.kind in LABELS:
            rows[LABELS[record.kind]].append(node_row(record, slot))
    for kind, id_ in touched.gone:
        if kind in LABELS:
            gone[LABELS[kind]].append(id_)
    for label, ids in gone.items():
        ask_named(tx, "drop_nodes", {"label": label}, ids=ids).consume()
    for label, of_label in rows.items():
        ask_named(tx, "put_nodes", {"label": label}, rows=of_label).consume()


def _redraw_edges(tx: ManagedTransaction, url: str, stretch: Stretch) -> None:
    touched = _touched(tx, url, stretch)
    back = _referrers(tx, url, stretch, touched.moved)
    stated = {slot: Stated(slot, record) for slot, record in (*touched.stated, *back)}
    for kind in EDGES:
        of_kind = [s for s in stated.values() if s.record.kind == kind]
        _put_edges(tx, kind, of_kind, [slot for gone, slot in touched.gone if gone == kind])
    _link(tx, url, stretch.last, [s for s in stated.values() if s.record.kind in LABELS])


def _referrers(
    tx: ManagedTransaction, url: str, stretch: Stretch, moved: dict[str, list[str]]
) -> Iterable[Stated]:
    """What points at records that were retired and are back, for its edges went with them; and at ties."""
    ties = list(moved.get("ties", ()))
    for kind in moved.keys() - {"ties"}:
        for found in _pointing_at(tx, url, stretch, kind, moved[kind]):
            if isinstance(found.record, Tie):
                ties.append(found.record.id)
            yield found
    if ties:
        yield from _pointing_at(tx, url, stretch, "ties", ties)


def _pointing_at(
    tx: ManagedTransaction, url: str, stretch: Stretch, kind: str, ids: Sequence[str]
) -> Iterator[Stated]:
    for pointing, name in referring(kind):
        for row in ask(tx, "referrers", kind=pointing, field=name, ids=ids, last=stretch.last):
            yield _stated(row["properties"], url)


def _put_edges(tx: ManagedTransaction, kind: str, stated: Sequence[Stated], gone: Sequence[str]) -> None:
    edge = EDGES[kind]
    keys = [*gone, *(s.slot for s in stated)]
    if keys:
        ask_named(tx, "drop_edges", {"type": edge.type}, keys=keys).consume()
    if stated:
        rows = [edge_row(s.record, s.slot) for s in stated]
        names = {"start": edge.start_label, "type": edge.type, "end": edge.end_label}
        ask_named(tx, "put_edges", names, rows=rows).consume()


def _link(tx: ManagedTransaction, url: str, last: int, stated: Sequence[Stated]) -> None:
    """State the edges of these nodes anew."""
    ids: dict[str, set[str]] = defaultdict(set)
    rows: dict[Link, list[LinkRow]] = defaultdict(list)
    for slot, record in {(s.record.kind, node_id(s.record, s.slot)): s for s in stated}.values():
        ids[record.kind].add(node_id(record, slot))
        for link, row in links_of(record, slot):
            rows[link].append(row)
    for kind, of_kind in ids.items():
        sorts = {relation.type in INWARD for relation in POINTING[kind]}
        for inward in sorts:
            name = "unlink_in" if inward else "unlink_out"
            ask_named(tx, name, {"label": LABELS[kind]}, ids=sorted(of_kind)).consume()
    for link, of_link in rows.items():
        given = [{"id": row.id, "other": row.other, "as": row.part} for row in of_link]
        if link.target == TIES:
            _link_to_ties(tx, url, last, of_link)
            continue
        names = {"label": link.label, "type": link.type, "target": link.target}
        ask_named(tx, "link_in" if link.inward else "link_out", names, rows=given).consume()


def _link_to_ties(tx: ManagedTransaction, url: str, last: int, links: Sequence[LinkRow]) -> None:
    """Draw what is about ties to both their ends: those of every statement of them in force."""
    ends: dict[str, dict[str, set[str]]] = {"Employee": defaultdict(set), "Contact": defaultdict(set)}
    for _, tie in _in_force(tx, url, last, "ties", sorted({link.other for link in links})):
        assert isinstance(tie, Tie), "asked for ties"
        ends["Employee"][tie.id].add(tie.employee)
        ends["Contact"][tie.id].add(tie.contact)
    for label, of_tie in ends.items():
        rows = [
            {"id": link.id, "other": other, "tie": link.other}
            for link in links
            for other in sorted(of_tie[link.other])
        ]
        ask_named(tx, "link_to_end", {"target": label}, rows=rows).consume()

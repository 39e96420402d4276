"""What is stated for the first time, drawn into the current graph by the server from its own log.

Most of what an import brings is new. Of it nothing travels again: each statement draws all of one sort.
"""

from typing import NamedTuple

from neo4j import ManagedTransaction

from graphcrm.records.assertion import ATTRIBUTES, Assertion
from graphcrm.store.neo4j.connection import ask_named
from graphcrm.store.neo4j.links import EDGES, INWARD, LABELS, POINTING, TIES
from graphcrm.store.neo4j.values import defaults_of


class Stretch(NamedTuple):
    """A part of the log, of which ``last`` is the last version that counts."""

    after: int
    upto: int
    last: int


def draw_nodes(tx: ManagedTransaction, stretch: Stretch, kind: str) -> None:
    """The nodes of a kind."""
    ask_named(
        tx,
        "draw_nodes",
        {"label": LABELS[kind]},
        after=stretch.after,
        upto=stretch.upto,
        kind=kind,
        defaults=defaults_of(kind),
    ).consume()


def draw_edges(tx: ManagedTransaction, stretch: Stretch, kind: str) -> None:
    """The edges of a kind, whether they are its records or point from its nodes."""
    if kind in EDGES:
        _draw_records(tx, stretch, kind)
    else:
        _draw_links(tx, stretch, kind)


def _draw_records(tx: ManagedTransaction, stretch: Stretch, kind: str) -> None:
    edge = EDGES[kind]
    ask_named(
        tx,
        "draw_edges",
        {"start": edge.start_label, "type": edge.type, "end": edge.end_label},
        after=stretch.after,
        upto=stretch.upto,
        kind=kind,
        defaults=defaults_of(kind),
        **{"from": edge.start, "to": edge.end},
    ).consume()


def _draw_links(tx: ManagedTransaction, stretch: Stretch, kind: str) -> None:
    for relation in POINTING[kind]:
        for target in relation.to:
            others = _others(target) if kind == Assertion.kind else []
            if target == TIES:
                _draw_to_ties(tx, stretch, others)
                continue
            names = {"label": LABELS[kind], "type": relation.type, "target": LABELS[target]}
            given = {"after": stretch.after, "upto": stretch.upto, "kind": kind, "field": relation.field}
            if relation.type == "TOOK_PART":
                ask_named(tx, "draw_links_of_part", names, **given).consume()
            elif relation.type in INWARD:
                ask_named(tx, "draw_links_in", names, **given).consume()
            else:
                ask_named(tx, "draw_links_out", names, **given, others=others).consume()


def _draw_to_ties(tx: ManagedTransaction, stretch: Stretch, others: list[str]) -> None:
    edge = EDGES[TIES]
    for label, end in ((edge.start_label, edge.start), (edge.end_label, edge.end)):
        ask_named(
            tx, "draw_links_to_ties", {"target": label}, **stretch._asdict(), others=others, end=end
        ).consume()


def _others(target: str) -> list[str]:
    """The attributes that are asserted of other kinds only."""
    return [attribute for attribute, kinds in ATTRIBUTES.items() if target not in kinds]

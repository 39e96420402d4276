"""The current graph as the registry of relations draws it: which records are nodes, which are edges."""

from collections.abc import Iterator
from typing import NamedTuple

from graphcrm.records.assertion import ATTRIBUTES, Assertion
from graphcrm.records.base import Record
from graphcrm.records.relations import RELATIONS, Relation, pointed_at
from graphcrm.records.tie import Tie
from graphcrm.store.neo4j.values import current_properties_of

LABELS = {
    "accounts": "Account",
    "departments": "Department",
    "seats": "Seat",
    "contacts": "Contact",
    "employees": "Employee",
    "assertions": "Assertion",
    "interactions": "Interaction",
    "mechanisms": "Mechanism",
    "stages": "Stage",
    "opportunities": "Opportunity",
}
"""Records that are nodes, by kind."""


class EdgeKind(NamedTuple):
    """Records that are edges themselves: their type, and the fields and labels of both ends."""

    type: str
    start: str
    start_label: str
    end: str
    end_label: str


EDGES = {
    "holdings": EdgeKind("HOLDS", "contact", "Contact", "seat", "Seat"),
    "ties": EdgeKind("TIED_TO", "employee", "Employee", "contact", "Contact"),
    "influences": EdgeKind("INFLUENCES", "from", "Seat", "to", "Seat"),
}

INWARD = ("OWNS", "TOOK_PART")
"""Types drawn from the people a record names to the record: people own and take part."""

POINTING: dict[str, tuple[Relation, ...]] = {
    kind: tuple(r for r in RELATIONS if r.kind == kind) for kind in (*LABELS, *EDGES)
}
"""The relations a kind states."""


class Link(NamedTuple):
    """Edges of one sort: drawn inwards or outwards, their type, and the label of the other end."""

    inward: bool
    label: str
    type: str
    target: str


class LinkRow(NamedTuple):
    """One edge: of which node, to which other, and in which part (``from``, ``to`` …) that is named."""

    id: str
    other: str
    part: str | None


TIES = "ties"
"""In place of a label: the other end is a tie, an edge itself."""


def node_id(record: Record, slot: str) -> str:
    """What a record's node is called: its id, or its slot where it has none."""
    return getattr(record, "id", None) or slot


def node_row(record: Record, slot: str) -> dict[str, object]:
    """A record as the properties of its node."""
    return {**current_properties_of(record), "id": node_id(record, slot)}


def edge_row(record: Record, slot: str) -> dict[str, object]:
    """A record that is an edge: its ends and its properties. Several may share a tie's id, none a key."""
    edge = EDGES[record.kind]
    properties = {**current_properties_of(record), "key": slot}
    if isinstance(record, Tie):
        properties["id"] = record.id
    return {"start": properties[edge.start], "end": properties[edge.end], "properties": properties}


def links_of(record: Record, slot: str) -> Iterator[tuple[Link, LinkRow]]:
    """The edges a node's record states; the other end may be of several kinds, and is one of them."""
    own, label = node_id(record, slot), LABELS[record.kind]
    fields = {f.alias or name: name for name, f in type(record).model_fields.items()}
    for relation in POINTING[record.kind]:
        part = relation.field if relation.type == "TOOK_PART" else None
        targets = relation.to
        if isinstance(record, Assertion):
            targets = ATTRIBUTES.get(record.attribute, targets)
        for other in dict.fromkeys(pointed_at(getattr(record, fields[relation.field]))):
            for kind in targets:
                target = LABELS.get(kind, TIES)
                yield (
                    Link(relation.type in INWARD, label, relation.type, target),
                    LinkRow(own, other, part),
                )


def referring(kind: str) -> Iterator[tuple[str, str]]:
    """Which kinds point at this one, and by which fields."""
    for relation in RELATIONS:
        if kind in relation.to:
            yield relation.kind, relation.field

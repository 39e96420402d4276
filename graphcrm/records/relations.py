"""The registry of relations: how records point at each other, said both ways.

One row serves the check of references at import, the edges of the graph stores and the words of the
faces. ``kind.field`` holds the id (or ids) of a record of one of the kinds ``to``.
"""

from dataclasses import dataclass

PEOPLE = ("employees", "contacts")


@dataclass(frozen=True)
class Relation:
    """One way to point: edge ``type``, where it is written, what it may point to, its verbs.

    ``start`` is the field that names the edge's other end; ``id`` is the record itself. ``dated`` edges
    hold only while their record is valid.
    """

    type: str
    kind: str
    field: str
    to: tuple[str, ...]
    verb: str
    reverse: str
    start: str = "id"
    dated: bool = False


RELATIONS: tuple[Relation, ...] = (
    Relation("PART_OF", "accounts", "parent", ("accounts",), "belongs to", "is the group of"),
    Relation("OWNS", "accounts", "owner", ("employees",), "is owned by", "owns"),
    Relation("PART_OF", "departments", "account", ("accounts",), "is part of", "has department"),
    Relation("PART_OF", "seats", "account", ("accounts",), "is a position at", "has position"),
    Relation("IN_DEPARTMENT", "seats", "department", ("departments",), "is in", "has position"),
    Relation("REPORTS_TO", "seats", "reports_to", ("seats",), "reports to", "directs"),
    Relation("DECIDES_FOR", "seats", "decides_for", ("accounts",), "decides for", "is decided for by"),
    Relation("HOLDS", "holdings", "contact", ("contacts",), "is held by", "holds", "seat", dated=True),
    Relation("HOLDS", "holdings", "seat", ("seats",), "holds", "is held by", "contact", dated=True),
    Relation("REPORTS_TO", "employees", "manager", ("employees",), "reports to", "manages"),
    Relation("TIED_TO", "ties", "employee", ("employees",), "is known by", "knows", "contact", dated=True),
    Relation("TIED_TO", "ties", "contact", ("contacts",), "knows", "is known by", "employee", dated=True),
    Relation(
        "ABOUT",
        "assertions",
        "subject",
        ("contacts", "seats", "employees", "ties", "accounts"),
        "is about",
        "is described by",
    ),
    Relation(
        "INFLUENCES", "influences", "from", ("seats",), "is influenced by", "influences", "to", dated=True
    ),
    Relation(
        "INFLUENCES", "influences", "to", ("seats",), "influences", "is influenced by", "from", dated=True
    ),
    Relation("TOOK_PART", "interactions", "participants", PEOPLE, "had taking part", "took part in"),
    Relation("TOOK_PART", "interactions", "from", PEOPLE, "came from", "sent"),
    Relation("TOOK_PART", "interactions", "to", PEOPLE, "went to", "received"),
    Relation(
        "PART_OF", "mechanisms", "account", ("accounts",), "ties us to", "is tied to us by", dated=True
    ),
    Relation("OWNS", "mechanisms", "our_owners", ("employees",), "is carried by", "carries", dated=True),
    Relation("OWNS", "mechanisms", "their_owners", ("contacts",), "is carried by", "carries", dated=True),
    Relation("PART_OF", "stages", "account", ("accounts",), "is a stage of", "has stage"),
    Relation("PART_OF", "opportunities", "account", ("accounts",), "is at", "has opportunity"),
)


def pointed_at(value: object) -> tuple[str, ...]:
    """The ids a relation's field holds: none, one or many."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]

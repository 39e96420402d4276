"""Draw ``docs/images/explore``: what the queries of ``cypher/explore`` answer in ``docs/explore.md``.

The store must be a Neo4j that holds the sample portfolio, audited::

    make demo STORE=neo4j
    eval "$(graphcrm neo4j up)"
    python docs/generate_explore_pictures.py
"""

# ruff: noqa: INP001 - a script

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from explore_drawing import Link, Node, draw, parse_style
from neo4j import GraphDatabase, Session
from neo4j.graph import Path as GraphPath
from neo4j.graph import Relationship
from neo4j.graph import Node as GraphNode

from graphcrm.settings import Settings
from graphcrm.store.neo4j.address import Address
from graphcrm.store.neo4j.links import LABELS
from graphcrm.store.statements import statements

DOCS = Path(__file__).parent
PAGE, PICTURES = DOCS / "explore.md", DOCS / "images" / "explore"
STYLE = DOCS.parent / "cypher" / "explore" / "style.grass"

_EXAMPLE = re.compile(r"^### (?P<question>.+)\n\n\[`(?P<name>\w+)\.cypher`\](?P<text>.*)$", re.MULTILINE)
_PARAMETER = re.compile(r"`(\w+)` = `([^`]+)`")


class Example(NamedTuple):
    """A section of the page: a query, and what it is asked with."""

    name: str
    question: str
    parameters: Mapping[str, object]
    text: str


class Picture(NamedTuple):
    """What to draw of an answer: of its first rows the nodes it names by id, and the edges between these.

    ``follow`` are types of edges to more nodes, one after the other, ``<`` before those to follow backwards.
    Answers that are graphs are drawn as they are.
    """

    types: tuple[str, ...] = ()
    rows: int | None = None
    follow: tuple[str, ...] = ()


SPEC: dict[str, Picture] = {
    "accounts_by_single_route": Picture(("REACHES", "PART_OF"), 4, ("<PART_OF",)),
    "accounts_joined_by_people": Picture(("HOLDS", "PART_OF", "DECIDES_FOR")),
    "around_this_person": Picture(),
    "champions_who_moved": Picture(("TIED_TO", "HOLDS", "PART_OF", "ABOUT"), follow=("<ABOUT",)),
    "deciders_no_employee_reaches": Picture(
        ("HOLDS", "PART_OF", "REACHES"), 8, ("<HOLDS", "<REACHES")
    ),
    "departments_nobody_reaches": Picture(("PART_OF", "IN_DEPARTMENT"), 7, ("<IN_DEPARTMENT",)),
    "map_of_this_account": Picture(),
    "mechanisms_that_lapse": Picture(("OWNS", "PART_OF"), 8, ("<OWNS",)),
    "opportunities_without_a_reached_decider": Picture(("PART_OF",)),
    "owners_who_know_nobody_at_the_top": Picture(("OWNS", "REACHES", "PART_OF"), 6),
    "ties_that_fade": Picture(("TIED_TO", "HOLDS", "PART_OF")),
    "what_changed_since": Picture(("ABOUT", "HOLDS", "PART_OF"), 6, ("<ABOUT", "HOLDS", "PART_OF")),
    "what_hangs_on_this_employee": Picture(("REACHES", "OWNS", "PART_OF")),
    "who_could_introduce": Picture(("TIED_TO", "HOLDS", "REPORTS_TO", "INFLUENCES")),
    "who_depends_on_whom": Picture(("REACHES", "PART_OF", "OWNS"), 5),
    "who_reaches_this_decider": Picture(("REACHES", "HOLDS"), follow=("<HOLDS",)),
}

_NODES = "MATCH (n:`{label}`) WHERE n.id IN $ids RETURN n"
_BETWEEN = "MATCH (a)-[r]->(b) WHERE elementId(a) IN $ids AND elementId(b) IN $ids AND type(r) IN $types RETURN r"
_FOLLOW = "MATCH (a)-[:`{type}`]->(b) WHERE elementId(a) IN $ids RETURN DISTINCT b"
_FOLLOW_BACK = "MATCH (a)<-[:`{type}`]-(b) WHERE elementId(a) IN $ids RETURN DISTINCT b"


def examples() -> list[Example]:
    """The queries of the page, in its order."""
    return [
        Example(
            found["name"],
            found["question"],
            {name: _value(text) for name, text in _PARAMETER.findall(found["text"])},
            found["text"],
        )
        for found in _EXAMPLE.finditer(PAGE.read_text(encoding="utf-8"))
    ]


def picture(session: Session, example: Example) -> str:
    """The picture of an example, as SVG."""
    spec = SPEC[example.name]
    rows = [
        list(record)
        for record in session.run(statements("explore")[example.name].text, dict(example.parameters))
    ][: spec.rows]
    words = {word for row in rows for word in _words(row)} | set(_words(example.parameters.values()))
    nodes: dict[str, GraphNode] = {}
    links: dict[str, Relationship] = {}
    for path in (cell for row in rows for cell in row if isinstance(cell, GraphPath)):
        nodes |= {node.element_id: node for node in path.nodes}
        links |= {link.element_id: link for link in path.relationships}
    if spec.types:
        for label in LABELS.values():
            _gather(nodes, session, _NODES.format(label=label), ids=sorted(words))
        for step in spec.follow:
            text = (_FOLLOW_BACK if step.startswith("<") else _FOLLOW).format(type=step.lstrip("<"))
            _gather(nodes, session, text, ids=list(nodes))
        found = session.run(_BETWEEN, ids=list(nodes), types=list(spec.types))
        links = {link.element_id: link for (link,) in found.values()}
    return draw(
        example.question,
        sorted((_node(node) for node in nodes.values()), key=lambda node: node.key),
        _once(_link(link, nodes) for link in links.values()),
        parse_style(STYLE.read_text(encoding="utf-8")),
    )


def _value(text: str) -> object:
    """A parameter as the page writes it: a day, a number, or an id."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return int(text) if text.isdecimal() else text


def _words(cells: Iterable[Any]) -> Iterable[str]:
    for cell in cells:
        if isinstance(cell, str):
            yield cell
        elif isinstance(cell, list):
            yield from _words(cell)


def _gather(nodes: dict[str, GraphNode], session: Session, text: str, *, ids: list[str]) -> None:
    nodes |= {node.element_id: node for (node,) in session.run(text, ids=ids).values()}


def _node(node: GraphNode) -> Node:
    (label,) = node.labels
    return Node(label, dict(node))


def _link(link: Relationship, nodes: Mapping[str, GraphNode]) -> Link:
    start, end = (_node(nodes[node.element_id]).key for node in link.nodes if node is not None)
    return Link(start, link.type, end, dict(link))


def _once(links: Iterable[Link]) -> list[Link]:
    """Of several of a type between the same two nodes one, in an order that the store has no part in."""
    ordered = sorted(links, key=lambda link: (*link[:3], sorted(map(str, link.properties.items()))))
    return list({link[:3]: link for link in ordered}.values())


def main() -> None:
    """Draw them all."""
    settings = Settings()
    secret = settings.neo4j_password
    address = Address.of(
        settings.store,
        user=settings.neo4j_user,
        password=secret.get_secret_value() if secret else None,
        database=settings.neo4j_database,
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        GraphDatabase.driver(address.url, auth=(address.user, address.password)) as driver,
        driver.session(database=address.database) as session,
    ):
        for example in examples():
            (PICTURES / f"{example.name}.svg").write_text(picture(session, example), encoding="utf-8")


if __name__ == "__main__":
    main()

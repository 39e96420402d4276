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

from explore_drawing import ANSWER, Link, Node, draw, parse_style
from neo4j import GraphDatabase, Session
from neo4j.graph import Graph

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

    ``edges`` are types, with the label they begin at where not all are wanted. ``follow`` are such edges
    that lead to more nodes, one after the other, backwards after ``<``. ``joined`` are two columns whose
    nodes the answer joins, and what it says of them. Answers that are graphs are drawn as they are.
    """

    edges: tuple[str, ...] = ()
    rows: int | None = None
    follow: tuple[str, ...] = ()
    joined: tuple[str, str, str] | None = None


SPEC: dict[str, Picture] = {
    "accounts_by_single_route": Picture(("REACHES", "Seat.PART_OF"), 3, ("<Seat.PART_OF",)),
    "accounts_joined_by_people": Picture(("HOLDS", "PART_OF", "DECIDES_FOR")),
    "around_this_person": Picture(),
    "champions_who_moved": Picture(("TIED_TO", "HOLDS", "PART_OF", "ABOUT"), follow=("<ABOUT",)),
    "deciders_no_employee_reaches": Picture(("HOLDS", "PART_OF", "REACHES"), 8, ("<HOLDS", "<REACHES")),
    "departments_nobody_reaches": Picture(("Department.PART_OF", "IN_DEPARTMENT"), 8, ("<IN_DEPARTMENT",)),
    "map_of_this_account": Picture(),
    "mechanisms_that_lapse": Picture(
        ("Employee.OWNS", "Contact.OWNS", "PART_OF"), follow=("<Contact.OWNS",)
    ),
    "opportunities_with_unreached_deciders": Picture(("PART_OF",)),
    "owners_who_know_nobody_at_the_top": Picture(("OWNS", "REACHES", "PART_OF"), 3),
    "ties_that_fade": Picture(("HOLDS", "PART_OF"), joined=("employee", "contact", "{days_ago} days")),
    "what_changed_since": Picture(("ABOUT", "HOLDS", "PART_OF"), follow=("<ABOUT", "HOLDS", "PART_OF")),
    "what_hangs_on_this_employee": Picture(("REACHES", "OWNS", "PART_OF")),
    "who_could_introduce": Picture(("TIED_TO", "HOLDS", "REPORTS_TO", "INFLUENCES")),
    "who_depends_on_whom": Picture(("REACHES", "PART_OF", "OWNS"), 5),
    "who_reaches_this_decider": Picture(("REACHES", "HOLDS"), follow=("<HOLDS",)),
}

_NODES = "MATCH (n:`{label}`) WHERE n.id IN $ids RETURN n"
_EDGES = """
MATCH path = (a{label})-[:`{type}`]->(b)
WHERE ($starts IS NULL OR elementId(a) IN $starts) AND ($ends IS NULL OR elementId(b) IN $ends)
RETURN path
"""


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
    text, spec = statements("explore")[example.name].text, SPEC[example.name]
    result = session.run(text, dict(example.parameters))
    if spec.edges:
        nodes, links = _named(session, [record.data() for record in result][: spec.rows], example, spec)
    else:
        nodes, links = _of(result.graph())
    return draw(
        example.question,
        sorted(nodes.values(), key=lambda node: node.key),
        _once(links),
        parse_style(STYLE.read_text(encoding="utf-8")),
    )


def _named(
    session: Session, rows: list[dict[str, Any]], example: Example, spec: Picture
) -> tuple[dict[str, Node], list[Link]]:
    """The nodes that rows name by id, those to be followed to, and the edges between all of them."""
    ids = {word for row in rows for word in _words(row.values())} | set(_words(example.parameters.values()))
    nodes: dict[str, Node] = {}
    for label in LABELS.values():
        nodes |= _of(session.run(_NODES.format(label=label), ids=sorted(ids)).graph())[0]
    for step in spec.follow:
        back, known = step.startswith("<"), list(nodes)
        nodes |= _edges(session, step.lstrip("<"), None if back else known, known if back else None)[0]
    links = [link for edge in spec.edges for link in _edges(session, edge, list(nodes), list(nodes))[1]]
    if spec.joined:
        start, end, caption = spec.joined
        of_id = {node.properties["id"]: node.key for node in nodes.values()}
        links += [
            Link(of_id[row[start]], ANSWER, of_id[row[end]], {"caption": caption.format_map(row)})
            for row in rows
        ]
    return nodes, links


def _edges(
    session: Session, edge: str, starts: list[str] | None, ends: list[str] | None
) -> tuple[dict[str, Node], list[Link]]:
    label, dot, type_ = edge.rpartition(".")
    text = _EDGES.format(label=f":`{label}`" if dot else "", type=type_)
    return _of(session.run(text, starts=starts, ends=ends).graph())


def _of(graph: Graph) -> tuple[dict[str, Node], list[Link]]:
    """A graph as the driver gives it: nodes by the server's name for them, and edges."""
    nodes = {node.element_id: Node(*node.labels, dict(node)) for node in graph.nodes}
    return nodes, [
        Link(nodes[start.element_id].key, link.type, nodes[end.element_id].key, dict(link))
        for link in graph.relationships
        for start, end in [link.nodes]
        if start is not None and end is not None
    ]


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

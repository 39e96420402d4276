"""The whole map: where it hangs on one person or one link, over any number of steps (section 10).

Priced losses stop after one gate; nothing here does, and nothing here is priced.
"""

from collections.abc import Iterable, Mapping
from typing import cast

import networkx as nx

from graphcrm.graph.account import FIRM, AccountGraph, Node
from graphcrm.graph.reach import legs
from graphcrm.records.structure import MapCuts, Person

US = Node("us", "")
"""Where every way to them begins."""


def map_cuts(graph: AccountGraph) -> MapCuts:
    """Dominators, articulation points and bridges of the map of people, at proven strength.

    The map joins our present employees with contacts by live direct ties, and contacts with contacts where
    a seat of one bears on a seat of the other. *Dominators* of a contact are those through whom every way
    from us leads to it, along ties and influence, the firm's routes included (Lengauer & Tarjan 1979,
    doi:10.1145/357062.357071); contacts to whom no way leads are left out. *Articulation points* and
    *bridges* (Hopcroft & Tarjan 1973, doi:10.1145/362248.362272) are people and links without which fewer
    of the map hang together, whatever the direction; the firm, whom nobody can lose, is not part of that.
    """
    directed = people_map(graph)
    people: nx.Graph[Node] = nx.Graph(directed.subgraph([n for n in directed if n not in (US, FIRM)]))
    return MapCuts(
        dominators=_dominators(directed),
        articulation_points=tuple(_person(n) for n in sorted(nx.articulation_points(people))),
        bridges=tuple((_person(a), _person(b)) for a, b in _bridges(people)),
    )


def people_map(graph: AccountGraph) -> "nx.DiGraph[Node]":
    """Us → our people and the firm → contacts → contacts, along live ties and influence."""
    people: nx.DiGraph[Node] = nx.DiGraph()
    people.add_node(US)
    for contact, live in legs(graph, "low").items():
        people.add_node(Node("contact", contact))
        for who in live:
            ours = FIRM if who is None else Node("employee", who)
            people.add_edge(US, ours)
            people.add_edge(ours, Node("contact", contact))
    for seat, gates in graph.gates.items():
        for gate in gates:
            one, other = graph.seats[gate].holder, graph.seats[seat].holder
            if one is not None and other is not None and one != other:
                people.add_edge(Node("contact", one), Node("contact", other))
    return people


def _dominators(people: "nx.DiGraph[Node]") -> Mapping[str, tuple[Person, ...]]:
    above = nx.immediate_dominators(people, US)
    chains: dict[str, tuple[Person, ...]] = {}
    for node in sorted(above):
        if node.kind != "contact":
            continue
        chain, step = [], above[node]
        while step != US:
            chain.append(_person(step))
            step = above[step]
        chains[node.id] = tuple(reversed(chain))
    return chains


def _bridges(people: "nx.Graph[Node]") -> list[tuple[Node, Node]]:
    links = cast("Iterable[tuple[Node, Node]]", nx.bridges(people))  # its stubs take nodes for links
    return sorted((min(link), max(link)) for link in links)


def _person(node: Node) -> Person:
    return Person.model_validate({"kind": node.kind, "id": node.id})

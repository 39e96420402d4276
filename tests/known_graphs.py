"""Graphs from the literature, with what is published of them, and how they become accounts of ours."""

from collections.abc import Iterable, Mapping

import networkx as nx
from bundles import Customer

Edge = tuple[str, str]

KITE: tuple[Edge, ...] = (
    ("Andre", "Beverly"), ("Andre", "Carol"), ("Andre", "Diane"), ("Andre", "Fernando"),
    ("Beverly", "Diane"), ("Beverly", "Ed"), ("Beverly", "Garth"), ("Carol", "Diane"),
    ("Carol", "Fernando"), ("Diane", "Ed"), ("Diane", "Fernando"), ("Diane", "Garth"), ("Ed", "Garth"),
    ("Fernando", "Garth"), ("Fernando", "Heather"), ("Garth", "Heather"), ("Heather", "Ike"),
    ("Ike", "Jane"),
)  # fmt: skip
"""Krackhardt's kite: Krackhardt (1990), Assessing the Political Landscape, ASQ 35(2), 342-369.

Diane has the most contacts, Heather the highest betweenness, Fernando and Garth the highest closeness.
"""
KITE_BETWEENNESS = {
    "Heather": 0.389, "Fernando": 0.231, "Garth": 0.231, "Ike": 0.222, "Diane": 0.102, "Andre": 0.023,
    "Beverly": 0.023, "Carol": 0.0, "Ed": 0.0, "Jane": 0.0,
}  # fmt: skip
KITE_MOST_CONTACTS = ("Diane", 6)
KITE_CLOSENESS = {"Fernando": 0.643, "Garth": 0.643, "Diane": 0.600, "Heather": 0.600}
KITE_CUT_SEATS = {"Heather", "Ike"}
"""Without Heather, Ike and Jane are cut off; without Ike, Jane is."""

FLORENCE: tuple[Edge, ...] = (
    ("Acciaiuoli", "Medici"), ("Albizzi", "Ginori"), ("Albizzi", "Guadagni"), ("Albizzi", "Medici"),
    ("Barbadori", "Castellani"), ("Barbadori", "Medici"), ("Bischeri", "Guadagni"),
    ("Bischeri", "Peruzzi"), ("Bischeri", "Strozzi"), ("Castellani", "Peruzzi"),
    ("Castellani", "Strozzi"), ("Guadagni", "Lamberteschi"), ("Guadagni", "Tornabuoni"),
    ("Medici", "Ridolfi"), ("Medici", "Salviati"), ("Medici", "Tornabuoni"), ("Pazzi", "Salviati"),
    ("Peruzzi", "Strozzi"), ("Ridolfi", "Strozzi"), ("Ridolfi", "Tornabuoni"),
)  # fmt: skip
"""Marriages of Florentine families (without the Pucci, who have none): Padgett & Ansell (1993), AJS 98(6);
Breiger & Pattison (1986), Social Networks 8(3)."""
FLORENCE_BETWEENNESS = {"Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212, "Salviati": 0.143}
"""Jackson (2008), Social and Economic Networks, chapter 1, for the first two; the others by NetworkX."""
FLORENCE_CUT_SEATS = {"Medici", "Guadagni", "Albizzi", "Salviati"}
FLORENCE_BRIDGES = {
    frozenset(e)
    for e in (("Acciaiuoli", "Medici"), ("Albizzi", "Ginori"), ("Guadagni", "Lamberteschi"),
              ("Medici", "Salviati"), ("Pazzi", "Salviati"))
}  # fmt: skip

KARATE: tuple[Edge, ...] = tuple((f"m{a + 1:02}", f"m{b + 1:02}") for a, b in nx.karate_club_graph().edges)
"""The karate club: Zachary (1977), J. Anthropological Research 33(4), 452-473; members 1 to 34, 78 ties.

Member 1 is the instructor "Mr. Hi", member 34 the officer "John A.".
"""
KARATE_TIES = {"m01": 16, "m34": 17, "m33": 12}
KARATE_BETWEENNESS = {"m01": 0.438, "m34": 0.304, "m33": 0.145, "m03": 0.144}
"""Normalised; a much computed example (NetworkX, igraph)."""
KARATE_CUT_SEATS = {"m01"}
"""Member 12 is tied to member 1 alone."""
KARATE_BETWEEN_THE_LEADERS = {"m09", "m14", "m20", "m32"}
"""Those tied to both leaders (Zachary's figure 1)."""

FLOWGRAPH: tuple[Edge, ...] = tuple(
    (a, b)
    for a, targets in {
        "R": "ABC", "A": "D", "B": "ADE", "C": "FG", "D": "L", "E": "H", "F": "I", "G": "IJ", "H": "EK",
        "I": "K", "J": "I", "K": "RI", "L": "H",
    }.items()
    for b in targets
)  # fmt: skip
"""Lengauer & Tarjan (1979), A Fast Algorithm for Finding Dominators …, TOPLAS 1(1), figure 1."""
FLOWGRAPH_DOMINATORS = {
    "A": "R", "B": "R", "C": "R", "D": "R", "E": "R", "F": "C", "G": "C", "H": "R", "I": "R", "J": "G",
    "K": "R", "L": "D",
}  # fmt: skip
"""Figure 2 of the same: the dominator tree."""

NUMBERED_KITE: tuple[tuple[int, int], ...] = tuple(nx.krackhardt_kite_graph().edges)
"""The same kite as numbers 0 (Andre) to 9 (Jane), in the order of their names."""
KITE_FRAGMENTATION: dict[tuple[int, ...], float] = {(7,): 0.3889, (8,): 0.2222, (5, 6): 0.5357}
"""F without these: pairs not joined / pairs of those who remain (Borgatti 2006, equation 9).

Without Heather (7) there remain components of 7 and 2: 1 - (7·6 + 2·1)/(9·8). Fernando and Garth (5, 6) are
the worst pair, though neither is a cut vertex.
"""
KITE_WORST_TRIPLES = 0.5714
KITE_WORST_TRIPLES_COUNT = 5
FLORENCE_FRAGMENTATION: dict[tuple[str, ...], float] = {
    ("Medici",): 0.3846, ("Guadagni", "Medici"): 0.7051,
}  # fmt: skip
KARATE_FRAGMENTATION: dict[tuple[str, ...], float] = {("m01",): 0.3163, ("m01", "m02"): 0.4234}
"""The same formula; m01 and m02 are members 0 and 1 in NetworkX."""

PETERSEN = nx.petersen_graph()
"""Petersen (1898): ten vertices of degree 3, connectivity 3, and only neighbourhoods cut it in three."""
CUBE = nx.convert_node_labels_to_integers(nx.hypercube_graph(4))
"""The 4-cube: connectivity 4 (Harary, Hayes & Wu 1988, A survey of the theory of hypercube graphs)."""

CONTRIBUTIONS = (1000, 202, 90, 33, 332, 343, 42, 433)
CONTRIBUTOR_ABSENCE_FACTOR = 2
"""CHAOSS, metric Contributor Absence Factor: contributions, and how few people made half of them."""

SIX = range(6)


def account_of(
    influences: Iterable[Edge], ties: Mapping[str, Iterable[str]], *, both_ways: bool, strength: float = 0.5
) -> Customer:
    """An account whose influence network is the given one: a seat a node, its holder of the same name.

    ``ties`` are ours: by employee, the seats whose holders they know well. All seats weigh the same.
    """
    customer, edges = Customer(mechanisms_complete=True), tuple(influences)
    for seat in sorted({s for edge in edges for s in edge} | {s for known in ties.values() for s in known}):
        customer.seat(seat, f"holder of {seat}", "supporter", level=2, roles=["approver"])
    for one, other in edges:
        customer.influences(one, other, strength)
        if both_ways:
            customer.influences(other, one, strength)
    for employee, known in ties.items():
        customer.employee(employee, level=2)
        for seat in known:
            customer.tie(employee, f"holder of {seat}")
    return customer


def bow_tie() -> Customer:
    """Millman & Wilson (1995), From Key Account Selling to …, Journal of Marketing Practice 1(1).

    Six people on each side; only the salesperson and the buyer meet, everybody else stands behind them.
    """
    customer = account_of([("s0", f"s{i}") for i in SIX if i], {"e0": ["s0"]}, both_ways=False)
    for i in SIX:
        customer.employee(f"e{i}", level=2)
    return customer


def diamond() -> Customer:
    """The same: partnership. Each of the six meets a counterpart; leaders still bear on their people."""
    return account_of(
        [("s0", f"s{i}") for i in SIX if i], {f"e{i}": [f"s{i}"] for i in SIX}, both_ways=False
    )

"""Key players: without whom the influence network falls apart, and who reaches all of it (section 10).

Borgatti 2006, *Identifying sets of key players in a social network*, doi:10.1007/s10588-006-7084-x. A
distance is a number of steps, whatever their strength; between what does not hang together, 1/d is 0.
"""

from collections.abc import Collection, Hashable
from itertools import combinations
from math import comb
from typing import Any, TypeAlias

import networkx as nx
import numpy as np

from graphcrm.errors import N_, InputError, Message
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.structure.top_sets import TOO_MANY, top_sets
from graphcrm.records.structure import KeyPlayers

SIZES = (1, 2, 3)
"""How many players together."""
Network: TypeAlias = "nx.Graph[Any]"
"""Any undirected network, whatever its nodes are; of an account they are seats."""
STEPS = 1
"""How far m-reach looks in an account: one introduction, as far as a gate carries."""


def influence_network(graph: AccountGraph) -> "nx.Graph[str]":
    """The occupied seats of an account, and gates to them, joined where one bears on the other.

    Undirected, and without the seats whose influence is not on record: what is unknown of them would
    count as if they stood apart.
    """
    network: nx.Graph[str] = nx.Graph()
    network.add_edges_from(sorted((gate, seat) for seat, gates in graph.gates.items() for gate in gates))
    return network


def fragmentation(network: Network, without: Collection[Hashable] = ()) -> float | None:
    """F = 1 − Σ sₖ(sₖ−1) / n(n−1): the share of pairs that do not hang together once these are gone.

    0..1; sₖ are the sizes of the components, n is how many nodes remain. None where fewer than two do.
    """
    return _Players(network).fragmentation(without)[0]


def distance_weighted_fragmentation(network: Network, without: Collection[Hashable] = ()) -> float | None:
    """ᴰF = 1 − Σᵢ≠ⱼ 1/dᵢⱼ / n(n−1) over the nodes that remain: who is far apart counts in part.

    0..1 and never below F. None where fewer than two nodes remain.
    """
    return _Players(network).fragmentation(without)[1]


def distance_weighted_reach(network: Network, members: Collection[Hashable]) -> float | None:
    """ᴰR = Σⱼ 1/d(members, j) / n over all n nodes: 1 where each has one of the set beside it.

    0..1. The set counts itself: a member's distance is taken as 1. None where all members are isolates:
    what does not hang together with anything has no centrality.
    """
    return _Players(network).reach(members, STEPS)[0]


def m_reach(network: Network, members: Collection[Hashable], steps: int = STEPS) -> int | None:
    """How many nodes the set reaches within so many steps. The set counts itself.

    None where all members are isolates.
    """
    return _Players(network).reach(members, steps)[1]


def key_players(graph: AccountGraph, size: int) -> KeyPlayers | Message:
    """The best sets of ``size`` seats of the influence network by each of the four, with all that tie.

    Exact: every set is looked at. The reason instead, where fewer than two seats would remain, or where
    sets times links between seats are more than the policy lets be looked at.
    """
    network = influence_network(graph)
    if len(network) < size + 2:
        few = N_("Influence is on record of {count} seats only; without {size} of them no two remain.")
        return Message(few, {"count": len(network), "size": size})
    count, most = comb(len(network), size), graph.policy.structure.most_links // network.size()
    if count > most:
        return Message(TOO_MANY, {"count": count, "size": size, "most": most})
    return best_players(network, size)


def best_players(network: Network, size: int, steps: int = STEPS) -> KeyPlayers:
    """The best sets of ``size`` nodes by each of the four, named by their texts, with all that tie.

    Isolates are no players: their centrality is undefined. Raises InputError where fewer than ``size``
    nodes are none, or fewer than two nodes would remain.
    """
    players = _Players(network)
    names = [n for n in players.names if network.degree[n]]
    if size < 1 or len(names) < size or len(players.names) < size + 2:
        raise InputError(
            N_("Of this network no {size} nodes can be players."),
            hint=N_("It takes one or more that are joined to others, and two that remain."),
            size=size,
        )
    sets = list(combinations(range(len(names)), size))
    rows = []
    for chosen in sets:
        members = [names[i] for i in chosen]
        rows.append((*players.fragmentation(members), *players.reach(members, steps)))
    table = np.array(rows, dtype=np.float64)
    said = [str(name) for name in names]
    tops = [top_sets(np.array(sets, dtype=np.intp), column, said) for column in table.T]
    return KeyPlayers(
        fragmentation=tops[0],
        distance_weighted_fragmentation=tops[1],
        distance_weighted_reach=tops[2],
        m_reach=tops[3],
    )


class _Players:
    """A network whose sets of nodes are bits of whole numbers, so that sets join in one step."""

    def __init__(self, network: Network) -> None:
        self.names = sorted(network, key=str)
        self._place = {name: i for i, name in enumerate(self.names)}
        self._beside = [[self._place[b] for b in network[name] if b != name] for name in self.names]

    def _places(self, members: Collection[Hashable]) -> set[int]:
        unknown = [str(name) for name in members if name not in self._place]
        if unknown:
            raise InputError(
                N_("No node of the network is called {id!r}."),
                hint=N_("Name nodes as the network does."),
                id=unknown[0],
            )
        return {self._place[name] for name in members}

    def fragmentation(self, without: Collection[Hashable]) -> tuple[float | None, float | None]:
        """F and ᴰF without these nodes."""
        gone = self._places(without)
        remain = [i for i in range(len(self.names)) if i not in gone]
        pairs = len(remain) * (len(remain) - 1)
        if not pairs:
            return None, None
        # By node, whom it reaches within so many steps; who is gone reaches nobody, not even itself.
        within = [0 if i in gone else 1 << i for i in range(len(self.names))]
        joined, near, distance, grown = 0, 0.0, 0, len(remain)
        while grown:
            further = within.copy()
            for i in remain:
                for j in self._beside[i]:
                    further[i] |= within[j]
            within, distance = further, distance + 1
            grown = sum(bits.bit_count() for bits in within) - len(remain) - joined
            joined += grown
            near += grown / distance
        return 1 - joined / pairs, 1 - near / pairs

    def reach(self, members: Collection[Hashable], steps: int) -> tuple[float | None, int | None]:
        """ᴰR and m-reach of these nodes, which count themselves."""
        layer = self._places(members)
        if not any(self._beside[i] for i in layer):
            return None, None
        seen, near, within, distance = set(layer), float(len(layer)), len(layer), 0
        while layer:
            distance += 1
            layer = {j for i in layer for j in self._beside[i]} - seen
            seen |= layer
            near += len(layer) / distance
            within += len(layer) if distance <= steps else 0
        return near / len(self.names), within

"""Accounts drawn by hand: every mistake is told with its place and its cure."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import networkx as nx
import pytest
from sketches import Network, sketch

from graphcrm.errors import InputError
from graphcrm.graph.by_hand import account_graph


def undirected(network: Network) -> None:
    network.__class__ = nx.Graph


def node(name: str, **said: Any) -> Callable[[Network], None]:
    return lambda network: network.add_node(name, **said)


def edge(start: str, end: str, **said: Any) -> Callable[[Network], None]:
    return lambda network: network.add_edge(start, end, **said)


def steps(*each: Callable[[Network], None]) -> Callable[[Network], None]:
    def all_of(network: Network) -> None:
        for step in each:
            step(network)

    return all_of


MISTAKES: tuple[tuple[Callable[[Network], None], str, str], ...] = (
    (node("x"), "Node 'x' has no kind that is known here: None", "employee, contact, seat, department"),
    (node("x", kind="person"), "Node 'x' has no kind that is known here: 'person'", "employee"),
    (edge("li", "nowhere"), "Node 'nowhere' has no kind", "employee"),
    (node(7, kind="employee"), "Node 7 has no id that is text", "relabel_nodes"),  # type: ignore[arg-type]
    (node("x", kind="employee", id="li"), "Nodes 'li' and 'x' are both the employee 'li'", "id of its own"),
    (node("chen", atitude="coach"), "Node 'chen' says 'atitude'", "attitude, name"),
    (node("chen", attitude="fan"), "Node 'chen': attitude is 'fan', which policy default", "supporter"),
    (node("chen", attitude=float("nan")), "Node 'chen': attitude is nan", "supporter"),
    (node("ceo", roles=["king"]), "Node 'ceo': roles is 'king'", "decider"),
    (node("ceo", roles="decider"), "Node 'ceo': roles is 'decider'", "bundles.md"),
    (node("ceo", level=0), "Node 'ceo': level is 0", "bundles.md"),
    (node("ceo", weight=1.5), "Node 'ceo': weight is 1.5", "bundles.md"),
    (node("ceo", weight=float("nan")), "Node 'ceo': weight is nan", "bundles.md"),
    (node("ceo", reports_to="god"), "Seat 'ceo' reports to 'god'", "its boss's seat"),
    (node("ceo", reports_to="ceo"), "Seat 'ceo' reports to 'ceo'", "its boss's seat"),
    (node("li", level="two"), "Node 'li': level is 'two'", "bundles.md"),
    (node("board", importance=-1), "Node 'board': importance is -1", "bundles.md"),
    (edge("li", "chen", strength=1.1), "Edge 'li' → 'chen': strength is 1.1", "from 0 to 1"),
    (edge("li", "chen", strength=-0.1), "Edge 'li' → 'chen': strength is -0.1", "from 0 to 1"),
    (edge("li", "chen", strength=float("nan")), "Edge 'li' → 'chen': strength is nan", "from 0 to 1"),
    (edge("li", "chen", strength="good"), "Edge 'li' → 'chen': strength is 'good'", "from 0 to 1"),
    (edge("li", "chen", strength=True), "Edge 'li' → 'chen': strength is True", "from 0 to 1"),
    (edge("li", "chen", strength=(0.5, 0.4)), "strength is (0.5, 0.4)", "(low, high)"),
    (edge("li", "chen", strength=(0.5, float("nan"))), "strength is (0.5, nan)", "(low, high)"),
    (edge("li", "chen", strength=(0.1, 0.2, 0.3)), "strength is (0.1, 0.2, 0.3)", "(low, high)"),
    (edge("li", "chen", later=0.9), "Edge 'li' → 'chen': later is above strength", "at most the strength"),
    (edge("li", "chen", trust_holder="me"), "Edge 'li' → 'chen': trust_holder is 'me'", "person, firm"),
    (edge("li", "chen", weight=0.5), "Edge 'li' → 'chen' says 'weight'", "later, strength, trust_holder"),
    (edge("chen", "ceo", strength=0.5), "Edge 'chen' → 'ceo' says 'strength'", "contact → seat"),
    (edge("li", "li"), "Edge 'li' → 'li' leads from a node to itself", "Take that edge out"),
    (edge("ceo", "ceo"), "Edge 'ceo' → 'ceo' leads from a node to itself", "Take that edge out"),
    (edge("chen", "li"), "Edge 'chen' → 'li' leads from the kind contact to the kind employee", "turn it"),
    (edge("li", "ceo"), "from the kind employee to the kind seat", "employee → contact"),
    (
        steps(node("wu", kind="contact"), edge("wu", "ceo")),
        "Seat 'ceo' has two holders: 'chen' and 'wu'",
        "Keep one",
    ),
    (
        steps(node("it", kind="department"), edge("ceo", "it")),
        "Seat 'ceo' is in two departments: 'board' and 'it'",
        "Keep one",
    ),
    (node("wu", kind="contact"), "Contact 'wu' holds no seat", "leave the contact out"),
    (
        steps(node("cfo", kind="seat"), edge("cfo", "ceo", strength=(0.1, 0.5))),
        "Edge 'cfo' → 'ceo': strength is (0.1, 0.5)",
        "from 0 to 1",
    ),
    (
        steps(node("cfo", kind="seat"), edge("cfo", "ceo", strength=2)),
        "Edge 'cfo' → 'ceo': strength is 2",
        "from 0 to 1",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("mistake", "said", "cure"), MISTAKES, ids=[m[1] for m in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_its_cure(
    mistake: Callable[[Network], None], said: str, cure: str
) -> None:
    network = sketch()
    mistake(network)
    with pytest.raises(InputError) as caught:
        account_graph(network)
    assert said in str(caught.value)
    assert cure in str(caught.value.hint)


@pytest.mark.parametrize("kind", [nx.Graph, nx.MultiGraph, nx.MultiDiGraph])
def test_only_a_plain_directed_graph_is_an_account(kind: type[Network]) -> None:
    with pytest.raises(InputError, match="directed graph") as caught:
        account_graph(kind(sketch()))
    assert "networkx.DiGraph" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"account": {"name": "A", "mode": "casual"}}, "The account: mode is 'casual'"),
        ({"account": {"name": "A", "annual_revenue": -1}}, "The account: annual_revenue is -1"),
        ({"account": {"name": "A", "revenue": 1}}, "The account: revenue is 1"),
        ({"account": ""}, "The account: id is ''"),
        ({"account": {}}, "The account: id"),
        ({"mechanisms": [{"kind": "lunch"}]}, "Mechanism 1: kind is 'lunch'"),
        ({"mechanisms": [{"our_owners": ["li"]}]}, "Mechanism 1: kind"),
        (
            {"mechanisms": [{"kind": "training"}, {"kind": "training", "our_owners": ["x"]}]},
            "Mechanism 2 has the owner 'x'",
        ),
        ({"mechanisms": [{"kind": "training", "cadence_days": 0}]}, "Mechanism 1: cadence_days is 0"),
        ({"mechanisms": [{"kind": "training", "id": "t"}] * 2}, "Mechanism 2 has the id t, as another one"),
        ({"as_of": "2026-06-30"}, "as_of is '2026-06-30', which is no day"),
        ({"as_of": datetime(2026, 6, 30, tzinfo=UTC)}, "which is no day"),
    ],
)
def test_a_mistake_in_what_comes_beside_the_graph_is_told_too(options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError) as caught:
        account_graph(sketch(), **options)
    assert said in str(caught.value)
    assert caught.value.hint is not None

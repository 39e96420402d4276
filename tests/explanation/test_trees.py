"""Every tree: each node recomputes, each leaf is something, and the figures are the review's."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import auditor
import pytest
from bundles import Document, differences, facts_of
from random_bundles import random_bundle

from graphcrm.explanation.ground import Ground
from graphcrm.explanation.operators import LEAVES, OPERATORS, recompute
from graphcrm.explanation.registry import MEASURED, figures, names
from graphcrm.graph.build import build_graph
from graphcrm.records.explanation import Explanation, Node, Words, plain, unescaped, walk
from graphcrm.records.interval import Interval
from graphcrm.records.review import Review
from graphcrm.services.review import review
from graphcrm.services.why import why
from graphcrm.services.why_document import DEEPEST, why_document

GOLDEN = sorted(p for p in (Path(__file__).parents[1] / "golden").glob("account-?.json"))
STEPS = {
    "key_points_part", "supported", "met", "live_tie", "leg", "firm_leg", "best_leg", "influence",
    "strength", "firm_strength", "attitude", "attitude_word", "seat_level", "seat_roles",
    "employee_level", "decision_weight", "decides", "kept", "largest_contact_loss", "bare", "meets",
    "comes_through", "total_reach",
}  # fmt: skip
"""What figures are made of, and no key of a result."""


def read(path: Path) -> Document:
    document: Document = json.loads(path.read_text(encoding="utf-8"))
    return document


def explained(document: Document, **options: Any) -> Iterator[tuple[Review, Ground, dict[str, Node]]]:
    """Of each account the review, and every figure that has a name."""
    facts = facts_of(document, **options)
    for account in facts.accounts:
        graph = build_graph(facts, account)
        result = review(graph)
        ground = Ground(graph, facts, partial(getattr, result, "findings"))
        every = {
            name: figure.explain(ground, *args)
            for kind, figure in figures(ground).items()
            for name, args in zip(names(ground, kind), figure.there(ground), strict=True)
        }
        yield result, ground, every


def value(node: Node) -> Any:
    """What a figure is in a result: rounded, an employee by id, counts whole."""
    if isinstance(node.value, Interval):
        return list(node.value.rounded())
    return node.value.words[0] if isinstance(node.value, Words) else plain(node.value)


def figures_of(every: dict[str, Node]) -> dict[str, Any]:
    """The figures as the result has them."""
    told: dict[str, Any] = {"reach": {"low": {}, "high": {}}, "revenue_at_risk": {}}
    for name, node in every.items():
        kind, *keys = map(unescaped, name.split("/"))
        if kind in STEPS or kind == "finding" or keys[-1:] == ["later"]:
            continue
        said = value(node)
        if kind in {"ownership_hhi", "bus_factor"}:
            said = said if said is None else said[0]
        if kind == "reach":
            told["reach"]["low"][keys[0]], told["reach"]["high"][keys[0]] = said
            continue
        if (kind == "sole_route" and said is None) or (kind in {"routes", "firm_routes"} and said[1] == 0):
            continue
        place = told
        for key in (kind, *keys)[:-1]:
            place = place.setdefault(key, {})
        place[(kind, *keys)[-1]] = said
    return told


def expected(result: Review) -> dict[str, Any]:
    """The figures of the result that are explained: all of them."""
    assert result.measures is not None
    told: dict[str, Any] = json.loads(result.measures.model_dump_json())
    told["risk"] = list(result.risk)
    # A mapping that is empty has no node to show.
    return {k: v for k, v in told.items() if v or not isinstance(v, dict)} | {
        "revenue_at_risk": told["revenue_at_risk"] or {}
    }


def wrong(document: Document, **options: Any) -> list[str]:
    """What the trees of a document have that does not agree."""
    found = []
    for result, ground, every in explained(document, **options):
        for node in walk(*every.values()):
            if node.operator in LEAVES:
                if node.children or (node.operator == "record" and node.evidence is None):
                    found.append(f"{node.name} {node.says}: rests on nothing")
            elif not node.children or not auditor.same(plain(recompute(node)), plain(node.value)):
                found.append(f"{node.name} {node.says}: {recompute(node)}, not {node.value}")
        if result.measures is None:
            found += [] if value(every["risk"]) == list(result.risk) else ["risk"]
        else:
            found += differences(figures_of(every), expected(result))
        fired = [f"finding {i}" for i in ground.findings if every[_name(i.identity)].value != "proven"]
        found += [*fired, *(f"{f} has no node" for f in ground.findings if _name(f.identity) not in every)]
    return found


def _name(identity: str) -> str:
    return f"finding/{identity}"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_every_figure_of_the_golden_accounts_is_explained_and_recomputes(path: Path) -> None:
    assert wrong(read(path)) == []


def test_the_same_holds_as_known_at_an_earlier_day() -> None:
    assert wrong(read(GOLDEN[1]), known_at="2026-03-31") == []


@pytest.mark.parametrize("block", range(5))
def test_every_figure_of_random_accounts_is_explained_and_recomputes(block: int) -> None:
    for seed in range(40 * block, 40 * block + 40):
        assert wrong(random_bundle(Random(seed))) == [], seed


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(30))
def test_every_figure_of_thousands_of_random_accounts_is_explained(block: int) -> None:
    for seed in range(2_000_000 + 100 * block, 2_000_000 + 100 * block + 100):
        assert wrong(random_bundle(Random(seed))) == [], seed


def documents(document: Document) -> Iterator[Any]:
    """The whole trees of every figure of a document as JSON."""
    for result, _, every in explained(document):
        whole = Explanation(
            account=result.account, name=result.name, as_of=result.as_of, known_at=result.known_at,
            policy=result.policy, trees=tuple(every.values()),
        )  # fmt: skip
        yield json.loads(json.dumps(why_document(whole, DEEPEST, str)))


@pytest.mark.parametrize("path", GOLDEN[:4], ids=lambda p: p.stem)
def test_an_auditor_with_the_json_alone_comes_to_the_same_golden_values(path: Path) -> None:
    for document in documents(read(path)):
        assert [line for tree in document["trees"] for line in auditor.faults(tree)] == []


def test_an_auditor_with_the_json_alone_comes_to_the_same_values_of_random_accounts() -> None:
    used: Counter[str] = Counter()
    for seed in range(60):
        for document in documents(random_bundle(Random(seed))):
            assert [line for tree in document["trees"] for line in auditor.faults(tree)] == [], seed
            used.update(node["operator"] for tree in document["trees"] for node in auditor.nodes(tree))
            assert set(document["operators"]) <= auditor.OPERATORS.keys() | auditor.LEAVES
    assert used.keys() == (OPERATORS.keys() | LEAVES.keys()) - {"given"}


def test_the_auditor_finds_what_is_wrong() -> None:
    (document,) = documents(read(GOLDEN[0]))
    (risk,) = [tree for tree in document["trees"] if tree["id"] == "risk"]
    assert list(auditor.faults(risk)) == []
    risk["value"] = [risk["value"][0], risk["value"][1] + 1e-6]
    assert len(list(auditor.faults(risk))) == 1


def test_the_auditor_knows_every_operator_and_every_kind_of_leaf() -> None:
    assert auditor.OPERATORS.keys() == OPERATORS.keys()
    assert LEAVES.keys() == auditor.LEAVES


def test_a_graph_built_by_hand_is_explained_down_to_what_was_given() -> None:
    for path in GOLDEN:
        facts = facts_of(read(path))
        for account in facts.accounts:
            graph = build_graph(facts, account)
            told, given = why(graph, facts=facts), why(graph)
            assert [t.value for t in told.trees] == [t.value for t in given.trees]
            for node in walk(*given.trees):
                assert auditor.same(plain(recompute(node)), plain(node.value))
                assert node.evidence is None or node.evidence.kind not in {
                    "ties",
                    "interactions",
                    "assertions",
                }


def test_every_figure_of_the_result_is_explained() -> None:
    keys = {kind for kind in MEASURED if kind not in STEPS}
    for result, _, _ in explained(read(GOLDEN[0])):
        assert result.measures is not None
        assert keys == set(type(result.measures).model_fields)

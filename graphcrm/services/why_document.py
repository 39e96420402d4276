"""The document of an explanation, for programs: the trees to a depth, and ids to ask on by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphcrm.explanation.operators import LEAVES, OPERATORS
from graphcrm.records.explanation import Evidence, Explanation, Node, child_id, plain
from graphcrm.records.words import CAUTION
from graphcrm.services.documents import Json, Translate

DEPTH = 3
"""How many levels are shown where nobody says."""
DEEPEST = 100
"""No tree is as deep."""


def why_document(explained: Explanation, depth: int, translate: Translate) -> Json:
    """The trees, each node to that depth below its root, and what each operator in them does.

    A node that stands as deep in an earlier place is not repeated: its id says where it is.
    """
    writer = _Writer(translate)
    trees = [writer.node(tree, tree.name or "", depth) for tree in explained.trees]
    return {
        "account": explained.account,
        "name": explained.name,
        "as_of": explained.as_of.isoformat(),
        "known_at": None if explained.known_at is None else explained.known_at.isoformat(),
        "policy": explained.policy,
        "caution": translate(CAUTION),
        "depth": depth,
        "trees": trees,
        "operators": {name: _meaning(name, translate) for name in sorted(writer.operators)},
    }


def _meaning(operator: str, translate: Translate) -> str:
    """What a program computes; of a leaf, what it is."""
    return translate(LEAVES[operator]) if operator in LEAVES else OPERATORS[operator].formula


@dataclass
class _Writer:
    translate: Translate
    operators: set[str] = field(default_factory=set)
    expanded: dict[int, int] = field(default_factory=dict)

    def node(self, node: Node, id_: str, depth: int) -> Json:
        self.operators.add(node.operator)
        document: Json = {
            "id": id_,
            "text": node.says.text(self.translate),
            "operator": node.operator,
            "unit": node.unit,
            "value": plain(node.value),
            "decimals": node.decimals,
            "entry": node.entry,
            "evidence": None if node.evidence is None else evidence_document(node.evidence),
            "more": None,
            "children": [],
        }
        if node.operator in LEAVES:
            return document
        if depth == 0:
            return {**document, "more": "deeper"}
        if self.expanded.get(id(node), 0) >= depth:
            return {**document, "more": "above"}
        self.expanded[id(node)] = depth
        children = [
            self.node(child, child.name or child_id(id_, place), depth - 1)
            for place, child in enumerate(node.children)
        ]
        return {**document, "children": children}


def evidence_document(evidence: Evidence) -> Mapping[str, object]:
    """Evidence as plain JSON."""
    recorded_at = evidence.recorded_at
    return {
        "kind": evidence.kind,
        "id": evidence.id,
        "by": evidence.by,
        "source": evidence.source,
        "recorded_at": None if recorded_at is None else recorded_at.isoformat(),
        "evidence": list(evidence.evidence),
    }

"""One account with its structure, and the structure as programs get it."""

from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.measures.structure.account import structure
from graphcrm.records.review import Review
from graphcrm.records.structure import Structure
from graphcrm.services.documents import Json, Translate, spoken
from graphcrm.services.review import review


def review_with_structure(facts: Facts, account: str) -> tuple[Review, Structure | None]:
    """What the method says about an account, and its structure; none where it is not observed.

    Raises UnknownRecord where the facts hold no account of that id.
    """
    graph = build_graph(facts, account)
    return review(graph), structure(graph)


def structure_document(found: Structure, translate: Translate) -> Json:
    """A structure with its reasons spelled out."""
    return {**found.model_dump(mode="json"), "reasons": spoken(found.reasons, translate)}


def with_structure(document: Json, found: Structure | None, translate: Translate) -> Json:
    """An account's document with its structure, where it has one."""
    return document if found is None else {**document, "structure": structure_document(found, translate)}

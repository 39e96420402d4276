"""Drafts for tests of integrity, and what is told of them."""

import json
from typing import Any

from graphcrm.errors import Problem
from graphcrm.policies import load_policy
from graphcrm.records.bundle import Bundle
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.checks.integrity import own_problems, state_problems
from graphcrm.records.draft import Draft
from graphcrm.records.store_state import Known
from graphcrm.sources.bundles import parse_bundle

POLICY = load_policy()
A, B = {"id": "A", "name": "Acme"}, {"id": "B", "name": "Bolt"}
EVA, CAI = {"id": "eva", "name": "Eva"}, {"id": "cai", "name": "Cai"}
TIE = {"employee": "eva", "contact": "cai"}


def draft_of(**lists: Any) -> Draft:
    return parse_bundle(json.dumps({"as_of": "2026-06-30", **lists}).encode(), "b.json")


def seat(seat_id: str, **more: Any) -> dict[str, Any]:
    return {"id": seat_id, "account": "A", **more}


def held(contact: str, start: str | None = None, end: str | None = None) -> dict[str, Any]:
    return {"contact": contact, "seat": "s", "valid_from": start, "valid_to": end}


def asserted(subject: str, attribute: str, value: Any) -> dict[str, Any]:
    return {"subject": subject, "attribute": attribute, "value": value, "valid_from": "2026-01-01"}


def call(**people: Any) -> dict[str, Any]:
    return {"id": "i", "at": "2026-06-01T09:00:00Z", "channel": "call", **people}


def told(problems: list[Problem]) -> list[tuple[str, object, str, str]]:
    return [(p.path, p.value, str(p.what), str(p.cure)) for p in problems]


def own(**lists: Any) -> list[tuple[str, object, str, str]]:
    draft = draft_of(**lists)
    assert draft.problems == ()
    return told(own_problems(draft, POLICY))


def state(before: Any = None, **lists: Any) -> list[tuple[str, object, str, str]]:
    """The problems where the store holds these lists before."""
    return told(state_problems(draft_of(**lists), known_with(before or {}, lists), POLICY))


def known_with(store: dict[str, Any], lists: dict[str, Any]) -> Known:
    before, draft = draft_of(**store).bundle, draft_of(**lists)
    current: dict[str, Any] = {}
    for kind in (
        "accounts",
        "departments",
        "seats",
        "contacts",
        "holdings",
        "employees",
        "ties",
        "mechanisms",
        "stages",
    ):
        stated = {r.key: r for r in before.of(kind)}
        for record in draft.bundle.of(kind):
            stated.pop(record.key, None)
        current[kind] = (*stated.values(), *draft.bundle.of(kind))
    ids = ids_of(draft.bundle)
    return Known(
        {kind: ids[kind] | there for kind, there in ids_of(before).items()},
        Bundle(as_of=draft.bundle.as_of, **current),
    )

"""Facts entered by hand: each unknown one at both its ends, and the risk that brute force then finds."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from brute_force import Measured, brute_force
from bundles import LAST_PLACE, TODAY, Document, facts_of

from graphcrm.gaps.questions import questions
from graphcrm.graph.build import build_graph
from graphcrm.records.question import Question


def asked(document: Document, account: str = "A") -> dict[str, Question]:
    facts = facts_of(document)
    return {q.id: q for q in questions(build_graph(facts, account), facts)}


# The oracle: which facts the method calls unknown, read off plain JSON; each entered by hand


def stating(document: Document, subject: str, attribute: str, value: Any) -> Document:
    told = {"subject": subject, "attribute": attribute, "value": value, "valid_from": TODAY}
    return {
        **document,
        "assertions": [*document.get("assertions", []), {**told, "recorded_at": "9999-12-30"}],
    }


def of_tie(document: Document, e: str, p: str, attribute: str, value: Any) -> Document:
    """Stated of every id under which the tie of a pair is on record."""
    names = {t.get("id", f"{e}|{p}") for t in document["ties"] if (t["employee"], t["contact"]) == (e, p)}
    for name in sorted(names):
        document = stating(document, name, attribute, value)
    return document


def adding(document: Document, **records: Any) -> Document:
    return {**document, **{kind: [*document.get(kind, []), record] for kind, record in records.items()}}


def entered(document: Document, a: str) -> Iterator[tuple[str, Document, Document]]:
    """Each unknown fact of an account by id, and the bundles in which it was entered at either end.

    Of recognition the end without an agreement is left out: nobody can enter it alone.
    """
    world = Measured(document, a)
    for p in {world.holder[s] for s in world.scope if s in world.holder}:
        if world.attitude[p] is None:
            yield f"attitude/{p}", *(stating(document, p, "attitude", v) for v in ("opponent", "coach"))
    for s in world.scope:
        seat = world.seats[s]
        if seat.get("roles") is None:
            yield f"roles/{s}", *(stating(document, s, "roles", v) for v in ([], ["decider"]))
        if seat.get("level") is None and world.weight[s][0] < world.weight[s][1]:
            yield f"seat_level/{s}", *(stating(document, s, "level", v) for v in (5, 1))
    top = [s for s in world.own if world.seats[s].get("level") in (1, 2)]
    for e in {e for s in top for e in world.met_in_person(s, "high")}:
        if world.employees[e].get("level") is None:
            yield f"employee_level/{e}", *(stating(document, e, "level", v) for v in (999, 1))
    yield from ties(document, world)
    yield from elements(document, world, a, top)


def ties(document: Document, world: Measured) -> Iterator[tuple[str, Document, Document]]:
    doors = {p for s in world.scope for p, _, _ in world.doors(s, world.holder)}
    for e, p, ends in vague_ties(world):
        if p in doors and (e in world.present or world.stated(e, p)[2] != "person"):
            yield f"tie/{e}/{p}", *(of_tie(document, e, p, "level", v) for v in ends)
    for e, p in world.pairs:
        stated = world.stated(e, p)
        if p in doors and stated is not None and stated[2] == "unknown":
            could_be = ("person", "firm")
            yield f"trust_holder/{e}/{p}", *(of_tie(document, e, p, "trust_holder", v) for v in could_be)


def vague_ties(world: Measured) -> Iterator[tuple[str, str, list[float]]]:
    """Every tie whose strength is an interval, whoever has it and whomever it is to."""
    for e, p in sorted(world.pairs):
        ends = [world.strength["now", end, e, p] for end in ("low", "high")]
        if ends[0] < ends[1]:
            yield e, p, ends


def elements(
    document: Document, world: Measured, a: str, top: list[str]
) -> Iterator[tuple[str, Document, Document]]:
    """A committee never held, or held today; a stage without and with joint work; a stranger on top."""
    if not top:
        seat = {"id": "new seat", "account": a, "level": 1, "roles": []}
        vacant = adding(document, seats=seat)
        met = adding(
            vacant,
            contacts={"id": "new", "name": "N"},
            holdings={"contact": "new", "seat": "new seat"},
            employees={"id": "peer", "name": "P", "level": 1, "captured": True},
            ties={"employee": "peer", "contact": "new", "level": 1.0, "assessed_on": TODAY},
        )
        yield f"matching/{a}", vacant, stating(met, "new", "attitude", "coach")
    if world.account.get("mechanisms_complete"):
        return
    joint = {"id": "new", "account": a, "kind": "training"}
    if not any(m.get("cadence_days") for m in world.mechanisms):
        ends = ({**joint, "cadence_days": 9, "held": held} for held in ([], [TODAY]))
        yield f"communication/{a}", *(adding(document, mechanisms=m) for m in ends)
    if not world.stages:
        staged = adding(document, stages={"account": a, "name": "new"})
        yield f"joint_work/{a}", staged, adding(staged, mechanisms={**joint, "stage": "new"})
    if not any(m["kind"] in {"strategic_agreement", "framework_agreement"} for m in world.mechanisms):
        agreed = adding(document, mechanisms={**joint, "kind": "framework_agreement"})
        yield f"recognition/{a}", RECOGNITION, agreed


RECOGNITION: Document = {}
"""No agreement: nobody can enter that alone, so its quarter of 15 points is added by hand."""


def risk(document: Document, a: str, now: list[float]) -> list[float]:
    if document is RECOGNITION:
        return [now[0] + 3.75, now[1]]
    found: list[float] = brute_force(document, a)["risk"]
    return found


def disagreements(document: Document, a: str, seen: Counter[str]) -> Iterator[str]:
    got = asked(document, a)
    if not (whole := brute_force(document, a))["observed"]:
        assert got == {}
        return
    now = whole["risk"]
    expected = {name: ends for name, *ends in entered(document, a)}
    assert got.keys() == expected.keys()
    for name, ends in expected.items():
        risks = [risk(end, a, now) for end in ends]
        narrows = now[1] - now[0] - sum(high - low for low, high in risks) / 2
        figures = [f for end in got[name].ends for f in end.risk]
        if figures != pytest.approx([f for r in risks for f in r], abs=LAST_PLACE):
            yield f"{name}: {figures}, expected {risks}"
        if got[name].narrows != pytest.approx(narrows, abs=4 * LAST_PLACE):
            yield f"{name}: narrows {got[name].narrows}, expected {narrows}"
        seen[name.partition("/")[0]] += abs(narrows) > 4 * LAST_PLACE
        seen["wider"] += narrows < -4 * LAST_PLACE


KINDS = {
    "attitude", "tie", "trust_holder", "roles", "seat_level", "employee_level", "communication", "matching",
    "joint_work", "recognition",
}  # fmt: skip

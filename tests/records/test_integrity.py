"""What keeps well-formed records from being imported together, within a bundle."""

from typing import Any

import pytest
from draft_samples import EVA, TIE, A, asserted, call, own, seat, state

ID_CURE = "Give each record its own id, or remove one of the two."
PERSON_CURE = "Give one of them another id; interactions name both by id alone."
KINDS = "buyer, channel, supplier, end_user, partner"
LEVEL_CURE = (
    "Give a seat or an employee a whole number from 1 (the top) to 999; give a tie a number from 0 to 1 "
    "or one of: none, brief, multiple, in_depth, trusted."
)
ATTITUDES = "opponent, neutral, supporter, strong_supporter, coach"


def test_ids_stated_twice() -> None:
    assert own(seats=[seat("s"), seat("t"), seat("s")]) == [
        ("seats[2].id", "s", "seats[0] has the id s already.", ID_CURE)
    ]
    assert [p[0] for p in own(ties=[{**TIE, "id": "t"}, {**TIE, "id": "t"}])] == ["ties[1].id"]


def test_stages_stated_twice() -> None:
    stage = {"account": "A", "name": "design"}
    assert own(stages=[stage, {**stage, "account": "B"}, stage]) == [
        (
            "stages[2].name",
            "design",
            "stages[0] states stage design of account A already.",
            "Remove one of the two, or rename it.",
        )
    ]


def test_several_statements_are_legal() -> None:
    said = asserted("cai", "attitude", "coach")
    influence = {"from": "s", "to": "t", "kind": "informal"}
    assert own(ties=[TIE, TIE], assertions=[said, said], influences=[influence, influence]) == []


def test_an_id_of_contact_and_employee() -> None:
    expected = ("eva", "eva is the id of both a contact and an employee.", PERSON_CURE)
    both = {"contacts": [{"id": "eva", "name": "Eva"}], "employees": [EVA]}
    assert own(**both) == [("employees[0].id", *expected)]
    # In one bundle it is told once; against the store at the person, or else where the id is used.
    people = call(participants=["eva"])
    assert state(**both, interactions=[people]) == []
    assert state({"employees": [EVA]}, contacts=both["contacts"], interactions=[people]) == [
        ("contacts[0].id", *expected)
    ]
    assert state({"contacts": both["contacts"]}, employees=[EVA]) == [("employees[0].id", *expected)]
    assert state(both, interactions=[people]) == [
        (
            "interactions[0].participants[0]",
            "eva",
            "eva is in several lists: employees, contacts.",
            "Give each of them its own id, so that it is clear which is meant.",
        )
    ]


@pytest.mark.parametrize("end", ["2026-01-01", "2025-12-31"])
def test_valid_to_not_after_valid_from(end: str) -> None:
    assert own(employees=[{**EVA, "valid_from": "2026-01-01", "valid_to": end}]) == [
        (
            "employees[0].valid_to",
            end,
            "It ends on or before the day it starts, 2026-01-01.",
            "Give a valid_to after valid_from: the first day it no longer holds.",
        )
    ]


def test_pointing_at_oneself() -> None:
    lists = {
        "accounts": [{**A, "parent": "A"}],
        "seats": [seat("s", reports_to="s")],
        "employees": [{**EVA, "manager": "eva"}],
        "influences": [{"from": "s", "to": "s", "kind": "informal"}],
    }
    assert own(**lists) == [
        (
            "accounts[0].parent",
            "A",
            "An account cannot be its own parent.",
            "Name another one under parent, or remove it.",
        ),
        (
            "seats[0].reports_to",
            "s",
            "A seat cannot report to itself.",
            "Name another one under reports_to, or remove it.",
        ),
        (
            "employees[0].manager",
            "eva",
            "Employees cannot manage themselves.",
            "Name another one under manager, or remove it.",
        ),
        (
            "influences[0].to",
            "s",
            "A seat cannot influence itself.",
            "Name another one under to, or remove it.",
        ),
    ]
    assert state(**lists) == []


@pytest.mark.parametrize(
    ("lists", "path", "word", "cure"),
    [
        (
            {"accounts": [{**A, "kind": "byer"}]},
            "accounts[0].kind",
            "byer",
            f"Did you mean buyer? Known are: {KINDS}.",
        ),
        ({"accounts": [{**A, "kind": "xyz"}]}, "accounts[0].kind", "xyz", f"Use one of: {KINDS}."),
        (
            {"accounts": [{**A, "mode": "x"}]},
            "accounts[0].mode",
            "x",
            "Use one of: transactional, consultative, enterprise.",
        ),
        (
            {"seats": [seat("s", roles=["user", "Decider"])]},
            "seats[0].roles[1]",
            "Decider",
            "Did you mean decider?",
        ),
        (
            {"ties": [{**TIE, "level": "deep", "assessed_on": "2026-01-01"}]},
            "ties[0].level",
            "deep",
            "Use one of: none",
        ),
        (
            {"interactions": [call(channel="mial", participants=["eva"])]},
            "interactions[0].channel",
            "mial",
            "Did you mean mail?",
        ),
        (
            {"mechanisms": [{"id": "m", "account": "A", "kind": "traning"}]},
            "mechanisms[0].kind",
            "traning",
            "Did you mean training?",
        ),
        (
            {"assertions": [asserted("cai", "atitude", "coach")]},
            "assertions[0].attribute",
            "atitude",
            "Did you mean attitude?",
        ),
        (
            {"assertions": [asserted("cai", "attitude", "coch")]},
            "assertions[0].value",
            "coch",
            "Did you mean coach?",
        ),
        (
            {"assertions": [asserted("s", "roles", ["user", "boss"])]},
            "assertions[0].value[1]",
            "boss",
            "Use one of: decider",
        ),
        (
            {"assertions": [asserted("t", "trust_holder", "team")]},
            "assertions[0].value",
            "team",
            "Use one of: person, firm, unknown.",
        ),
    ],
)
def test_words_outside_a_closed_list(lists: dict[str, Any], path: str, word: str, cure: str) -> None:
    ((at, value, what, told_cure),) = own(**lists)
    assert (at, value, what) == (path, word, f"{word} is not a word of this list.")
    assert told_cure.startswith(cure)


@pytest.mark.parametrize(
    ("attribute", "value", "what", "cure"),
    [
        ("attitude", 1, "An attitude is a word.", f"Use one of: {ATTITUDES}."),
        ("attitude", ["coach"], "An attitude is a word.", f"Use one of: {ATTITUDES}."),
        ("roles", "user", "Roles are a list of words.", "Give a list out of: "),
        ("trust_holder", 0.5, "A trust holder is a word.", "Use one of: person, firm, unknown."),
        (
            "satisfaction",
            1.1,
            "Satisfaction is a number from 0 to 1.",
            "Give a number from 0 to 1, or null",
        ),
        (
            "satisfaction",
            "high",
            "Satisfaction is a number from 0 to 1.",
            "Give a number from 0 to 1, or null",
        ),
        ("level", 1.5, "This is no level of such a subject.", LEVEL_CURE),
        ("level", "high", "This is no level of such a subject.", LEVEL_CURE),
        ("level", 0.5, "This is no level of such a subject.", LEVEL_CURE),
        ("level", 10**30, "This is no level of such a subject.", LEVEL_CURE),
    ],
)
def test_values_that_cannot_be_asserted(attribute: str, value: object, what: str, cure: str) -> None:
    ((path, shown, told_what, told_cure),) = own(
        seats=[seat("s")], assertions=[asserted("s", attribute, value)]
    )
    assert (path, shown, told_what) == ("assertions[0].value", value, what)
    assert told_cure.startswith(cure)


def test_a_level_is_judged_by_its_subject() -> None:
    assert (
        own(seats=[seat("s")], assertions=[asserted("s", "level", 2), asserted("s", "level", None)]) == []
    )
    pair = [asserted("eva|cai", "level", value) for value in (0.5, 1, "trusted")]
    assert own(ties=[TIE], assertions=pair) == []
    # Whether 0.5 suits s is known only with the store, where s is a seat.
    assert own(assertions=[asserted("s", "level", 0.5)]) == []
    store = {"accounts": [A], "seats": [seat("s")]}
    assert state(store, assertions=[asserted("s", "level", 0.5), asserted("s", "level", 2)]) == [
        ("assertions[0].value", 0.5, "This is no level of such a subject.", LEVEL_CURE)
    ]

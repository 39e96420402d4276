"""Each way in which one record can be wrong by itself."""

import json
from typing import Any

import pytest
from draft_samples import POLICY, draft_of

from graphcrm.errors import Problem, RefusedImport
from graphcrm.services.importing import checked
from graphcrm.sources.bundles import parse_bundle

ACCOUNT = {"id": "A", "name": "Acme"}
SEAT = {"id": "s", "account": "A"}
TIE = {"employee": "e", "contact": "c"}
CALL = {"id": "i", "at": "2026-06-01T09:00:00Z", "channel": "call"}
INFLUENCE = {"from": "s", "to": "t", "kind": "informal"}

NUMBER_CURE = "Write a number without quotes or decimals, like 2."
DAY = ("This is not a date.", "Write a date like 2026-06-30.")
OFFSET = (
    "This is not a time with an offset.",
    "Write a time with its offset, like 2026-06-30T09:00:00+02:00.",
)
FINITE = "This number is not finite, or far too large."
MOMENT = (
    "This is neither a date nor a time.",
    "Write a date like 2026-06-30, or a time with its offset like 2026-06-30T09:00:00+02:00.",
)
LIST = ("This is not a list.", "Write a list, in square brackets.")
TEXT = ("This is not text.", "Write it as text, in quotes.")
BLANK = (
    "This text is blank, or has blanks around it or a line break in it.",
    "Write it on one line, without blanks before or after.",
)
ONE_FORM = (
    "It must name either its participants, or who it came from and whom it went to.",
    "Give participants alone, or from and to together.",
)

WRONG: list[tuple[str, Any, str, object, tuple[str, str]]] = [
    ("seats", {**SEAT, "level": "1"}, ".level", "1", ("This is not a whole number.", NUMBER_CURE)),
    ("seats", {**SEAT, "level": 1.0}, ".level", 1.0, ("This is not a whole number.", NUMBER_CURE)),
    ("seats", {**SEAT, "level": True}, ".level", True, ("This is not a whole number.", NUMBER_CURE)),
    ("seats", {**SEAT, "level": 0}, ".level", 0, ("This is below 1.", "Give a number of at least 1.")),
    (
        "seats",
        {**SEAT, "level": 10**30},
        ".level",
        10**30,
        ("This is above 999.", "Give a number of at most 999."),
    ),
    (
        "seats",
        {**SEAT, "weight": "1"},
        ".weight",
        "1",
        ("This is not a number.", "Write a number without quotes, like 0.5."),
    ),
    (
        "seats",
        {**SEAT, "weight": -0.1},
        ".weight",
        -0.1,
        ("This is below 0.", "Give a number of at least 0."),
    ),
    ("seats", {**SEAT, "roles": "user"}, ".roles", "user", LIST),
    ("seats", {**SEAT, "roles": ["user", 5]}, ".roles[1]", 5, TEXT),
    ("seats", {"account": "A"}, ".id", None, ("id is missing.", "Add id.")),
    ("seats", {**SEAT, "id": None}, ".id", None, TEXT),
    ("seats", {**SEAT, "id": " s"}, ".id", " s", BLANK),
    (
        "seats",
        {**SEAT, "id": ""},
        ".id",
        "",
        ("This text is empty.", "Fill it in, or remove id if it is unknown."),
    ),
    (
        "seats",
        {**SEAT, "id": "x" * 201},
        ".id",
        "x" * 199 + "…",
        ("This text is too long.", "Shorten it to at most 200 characters."),
    ),
    (
        "accounts",
        {**ACCOUNT, "mechanisms_complete": 1},
        ".mechanisms_complete",
        1,
        ("This is neither true nor false.", "Write true or false, without quotes."),
    ),
    (
        "accounts",
        {**ACCOUNT, "currency": "eur"},
        ".currency",
        "eur",
        ("This is not a currency code.", "Write three capital letters, like EUR."),
    ),
    (
        "contacts",
        {"id": "c", "name": "C", "evidence": 5},
        ".evidence",
        5,
        ("This is neither text nor a list of texts.", "Write text in quotes, or a list of such texts."),
    ),
    ("contacts", {"id": "c", "name": "C", "evidence": ["a", 5]}, ".evidence[1]", 5, TEXT),
    ("contacts", {"id": "c", "name": "C", "recorded_at": 5}, ".recorded_at", 5, MOMENT),
    ("contacts", {"id": "c", "name": "C", "recorded_at": "soon"}, ".recorded_at", "soon", MOMENT),
    (
        "contacts",
        {"id": "c", "name": "C", "recorded_at": "2026-W01-1"},
        ".recorded_at",
        "2026-W01-1",
        OFFSET,
    ),
    (
        "contacts",
        {"id": "c", "name": "C", "recorded_at": "2026-01-01T00:00:00"},
        ".recorded_at",
        "2026-01-01T00:00:00",
        OFFSET,
    ),
    ("employees", {"id": "e", "name": "E", "valid_to": "2026-13-01"}, ".valid_to", "2026-13-01", DAY),
    ("employees", {"id": "e", "name": "E", "valid_to": "1719705600"}, ".valid_to", "1719705600", DAY),
    ("employees", {"id": "e", "name": "E", "valid_to": 20260630}, ".valid_to", 20260630, DAY),
    (
        "ties",
        {**TIE, "level": 1.2, "assessed_on": "2026-06-01"},
        ".level",
        1.2,
        ("This is above 1.", "Give a number of at most 1."),
    ),
    (
        "ties",
        {**TIE, "level": True, "assessed_on": "2026-06-01"},
        ".level",
        True,
        ("This is neither a number nor a word.", "Write a number without quotes, or a word in quotes."),
    ),
    (
        "ties",
        {**TIE, "level": float("nan"), "assessed_on": "2026-06-01"},
        ".level",
        "NaN",
        (FINITE, "Write an ordinary value, or remove level if it is unknown."),
    ),
    (
        "ties",
        {**TIE, "level": 0.5},
        ".assessed_on",
        None,
        ("A level needs the day it was assessed.", "Add assessed_on, or remove the level."),
    ),
    (
        "ties",
        {**TIE, "trust_holder": "team"},
        ".trust_holder",
        "team",
        ("This is not one of the values trust_holder can have.", "Use one of: person, firm, unknown."),
    ),
    (
        "assertions",
        {"subject": "c", "attribute": "attitude", "value": {}, "valid_from": "2026-06-01"},
        ".value",
        {},
        (
            "This is neither a word, nor a number, nor a list of words.",
            "Write what the attribute takes, or null to take it back.",
        ),
    ),
    (
        "assertions",
        {"subject": "c", "attribute": "roles", "value": ["user", 1], "valid_from": "2026-06-01"},
        ".value[1]",
        1,
        TEXT,
    ),
    (
        "assertions",
        {"subject": "c", "attribute": "satisfaction", "value": float("-inf"), "valid_from": "2026-06-01"},
        ".value",
        "-Infinity",
        (FINITE, "Write an ordinary value, or remove value if it is unknown."),
    ),
    (
        "assertions",
        {"subject": "c", "attribute": "attitude", "valid_from": "2026-06-01"},
        ".value",
        None,
        ("value is missing.", "Add value."),
    ),
    (
        "influences",
        {**INFLUENCE, "sign": True},
        ".sign",
        True,
        ("This is not one of the values sign can have.", "Use one of: -1, 1."),
    ),
    (
        "influences",
        {**INFLUENCE, "strength": 1.2},
        ".strength",
        1.2,
        ("This is above 1.", "Give a number of at most 1."),
    ),
    ("interactions", {**CALL, "from": "e", "to": [7]}, ".to[0]", 7, TEXT),
    ("interactions", {**CALL, "at": "2026-06-01", "participants": ["e"]}, ".at", "2026-06-01", OFFSET),
    (
        "interactions",
        {**CALL, "at": 5, "participants": ["e"]},
        ".at",
        5,
        ("This is not a time.", "Write a time with its offset, like 2026-06-30T09:00:00+02:00."),
    ),
    ("interactions", CALL, "", CALL, ONE_FORM),
    (
        "mechanisms",
        {"id": "m", "account": "A", "kind": "training", "cadence_days": 0},
        ".cadence_days",
        0,
        ("This is not above 0.", "Give a number above 0."),
    ),
    (
        "mechanisms",
        {"id": "m", "account": "A", "kind": "training", "held": ["2026-01-01", "May"]},
        ".held[1]",
        "May",
        DAY,
    ),
    (
        "opportunities",
        {"id": "o", "account": "A", "amount": 1e300, "currency": "EUR"},
        ".amount",
        1e300,
        ("This is above 1e+15.", "Give a number of at most 1e+15."),
    ),
    (
        "stages",
        "design",
        "",
        "design",
        ("This is not an object.", "Write fields with their values, in curly brackets."),
    ),
    (
        "stages",
        {"account": "A", "name": "a\ud800b"},
        ".name",
        "a\\ud800b",
        ("This text holds half a character.", "Write the text anew."),
    ),
]


@pytest.mark.parametrize(("kind", "record", "field", "value", "saying"), WRONG)
def test_a_wrong_field_is_told_once_with_path_value_and_cure(
    kind: str, record: Any, field: str, value: object, saying: tuple[str, str]
) -> None:
    good = {"accounts": ACCOUNT, "stages": {"account": "A", "name": "a"}}.get(kind)
    before = [good] if good else []
    text = json.dumps({"as_of": "2026-06-30", kind: [*before, record]})
    draft = parse_bundle(text.encode(), "b.json")
    told = [(p.path, p.value, str(p.what), str(p.cure)) for p in draft.problems]
    assert told == [(f"{kind}[{len(before)}]{field}", value, *saying)]


def everything_wrong(**lists: Any) -> tuple[Problem, ...]:
    with pytest.raises(RefusedImport) as refused:
        checked(draft_of(**lists), POLICY)
    return refused.value.problems


def test_what_else_a_wrong_record_has_wrong_is_told_in_the_same_go() -> None:
    problems = everything_wrong(
        accounts=[ACCOUNT],
        seats=[{"id": "s", "account": "nobody", "level": "one", "roles": ["boss"], "colour": "red"}],
    )
    assert {p.path for p in problems} == {
        "seats[0].level", "seats[0].colour", "seats[0].account", "seats[0].roles[0]",
    }  # fmt: skip


def test_a_holding_whose_end_is_wrong_does_not_seem_to_overlap_the_next() -> None:
    problems = everything_wrong(
        accounts=[ACCOUNT],
        seats=[{"id": "s", "account": ACCOUNT["id"]}],
        contacts=[{"id": "p", "name": "P"}, {"id": "q", "name": "Q"}],
        holdings=[
            {"contact": "p", "seat": "s", "valid_to": "2026-13-01"},
            {"contact": "q", "seat": "s", "valid_from": "2026-01-01"},
        ],
    )
    assert {p.path for p in problems} == {"holdings[0].valid_to"}

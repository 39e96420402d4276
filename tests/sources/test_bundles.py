"""What a bundle file may hold, and what each wrong one is told."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graphcrm.errors import InputError, Problem, RefusedImport
from graphcrm.policies import load_policy
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.checks.integrity import own_problems, state_problems
from graphcrm.records.draft import Draft
from graphcrm.records.store_state import Known
from graphcrm.sources.bundles import parse_bundle, read_bundle

GOLDEN = Path(__file__).parent.parent / "golden"
BUNDLES = sorted(p for p in GOLDEN.glob("account-*.json") if "expected" not in p.name)
POLICY = load_policy()

SEAT = {"id": "s", "account": "A"}
TIE = {"employee": "e", "contact": "c"}


def draft_of(as_of: Any = "2026-06-30", **lists: Any) -> Draft:
    return parse_bundle(json.dumps({"as_of": as_of, **lists}).encode(), "b.json")


def told(draft: Draft) -> list[tuple[str, object, str, str]]:
    return [(p.path, p.value, str(p.what), str(p.cure)) for p in draft.problems]


def only(draft: Draft) -> tuple[str, object, str, str]:
    (one,) = told(draft)
    return one


def everything_wrong(draft: Draft) -> list[Problem]:
    known = Known(ids_of(draft.bundle), draft.bundle)
    return [*draft.problems, *own_problems(draft, POLICY), *state_problems(draft, known, POLICY)]


@pytest.mark.parametrize("path", BUNDLES, ids=lambda p: p.stem)
def test_golden_bundles_have_no_problem(path: Path) -> None:
    draft = read_bundle(path)
    assert everything_wrong(draft) == []
    assert draft.name == path.name
    document = json.loads(path.read_bytes())
    assert draft.bundle.as_of == date.fromisoformat(document["as_of"])
    for kind in RECORDS:
        assert len(draft.bundle.of(kind)) == len(document.get(kind, []))
        assert draft.places[kind] == tuple(f"{kind}[{i}]" for i in range(len(document.get(kind, []))))


def test_an_unknown_key_suggests_the_nearest() -> None:
    path, value, what, cure = only(draft_of(seats=[{**SEAT, "levle": 2}]))
    assert (path, value, what) == ("seats[0].levle", 2, "There is no field levle here.")
    assert cure.startswith("Did you mean level? Known are: ")


def test_python_names_are_no_keys() -> None:
    record = {"from_seat": "s", "to": "t", "kind": "informal"}
    assert [p[0] for p in told(draft_of(influences=[record]))] == [
        "influences[0].from",
        "influences[0].from_seat",
    ]


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ({"seat": []}, ("seat", [], "There is no field seat here.")),
        ({"seats": None}, ("seats", None, "seats is not a list.")),
        ({"seats": {"id": 1}}, ("seats", {"id": 1}, "seats is not a list.")),
        ({"as_of": None}, ("as_of", None, "This is not a date.")),
        ({"as_of": "9999-12-31"}, ("as_of", "9999-12-31", "This day is too far off.")),
        ({"source": 5}, ("source", 5, "This is not text.")),
        (
            {"source": "crm", "complete": ["seats", "seat"]},
            ("complete[1]", "seat", "seat is no kind of record that can be complete."),
        ),
        (
            {"source": "crm", "complete": ["interactions"]},
            ("complete[0]", "interactions", "interactions is no kind of record that can be complete."),
        ),
        ({"complete": ["seats"]}, ("source", None, "A bundle with complete lists must say its source.")),
        ({"source": "crm", "complete": "seats"}, ("complete", "seats", "This is not a list.")),
    ],
)
def test_a_wrong_header(lists: dict[str, Any], expected: tuple[str, object, str]) -> None:
    assert only(draft_of(**lists))[:3] == expected


def test_as_of_is_required() -> None:
    assert only(parse_bundle(b"{}", "b.json")) == ("as_of", None, "as_of is missing.", "Add as_of.")


@pytest.mark.parametrize(
    ("text", "path", "value", "what"),
    [
        (b"", "$", None, "The file is empty."),
        (b" \n", "$", None, "The file is empty."),
        (
            b'{"as_of": "2026-06-30",\n  oops}',
            "2:3",
            "oops}",
            "This is not JSON: it cannot be read on from line 2, column 3.",
        ),
        (
            b'{"as_of": "2026-06-30"} x',
            "1:25",
            "x",
            "This is not JSON: it cannot be read on from line 1, column 25.",
        ),
        (b'{\n"a": "\xff"}', "2:7", "ff", "This is not UTF-8 text (line 2, byte 7)."),
        (b"[1]", "$", [1], "This is not an object."),
        (b"null", "$", None, "This is not an object."),
        (b"[" * 100_000, "$", None, "Lists or objects stand too deep in each other."),
    ],
)
def test_what_is_no_bundle_at_all(text: bytes, path: str, value: object, what: str) -> None:
    assert only(parse_bundle(text, "b.json"))[:3] == (path, value, what)


def test_a_byte_order_mark_is_fine() -> None:
    assert parse_bundle(b'\xef\xbb\xbf{"as_of": "2026-06-30"}', "b.json").problems == ()


def test_keys_stated_twice_are_refused() -> None:
    text = (
        b'{"as_of": "2026-06-30", "as_of": "2026-06-30", "seats": [{"id": "s", "id": "t", "account": "A"}]}'
    )
    draft = parse_bundle(text, "b.json")
    assert told(draft) == [
        ("as_of", ["2026-06-30", "2026-06-30"], "as_of is stated 2 times.", "Keep one of them."),
        ("seats[0].id", ["s", "t"], "id is stated 2 times.", "Keep one of them."),
    ]
    assert draft.bundle.seats == ()


def test_numbers_beyond_all_bounds() -> None:
    text = f'{{"as_of": "2026-06-30", "seats": [{{"id": "s", "account": "A", "level": {"9" * 5000}}}]}}'
    path, value, what, _ = only(parse_bundle(text.encode(), "b.json"))
    assert (path, value, what) == (
        "seats[0].level",
        "Infinity",
        "This number is not finite, or far too large.",
    )


def test_a_deep_value_hides_nothing_else_of_its_record() -> None:
    deep = json.loads("[" * 400 + "]" * 400)
    draft = draft_of(seats=[{"id": "s", "title": deep, "level": "1"}])
    assert [(p[0], p[2]) for p in told(draft)] == [
        ("seats[0].account", "account is missing."),
        ("seats[0].level", "This is not a whole number."),
        ("seats[0].title", "Lists or objects stand too deep in each other here."),
    ]


def test_records_with_problems_are_declared() -> None:
    draft = draft_of(
        seats=[{"id": "s"}],
        ties=[{**TIE, "level": 2}, {**TIE, "id": "t", "level": 2}],
        stages=[{"account": "A", "name": "design", "importance": "high"}],
    )
    assert draft.declared == {"seats": {"s"}, "ties": {"e|c", "t"}, "stages": {"design"}}


def test_a_hundred_and_twenty_problems_are_counted_and_fifty_shown() -> None:
    draft = draft_of(seats=[{**SEAT, "id": f"s{i}", "level": "1"} for i in range(120)])
    refused = RefusedImport(draft.name, draft.problems)
    assert str(refused) == "b.json: 120 problems; nothing was written."
    assert [p.path for p in refused.problems[: refused.SHOWN]] == [f"seats[{i}].level" for i in range(50)]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "none.json", "No such file"),
        (tmp_path, "Is a directory"),
        (Path("a\0b"), "not a path"),
    ):
        with pytest.raises(InputError, match=reason) as caught:
            read_bundle(path)
        assert caught.value.exit_code == 2
        assert str(path) in str(caught.value)

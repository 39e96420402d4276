"""What keeps well-formed records from being imported into what is known already."""

from typing import Any

import pytest
from draft_samples import CAI, EVA, POLICY, TIE, A, B, asserted, call, draft_of, held, seat, state

from graphcrm.records.checks.fields import ids_of
from graphcrm.records.checks.integrity import state_problems
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import in_order
from graphcrm.records.store_state import Known


def test_references_to_nobody() -> None:
    store = {"accounts": [A], "employees": [EVA], "contacts": [CAI]}
    assert state(
        store,
        accounts=[{**B, "owner": "ewa"}],
        seats=[seat("s", decides_for=["A", "Z"])],
        interactions=[call(**{"from": "eva", "to": ["cai", "nobody"]})],
        assertions=[asserted("eva|kai", "trust_holder", "firm")],
    ) == [
        (
            "accounts[0].owner",
            "ewa",
            "Nothing in employees has the id ewa, here or in the store.",
            "Add ewa to employees, or correct the id.",
        ),
        (
            "seats[0].decides_for[1]",
            "Z",
            "Nothing in accounts has the id Z, here or in the store.",
            "Add Z to accounts, or correct the id.",
        ),
        (
            "assertions[0].subject",
            "eva|kai",
            "Nothing in ties has the id eva|kai, here or in the store.",
            "Add eva|kai to ties, or correct the id.",
        ),
        (
            "interactions[0].to[1]",
            "nobody",
            "Nothing in employees, contacts has the id nobody, here or in the store.",
            "Add nobody to employees, contacts, or correct the id.",
        ),
    ]


def test_the_nearest_id_is_suggested() -> None:
    problems = state(
        {"accounts": [{"id": "acme-corp", "name": "Acme"}]}, seats=[seat("s", account="Acme-crop")]
    )
    assert problems[0][3] == "Did you mean acme-corp? If not, add Acme-crop to accounts."


def test_a_record_that_is_wrong_itself_is_not_missed() -> None:
    lists = {
        "accounts": [{"id": "A"}],
        "employees": [EVA],
        "contacts": [CAI],
        "ties": [{**TIE, "level": 2}],
        "stages": [{"account": "A", "name": "design", "importance": -1}],
        "mechanisms": [{"id": "m", "account": "A", "kind": "training", "stage": "design"}],
        "assertions": [asserted("eva|cai", "level", 0.5)],
    }
    assert state(**lists) == []


def test_a_subject_of_several_kinds() -> None:
    store = {"accounts": [A], "seats": [seat("x")], "employees": [{"id": "x", "name": "X"}]}
    assert [
        (p[0], p[2])
        for p in state(store, assertions=[asserted("x", "level", 2), asserted("x", "roles", [])])
    ] == [("assertions[0].subject", "x is in several lists: seats, employees.")]


def test_a_department_of_another_account() -> None:
    department = {"id": "d", "account": "B", "name": "Sales"}
    expected = (
        "Department d is part of account B, but seat s of account A.",
        "Name a department of the seat's own account, or correct the account.",
    )
    accounts = {"accounts": [A, B]}
    assert state({**accounts, "departments": [department]}, seats=[seat("s", department="d")]) == [
        ("seats[0].department", "d", *expected)
    ]
    store = {
        **accounts,
        "departments": [{**department, "account": "A"}],
        "seats": [seat("s", department="d")],
    }
    assert state(store, departments=[department]) == [("departments[0].account", "B", *expected)]


def test_loops_are_told_once_at_their_first_record() -> None:
    store = {
        "employees": [{"id": "a", "name": "A", "manager": "b"}, {"id": "z", "name": "Z", "manager": "a"}]
    }
    assert state(
        store,
        employees=[{"id": "c", "name": "C", "manager": "a"}, {"id": "b", "name": "B", "manager": "c"}],
    ) == [
        (
            "employees[0].manager",
            "a",
            "These employees manage each other in a loop: c → a → b → c.",
            "Name another manager, or remove it, at one of them.",
        )
    ]
    ring = [seat(f"s{i}", reports_to=f"s{(i + 1) % 20}") for i in range(20)]
    (loop,) = state(accounts=[A], seats=ring)
    assert loop[0] == "seats[0].reports_to"
    assert loop[2].endswith("s0 → s1 → s2 → s3 → s4 → s5 → s6 → s7 → s8 → s9 → … → s0.")
    assert [p[0] for p in state(accounts=[{**A, "parent": "B"}, {**B, "parent": "A"}])] == [
        "accounts[0].parent"
    ]


HOLDER_CURE = "End the earlier holding with valid_to, or correct the dates; a seat has one holder."


@pytest.mark.parametrize(
    ("before", "stated", "problem"),
    [
        ([], [held("c", "2026-01-01"), held("d", "2026-02-01")], ("holdings[1]", "c", "2026-01-01 to …")),
        (
            [],
            [held("d", "2026-02-01"), held("c", None, "2026-03-01")],
            ("holdings[0]", "c", "… to 2026-03-01"),
        ),
        ([held("c")], [held("d", "2026-01-01")], ("holdings[0]", "c", "… to …")),
        ([held("c", "2026-02-01")], [held("d")], ("holdings[0]", "c", "2026-02-01 to …")),
        ([], [held("c"), held("c")], ("holdings[1]", "c", "… to …")),
        ([], [held("c", None, "2026-01-01"), held("d", "2026-01-01")], None),
        ([held("c"), held("d")], [], None),
    ],
)
def test_two_holders_at_once(
    before: list[Any], stated: list[Any], problem: tuple[str, str, str] | None
) -> None:
    people = [{"id": "c", "name": "C"}, {"id": "d", "name": "D"}]
    store = {"accounts": [A], "seats": [seat("s")], "contacts": people, "holdings": before}
    expected = problem and [
        (
            f"{problem[0]}.seat",
            "s",
            f"Seat s is held by {problem[1]} in that time too ({problem[2]}).",
            HOLDER_CURE,
        )
    ]
    assert state(store, holdings=stated) == (expected or [])


def test_a_stage_the_account_does_not_have() -> None:
    store = {
        "accounts": [A, B],
        "stages": [{"account": "A", "name": "design"}, {"account": "B", "name": "sales"}],
    }
    work = {"account": "A", "kind": "training"}
    assert state(
        store,
        mechanisms=[
            {"id": "m", **work, "stage": "desing"},
            {"id": "n", **work, "stage": "sales"},
            {"id": "o", **work, "stage": "design"},
        ],
    ) == [
        (
            "mechanisms[0].stage",
            "desing",
            "Account A has no stage desing.",
            "Did you mean design? If not, add the stage to stages.",
        ),
        (
            "mechanisms[1].stage",
            "sales",
            "Account A has no stage sales.",
            "Add the stage to stages, or correct its name.",
        ),
    ]


def test_problems_are_in_order_of_kind_and_place() -> None:
    seats = [seat(f"s{i}", account="Z") for i in range(12)]
    problems = state_problems(
        draft := draft_of(contacts=[CAI], seats=seats, accounts=[{**A, "parent": "Q"}], opportunities=[]),
        Known(ids_of(draft.bundle), draft.bundle),
        POLICY,
    )
    assert [p.path for p in problems] == ["accounts[0].parent", *(f"seats[{i}].account" for i in range(12))]
    assert in_order(reversed(problems)) == problems


def test_only_the_first_problems_get_suggestions() -> None:
    nearest, many = Nearest(), [f"account-{i:05}" for i in range(20_000)]
    assert nearest.to("accuont-00007", many) == "account-00007"
    assert nearest.to("zzz", many) is None
    assert [nearest.to("account-0", many) is not None for _ in range(49)] == [True] * 48 + [False]

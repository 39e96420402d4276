"""The explore queries against plain Python, on golden and on random accounts."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import explore_oracle as oracle
import pytest
from bundles import TODAY, Document, day
from explore_oracle import World, chosen
from random_bundles import random_bundle
from store_samples import bring

from graphcrm.bootstrap import SystemClock, read_draft
from graphcrm.policies import load_policy
from graphcrm.services.audit import get_audit, run_audit
from graphcrm.services.reading import View
from graphcrm.store.neo4j import Neo4jStore
from graphcrm.store.statements import statements

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

GOLDEN = Path(__file__).parents[1] / "golden"
CASES: list[Any] = [p for p in sorted(GOLDEN.glob("account-*.json")) if ".expected" not in p.name]
CASES += (8, 11, 14, 19, 26, 30)  # between them they have an answer to each question
Explore = Callable[..., list[tuple[object, ...]]]

# Of each query the columns that tell one answer from another; the rest are names.
COLUMNS = {
    "deciders_no_employee_reaches": ("account", "seat", "holder", "possible"),
    "opportunities_with_unreached_deciders": ("opportunity", "deciders", "unreached", "possible"),
    "who_depends_on_whom": ("account", "employee", "owner", "alone", "reached", "seats"),
    "owners_who_know_nobody_at_the_top": ("account", "owner", "seats", "reached_by"),
    "champions_who_moved": ("contact", "attitude", "left_on", "left_seat", "account", "seat", "known_by"),
    "ties_that_fade": ("employee", "contact", "seat", "last_on", "days_ago", "level"),
    "mechanisms_that_lapse": ("mechanism", "why", "on", "owners"),
    "accounts_joined_by_people": ("account", "other", "joined", "contact", "seat", "other_seat"),
}


def random_case(seed: int) -> Document:
    """A random bundle, with what those lack that the queries ask for: owners and opportunities."""
    rng = Random(seed)
    document = random_bundle(rng)
    while not document.get("seats") or len(document["accounts"]) < 2:
        document = random_bundle(rng)
    employees = [e["id"] for e in document["employees"]]
    for account in document["accounts"]:
        if rng.random() < 0.8:
            account["owner"] = rng.choice(employees)
    document["opportunities"] = [
        {
            "id": f"o{n}",
            "account": account["id"],
            "amount": 10.0 * n,
            "currency": "EUR",
            "expected_on": day(n),
        }
        for n, account in enumerate(document["accounts"])
    ]
    return document


@pytest.fixture(params=CASES, scope="module", ids=lambda case: getattr(case, "stem", f"random-{case}"))
def world(
    request: pytest.FixtureRequest,
    emptied: Callable[[], AbstractContextManager[Neo4jStore]],
    tmp_path_factory: pytest.TempPathFactory,
) -> World:
    """A bundle that is the only one in the database, imported and audited."""
    file = request.param
    if isinstance(file, int):
        document = random_case(file)
        file = tmp_path_factory.mktemp("random") / "bundle.json"
        file.write_text(json.dumps(document), encoding="utf-8")
    with emptied() as store:
        bring(store, read_draft(file).bundle)  # unchecked: random records break rules of imports
        reviews = get_audit(store, run_audit(store, View(load_policy()), SystemClock()).id).reviews
    document = json.loads(file.read_text(encoding="utf-8"))
    return World(document, reviews, date.fromisoformat(document["as_of"]))


def asked(explore: Explore, name: str, **parameters: object) -> oracle.Rows:
    return chosen(explore(name, **parameters), statements("explore")[name].columns, COLUMNS[name])


@pytest.mark.parametrize(
    "name",
    ["deciders_no_employee_reaches", "opportunities_with_unreached_deciders",
     "owners_who_know_nobody_at_the_top", "accounts_joined_by_people"],
)  # fmt: skip
def test_of_a_day(name: str, world: World, explore: Explore) -> None:
    expected = {tuple(map(oracle.plain, row)) for row in getattr(oracle, name)(world)}
    assert asked(explore, name, day=world.day) == expected


def test_who_depends_on_whom(world: World, explore: Explore) -> None:
    assert asked(explore, "who_depends_on_whom") == oracle.who_depends_on_whom(world)


@pytest.mark.parametrize("days", [20, 365, 800])
def test_champions_who_moved(days: int, world: World, explore: Explore) -> None:
    expected = oracle.champions_who_moved(world, days)
    assert asked(explore, "champions_who_moved", day=world.day, days=days) == expected


def test_champions_who_moved_are_those_of_the_finding(world: World, explore: Explore) -> None:
    found = {
        tuple(finding.subjects)
        for review in world.reviews
        for finding in review.findings
        if finding.rule == "contact_moved"
    }
    rows = explore("champions_who_moved", day=world.day, days=365)
    columns = statements("explore")["champions_who_moved"].columns
    assert chosen(rows, columns, ("contact", "left_seat")) == found


@pytest.mark.parametrize("days", [0, 90])
def test_ties_that_fade(days: int, world: World, explore: Explore) -> None:
    for account in world.accounts:
        rows = asked(explore, "ties_that_fade", account=account, day=world.day, days=days)
        assert rows == {
            (*row[:3], row[3].isoformat(), *row[4:]) for row in oracle.ties_that_fade(world, account, days)
        }


@pytest.mark.parametrize("days", [0, 90])
def test_mechanisms_that_lapse(days: int, world: World, explore: Explore) -> None:
    expected = oracle.mechanisms_that_lapse(world, days)
    assert asked(explore, "mechanisms_that_lapse", day=world.day, days=days) == expected


def test_the_cases_have_an_answer_to_each_question() -> None:
    """Else the comparisons above would compare nothing with nothing."""
    answered = set()
    for seed in (case for case in CASES if isinstance(case, int)):
        document = random_case(seed)
        world = World(document, (), date.fromisoformat(TODAY))
        answered |= {
            name
            for name, rows in {
                "deciders_no_employee_reaches": oracle.deciders_no_employee_reaches(world),
                "opportunities_with_unreached_deciders": oracle.opportunities_with_unreached_deciders(
                    world
                ),
                "owners_who_know_nobody_at_the_top": oracle.owners_who_know_nobody_at_the_top(world),
                "champions_who_moved": oracle.champions_who_moved(world, 365),
                "ties_that_fade": {
                    row for a in world.accounts for row in oracle.ties_that_fade(world, a, 90)
                },
                "accounts_joined_by_people": oracle.accounts_joined_by_people(world),
            }.items()
            if rows
        }
        answered |= {why for _, why, _, _ in oracle.mechanisms_that_lapse(world, 90)}
    assert answered == set(COLUMNS) - {"who_depends_on_whom", "mechanisms_that_lapse"} | {
        "ends",
        "overdue",
        "left",
    }

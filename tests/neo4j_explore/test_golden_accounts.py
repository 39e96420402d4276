"""The explore queries on the golden accounts, imported and audited, against what is worked out for them."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from neo4j import Session
from neo4j_server import Server, wipe

from graphcrm.bootstrap import SystemClock, read_draft
from graphcrm.policies import load_policy
from graphcrm.records.audit import Audit
from graphcrm.services.audit import get_audit, run_audit
from graphcrm.services.importing import import_draft
from graphcrm.services.reading import View
from graphcrm.store.neo4j import open_store

pytestmark = pytest.mark.neo4j

GOLDEN = Path(__file__).parents[1] / "golden"
BUNDLES = sorted(path for path in GOLDEN.glob("account-*.json") if ".expected" not in path.name)
Explore = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(params=BUNDLES, scope="module", ids=lambda path: path.stem)
def bundle(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def audit(bundle: Path, neo4j: Server, session: Session) -> Audit:
    """The audit of a bundle that is the only one in the database."""
    del session  # it empties the database too, once, and must not do so later
    wipe(neo4j)
    policy, clock = load_policy(), SystemClock()
    with open_store(
        neo4j.uri, user=neo4j.user, password=neo4j.password, database="neo4j", create=True
    ) as store:
        import_draft(read_draft(bundle), store, policy, clock)
        return get_audit(store, run_audit(store, View(policy), clock).id)


def test_they_agree_with_the_expected_results(bundle: Path, audit: Audit, explore: Explore) -> None:
    expected = json.loads(bundle.with_suffix(".expected.json").read_text(encoding="utf-8"))
    alone: set[tuple[str, str]] = set()
    for account, result in expected.items():
        alone |= set(result.get("sole_route", {}).items())
        assert any(review.account == account for review in audit.reviews)
    _who_alone(alone, expected, explore)
    _what_hangs(alone, json.loads(bundle.read_text(encoding="utf-8")), explore)


def test_they_show_every_live_route_of_the_audit_and_no_other(audit: Audit, explore: Explore) -> None:
    for review in audit.reviews:
        if review.measures is None:
            continue
        for seat in review.measures.reach.low:
            routes = {
                (employee, seats[seat].low, seats[seat].high)
                for employee, seats in review.measures.routes.items()
                if seat in seats
            }
            rows = explore("who_reaches_this_decider", seat=seat)
            assert {(row[0], row[2], row[3]) for row in rows} == routes
            assert {row[7].to_native() for row in rows} <= {review.as_of}  # type: ignore[attr-defined]


def test_a_department_is_told_where_no_seat_of_it_has_a_proven_route(
    bundle: Path, audit: Audit, explore: Explore
) -> None:
    document = json.loads(bundle.read_text(encoding="utf-8"))
    reached = {
        seat
        for review in audit.reviews
        if review.measures is not None
        for seats in review.measures.routes.values()
        for seat, strength in seats.items()
        if strength.low > 0
    }
    within = {s["id"]: s.get("department") for s in document.get("seats", [])}
    departments = {d["id"] for d in document.get("departments", [])}
    assert {row[2] for row in explore("departments_nobody_reaches")} == departments - {
        within.get(seat) for seat in reached
    }


def _who_alone(alone: set[tuple[str, str]], expected: dict[str, Any], explore: Explore) -> None:
    seats = {seat for result in expected.values() for seat in result.get("reach", {}).get("low", {})}
    told = {
        (seat, row[0]) for seat in seats for row in explore("who_reaches_this_decider", seat=seat) if row[5]
    }
    assert told == alone
    by_account = {row[0]: row[4] for row in explore("accounts_by_single_route")}
    for account, result in expected.items():
        assert by_account.get(account, 0) == len(result.get("sole_route", {}))


def _what_hangs(alone: set[tuple[str, str]], document: dict[str, Any], explore: Explore) -> None:
    for employee in (e["id"] for e in document.get("employees", [])):
        rows = explore("what_hangs_on_this_employee", employee=employee, day=date(2026, 6, 30))
        assert {row[1] for row in rows if row[0] == "seat"} == {
            seat for seat, by in alone if by == employee
        }
        owned = {a["id"] for a in document["accounts"] if a.get("owner") == employee}
        assert {row[1] for row in rows if row[0] == "account"} == owned

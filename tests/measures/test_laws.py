"""What must hold of every account, whatever its facts."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from bundles import METHOD_KEYS, TODAY, Document, as_json, facts_of, results_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import ATTITUDES, MECHANISMS, ROLES, random_bundle

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.reach import labels, reach
from graphcrm.measures.account import measure
from graphcrm.measures.verdict import after_departures, axis_values
from graphcrm.records.base import instant
from graphcrm.services.review import review

LAW = settings(derandomize=True, deadline=None, max_examples=80)
ROUNDING = 2.5e-6
seeds = st.integers(0, 2**32)


def graphs(document: Document) -> Iterator[AccountGraph]:
    facts = facts_of(document)
    return (build_graph(facts, account) for account in facts.accounts)


@LAW
@given(seeds)
def test_two_labels_equal_removal_and_recomputation_for_every_employee(seed: int) -> None:
    for graph in graphs(random_bundle(Random(seed))):
        for end in ("low", "high"):
            for time in ("now", "later"):
                priced = labels(graph, end, time)
                for employee in graph.employees:
                    recomputed = reach(graph.without(employee), end, time)
                    assert {s: label.without(employee) for s, label in priced.items()} == recomputed


@LAW
@given(seeds)
def test_the_leaving_of_one_of_ours_never_raises_an_axis(seed: int) -> None:
    for graph in graphs(random_bundle(Random(seed))):
        now = axis_values(graph)
        for axes in after_departures(graph).values():
            for before, after in zip(now, axes, strict=True):
                assert after.low <= before.low
                assert after.high <= before.high


@LAW
@given(seeds)
def test_who_is_not_concerned_changes_nothing_by_leaving(seed: int) -> None:
    for graph in graphs(random_bundle(Random(seed))):
        for employee in graph.present - set(after_departures(graph)):
            assert axis_values(graph.without(employee)) == axis_values(graph)


def leaving(document: Document, employee: str) -> Document:
    changed = deepcopy(document)
    for record in changed["employees"]:
        if record["id"] == employee:
            record["valid_to"] = TODAY
    return changed


@LAW
@given(seeds)
def test_a_what_if_equals_the_review_with_the_last_day_of_that_employee_at_the_day(seed: int) -> None:
    document = random_bundle(Random(seed))
    for graph in graphs(document):
        for employee, axes in after_departures(graph).items():
            left = build_graph(facts_of(leaving(document, employee)), graph.account.id)
            assert left.present == graph.without(employee).present
            assert axis_values(left) == axes
            assert left.observed == graph.observed
            if graph.observed:
                measures, _ = measure(graph)
                after, _ = measure(left)
                assert measure(graph.without(employee))[0] == after
                assert measures.shape_without[employee] == after.shape
                assert measures.meets_mode_without[employee] == after.meets_mode


# Order


def without_equal_rank(document: Document) -> Document:
    """Of statements only the place in the list decides between, the last alone."""

    def recorded(record: Document) -> Any:
        if "recorded_at" not in record:
            return None
        moment: str = record["recorded_at"]
        is_day = len(moment) == len(TODAY)
        return instant(date.fromisoformat(moment) if is_day else datetime.fromisoformat(moment))

    def tie(r: Document) -> tuple[Any, ...]:
        return r["employee"], r["contact"], r.get("assessed_on"), recorded(r)

    def assertion(r: Document) -> tuple[Any, ...]:
        return r["subject"], r["attribute"], r["valid_from"], recorded(r)

    ranked: dict[str, Callable[[Document], tuple[Any, ...]]] = {"ties": tie, "assertions": assertion}
    changed = dict(document)
    for kind, rank in ranked.items():
        changed[kind] = list({rank(r): r for r in document.get(kind, [])}.values())
    return changed


def shuffled(value: Any, rng: Random) -> Any:
    """The same JSON with every list in another order."""
    if isinstance(value, dict):
        return {key: shuffled(part, rng) for key, part in value.items()}
    if isinstance(value, list):
        return rng.sample([shuffled(part, rng) for part in value], len(value))
    return value


@LAW
@given(seeds)
def test_the_order_of_every_list_changes_nothing(seed: int) -> None:
    rng = Random(seed)
    document = without_equal_rank(random_bundle(rng))
    assert results_of(shuffled(document, rng)) == results_of(document)


# Bounds


def intervals(value: Any, at: str = "") -> Iterator[tuple[str, list[float]]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from intervals(part, f"{at}.{key}" if at else key)
    elif isinstance(value, list) and len(value) == 2:
        yield at, value


@LAW
@given(seeds)
def test_every_interval_has_its_low_end_first_and_stays_in_its_bounds(seed: int) -> None:
    for result in results_of(random_bundle(Random(seed))).values():
        figures = {key: result[key] for key in METHOD_KEYS if key in result}
        full = {"risk": 100, "risk_contributions": 30, "survivability": 10**6, "revenue_at_risk": 1e12}
        for at, (low, high) in intervals(figures):
            assert 0 <= low <= high <= full.get(at.partition(".")[0], 1), (at, low, high)
        if result["observed"]:
            for seat, low in result["reach"]["low"].items():
                assert 0 <= low <= result["reach"]["high"][seat] <= 1
            parts = result["risk_contributions"].values()
            for n in (0, 1):
                assert sum(p[n] for p in parts) == pytest.approx(result["risk"][n], abs=5e-6)


# Completions of the unknown


def completed(document: Document, account: str, rng: Random, *, seat_levels: bool) -> Document:
    """The same facts with everything the method calls unknown settled at random."""
    facts = facts_of(document)
    graph = build_graph(facts, account)
    done = deepcopy(document)
    done["assertions"] = [*_attitudes(facts, rng)]
    for seat in done.get("seats", []):
        known = facts.seats[seat["id"]]
        level = known.level or (rng.randint(1, 6) if seat_levels else None)
        some = rng.sample(ROLES, rng.randint(0, 2))
        seat["roles"] = list(some if known.roles is None else known.roles)
        seat.pop("level", None)
        seat.update({"level": level} if level else {})
    for employee in done["employees"]:
        employee["captured"] = True
        employee["level"] = facts.employees[employee["id"]].level or rng.randint(1, 6)
    done["ties"] = [*_ties(facts, graph, rng)]
    if not graph.account.mechanisms_complete:
        _mechanisms(done, graph, rng)
    return done


def _attitudes(facts: Facts, rng: Random) -> Iterator[Document]:
    for contact in facts.contacts:
        attitude = facts.attitude(contact) or rng.choice(ATTITUDES)
        yield {"subject": contact, "attribute": "attitude", "value": attitude, "valid_from": "2020-01-01"}


def _ties(facts: Facts, graph: AccountGraph, rng: Random) -> Iterator[Document]:
    for contact in graph.contacts:
        for employee, tie in facts.ties_of.get(contact, {}).items():
            low, high = next(
                data["tie"].now
                for source, to, data in graph.network.edges(data=True)
                if (source.kind, source.id, to.kind, to.id) == ("employee", employee, "contact", contact)
            )
            level, assessed = tie.level, tie.assessed_on or date.fromisoformat(TODAY)
            if low < high or level is None:
                within = [low, high, rng.uniform(low, high), *([0.2] if low <= 0.2 <= high else [])]
                level, assessed = round(rng.choice(within), 6), date.fromisoformat(TODAY)
            trust = tie.trust_holder if tie.trust_holder != "unknown" else rng.choice(("person", "firm"))
            yield {
                "employee": employee,
                "contact": contact,
                "level": level,
                "assessed_on": assessed.isoformat(),
                "trust_holder": trust,
            }


def _mechanisms(document: Document, graph: AccountGraph, rng: Random) -> None:
    """Perhaps more mechanisms and stages, where an element has nothing to divide by."""
    mine, more = {"account": graph.account.id}, []
    if all(m.cadence_days is None for m in graph.mechanisms):
        more += [
            {**mine, "kind": "steering_committee", "cadence_days": 30, "held": rng.choice(([], [TODAY]))}
            for _ in range(rng.randint(0, 2))
        ]
    if not graph.stages:
        stages = [{**mine, "name": f"new {i}"} for i in range(rng.randint(0, 2))]
        document["stages"] = document.get("stages", []) + stages
        more += [{**mine, "kind": "joint_innovation", "stage": "new 0"} for _ in range(rng.randint(0, 1))]
    agreements = graph.policy.organisation.agreements
    if not any(m.mechanism_kind in agreements for m in graph.mechanisms) and rng.random() < 0.5:
        more.append({**mine, "kind": rng.choice(MECHANISMS[2:4])})
    named = [{"id": f"more {i}", **m} for i, m in enumerate(more)]
    document["mechanisms"] = document.get("mechanisms", []) + named


GIVEN_FOR_THE_LEVELS_ON_RECORD = ("breadth", "organisation", "organisation_elements", "risk")
FIGURES = (
    "key_points", "key_points_floor", *GIVEN_FOR_THE_LEVELS_ON_RECORD, "departure_loss", "dependence",
    "contact_loss", "fade_90", "uncovered", "survivability", "revenue_at_risk", "risk_contributions",
)  # fmt: skip
VERDICT_KEYS = (
    "shape", "shape_after_any_departure", "meets_mode", "meets_mode_after_any_departure",
    "three_dimensional", "robustly_three_dimensional", "adequate", "robustly_adequate",
)  # fmt: skip


def escaped(vague: Any, exact: Any, at: str) -> Iterator[str]:
    """Where a value under a completion lies outside the interval it was given as."""
    if isinstance(exact, dict):
        for key in exact:
            yield from escaped(vague[key], exact[key], f"{at}.{key}")
    elif vague is None and exact is not None:
        yield f"{at}: undefined, but {exact}"
    elif exact is not None:
        room = ROUNDING * max(1, abs(vague[1]) / 100)
        if not (vague[0] - room <= exact[0] and exact[1] <= vague[1] + room):
            yield f"{at}: {vague} does not contain {exact}"


def verdicts(value: Any) -> list[str]:
    return list(value.values()) if isinstance(value, dict) else [value]


@pytest.mark.parametrize("seat_levels", [False, True])
@settings(LAW, max_examples=150)
@given(seeds)
def test_every_interval_contains_the_value_under_every_completion_of_the_unknown(
    seat_levels: bool, seed: int
) -> None:
    rng = Random(seed)
    document = random_bundle(rng)
    for account, vague in results_of(document).items():
        if not vague["observed"]:
            continue
        for _ in range(4):
            world = completed(document, account, rng, seat_levels=seat_levels)
            exact = as_json(review(build_graph(facts_of(world), account)))
            skipped = GIVEN_FOR_THE_LEVELS_ON_RECORD if seat_levels else ()
            lines = [
                line
                for key in FIGURES
                if key not in skipped
                for line in escaped(vague[key], exact[key], key)
                if not (seat_levels and line.startswith("risk_contributions.organisation"))
            ]
            assert lines == []
            assert exact["departure_loss"].keys() == vague["departure_loss"].keys()
            for seat, value in exact["reach"]["low"].items():
                assert (
                    vague["reach"]["low"][seat] - ROUNDING
                    <= value
                    <= vague["reach"]["high"][seat] + ROUNDING
                )
            if not seat_levels:
                for key in VERDICT_KEYS:
                    for one, other in zip(verdicts(vague[key]), verdicts(exact[key]), strict=True):
                        assert one in ("possible", other), key

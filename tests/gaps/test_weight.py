"""What hangs on a gap, against facts entered by hand and judged by brute force."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from brute_force import brute_force
from brute_force_world import World
from bundles import POLICY, TODAY, Customer, Document, bundle_of
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm.gaps.snapshot import Snapshot
from graphcrm.gaps.weight import AXES, VERDICTS
from graphcrm.records.quality import GapResult, Quality
from graphcrm.services.quality import quality

LAW = settings(derandomize=True, deadline=None, max_examples=20)
seeds = st.integers(0, 2**32)
Worlds = Mapping[str, World]


def asked(document: Document, account: str | None = None) -> Quality:
    return quality(Snapshot(bundle_of(document), POLICY), account)


def gap(name: str, document: Document) -> GapResult | None:
    return next((g for g in asked(document).gaps if g.gap == name), None)


# The oracle: JSON is edited, and everything computed again by brute force


def verdicts(document: Document, account: str) -> dict[str, Any]:
    result = brute_force(document, account)
    if not result["observed"]:
        return {}
    axes = {name: result[name.split(".")[0]][name.split(".")[1]] for name in AXES}
    return {**{name: result[name] for name in VERDICTS}, **axes}


def worlds(document: Document) -> dict[str, World]:
    return {a["id"]: World(document, a["id"]) for a in document["accounts"]}


def stating(document: Document, attribute: str, values: Mapping[str, Any]) -> Document:
    """The document with an assertion of today about each subject."""
    told = [
        {"subject": s, "attribute": attribute, "value": v, "valid_from": TODAY, "recorded_at": "9999-12-30"}
        for s, v in values.items()
    ]
    return {**document, "assertions": [*document.get("assertions", []), *told]}


def with_field(document: Document, kind: str, ids: set[str], field: str, value: Any) -> Document:
    changed = [{**r, field: value} if r["id"] in ids else r for r in document[kind]]
    return {**document, kind: changed}


Fillings = tuple[dict[str, set[str]], list[Document]]
"""Which records are missing something, each with its accounts; and what could be entered."""


def attitudes(document: Document, every: Worlds) -> Fillings:
    found: dict[str, set[str]] = {}
    for a, world in every.items():
        for seat in world.scope:
            holder = world.holder.get(seat)
            weighs = world.weight[seat][1] > 0 or world.decides(seat)
            if holder is not None and weighs and world.attitude[holder] is None:
                found.setdefault(holder, set()).add(a)
    return found, [stating(document, "attitude", dict.fromkeys(found, v)) for v in ("opponent", "coach")]


def roles(document: Document, every: Worlds) -> Fillings:
    found = seats(every, "roles")
    could_be = ([], ["decider"], ["approver"], ["influencer"], ["contributor"])
    return found, [stating(document, "roles", dict.fromkeys(found, v)) for v in could_be]


def levels(document: Document, every: Worlds) -> Fillings:
    found = seats(every, "level")
    return found, [stating(document, "level", dict.fromkeys(found, v)) for v in range(1, 6)]


def seats(every: Worlds, field: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, world in every.items():
        for seat in world.scope:
            if world.seats[seat].get(field) is None:
                found.setdefault(seat, set()).add(a)
    return found


def modes(document: Document, every: Worlds) -> Fillings:
    found = {a: {a} for a, world in every.items() if world.account.get("mode") is None}
    could_be = ("transactional", "consultative", "enterprise")
    return found, [with_field(document, "accounts", set(found), "mode", v) for v in could_be]


def ties(every: Worlds, part: int, value: Any) -> dict[str, set[str]]:
    """Ties of employees present, with who bears on a seat, whose stated part has this value."""
    found: dict[str, set[str]] = {}
    for a, world in every.items():
        doors = {p for s in world.scope for p, _, _ in world.doors(s, world.holder)}
        for e in world.present:
            for p in doors:
                stated = world.stated(e, p)
                if stated is not None and stated[part] == value:
                    found.setdefault(f"{e}|{p}", set()).add(a)
    return found


def of_every_name(document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """By each id under which a pair's tie is stated."""
    named = {t.get("id", f"{t['employee']}|{t['contact']}"): f"{t['employee']}|{t['contact']}"
             for t in document.get("ties", [])}  # fmt: skip
    return {name: values[pair] for name, pair in named.items() if pair in values}


def tie_levels(document: Document, every: Worlds) -> Fillings:
    found = ties(every, 0, None)
    world = next(iter(every.values()))
    shown = {pair: world.observed(*pair.split("|"), world.t)[1] for pair in found}
    could_be: tuple[dict[str, float], ...] = (shown, dict.fromkeys(found, 1.0))
    return found, [stating(document, "level", of_every_name(document, v)) for v in could_be]


def trust(document: Document, every: Worlds) -> Fillings:
    found = ties(every, 2, "unknown")
    could_be = (dict.fromkeys(found, v) for v in ("person", "firm"))
    return found, [stating(document, "trust_holder", of_every_name(document, v)) for v in could_be]


def employee_levels(document: Document, every: Worlds) -> Fillings:
    found = ours(every, lambda e: e.get("level") is None)
    return found, [stating(document, "level", dict.fromkeys(found, v)) for v in (1, 2, 999)]


def captured(document: Document, every: Worlds) -> Fillings:
    found = ours(every, lambda e: not e.get("captured", False))
    world = next(iter(every.values()))
    assessed = {
        f"{e}|{p}": stated[0]
        for e, p in world.pairs
        if e in found and (stated := world.stated(e, p)) is not None and stated[0] is not None
    }
    return found, [
        with_field(document, "employees", set(found), "captured", True),
        stating(document, "level", of_every_name(document, assessed)),
    ]


def ours(every: Worlds, lacks: Callable[[Any], bool]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, world in every.items():
        doors = {p for s in world.scope for p, _, _ in world.doors(s, world.holder)}
        doors |= {world.holder[s] for s in world.scope if s in world.holder}
        for e, p in world.pairs:
            if e in world.present and p in doors and lacks(world.employees[e]):
                found.setdefault(e, set()).add(a)
    return found


def mechanisms(document: Document, every: Worlds) -> Fillings:
    found = {}
    whole = deepcopy(document)
    for a, world in every.items():
        regular = any(m.get("cadence_days") for m in world.mechanisms)
        agreed = any(m["kind"] in {"strategic_agreement", "framework_agreement"} for m in world.mechanisms)
        if world.account.get("mechanisms_complete") or (regular and agreed and world.stages):
            continue
        found[a] = {a}
        new = whole.setdefault("mechanisms", [])
        if not regular:
            new.append(
                {"id": f"{a}+c", "account": a, "kind": "training", "cadence_days": 9, "held": [TODAY]}
            )
        if not agreed:
            new.append({"id": f"{a}+r", "account": a, "kind": "framework_agreement"})
        if not world.stages:
            whole.setdefault("stages", []).append({"account": a, "name": "new"})
            new.append({"id": f"{a}+j", "account": a, "kind": "training", "stage": "new"})
    return found, [with_field(document, "accounts", set(found), "mechanisms_complete", True), whole]


ORACLES: dict[str, Callable[[Document, Worlds], Fillings]] = {
    "attitude_unknown": attitudes,
    "role_unknown": roles,
    "seat_level_unknown": levels,
    "mode_unknown": modes,
    "tie_level_unknown": tie_levels,
    "trust_holder_unknown": trust,
    "employee_level_unknown": employee_levels,
    "not_captured": captured,
    "mechanisms_incomplete": mechanisms,
}


def told(result: GapResult | None) -> dict[str, set[str]]:
    return {"|".join(r.ids): set(r.accounts) for r in result.records} if result else {}


def disagreements(seed: int, seen: Counter[str]) -> Iterator[str]:
    document = random_bundle(Random(seed))
    every = worlds(document)
    now = {a: verdicts(document, a) for a in every}
    results = {g.gap: g for g in asked(document).gaps}
    for name, oracle in ORACLES.items():
        found, fillings = oracle(document, every)
        result = results.get(name)
        if told(result) != found:
            yield f"seed {seed} {name}: found {told(result)}, expected {found}"
            continue
        for a in {a for accounts in found.values() for a in accounts}:
            others = [verdicts(filled, a) for filled in fillings] if now[a] else []
            names = {n for n in (*VERDICTS, *AXES) if any(o[n] != now[a][n] for o in others)}
            assert result is not None
            got = {*result.accounts[a].verdicts, *result.accounts[a].axes}
            seen[name] += bool(names)
            if got != names:
                yield f"seed {seed} {name} {a}: {sorted(got)}, expected {sorted(names)}"


def test_what_hangs_on_a_gap_of_random_accounts_is_what_brute_force_says() -> None:
    seen: Counter[str] = Counter()
    for seed in range(8):
        assert list(disagreements(seed, seen)) == []
    assert sum(seen.values()) > 5


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_what_hangs_on_a_gap_of_more_random_accounts_is_what_brute_force_says(block: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(15 * block, 15 * block + 15):
        assert list(disagreements(seed, seen)) == []
    assert len(seen) > 3


@pytest.mark.nightly
def test_what_hangs_on_every_kind_of_gap_of_many_random_accounts_is_what_brute_force_says() -> None:
    seen: Counter[str] = Counter()
    for seed in range(100, 700):
        assert list(disagreements(seed, seen)) == []
    assert {name for name, n in seen.items() if n} == ORACLES.keys()


# Laws


@LAW
@given(seeds)
def test_one_account_alone_has_the_weights_it_has_in_the_portfolio(seed: int) -> None:
    document = random_bundle(Random(seed))
    whole = asked(document)
    for account in (a["id"] for a in document["accounts"]):
        narrowed = {g.gap: g.at(account) for g in whole.gaps}
        alone = {g.gap: g for g in asked(document, account).gaps}
        assert alone == {name: g for name, g in narrowed.items() if g.records}


@LAW
@given(seeds)
def test_of_two_gaps_the_one_with_more_verdicts_comes_first_and_none_has_more_than_four_an_account(
    seed: int,
) -> None:
    gaps = asked(random_bundle(Random(seed))).gaps
    weights = [g.verdicts or 0 for g in gaps]
    assert weights == sorted(weights, reverse=True)
    for g in gaps:
        assert g.records
        assert len(g.records) <= g.of
        assert all(
            set(a.verdicts) <= set(VERDICTS) and set(a.axes) <= set(AXES) for a in g.accounts.values()
        )
        assert set(g.accounts) == {a for r in g.records for a in r.accounts}


@LAW
@given(seeds)
def test_what_the_method_takes_as_unknown_never_changes_a_verdict_that_is_certain(seed: int) -> None:
    """Intervals hold every completion, so only "possible" can hang on an attitude, a role or a trust."""
    document = random_bundle(Random(seed))
    results = {g.gap: g for g in asked(document).gaps}
    for name in ("attitude_unknown", "role_unknown", "trust_holder_unknown", "tie_level_unknown"):
        for account, touched in results[name].accounts.items() if name in results else ():
            now = verdicts(document, account)
            assert {now[v] for v in (*touched.verdicts, *touched.axes)} <= {"possible"}


# By hand


def strong() -> Customer:
    """A is known through and through: everything on record, three-dimensional whoever leaves."""
    customer = Customer(mode="enterprise", mechanisms_complete=True, annual_revenue=1.0, currency="EUR")
    customer.employee("e", level=1).employee("f", level=1)
    customer.seat("s", "p", "coach", level=1, roles=["decider"])
    customer.tie("e", "p").tie("f", "p")
    customer.state("mechanisms", id="m", account="A", kind="strategic_agreement", cadence_days=90,
                   held=[TODAY], stage="build")  # fmt: skip
    return customer.state("stages", account="A", name="build")


def test_where_everything_is_on_record_there_is_no_gap() -> None:
    assert brute_force(strong().document, "A")["robustly_three_dimensional"] == "proven"
    assert asked(strong().document).gaps == ()


def test_an_attitude_that_decides_all_four_verdicts_hangs_them_all() -> None:
    document = strong().document
    del document["assertions"]
    (found,) = asked(document).gaps
    assert (found.gap, found.verdicts, found.axes, found.of) == ("attitude_unknown", 4, 2, 1)


def test_where_another_axis_fails_anyway_no_verdict_hangs_on_an_attitude_but_the_axes_do() -> None:
    document = strong().document
    del document["assertions"], document["mechanisms"]
    document["seats"][0]["level"] = 3
    found = gap("attitude_unknown", document)
    assert found is not None
    assert (found.verdicts, found.axes) == (0, 2)


@pytest.mark.parametrize(
    ("kind", "expected"), [("ties", "no_tie"), ("holdings", "no_holder"), ("seats", "no_seat")]
)
def test_an_account_nothing_is_observed_of_has_one_gap_that_weighs_and_it_weighs_all(
    kind: str, expected: str
) -> None:
    document = strong().document
    for dependent in {"ties": ["ties"], "holdings": ["holdings"], "seats": ["seats", "holdings"]}[kind]:
        del document[dependent]
    weights = {g.gap: (g.verdicts, g.axes) for g in asked(document).gaps}
    assert weights.pop(expected) == (4, 6)
    assert not any(verdicts for verdicts, _ in weights.values())


def test_what_is_doubtful_counts_where_a_certain_verdict_would_fall() -> None:
    """Two employees who are one: with that one gone, nobody is left."""
    document = strong().document
    for employee, name in zip(document["employees"], ("Chen Hao", "chen  HAO"), strict=True):
        employee["name"] = name
    found = gap("duplicate_employee", document)
    assert found is not None
    assert found.doubtful
    assert found.records[0].ids == ("e", "f")
    assert found.accounts["A"].verdicts == ("robustly_three_dimensional", "robustly_adequate")


def test_the_weight_of_what_may_concern_any_account_is_unknown_and_not_nothing() -> None:
    found = gap("contact_outside", strong().contact("nobody").document)
    assert found is not None
    assert found.accounts == {}
    assert found.verdicts is None
    assert found.axes is None

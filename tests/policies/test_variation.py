"""Variation: every number of a pack is there, moves by a quarter, and the pack stays valid."""

from collections import Counter
from math import fsum
from pathlib import Path
from typing import Any

import pytest
import yaml

import graphcrm.policies
from graphcrm.policies import Policy, load_policy
from graphcrm.policies.variation import Move, moves, numbers

POLICY = load_policy()


def changed(**parts: Any) -> Policy:
    """The pack `default` with parts laid on it."""
    document = POLICY.model_dump()
    for name, part in parts.items():
        document[name] = {**document[name], **part} if isinstance(part, dict) else part
    return Policy.model_validate(document)


def found(policy: Policy) -> dict[tuple[str, float], Move]:
    return {(move.entry, move.factor): move for move in moves(policy)}


def test_every_number_in_the_yaml_of_the_pack_is_found() -> None:
    """Read off the YAML itself: what stands there as a number, levels that are only named apart."""
    document = yaml.safe_load(Path(graphcrm.policies.__file__).with_name("default.yaml").read_text("utf-8"))
    stated: set[str] = set()

    def walk(node: Any, at: str) -> None:
        if isinstance(node, dict):
            for key, below in node.items():
                walk(below, f"{at}.{key}" if at else str(key))
        elif isinstance(node, int | float) or (at.startswith("strength.firm_share") and node):
            stated.add("revenue_at_risk" if at.startswith("revenue_at_risk") else at)

    walk(document, "")
    assert set(numbers(POLICY)) == stated


def test_every_move_is_a_quarter_or_stops_at_the_end_of_the_range() -> None:
    for move in moves(POLICY):
        if move.entry.startswith("risk."):
            continue
        ends = [v if isinstance(v, tuple) else (v,) for v in (move.before, move.after)]
        for before, after in zip(*ends, strict=True):
            whole = isinstance(before, int)
            aim = pytest.approx(before * move.factor, abs=0.5 if whole else 1e-9)
            assert after == aim or (after == 1.0 and before * move.factor > 1)
        assert move.before != move.after


def test_a_move_changes_its_own_entry_and_no_other() -> None:
    before = numbers(POLICY)
    for move in moves(POLICY):
        after = numbers(move.policy)
        differing = {entry for entry in before if before[entry] != after[entry]}
        risk = {entry for entry in before if entry.startswith("risk.")}
        assert differing == (risk if move.entry in risk else {move.entry})
        assert Policy.model_validate(move.policy.model_dump()) == move.policy


def test_the_points_of_risk_still_add_up_to_100_in_their_other_proportions() -> None:
    move = found(POLICY)["risk.dependence", 1.25]
    risk = move.policy.risk
    assert fsum(points for _, points in risk) == pytest.approx(100)
    assert risk.dependence / risk.fading == pytest.approx(37.5 / 15)
    assert risk.fading / risk.organisation == pytest.approx(1)


def test_what_cannot_move_stays() -> None:
    moving = {move.entry for move in moves(POLICY)}
    assert numbers(POLICY).keys() - moving == {
        "strength.tie_levels.none", "strength.firm_share.person", "reach.hops",
        "decision_weight.roles.user", "decision_weight.roles.evaluator",
        "decision_weight.roles.gatekeeper", "decision_weight.roles.buyer",
        "decision_weight.roles.initiator", "attitudes.opponent", "organisation.level_gap",
        "standards.transactional.floor", "standards.transactional.organisation",
    }  # fmt: skip


def test_a_threshold_that_moves_to_a_round_number_is_that_number() -> None:
    """0.4 · 0.75 is 0.30000000000000004 in binary, which a share of 0.3 would not reach."""
    assert found(POLICY)["standards.consultative.breadth", 0.75].after == 0.3
    assert found(POLICY)["reach.to_subordinate", 0.75].after == 0.225


@pytest.mark.parametrize(
    ("parts", "entry", "moved"),
    [
        ({"fade_days": 36_525}, "fade_days", {0.75: 27_394}),
        ({"fade_days": 1}, "fade_days", {}),
        ({"strength": {"saturation": 1.6e308}}, "strength.saturation", {0.75: 1.2e308}),
        ({"strength": {"half_life_days": None}}, "strength.half_life_days", {}),
        ({"revenue_at_risk": {"low": 0.5, "high": 1.0}}, "revenue_at_risk",
         {0.75: (0.375, 0.75), 1.25: (0.625, 1.0)}),
        ({"risk": {"dependence": 100, "contact_departure": 0, "fading": 0, "uncovered_deciders": 0,
                   "organisation": 0}}, "risk.dependence", {}),
        ({"decision_weight": {"levels": {7: 0.5}}}, "decision_weight.levels.7", {0.75: 0.375, 1.25: 0.625}),
    ],
)  # fmt: skip
def test_a_number_moves_only_as_far_as_the_pack_stays_valid(
    parts: dict[str, Any], entry: str, moved: dict[float, Any]
) -> None:
    got = {f: move.after for (name, f), move in found(changed(**parts)).items() if name == entry}
    assert got == moved


def test_a_rate_of_a_currency_is_a_number_too() -> None:
    rate = {"from": "2026-01-01", "currency": "USD", "rate": 0.8}
    move = found(changed(money={"currency": "EUR", "rates": [rate]}))["money.rates.0.rate", 1.25]
    assert (move.after, move.policy.money.rates[0].rate) == (1.0, 1.0)


def test_no_entry_moves_twice_by_the_same_factor() -> None:
    assert max(Counter((m.entry, m.factor) for m in moves(POLICY)).values()) == 1

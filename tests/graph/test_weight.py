"""Decision weight of a seat (section 5)."""

import pytest
from bundles import POLICY

from graphcrm.graph.weight import decision_weight, is_decider
from graphcrm.records.seat import Seat


def seat(**fields: object) -> Seat:
    return Seat.model_validate({"id": "s", "account": "A", **fields})


@pytest.mark.parametrize(
    ("roles", "level", "low", "high"),
    [
        (("decider",), 1, 1, 1),
        (("approver",), 2, 0.64, 0.64),
        (("influencer",), 3, 0.3, 0.3),
        (("contributor",), 4, 0.16, 0.16),
        (("decider",), 5, 0.3, 0.3),
        (("decider",), 17, 0.3, 0.3),
        (("user", "contributor", "approver"), 1, 0.8, 0.8),
        (("user",), 1, 0, 0),
        (("evaluator", "gatekeeper"), 1, 0, 0),
        ((), 1, 0, 0),
        ((), None, 0, 0),
        (None, 2, 0, 0.8),
        (("approver",), None, 0.24, 0.8),
        (None, None, 0, 1),
    ],
)
def test_weight_is_role_times_level_and_an_interval_where_one_is_unknown(
    roles: tuple[str, ...] | None, level: int | None, low: float, high: float
) -> None:
    assert decision_weight(seat(roles=roles, level=level), POLICY).rounded() == (low, high)


@pytest.mark.parametrize("weight", [0, 0.35, 1])
def test_a_given_weight_stands_whatever_else_is_known(weight: float) -> None:
    assert decision_weight(seat(weight=weight), POLICY) == (weight, weight)
    assert decision_weight(seat(weight=weight, roles=("decider",), level=4), POLICY) == (weight, weight)


@pytest.mark.parametrize(
    ("roles", "decides"),
    [
        (("decider",), True),
        (("user", "approver"), True),
        (("influencer",), False),
        ((), False),
        (None, False),
    ],
)
def test_deciders_and_approvers_decide(roles: tuple[str, ...] | None, decides: bool) -> None:
    assert is_decider(seat(roles=roles), POLICY) is decides

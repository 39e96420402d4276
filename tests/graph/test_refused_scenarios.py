"""Scenarios that cannot be: each is refused, by name."""

from typing import Any

import pytest
from bundles import (
    TODAY,
    facts_of,
)
from two_who_decide import two_who_decide

from graphcrm.errors import InputError, UnknownRecord
from graphcrm.graph.build import build_graph
from graphcrm.graph.scenario import Scenario, apply
from graphcrm.records.interval import Interval

WRONG = (
    (Scenario(leaves=("nobody",)), "nobody"),
    (Scenario(leaves=("old",)), "old"),
    (Scenario(contact_leaves=("nobody",)), "nobody"),
    (Scenario(contact_leaves=("elsewhere",)), "elsewhere"),
    (Scenario(handovers=(("nobody", "f"),)), "nobody"),
    (Scenario(handovers=(("e", "nobody"),)), "nobody"),
    (Scenario(handovers=(("f", "e"),)), "f"),
    (Scenario(new_ties=(("nobody", "p", 0.5),)), "nobody"),
    (Scenario(new_ties=(("e", "nobody", 0.5),)), "nobody"),
)


@pytest.mark.parametrize(("scenario", "named"), WRONG)
def test_who_is_not_there_is_named(scenario: Scenario, named: str) -> None:
    customer = two_who_decide().employee("old", valid_to=TODAY).contact("elsewhere")
    facts = facts_of(customer.document)
    with pytest.raises(UnknownRecord) as caught:
        apply(build_graph(facts, "A"), scenario, facts.employees)
    assert repr(named) in str(caught.value)
    assert caught.value.hint is not None


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(handovers=(("e", "e"),)),
        Scenario(handovers=(("e", "f"),), leaves=("f",)),
        Scenario(handovers=(("e", "f"), ("f", "e"))),
        Scenario(leaves=("e",), new_ties=(("e", "p", 0.5),)),
        Scenario(handovers=(("e", "f"),), new_ties=(("e", "p", 0.5),)),
        Scenario(contact_leaves=("p",), new_ties=(("e", "p", 0.5),)),
    ],
)
def test_a_scenario_that_contradicts_itself_is_refused(scenario: Scenario) -> None:
    graph = two_who_decide().tie("f", "p", 0.1).graph()
    with pytest.raises(InputError, match="cannot leave"):
        apply(graph, scenario)


@pytest.mark.parametrize(
    "strength",
    [-0.1, 1.1, float("nan"), float("inf"), "x", "0.5", True, None, (0.2, 0.5), Interval(0.5, 0.2)],
)
def test_a_strength_that_is_none_is_refused(strength: Any) -> None:
    with pytest.raises(InputError, match="strength"):
        Scenario(new_ties=(("e", "p", strength),))


@pytest.mark.parametrize("handover", ["e:f", ("e",), ("e", "f", "g"), ("e", 1), "ef", None])
def test_a_handover_that_does_not_name_two_is_refused(handover: Any) -> None:
    with pytest.raises(InputError, match="who hands over to whom") as caught:
        Scenario(handovers=(handover,))
    assert caught.value.hint is not None


@pytest.mark.parametrize("tie", ["e:p=.5", ("e", "p"), ("e", 1, 0.5), ("e", "p", 0.5, 0.5), "epx", None])
def test_a_new_tie_that_lacks_a_part_is_refused(tie: Any) -> None:
    with pytest.raises(InputError, match="who gets to know whom, and how well") as caught:
        Scenario(new_ties=(tie,))
    assert caught.value.hint is not None

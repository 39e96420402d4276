"""Trees told by hand: what a node rests on, what holds and what is overruled, and asking on by id."""

from collections.abc import Iterator
from typing import Any

import pytest
from bundles import POLICY, TODAY, Customer, day, facts_of

from graphcrm import why
from graphcrm.errors import InputError, UnknownRecord
from graphcrm.graph.build import build_graph
from graphcrm.records.explanation import Explanation, Node, Words, walk
from graphcrm.records.interval import Interval, exactly
from graphcrm.services.why import why_account
from graphcrm.services.why_document import why_document


def explain(customer: Customer, **asked: Any) -> Explanation:
    return why_account(facts_of(customer.document), "A", **asked)


def tree(customer: Customer, figure: str) -> Node:
    (root,) = explain(customer, figure=figure).trees
    return root


def cited(node: Node) -> set[tuple[str, str]]:
    """The records that a tree rests on."""
    return {(n.evidence.kind, n.evidence.id) for n in walk(node) if n.evidence is not None}


def entries(node: Node) -> set[str]:
    return {n.entry for n in walk(node) if n.entry is not None}


def two() -> Customer:
    """A decider whom e1 knows and met, and a user beside."""
    customer = Customer(mode="enterprise")
    customer.seat("s1", "p1", "supporter", roles=["decider"], level=1)
    customer.seat("s2", "p2", "neutral", roles=["user"], level=3, reports_to="s1")
    return customer.tie("e1", "p1", "in_depth").met("e1", "p1", "p2").employee("e2", captured=False)


def test_key_points_lead_to_the_tie_the_meeting_the_assertion_and_the_method_pack() -> None:
    root = tree(two(), "key_points")
    assert isinstance(root.value, Interval)
    assert root.value.rounded() == Interval(0.525, 0.525)  # 1·0.75·0.7 over 1, the tie assessed today
    assert {"ties", "interactions", "assertions", "seats", "employees"} == {kind for kind, _ in cited(root)}
    assert {
        "strength.tie_levels.in_depth", "strength.channels.meeting", "strength.half_life_days",
        "strength.assessment_half_life_days", "strength.saturation", "reach.live", "attitudes.supporter",
        "decision_weight.roles.decider", "decision_weight.levels.1", "reach.to_boss",
    } <= entries(root)  # fmt: skip


def test_every_entry_named_is_one_of_the_method_pack_with_that_value() -> None:
    pack = POLICY.model_dump(mode="json")
    for node in walk(*explain(two()).trees):
        if node.operator == "policy":
            assert node.entry is not None
            found: Any = pack
            for key in node.entry.split("."):
                found = found[key]
            assert node.value in {None, Words(tuple(map(str, found))) if isinstance(found, list) else found,
                                  exactly(found) if isinstance(found, int | float) else None}  # fmt: skip


def test_an_interaction_tells_its_channel_its_people_and_its_age() -> None:
    customer = two().met("e1", "p2", at=f"{day(-119)}T00:00:00+00:00", channel="call")
    root = tree(customer, "strength/e1/p2")
    call = next(n for n in walk(root) if n.evidence is not None and n.evidence.id == "i1" and n.children)
    weight, people, fresh = call.children
    assert (weight.entry, people.value, fresh.value) == (
        "strength.channels.call", exactly(2.0), exactly(0.5),  # 120 days old at the end of the day
    )  # fmt: skip
    assert call.value == exactly(0.5)


def test_what_is_overruled_is_said_to_be_and_the_latest_statement_holds() -> None:
    customer = (
        Customer()
        .seat("s1", "p1", roles=["decider"], level=1)
        .tie("e1", "p1", "brief", assessed_on=day(-9))
        .tie("e1", "p1", "multiple", assessed_on=day(-3), by="ann", source="notes")
        .asserts("p1", "attitude", "neutral", "2026-01-01")
        .asserts("p1", "attitude", "coach", "2026-03-01", by="ann")
    )
    root = tree(customer, "strength/e1/p1")
    (latest,) = [n for n in walk(root) if n.operator == "latest"]
    holds, overruled = latest.children
    assert (latest.value, holds.value, overruled.value) == (exactly(0.5), exactly(0.5), exactly(0.25))
    assert (str(holds.says), str(overruled.says)) == ("assessed level", "overruled: assessed level")
    (word,) = [n for n in walk(holds) if n.evidence is not None]
    assert word.evidence is not None
    assert (word.evidence.by, word.evidence.source) == ("ann", "notes")

    words = tree(customer, "attitude_word/p1")
    assert [n.value for n in (words, *words.children)] == [
        Words(("coach",)), Words(("coach",)), Words(("neutral",)),
    ]  # fmt: skip
    assert "overruled" in str(words.children[1].says)


def test_an_assertion_taken_back_is_unknown_and_named() -> None:
    customer = (
        Customer()
        .seat("s1", "p1", "coach", roles=["decider"], level=1)
        .tie("e1", "p1")
        .asserts("p1", "attitude", None, TODAY)
    )
    root = tree(customer, "attitude/p1")
    assert (root.operator, root.value) == ("anything", Interval(0.0, 1.0))
    assert root.children[0].children[0].value is None


def test_what_the_firm_keeps_leads_to_the_tie_of_who_has_left() -> None:
    customer = (
        Customer()
        .seat("s1", "p1", roles=["decider"], level=1)
        .employee("gone", valid_to=TODAY)
        .tie("gone", "p1", trust_holder="firm")
    )
    root = tree(customer, "reach/s1")
    assert root.value == Interval(0.5, 0.5)
    assert ("ties", f"gone|p1|{TODAY}") in cited(root)
    assert "strength.firm_share.firm" in entries(root)


def test_without_anything_asked_it_is_the_verdicts_and_the_risk() -> None:
    assert [t.name for t in explain(two()).trees] == ["three_dimensional", "adequate", "risk"]
    assert [t.name for t in explain(two(), risk=True).trees] == ["risk"]
    assert [t.name for t in explain(two(), axis="breadth").trees] == ["shape/breadth"]
    assert [t.name for t in explain(two(), seat="s2").trees] == [
        "key_points_part/s2", "survivability/s2", "sole_route/s2",
    ]  # fmt: skip
    assert (
        len(explain(Customer(mode="consultative").seat("s", "p").tie("e", "p"), axis="breadth").trees) == 2
    )


def test_of_an_account_nothing_is_known_of_there_is_the_risk_and_its_findings() -> None:
    nobody = Customer().seat("s1", "p1", roles=["decider"], level=1)
    (risk,) = explain(nobody).trees
    assert risk.value == Interval(0.0, 100.0)
    (found,) = explain(nobody, finding="nothing_known").trees
    assert found.value == "proven"
    for asked in ({"axis": "breadth"}, {"seat": "s1"}):
        with pytest.raises(InputError, match="Nothing of Customer A is measured"):
            explain(nobody, **asked)


def test_a_finding_says_how_many_were_looked_at_and_leads_to_its_threshold() -> None:
    (star,) = explain(two(), finding="star_employee/A/e1").trees
    assert str(star.says) == "At least 100 % of our reach leaves with E1. (fired for 1 of 1)"
    assert "findings.star_loss" in entries(star)
    assert [t.name for t in explain(two(), finding="star_employee").trees] == [star.name]


@pytest.mark.parametrize(
    ("asked", "message", "there"),
    [
        ({"axis": "depth"}, "There is no axis 'depth'.", "key_points, breadth, organisation"),
        ({"seat": "s9"}, "No seat 's9' is in scope of this account.", "s1, s2"),
        ({"finding": "x"}, "No finding 'x' fired here.", "star_employee/A/e1"),
        ({"figure": "departure_loss/e9"}, "There is no figure 'departure_loss/e9'.", "departure_loss/e1"),
        ({"figure": "breath"}, "There is no figure 'breath'.", "breadth, reach"),
        ({"figure": "risk#0.9"}, "There is no figure 'risk#0.9'.", "risk"),
        ({"figure": "risk#x"}, "There is no figure 'risk#x'.", "risk"),
        ({"figure": ""}, "There is no figure ''.", "risk"),
        ({"figure": "without/e2/key_points"}, "There is no figure 'without/e2/key_points'.", "risk"),
    ],
)
def test_what_is_not_there_is_one_error_that_lists_what_there_is(
    asked: dict[str, str], message: str, there: str
) -> None:
    with pytest.raises(UnknownRecord) as raised:
        explain(two(), **asked)
    assert str(raised.value) == message
    assert there in str(raised.value.hint)


def test_more_than_one_thing_asked_for_is_refused() -> None:
    with pytest.raises(InputError, match="More than one thing is asked for"):
        explain(two(), axis="breadth", risk=True)


def test_an_error_that_has_much_to_list_counts_the_rest() -> None:
    customer = Customer().seat("s0", "p0").tie("e", "p0")
    for i in range(1, 30):
        customer.seat(f"s{i}")
    with pytest.raises(UnknownRecord) as raised:
        explain(customer, seat="s3x")
    assert str(raised.value.hint).startswith("There are: s3, ")
    assert str(raised.value.hint).endswith(" and 10 more.")


def shown(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        yield from shown(node["children"])


def test_every_node_can_be_asked_for_by_its_id_whatever_the_ids_of_records_are() -> None:
    customer = Customer()
    customer.seat("s/1#a", "p%1/x", "coach", roles=["decider"], level=1).tie("e/1#.2", "p%1/x")
    customer.tie("e2", "p%1/x", None)
    facts = facts_of(customer.document)
    graph = build_graph(facts, "A")
    document = why_document(why(graph, facts=facts), 30, str)
    every = list(shown(document["trees"]))  # type: ignore[arg-type]
    assert len(every) > 100
    for node in every:
        (again,) = why_document(why(graph, facts=facts, figure=node["id"]), 1, str)["trees"]  # type: ignore[misc]
        assert (again["text"], again["value"]) == (node["text"], node["value"]), node["id"]


def test_a_document_goes_to_the_depth_asked_for_and_repeats_nothing() -> None:
    facts = facts_of(two().document)
    explained = why(build_graph(facts, "A"), facts=facts)
    one = why_document(explained, 1, str)
    assert {n["more"] for t in one["trees"] for n in t["children"]} == {"deeper"}  # type: ignore[attr-defined]
    deep = list(shown(why_document(explained, 100, str)["trees"]))  # type: ignore[arg-type]
    assert {n["more"] for n in deep} == {None, "above"}
    below = [n["id"] for n in deep if n["children"]]
    assert len(below) < 3 * len(set(below))
    assert {n["id"] for n in deep if n["more"] == "above"} <= {*below}


def test_the_interactions_of_a_tie_are_looked_at_only_when_asked_for() -> None:
    facts = facts_of(two().document)
    explained = why(build_graph(facts, "A"), facts=facts)
    facts.interactions_of = {}
    assert explained.trees[0].value == "no"
    document = why_document(explained, 3, str)
    assert len(document["trees"]) == 3  # type: ignore[arg-type]


def test_a_graph_has_its_trees_without_the_facts_it_came_from() -> None:
    root = next(iter(why(build_graph(facts_of(two().document), "A"), figure="strength/e1/p1").trees))
    assert (root.operator, root.value) == ("given", exactly(0.75))

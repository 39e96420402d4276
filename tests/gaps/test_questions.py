"""What a fact is worth: against facts entered by hand and computed again by brute force, and laws."""

import json
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random

import networkx as nx
import pytest
from brute_force import Measured, brute_force
from bundles import LAST_PLACE, POLICY, TODAY, Customer, Document, bundle_of, day, facts_of
from entered_facts import KINDS, adding, asked, disagreements, of_tie, stating, vague_ties
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import random_bundle

from graphcrm.gaps.questions import questions, width
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.measures.account import measure
from graphcrm.measures.account_risk import account_risk
from graphcrm.records.interval import Interval

LAW = settings(derandomize=True, deadline=None, max_examples=25)
GOLDEN = Path(__file__).parents[1] / "golden"
seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("block", range(3))
def test_both_ends_of_each_unknown_fact_are_the_risk_of_the_account_in_which_it_was_entered(
    block: int,
) -> None:
    seen: Counter[str] = Counter()
    for seed in range(6 * block, 6 * block + 6):
        document = random_bundle(Random(seed))
        for a in (a["id"] for a in document["accounts"]):
            assert list(disagreements(document, a, seen)) == [], (seed, a)
    assert sum(seen.values()) > 10


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_so_they_are_in_more_random_accounts(block: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(100 + 40 * block, 140 + 40 * block):
        document = random_bundle(Random(seed))
        for a in (a["id"] for a in document["accounts"]):
            assert list(disagreements(document, a, seen)) == [], (seed, a)
    assert {kind for kind, n in seen.items() if n} >= KINDS - {"trust_holder"}


@pytest.mark.parametrize(
    "number", [pytest.param(n, marks=[pytest.mark.slow] if n in {2, 3, 5, 6} else []) for n in range(1, 10)]
)
def test_so_they_are_in_the_golden_accounts(number: int) -> None:
    document = json.loads((GOLDEN / f"account-{number}.json").read_text(encoding="utf-8"))
    seen: Counter[str] = Counter()
    for a in (a["id"] for a in document["accounts"]):
        assert list(disagreements(document, a, seen)) == []


# Nothing that narrows is left out


def missing(document: Document, a: str, seen: Counter[str]) -> Iterator[str]:
    """Vague ties, whoever has them, that narrow the risk and are not asked for, or at another worth."""
    whole, world = brute_force(document, a), Measured(document, a)
    if not whole["observed"]:
        return
    got, (low, high) = asked(document, a), whole["risk"]
    for e, p, ends in vague_ties(world):
        risks = [brute_force(of_tie(document, e, p, "level", end), a)["risk"] for end in ends]
        narrows = high - low - sum(top - bottom for bottom, top in risks) / 2
        question = got.get(f"tie/{e}/{p}")
        if abs((question.narrows if question else 0.0) - narrows) > 4 * LAST_PLACE:
            yield f"{e}|{p}: narrows {narrows}, asked {question}"
        seen["there" if e in world.present else "gone"] += narrows > 4 * LAST_PLACE


def all_imported(document: Document) -> Document:
    """Imports cover everybody of ours: else no fact of the day says whether a strength will fade."""
    return {**document, "employees": [{**e, "captured": True} for e in document["employees"]]}


def nothing_narrows(document: Document, a: str) -> bool:
    """The risk is an interval, and no question narrows it; of an account of which a decider is known.

    Where no seat is known to decide, the uncovered deciders are anything, and a finding says so.
    """
    graph = build_graph(facts_of(document), a)
    decided = any(seat.is_decider and seat.weight.low > 0 for seat in graph.scope)
    vague = graph.observed and decided and width(account_risk(graph)) > LAST_PLACE
    return vague and not any(q.narrows > 0 for q in questions(graph))


@pytest.mark.parametrize(
    "number", [pytest.param(n, marks=[pytest.mark.slow] if n in {2, 3, 5, 6} else []) for n in range(1, 10)]
)
def test_every_strength_that_would_narrow_the_risk_of_a_golden_account_is_asked_for(number: int) -> None:
    document = json.loads((GOLDEN / f"account-{number}.json").read_text(encoding="utf-8"))
    seen: Counter[str] = Counter()
    for a in (a["id"] for a in document["accounts"]):
        assert list(missing(document, a, seen)) == [], a
        assert not nothing_narrows(all_imported(document), a), a
    assert seen["gone"] > 0 or number not in {4, 7}


def test_every_strength_that_would_narrow_the_risk_of_a_random_account_is_asked_for() -> None:
    seen: Counter[str] = Counter()
    for seed in range(12):
        document = random_bundle(Random(seed))
        for a in (a["id"] for a in document["accounts"]):
            assert list(missing(document, a, seen)) == [], (seed, a)
    assert seen["there"] > 3


@LAW
@given(seeds)
def test_where_the_risk_is_an_interval_something_that_is_asked_narrows_it(seed: int) -> None:
    document, a = random_account(seed)
    assert not nothing_narrows(all_imported(document), a)


# Laws


def random_account(seed: int) -> tuple[Document, str]:
    rng = Random(seed)
    document = random_bundle(rng)
    return document, rng.choice(document["accounts"])["id"]


@LAW
@given(seeds)
def test_what_is_known_of_anything_but_a_seats_level_leaves_the_risk_within_what_it_was(seed: int) -> None:
    document, a = random_account(seed)
    now = account_risk(build_graph(facts_of(document), a))
    for name, question in asked(document, a).items():
        if not name.startswith("seat_level/"):
            assert question.narrows >= -LAST_PLACE
            assert all(now.low - LAST_PLACE <= end.risk.low for end in question.ends)
            assert all(end.risk.high <= now.high + LAST_PLACE for end in question.ends)


@LAW
@given(seeds)
def test_the_order_in_which_facts_are_stated_changes_no_question(seed: int) -> None:
    document, a = random_account(seed)
    kinds = ("seats", "contacts", "employees", "holdings", "departments", "mechanisms", "influences")
    shuffled = deepcopy(document)
    for kind in kinds:
        Random(seed).shuffle(shuffled.get(kind, []))
    assert asked(shuffled, a) == asked(document, a)


@LAW
@given(seeds)
def test_what_narrows_most_comes_first_and_then_the_id_decides(seed: int) -> None:
    document, a = random_account(seed)
    order = [(-q.narrows, q.id) for q in asked(document, a).values()]
    assert order == sorted(order)
    assert len({name for _, name in order}) == len(order)


@LAW
@given(seeds)
def test_the_risk_alone_is_the_risk_of_all_measures(seed: int) -> None:
    document, a = random_account(seed)
    graph = build_graph(facts_of(document), a)
    assert account_risk(graph) == (measure(graph)[1] if graph.observed else Interval(0.0, 100.0))


@LAW
@given(seeds)
def test_asking_leaves_the_account_as_it_is(seed: int) -> None:
    document, a = random_account(seed)
    facts = facts_of(document)
    graph, other = build_graph(facts, a), build_graph(facts, a)
    questions(graph, facts)
    assert nx.utils.graphs_equal(graph.network, other.network)
    assert (graph.seats, graph.contacts, graph.ties, graph.firm, graph.employees) == (
        other.seats, other.contacts, other.ties, other.firm, other.employees,
    )  # fmt: skip


# By hand


def known() -> Customer:
    """Everything the method may call unknown is on record: e is closest, f knows p too, g leads e."""
    customer = Customer(owner="o", mechanisms_complete=True)
    for name, fields in {"e": {"manager": "g"}, "f": {}, "g": {}, "o": {}}.items():
        customer.employee(name, level=1, **fields)
    customer.seat("s", "p", "coach", title="Head", level=1, roles=["decider"])
    return customer.tie("e", "p", 0.9).tie("f", "p", 0.5)


def test_where_nothing_is_unknown_there_is_nothing_to_ask() -> None:
    assert asked(known().document) == {}


def without(document: Document, kind: str, record: str, field: str) -> Document:
    records = [
        {k: v for k, v in r.items() if k != field} if r["id"] == record else r for r in document[kind]
    ]
    return {**document, kind: records}


def test_an_attitude_that_decides_is_worth_twenty_points_and_one_that_does_not_is_worth_none() -> None:
    document = without(known().seat("t", "q", "coach", level=1, roles=["user"]).document, "seats", "t", "x")
    document["assertions"] = []
    found = asked(document)
    assert {name: q.narrows for name, q in found.items()} == {"attitude/p": 20.0, "attitude/q": 0.0}
    assert [end.value for end in found["attitude/p"].ends] == ["opponent", "coach"]
    assert str(found["attitude/p"].message) == "What is P's attitude to us?"


def test_an_element_with_nothing_to_divide_by_is_worth_a_quarter_of_the_points_of_organisation() -> None:
    found = asked(without(known().document, "accounts", "A", "mechanisms_complete"))
    assert {name: q.narrows for name, q in found.items()} == {
        "communication/A": 3.75, "joint_work/A": 3.75, "recognition/A": 3.75,
    }  # fmt: skip
    assert [q.ask for q in found.values()] == ["o", "o", "o"]


def test_a_seats_level_may_widen_the_risk_because_it_says_that_somebody_should_meet_them() -> None:
    """On level 1 it counts in matching, where its holder meets somebody whose own level is unknown."""
    document = without(known().document, "employees", "f", "level")
    document = adding(
        document,
        seats={"id": "t", "account": "A", "roles": ["contributor"]},
        contacts={"id": "q", "name": "Q"},
        holdings={"contact": "q", "seat": "t"},
        ties={"employee": "f", "contact": "q", "level": 0.5, "assessed_on": TODAY},
    )
    pack = POLICY.model_dump()
    pack["decision_weight"]["roles"]["contributor"] = 0.01
    facts = Facts(bundle_of(stating(document, "q", "attitude", "coach")), POLICY.model_validate(pack))
    *_, level = questions(build_graph(facts, "A"), facts)
    assert level.id == "seat_level/t"
    assert level.narrows < 0
    low, high = level.ends
    assert (low.value, high.value) == (5, 1)
    assert width(high.risk) > width(low.risk)


@pytest.mark.parametrize(
    ("what", "question", "who"),
    [
        ("attitude", "What is P's attitude to us?", "e"),
        ("roles", "Which part has Head (P) in decisions?", "e"),
        ("level", "On which level is Head (P)?", "e"),
        ("tie", "How well does F know P today?", "f"),
        ("trust", "Does F's trust with P belong to the firm?", "e"),
        ("employee", "What is E's level?", "g"),
    ],
)
def test_who_is_asked_is_who_may_know(what: str, question: str, who: str) -> None:
    document = {
        "attitude": lambda d: {**d, "assertions": []},
        "roles": lambda d: without(d, "seats", "s", "roles"),
        "level": lambda d: without(d, "seats", "s", "level"),
        "tie": lambda d: stating(d, "f|p", "level", None),
        "trust": lambda d: stating(d, "f|p", "trust_holder", "unknown"),
        "employee": lambda d: without(d, "employees", "e", "level"),
    }[what](known().document)
    assert {str(q.message): q.ask for q in asked(document).values()}[question] == who


@pytest.mark.parametrize(("gone", "who"), [((), "g"), (("g",), "o"), (("g", "o"), None)])
def test_who_is_not_there_is_not_asked(gone: tuple[str, ...], who: str | None) -> None:
    document = without(known().document, "employees", "e", "level")
    for employee in document["employees"]:
        if employee["id"] in gone:
            employee["valid_to"] = day(-1)
    (found,) = asked(document).values()
    assert (found.ask, found.ask_name) == (who, who and who.upper())


def test_who_is_closest_for_certain_is_asked_before_who_may_be_closer() -> None:
    """e knows p at .9 for sure, a perhaps at 1; z knows q at 0, which is not at all."""
    document = known().seat("t", "q", level=1, roles=["decider"]).tie("z", "q", "none").document
    document = adding(document, employees={"id": "a", "name": "A", "level": 1, "captured": True})
    document = adding({**document, "assertions": []}, ties={"employee": "a", "contact": "p"})
    found = asked(document)
    assert (found["attitude/p"].ask, found["attitude/q"].ask, found["tie/a/p"].ask) == ("e", "o", "a")


def test_a_holder_whom_nobody_knows_is_asked_of_the_owner() -> None:
    document = known().seat("t", "q", level=1, roles=["decider"]).document
    assert asked(document)["attitude/q"].ask == "o"


def test_the_heaviest_roles_decide_too_where_the_heaviest_role_does_not() -> None:
    """A pack of whose roles the heaviest does not decide: both are entered."""
    document = without(known().document, "seats", "s", "roles")
    pack = POLICY.model_dump()
    pack["decision_weight"]["roles"] |= {"influencer": 1.0, "decider": 0.7}
    facts = Facts(bundle_of(document), POLICY.model_validate(pack))
    (found,) = questions(build_graph(facts, "A"), facts)
    assert [end.value for end in found.ends] == [(), ("influencer", "approver")]


@pytest.mark.parametrize(
    ("owner", "closest", "who"), [("o", "f", "f"), ("o", None, "o"), (None, None, None)]
)
def test_the_strength_that_a_leaver_left_with_the_firm_is_asked_of_who_is_there(
    owner: str | None, closest: str | None, who: str | None
) -> None:
    """Trust held by the firm, or perhaps: else it left with the leaver, and is no question."""
    customer = Customer(mechanisms_complete=True, **({"owner": owner} if owner else {})).employee(
        "o", level=1
    )
    for holder in ("person", "firm", "unknown"):
        leaver = f"{holder} holds"
        customer.employee(leaver, valid_to=TODAY).tie(leaver, "p", None, trust_holder=holder)
    customer.employee("f", level=1).seat("s", "p", "coach", level=1, roles=["decider"])
    if closest:
        customer.tie(closest, "p", 0.5)
    found = {name: q for name, q in asked(customer.document).items() if q.kind == "tie"}
    assert {(name, q.ask) for name, q in found.items()} == {
        ("tie/firm holds/p", who), ("tie/unknown holds/p", who),
    }  # fmt: skip
    assert str(found["tie/firm holds/p"].message) == (
        "How strong is FIRM HOLDS's tie with P? The firm may keep a part of it."
    )


@LAW
@given(seeds)
def test_without_the_facts_it_was_built_from_a_graph_asks_the_same(seed: int) -> None:
    """But for an owner who has nothing else to do with the account, and is named by facts alone."""
    document, a = random_account(seed)
    graph = build_graph(facts_of(document), a)
    assert {q.id: q for q in questions(graph)} == asked(document, a)

"""Questions on drawings: both ends are the risk of the account drawn again with that end."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import networkx as nx
import pytest
from bundles import LAST_PLACE, TODAY
from hypothesis import given, settings
from hypothesis import strategies as st
from random_bundles import ATTITUDES, ROLES

from graphcrm.gaps.questions import questions, width
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.by_hand import account_graph
from graphcrm.measures.account_risk import account_risk
from graphcrm.records.interval import Interval
from graphcrm.records.question import Question

LAW = settings(derandomize=True, deadline=None, max_examples=25)
Network = nx.DiGraph  # type: ignore[type-arg]
HOLDERS = ("person", "firm", "unknown")
OF_NODE = {"attitude": "attitude", "roles": "roles", "seat_level": "level", "employee_level": "level"}


def account(network: Network) -> AccountGraph:
    said = {"name": "A", "mechanisms_complete": True}
    return account_graph(network, account=said, as_of=date.fromisoformat(TODAY))


def risk(network: Network) -> Interval:
    return account_risk(account(network))


def asked(network: Network) -> dict[str, Question]:
    return {q.id: q for q in questions(account(network))}


def drawn_again(network: Network, kind: str, subjects: tuple[str, ...], value: Any) -> Network:
    """The drawing with the value in it. A strength below the drawn ``later`` takes that down with it."""
    again = network.copy()
    if kind == "tie":
        employee, contact = subjects
        edge = again.edges[employee, contact]
        edge["strength"] = value
        if "later" in edge:
            edge["later"] = tuple(min(value, end) for end in edge["later"])
    elif kind == "trust_holder":
        employee, contact = subjects
        again.edges[employee, contact]["trust_holder"] = value
    else:
        again.nodes[subjects[0]][OF_NODE[kind]] = value
    return again


def random_drawing(rng: Random) -> Network:
    """Two to four people in seats, gates among them, and ties of every kind that can be said, or not."""
    network = Network()
    employees = [f"e{i}" for i in range(rng.randint(2, 4))]
    for e in employees:
        gone = {"valid_to": TODAY} if rng.random() < 0.3 else {}
        level = rng.choice((1, 2, 3, None))
        network.add_node(e, kind="employee", captured=rng.random() < 0.6, level=level, **gone)
    people = range(rng.randint(2, 4))
    for i in people:
        attitude, level = rng.choice((*ATTITUDES, None)), rng.choice((1, 2, 3, 4, None))
        roles = rng.choice((None, [], [rng.choice(ROLES)], ["decider"]))
        network.add_node(f"p{i}", kind="contact", attitude=attitude)
        network.add_node(f"s{i}", kind="seat", level=level, roles=roles)
        network.add_edge(f"p{i}", f"s{i}")
        for e in employees:
            if rng.random() < 0.6:
                network.add_edge(e, f"p{i}", trust_holder=rng.choice(HOLDERS), **random_strength(rng))
    for _ in range(rng.choice((0, 2))):
        gate, seat = rng.sample(people, 2)
        network.add_edge(f"s{gate}", f"s{seat}")
    return network


def random_strength(rng: Random) -> dict[str, Any]:
    ends = sorted((rng.random(), rng.choice((1.0, rng.random()))))
    said = rng.choice(({}, {"strength": ends[0]}, {"strength": tuple(ends)}, {"strength": tuple(ends)}))
    if rng.random() < 0.3:
        top = said.get("strength", (0.0, 1.0))
        top = top if isinstance(top, tuple) else (top, top)
        return {**said, "later": (rng.random() * top[0], top[1] * rng.choice((1.0, 0.999)))}
    return said


def vague_ties(network: Network) -> Iterator[tuple[str, str, tuple[float, float]]]:
    """Every tie drawn between two ends or without a strength, whoever has it."""
    for start, end, said in network.edges(data=True):
        if network.nodes[start]["kind"] == "employee":
            ends = said.get("strength", (0.0, 1.0))
            if isinstance(ends, tuple) and ends[0] < ends[1]:
                yield start, end, tuple(round(s, 6) for s in ends)


@LAW
@given(st.integers(0, 2**32))
def test_both_ends_of_a_question_are_the_risk_of_the_account_drawn_again_with_them(seed: int) -> None:
    network = random_drawing(Random(seed))
    now = risk(network)
    for name, question in asked(network).items():
        if question.kind in {*OF_NODE, "tie", "trust_holder"}:
            ends = [
                risk(drawn_again(network, question.kind, question.subjects, e.value)) for e in question.ends
            ]
            got = [figure for end in question.ends for figure in end.risk]
            assert got == pytest.approx([figure for end in ends for figure in end], abs=LAST_PLACE), name
            narrows = width(now) - sum(map(width, ends)) / 2
            assert question.narrows == pytest.approx(narrows, abs=4 * LAST_PLACE), name


@LAW
@given(st.integers(0, 2**32))
def test_every_drawn_strength_that_would_narrow_the_risk_is_asked_for(seed: int) -> None:
    network = random_drawing(Random(seed))
    found, now = asked(network), risk(network)
    for employee, contact, ends in vague_ties(network):
        then = [risk(drawn_again(network, "tie", (employee, contact), end)) for end in ends]
        narrows = width(now) - sum(map(width, then)) / 2
        if found and narrows > 4 * LAST_PLACE:
            assert found[f"tie/{employee}/{contact}"].narrows == pytest.approx(narrows, abs=4 * LAST_PLACE)


def test_random_drawings_have_leavers_whose_trust_the_firm_may_keep_and_every_kind_of_question() -> None:
    seen, left = set(), 0
    for seed in range(30):
        network = random_drawing(Random(seed))
        told = [q for q in asked(network).values() if q.narrows > 0]
        seen |= {q.kind for q in told}
        left += sum(q.kind == "tie" and "valid_to" in network.nodes[q.subjects[0]] for q in told)
    assert seen >= {*OF_NODE, "tie", "trust_holder"}
    assert left > 3


def one_decider(**tie: Any) -> Network:
    """e knows the decider p, f another; everything but what is said of e's tie is known."""
    network = Network()
    for e in ("e", "f"):
        network.add_node(e, kind="employee", captured=True, level=1)
    for p, s, level, role in (("p", "s", 1, "decider"), ("q", "s2", 3, "approver")):
        network.add_node(p, kind="contact", attitude="supporter")
        network.add_node(s, kind="seat", level=level, roles=[role])
        network.add_edge(p, s)
    network.add_edge("e", "p", **tie)
    network.add_edge("f", "q", strength=0.6)
    return network


@pytest.mark.parametrize("holder", ["person", "firm"])
@pytest.mark.parametrize(
    "said", [{"strength": (0.2, 1.0)}, {}, {"strength": (0.2, 1.0), "later": (0.1, 0.5)}]
)
def test_the_strength_of_a_drawn_tie_fades_and_stays_with_the_firm_as_drawn(
    said: dict[str, Any], holder: str
) -> None:
    network = one_decider(trust_holder=holder, **said)
    tie = asked(network)["tie/e/p"]
    for end in tie.ends:
        assert end.risk == risk(drawn_again(network, "tie", ("e", "p"), end.value))
    assert tie.narrows > 0


def test_a_drawn_trust_of_which_nobody_knows_who_holds_it_is_asked_for() -> None:
    network = one_decider(strength=0.8, trust_holder="unknown")
    trust = asked(network)["trust_holder/e/p"]
    assert [end.value for end in trust.ends] == ["person", "firm"]
    assert [end.risk for end in trust.ends] == [
        risk(one_decider(strength=0.8, trust_holder=holder)) for holder in ("person", "firm")
    ]
    assert trust.narrows == width(risk(network)) > 10

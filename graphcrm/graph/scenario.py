"""What if: an account as it would be after people leave, hand over, or get to know each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

import networkx as nx

from graphcrm.errors import N_, InputError, UnknownRecord
from graphcrm.graph.account import AccountGraph, Leaver, Node, SeatNode, TieEdge
from graphcrm.graph.reach import leg
from graphcrm.graph.strength import fading
from graphcrm.policies import Policy
from graphcrm.records.employee import Employee
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.mechanism import Mechanism

Handover = tuple[str, str]
"""Who gives the account up, and who takes it over: ids of employees."""
NewTie = tuple[str, str, float | Interval]
"""Who gets to know whom, and how well: an employee, a contact, a strength 0..1 or its two ends."""


@dataclass(frozen=True)
class Scenario:
    """What is supposed to happen, all at once: the order of its parts, and saying one twice, is nothing.

    ``leaves`` are employees of ours, ``contact_leaves`` people at the customer. Raises InputError for a
    strength that is no number from 0 to 1, and for a handover or a new tie that lacks a part.
    """

    leaves: tuple[str, ...] = ()
    contact_leaves: tuple[str, ...] = ()
    handovers: tuple[Handover, ...] = ()
    new_ties: tuple[NewTie, ...] = ()

    def __post_init__(self) -> None:
        for handover in self.handovers:
            _check_handover(handover)
        for tie in self.new_ties:
            _check_new_tie(tie)

    @property
    def givers(self) -> frozenset[str]:
        """Who hands the account over."""
        return frozenset(giver for giver, _ in self.handovers)

    @property
    def gone(self) -> frozenset[str]:
        """The employees who are not there any more: they left, or handed the account over."""
        return self.givers.union(self.leaves)


def apply(
    graph: AccountGraph, scenario: Scenario, employees: Mapping[str, Employee] | None = None
) -> AccountGraph:
    """The account after the scenario, as of the same day; ``graph`` stays as it is.

    Decision weights are frozen. ``employees`` are those one may name besides the account's own.

    - An employee who leaves takes the personal routes along and leaves the firm's.
    - A contact who leaves vacates every seat and is no gate any more.
    - A new tie has the given strength at both ends, or what is there already where that is more. It fades
      as an assessment of that day does, into what was there. The person holds its trust.
    - Who hands the account over gives it up, as if leaving. The successor takes over the mechanisms, and
      gets a tie to everybody whom the giver has a live tie with: of the policy's target strength, but not
      above the giver's.

    Raises UnknownRecord for an employee who is not there, a contact who holds no seat here or is no gate to
    one, and a giver who has nothing here to give; InputError for a scenario that contradicts itself.
    """
    joining = _checked(graph, scenario, employees or {})
    known = {**graph.employees, **joining}
    network = graph.network.copy()
    for (employee, contact), strength in _raises(graph, scenario).items():
        now = graph.ties[contact].get(employee)
        tie = raised(now, strength, graph.policy, captured=known[employee].captured)
        network.add_edge(Node("employee", employee), Node("contact", contact), tie=tie)
    _vacate(network, frozenset(scenario.contact_leaves))
    return replace(
        graph,
        network=network,
        employees=dict(sorted(known.items())),
        present=graph.present.union(joining) - scenario.gone,
        mechanisms=tuple(_taken_over(m, scenario.handovers) for m in graph.mechanisms),
        leavers=_leavers(graph, frozenset(scenario.contact_leaves)),
    )


def involved(graph: AccountGraph) -> frozenset[str]:
    """Who is there and has to do with the account: by a tie, an interaction or a mechanism."""
    owners = (owner for mechanism in graph.mechanisms for owner in mechanism.our_owners)
    return graph.present.intersection((*graph.concerned, *owners))


def assessed(level: float, into: float, policy: Policy) -> float:
    """What an assessment of today is worth when fading is looked at: l = f·a + (1 − f)·o.

    ``into`` is o, what is there at that time without it; never less than that.
    """
    kept = fading(policy.fade_days, policy.strength.assessment_half_life_days)
    return max(into, kept * level + (1 - kept) * into)


def ends(strength: float | Interval) -> Interval:
    """Both ends of a strength that may be vague."""
    return strength if isinstance(strength, Interval) else exactly(float(strength))


def raised(was: TieEdge | None, strength: Interval, policy: Policy, *, captured: bool) -> TieEdge:
    """The tie with at least this strength today, and what is left of it when fading is looked at."""
    was = was or TieEdge(exactly(0.0), exactly(0.0))
    now = Interval(max(was.now.low, strength.low), max(was.now.high, strength.high))
    low, high = (assessed(a, o, policy) for a, o in zip(strength, was.later, strict=True))
    # Where our imports do not cover the employee, the assessed level may still hold.
    later = Interval(low, high if captured else max(high, strength.high))
    return replace(was, now=now.rounded(), later=later.rounded())


def _check_handover(handover: object) -> None:
    match handover:
        case (str(), str()):
            return
    raise InputError(
        N_("{value!r} does not say who hands over to whom."),
        hint=N_("Give the ids of two employees: who hands over, and who takes over."),
        value=handover,
    )


def _check_new_tie(tie: object) -> None:
    match tie:
        case (str() as employee, str() as contact, strength):
            if not _is_strength(strength):
                raise InputError(
                    N_("The new tie of {employee} and {contact} has the strength {strength}."),
                    hint=N_("Give a number from 0 to 1."),
                    employee=employee,
                    contact=contact,
                    strength=strength if isinstance(strength, Interval) else repr(strength),
                )
        case _:
            raise InputError(
                N_("{value!r} does not say who gets to know whom, and how well."),
                hint=N_("Give the id of an employee, that of a contact, and a strength from 0 to 1."),
                value=tie,
            )


def _is_strength(value: object) -> bool:
    """Whether it is a number from 0 to 1, or two in order; NaN is in no order."""
    match value:
        case bool():
            return False
        case Interval(float() | int() as low, float() | int() as high):
            return 0 <= low <= high <= 1
        case float() | int():
            return 0 <= value <= 1
    return False


def _raises(graph: AccountGraph, scenario: Scenario) -> Mapping[tuple[str, str], Interval]:
    """By employee and contact who stay: the strength that a new tie or a handover brings about."""
    wanted: defaultdict[tuple[str, str], list[Interval]] = defaultdict(list)
    for employee, contact, strength in scenario.new_ties:
        wanted[employee, contact].append(ends(strength))
    target = graph.policy.plan.target_strength
    for giver, taker in scenario.handovers:
        for contact in graph.contacts:
            tie = graph.ties[contact].get(giver)
            if leg(tie, graph, "high") > 0:
                handed = Interval(*(min(target, leg(tie, graph, end)) for end in ("low", "high")))
                wanted[taker, contact].append(handed)
    return {
        pair: Interval(max(s.low for s in strengths), max(s.high for s in strengths))
        for pair, strengths in sorted(wanted.items())
    }


def prune(network: "nx.DiGraph[Node]") -> None:
    """Take out seats elsewhere that are no gate to a seat in scope, and who holds no seat any more."""
    for kind in ("seat", "contact"):
        idle = [
            node
            for node, data in network.nodes(data=True)
            if node.kind == kind
            and not (kind == "seat" and data["seat"].in_scope)
            and not any(to.kind == "seat" for to in network.successors(node))
        ]
        network.remove_nodes_from(idle)


def _vacate(network: "nx.DiGraph[Node]", gone: frozenset[str]) -> None:
    """Every seat of these contacts falls vacant; only occupied seats bear on each other."""
    for contact in sorted(gone):
        person = Node("contact", contact)
        for seat in list(network.successors(person)):
            network.nodes[seat]["seat"] = replace(network.nodes[seat]["seat"], holder=None)
            bearing = chain(network.in_edges(seat), network.out_edges(seat))
            network.remove_edges_from([(a, b) for a, b in bearing if a.kind == b.kind])
        network.remove_node(person)
    prune(network)


def _taken_over(mechanism: Mechanism, handovers: Iterable[Handover]) -> Mechanism:
    """The mechanism with the successors in the place of its owners."""
    takers = {
        owner: sorted({taker for giver, taker in handovers if giver == owner}) or [owner]
        for owner in mechanism.our_owners
    }
    owners = tuple(dict.fromkeys(chain.from_iterable(takers.values())))
    return mechanism.model_copy(update={"our_owners": owners})


def _leavers(graph: AccountGraph, gone: frozenset[str]) -> tuple[Leaver, ...]:
    """Who left a seat of the account lately: those known before, and these, who hold none anywhere now."""
    before = [replace(who, now_at=()) if who.contact in gone else who for who in graph.leavers]

    def left(seat: SeatNode) -> Leaver:
        person = graph.contacts[seat.holder or ""]
        return Leaver(person.id, person.name, seat.id, graph.as_of, person.attitude, ())

    now = [left(seat) for seat in graph.scope if seat.own and seat.holder in gone]
    return tuple(sorted((*before, *now), key=lambda who: (who.seat, who.contact)))


def _checked(
    graph: AccountGraph, scenario: Scenario, employees: Mapping[str, Employee]
) -> Mapping[str, Employee]:
    """The employees who come to know the account by the scenario; raises where it cannot be."""
    takers = {taker for _, taker in scenario.handovers}
    meeting = {employee for employee, _, _ in scenario.new_ties}
    for employee in sorted({*scenario.leaves, *takers, *meeting}):
        _must_be_present(graph, employee, employees)
    for giver in sorted(scenario.givers - involved(graph)):
        _must_be_present(graph, giver, employees)
        raise UnknownRecord(
            N_("{id!r} has nothing to hand over at {account}: no tie, no interaction and no mechanism."),
            hint=N_("`graphcrm account show {account}` names those who know it."),
            id=giver,
            account=graph.account.id,
        )
    met = {contact for _, contact, _ in scenario.new_ties}
    for contact in sorted(met.union(scenario.contact_leaves).difference(graph.contacts)):
        raise UnknownRecord(
            N_("No contact with the id {id!r} holds a seat that counts for {account} on {day}."),
            hint=N_("`graphcrm account show {account} --format json` lists them under contact_loss."),
            id=contact,
            account=graph.account.id,
            day=graph.as_of.isoformat(),
        )
    for person in sorted(scenario.gone.intersection(takers | meeting)):
        raise InputError(
            N_("{id!r} cannot leave or hand over, and also take over or get a new tie."),
            hint=N_("Leave out one of both."),
            id=person,
        )
    for person in sorted(met.intersection(scenario.contact_leaves)):
        raise InputError(
            N_("{id!r} cannot leave, and also get a new tie."),
            hint=N_("Leave out one of both."),
            id=person,
        )
    return {e: employees[e] for e in sorted(takers | meeting) if e not in graph.employees}


def _must_be_present(graph: AccountGraph, employee: str, employees: Mapping[str, Employee]) -> None:
    if employee in graph.employees:
        there = employee in graph.present
    else:
        there = employee in employees and employees[employee].valid_at(graph.as_of)
    if not there:
        raise UnknownRecord(
            N_("No employee with the id {id!r} is there on {day}."),
            hint=N_("`graphcrm account show {account}` names those who know it."),
            id=employee,
            day=graph.as_of.isoformat(),
            account=graph.account.id,
        )

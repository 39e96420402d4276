"""The plan of a budget: the ties of most worth, each with the way there and its effect (section 11)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import fsum
from numbers import Integral

from graphcrm.errors import N_, InputError, Message
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.scenario import Scenario, apply
from graphcrm.planning.candidates import Candidate, candidates, interchangeable
from graphcrm.planning.choice import PROFITABLE, Tie, choose
from graphcrm.planning.colleagues import NOBODY, Colleagues
from graphcrm.planning.likeness import is_available, seats_of
from graphcrm.planning.standing import standing
from graphcrm.planning.worth import Worth
from graphcrm.records.employee import Employee
from graphcrm.records.interval import DECIMALS, Interval, exactly
from graphcrm.records.plan import Plan, Proposal

SECONDS = 5.0
"""How long the solver may look for a better plan than the one found at once."""

Track = Callable[[Sequence[Candidate]], Iterable[Candidate]]


def plan_ties(
    graph: AccountGraph,
    budget: int,
    colleagues: Colleagues = NOBODY,
    *,
    seconds: float = SECONDS,
    track: Track = iter,
) -> Plan:
    """The ties that raise J = ½·Σ w·s₁ + ½·Σ w·s₂ most (see ``Worth``), and what they would do.

    ``choose`` says what is proved of the choice. A tie's effect on the account is that of it alone; what
    all do together is given beside it.

    ``colleagues`` are employees who are there and may come to know the account; without them only who is
    on it already can be proposed. ``track`` wraps the chosen ties to show progress. Raises InputError for a
    budget below 0, or one that is no whole number.
    """
    if isinstance(budget, bool) or not isinstance(budget, Integral) or budget < 0:
        raise InputError(
            N_("A budget of {budget!r} ties makes no sense."),
            hint=N_("Give the number of ties to build or deepen, 0 or more."),
            budget=budget,
        )
    joining = {**colleagues.by_id, **graph.employees}
    worth, observed = Worth.of(graph), graph.observed
    most = min(budget, PROFITABLE * len(graph.contacts))
    found = candidates(graph, colleagues, most) if observed and most and worth.strength else []
    useful = {(c.employee, c.contact): c for c in interchangeable(graph, worth, found, most)}
    choice = choose(worth, list(useful), most, seconds)
    today = standing(graph)
    proposals = _proposals(graph, worth, track([useful[tie] for tie in choice.ties]), joining)
    reason = None if proposals else _reason(graph, worth, budget, found)
    return Plan(
        account=graph.account.id,
        name=graph.account.name,
        as_of=graph.as_of,
        known_at=graph.known_at,
        policy=graph.policy.label,
        observed=observed,
        budget=int(budget),
        target_strength=graph.policy.plan.target_strength,
        candidates=len(found),
        objective=_stated(worth.value) if observed else None,
        objective_after=_stated(choice.value) if observed else None,
        objective_bound=_stated(choice.upper) if observed else None,
        objective_most=_stated(fsum(worth.weights.values())) if observed else None,
        proof=choice.proof if observed else None,
        proposals=proposals,
        reason=None if reason is None else reason.template,
        params={} if reason is None else {k: str(v) for k, v in reason.params.items()},
        today=today,
        together=today if not choice.ties else standing(_built(graph, choice.ties, joining)),
        names=dict(_names(graph, proposals, joining)),
    )


def _proposals(
    graph: AccountGraph,
    worth: Worth,
    chosen: Iterable[Candidate],
    joining: Mapping[str, Employee],
) -> tuple[Proposal, ...]:
    """The candidates in their order, each with its gain after those before, and its effect alone."""
    made: list[Proposal] = []
    for candidate in chosen:
        tie = candidate.employee, candidate.contact
        before = graph.ties[candidate.contact].get(candidate.employee)
        strength = exactly(0.0) if before is None else before.now
        target = graph.policy.plan.target_strength
        gain, worth = worth.gain(*tie), worth.after(*tie)
        made.append(
            Proposal(
                employee=candidate.employee,
                contact=candidate.contact,
                seats=tuple(seat.id for seat in seats_of(graph, candidate.contact)),
                route=candidate.route,
                introducer=candidate.introducer,
                path=candidate.path,
                owner=_owner(graph, candidate, joining),
                fit=candidate.fit,
                strength_before=strength,
                strength_after=Interval(*(max(end, target) for end in strength)),
                gain=_stated(gain),
                objective=_stated(worth.value),
                alone=standing(_built(graph, [tie], joining)),
            )
        )
    return tuple(made)


def _built(graph: AccountGraph, ties: Iterable[Tie], joining: Mapping[str, Employee]) -> AccountGraph:
    """The account once these ties are built."""
    target = graph.policy.plan.target_strength
    scenario = Scenario(new_ties=tuple((employee, contact, target) for employee, contact in ties))
    return apply(graph, scenario, joining)


def _owner(graph: AccountGraph, candidate: Candidate, joining: Mapping[str, Employee]) -> str:
    """Who sees to it: the account's owner, if available; else the one who is to build the tie."""
    owner = joining.get(graph.account.owner or "")
    return owner.id if owner is not None and is_available(owner, graph) else candidate.employee


def _reason(graph: AccountGraph, worth: Worth, budget: int, found: Sequence[Candidate]) -> Message:
    """Why nothing is proposed."""
    if not graph.observed:
        return Message(
            N_("Nothing is known: no tie and no interaction is on record. Enter first who knows whom.")
        )
    if budget == 0:
        return Message(N_("The budget is 0."))
    if not worth.strength:
        plan, reach = graph.policy.plan, graph.policy.reach
        return Message(
            N_("The policy's target strength {target} is below {live}: such a tie would carry nothing."),
            {"target": f"{plan.target_strength:g}", "live": f"{reach.live:g}"},
        )
    if not worth.weights:
        return Message(N_("No seat is known to have decision weight: enter roles and levels first."))
    if not found:
        return Message(
            N_("There is nobody of ours who could be introduced, or who matches in function and level.")
        )
    return Message(N_("No tie that could be built would gain anything."))


def _names(
    graph: AccountGraph, proposals: Iterable[Proposal], joining: Mapping[str, Employee]
) -> Iterator[tuple[str, str]]:
    """What people call the ids that occur; of several of one id ours comes last, and holds."""
    for proposal in proposals:
        yield from ((seat, graph.seats[seat].title or seat) for seat in proposal.seats)
        yield from ((who, graph.contacts[who].name) for who in proposal.path if who in graph.contacts)
    for proposal in proposals:
        people = (*proposal.path, proposal.owner)
        yield from ((who, joining[who].name) for who in people if who in joining)


def _stated(value: float) -> float:
    return round(value, DECIMALS) + 0.0

"""Planning: which ties to build next, who takes over from a leaver, and who moves."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

from graphcrm.errors import N_, UnknownRecord
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.measures.money import Amount, money_total
from graphcrm.planning.budget import Track, plan_ties
from graphcrm.planning.colleagues import Colleagues
from graphcrm.planning.handed import handed_over, loss_after
from graphcrm.planning.handover import hand_over
from graphcrm.planning.holding import Holder, holders
from graphcrm.planning.likeness import is_leaving
from graphcrm.planning.rotation import assign, starts, waves
from graphcrm.planning.standing import standing
from graphcrm.planning.succession import Successor, held, successors
from graphcrm.records.plan import AccountHandover, HandoverPlan, Held, Move, Plan, Rotation, Taking

TrackAccounts = Callable[[Sequence[str]], Iterable[str]]

MOST_TAKERS = 200
"""So many colleagues of one kind from outside an account are looked at for each move of a rotation."""


def plan(known: Facts | AccountGraph, account: str = "", *, budget: int, track: Track = iter) -> Plan:
    """The ties of most worth that a budget allows at an account (section 11; see ``plan_ties``).

    Of an account graph, also one built by hand: among who is on it. Of facts and the account's id: among
    everybody of ours who is there. Raises UnknownRecord where the facts hold no such account, InputError
    for a budget below 0.
    """
    if isinstance(known, AccountGraph):
        return plan_ties(known, budget, track=track)
    return plan_ties(build_graph(known, account), budget, _colleagues(known), track=track)


def handover_plan(facts: Facts, employee: str, track: TrackAccounts = iter) -> HandoverPlan:
    """Who takes over what from an employee at every account (section 11), most at stake first.

    Those are the accounts where the employee has a live tie, for certain or possibly, to the holder of a
    seat in scope or of a gate to one, or owns a mechanism in force. ``track`` wraps the accounts to show
    progress. Raises UnknownRecord for an employee who is not there on the day.
    """
    record = facts.employees.get(employee)
    if record is None:
        raise UnknownRecord(N_("No employee has the id {id!r}."), id=employee)
    if employee not in facts.present:
        raise UnknownRecord(
            N_("No employee with the id {id!r} is there on {day}."),
            hint=N_("Plan the handover as of a day on which the employee is still there."),
            id=employee,
            day=facts.as_of.isoformat(),
        )
    colleagues, names = _colleagues(facts), {employee: record.name}
    found: list[AccountHandover] = []
    for account in track(sorted(facts.accounts)):
        graph = build_graph(facts, account)
        if employee in graph.present:
            here = hand_over(graph, employee, colleagues)
            if here.contacts or here.mechanisms:
                found.append(here)
                names.update(_names(graph, facts, here))
    total = money_total(
        (Amount(here.revenue_at_risk, here.currency) for here in found), facts.policy, facts.as_of
    )
    in_money = bool(found) and total.unknown == 0 and len(total.by_currency) == 1
    leaves_on, overlap = record.valid_to, facts.policy.plan.overlap_days
    return HandoverPlan(
        employee=employee,
        name=record.name,
        as_of=facts.as_of,
        known_at=facts.known_at,
        policy=facts.policy.label,
        on_notice=record.on_notice,
        leaves_on=leaves_on,
        begin_by=None if leaves_on is None else leaves_on - timedelta(days=overlap),
        overlap_days=overlap,
        ordered_by="revenue_at_risk" if in_money else "departure_loss",
        revenue_at_risk=total,
        accounts=tuple(sorted(found, key=_by_revenue if in_money else _by_loss)),
        names=names,
    )


def rotation(facts: Facts, track: TrackAccounts = iter) -> Rotation:
    """Who hands an account over though nobody leaves, who takes over, and in which wave (section 11).

    Those move whose departure would cost at least ``plan.rotation.least_loss`` of an account's reach for
    certain, and who are on record there for ``held_days``. A taker is nobody of those who hold the account
    alone, and takes over one account. What a move does to its account is reckoned after the moves before
    it. ``track`` wraps the accounts to show progress.
    """
    colleagues, rules = _colleagues(facts), facts.policy.plan.rotation
    found: list[Holder] = []
    observed = 0
    for account in track(sorted(facts.accounts)):
        graph = build_graph(facts, account)
        if graph.observed:
            observed += 1
            found += holders(graph, facts)
    since = facts.as_of - timedelta(days=rules.held_days)
    leaving = {e.id for e in facts.employees.values() if is_leaving(e, facts.as_of, facts.policy)}
    staying = [h for h in found if h.employee not in leaving]
    long = sorted(
        (h for h in staying if h.since is not None and h.since <= since),
        key=lambda h: (-h.loss.low, -h.loss.high, h.account, h.employee),
    )
    alone = {(h.account, h.employee) for h in found}
    options = [_takers(facts, h, colleagues, alone, min(len(long), MOST_TAKERS)) for h in long]
    takers = assign(options)
    moves = tuple(_moves(facts, long, takers, colleagues))
    return Rotation(
        as_of=facts.as_of,
        known_at=facts.known_at,
        policy=facts.policy.label,
        least_loss=rules.least_loss,
        held_days=rules.held_days,
        overlap_days=facts.policy.plan.overlap_days,
        looked_at=observed,
        unobserved=len(facts.accounts) - observed,
        waves=max((m.taking.wave for m in moves if m.taking is not None), default=0),
        moves=moves,
        recent=tuple(_stays(h) for h in staying if h.since is None or h.since > since),
        leaving=tuple(_stays(h) for h in found if h.employee in leaving),
        names={
            **{h.account: facts.accounts[h.account].name for h in found},
            **{h.employee: facts.employees[h.employee].name for h in found},
            **{s.employee: facts.employees[s.employee].name for s in takers if s is not None},
        },
    )


def _colleagues(facts: Facts) -> Colleagues:
    return Colleagues.of((facts.employees[e] for e in facts.present), facts.as_of, facts.policy)


def _takers(
    facts: Facts, holder: Holder, colleagues: Colleagues, alone: set[tuple[str, str]], most: int
) -> list[Successor]:
    """Who may take the account over from its holder: nobody who holds it alone already."""
    graph = build_graph(facts, holder.account)
    ranked = successors(graph, holder.employee, colleagues, most)
    return [s for s in ranked if (holder.account, s.employee) not in alone]


def _moves(
    facts: Facts, long: Sequence[Holder], takers: Sequence[Successor | None], colleagues: Colleagues
) -> Iterator[Move]:
    """The moves in the order of their waves; those without a taker come last."""
    filled = [(h, s) for h, s in zip(long, takers, strict=True) if s is not None]
    numbers = waves((h.account, h.employee, s.employee) for h, s in filled)
    graphs: dict[str, AccountGraph] = {}
    for wave, (holder, taker) in sorted(zip(numbers, filled, strict=True), key=lambda each: each[0]):
        before = graphs.get(holder.account) or build_graph(facts, holder.account)
        contacts = dict.fromkeys(held(before, holder.employee), taker.employee)
        after = handed_over(before, holder.employee, contacts, taker.employee, colleagues)
        graphs[holder.account] = after
        starts_on = starts(wave, facts)
        lost = loss_after(before, holder.employee, contacts)
        taking = Taking(
            taker=taker.employee,
            similarity=taker.similarity,
            fits=taker.fits,
            wave=wave,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=facts.policy.plan.overlap_days),
            lost_after=None if lost is None else lost.rounded(),
            after=standing(after),
        )
        yield _move(holder, before, taking)
    for holder, nobody in zip(long, takers, strict=True):
        if nobody is None:
            yield _move(holder, graphs.get(holder.account) or build_graph(facts, holder.account), None)


def _move(holder: Holder, before: AccountGraph, taking: Taking | None) -> Move:
    return Move(
        account=holder.account,
        employee=holder.employee,
        loss=holder.loss,
        since=holder.since,
        taking=taking,
        today=standing(before),
        meanwhile=standing(before.without(holder.employee)),
    )


def _stays(holder: Holder) -> Held:
    return Held(account=holder.account, employee=holder.employee, since=holder.since)


def _by_revenue(here: AccountHandover) -> tuple[float, ...]:
    low, high = here.revenue_at_risk or (0.0, 0.0)
    return -high, -low, *_by_loss(here)


def _by_loss(here: AccountHandover) -> tuple[float, float]:
    low, high = here.lost_meanwhile or (-1.0, -1.0)
    return -high, -low


def _names(graph: AccountGraph, facts: Facts, here: AccountHandover) -> Iterator[tuple[str, str]]:
    """What people call the ids that occur; of several of one id ours comes last, and holds."""
    for each in here.contacts:
        yield each.contact, graph.contacts[each.contact].name
        yield from ((seat, graph.seats[seat].title or seat) for seat in each.seats)
    for who in (*(c.successor for c in here.contacts), *(m.successor for m in here.mechanisms)):
        if who is not None:
            yield who, facts.employees[who].name

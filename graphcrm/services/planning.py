"""Planning: which ties to build next, who takes over from a leaver, and who moves."""

from collections import Counter, defaultdict
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
from graphcrm.planning.handover import NOBODY_FITS, hand_over, settled
from graphcrm.planning.holding import History, Holder, holders
from graphcrm.planning.likeness import is_leaving
from graphcrm.planning.rotation import ALL_TAKEN, spread, starts, waves, waves_until_gone
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
    for a budget below 0, or one that is no whole number.
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
    alone or take over from who leaves it, and takes over two accounts at most, in different waves. What a
    move does to its account is reckoned after the moves before it. ``track`` wraps the accounts to show
    progress.
    """
    colleagues, history, rules = _colleagues(facts), History(facts), facts.policy.plan.rotation
    leaving = {e.id for e in facts.employees.values() if is_leaving(e, facts.as_of, facts.policy)}
    since = facts.as_of - timedelta(days=rules.held_days)
    found: list[Holder] = []
    options: dict[Holder, list[Successor]] = {}
    taking: set[tuple[str, str]] = set()
    observed = 0
    for account in track(sorted(facts.accounts)):
        graph = build_graph(facts, account)
        if not graph.observed:
            continue
        observed += 1
        here = holders(graph, history)
        found += here
        staying = [h for h in here if h.employee not in leaving]
        moving = [h for h in staying if h.since is not None and h.since <= since]
        if moving:
            going = [h.employee for h in here if h.employee in leaving]
            graph, takers_here = _settled(graph, going, colleagues)
            taking.update((account, taker) for taker in takers_here)
        for holder in moving:
            ranked = successors(graph, holder.employee, colleagues, MOST_TAKERS)
            options[holder] = [s for s in ranked if all(s.employee != h.employee for h in here)]
    long = sorted(options, key=lambda h: (-h.loss.low, -h.loss.high, h.account, h.employee))
    takers = spread([h.account for h in long], [options[h] for h in long], taking)
    reasons = [ALL_TAKEN if options[h] else NOBODY_FITS for h in long]
    leavers = [h for h in found if h.employee in leaving]
    moves = tuple(_moves(facts, list(zip(long, takers, reasons, strict=True)), leavers, colleagues))
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
        recent=tuple(_stays(h) for h in found if h.employee not in leaving and h not in options),
        leaving=tuple(_stays(h) for h in leavers),
        names={
            **{h.account: facts.accounts[h.account].name for h in found},
            **{h.employee: facts.employees[h.employee].name for h in found},
            **{s.employee: facts.employees[s.employee].name for s in takers if s is not None},
        },
    )


def _colleagues(facts: Facts) -> Colleagues:
    return Colleagues.of((facts.employees[e] for e in facts.present), facts.as_of, facts.policy)


def _settled(
    graph: AccountGraph, leavers: Iterable[str], colleagues: Colleagues
) -> tuple[AccountGraph, set[str]]:
    """The account once each of these has handed it over, and who took over."""
    takers: set[str] = set()
    for leaver in leavers:
        graph, here = settled(graph, leaver, colleagues)
        takers |= here
    return graph, takers


def _moves(
    facts: Facts,
    planned: Sequence[tuple[Holder, Successor | None, str]],
    leavers: Sequence[Holder],
    colleagues: Colleagues,
) -> Iterator[Move]:
    """The moves in the order of their waves; those without a taker come last, each with its reason."""
    leaving, busy = defaultdict(list), Counter[str]()
    for leaver in leavers:
        leaving[leaver.account].append(leaver.employee)
        away = waves_until_gone(facts.employees[leaver.employee], facts)
        busy[leaver.account] = max(away, busy[leaver.account])
    graphs: dict[str, AccountGraph] = {}

    def before(account: str) -> AccountGraph:
        known = graphs.get(account)
        return known or _settled(build_graph(facts, account), leaving[account], colleagues)[0]

    filled = [(holder, taker) for holder, taker, _ in planned if taker is not None]
    numbers = waves(((h.account, h.employee, s.employee) for h, s in filled), busy)
    for wave, (holder, taker) in sorted(zip(numbers, filled, strict=True), key=lambda each: each[0]):
        graph = before(holder.account)
        contacts = dict.fromkeys(held(graph, holder.employee), taker.employee)
        after = handed_over(graph, holder.employee, contacts, taker.employee, colleagues)
        graphs[holder.account] = after
        starts_on = starts(wave, facts)
        lost = loss_after(graph, holder.employee, contacts)
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
        yield _move(holder, graph, taking, None)
    for holder, nobody, reason in planned:
        if nobody is None:
            yield _move(holder, before(holder.account), None, reason)


def _move(holder: Holder, before: AccountGraph, taking: Taking | None, reason: str | None) -> Move:
    return Move(
        account=holder.account,
        employee=holder.employee,
        loss=holder.loss,
        since=holder.since,
        taking=taking,
        reason=reason,
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

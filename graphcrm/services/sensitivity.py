"""Sensitivity: how one account moves when each number of its policy moves by a quarter."""

from collections.abc import Callable, Iterable, Sequence

from graphcrm.gaps.snapshot import Snapshot
from graphcrm.graph.account import AccountGraph
from graphcrm.policies import Policy
from graphcrm.policies.variation import FACTORS, Move, moves, numbers
from graphcrm.records.interval import DECIMALS, Interval
from graphcrm.records.sensitivity import EntrySensitivity, MovedReview, Sensitivity
from graphcrm.services.moved_policy import Bears, Outcome, Subject, bears_on, facts_under

Track = Callable[[Sequence[Move]], Iterable[Move]]


def sensitivity(graph: AccountGraph, snapshot: Snapshot | None = None, track: Track = iter) -> Sensitivity:
    """What changes at an account with each number of its policy, moved a quarter down and up.

    ``snapshot`` holds the facts the graph was built from. A graph made by hand has none: then the numbers
    that strengths, influence and weights are made with stay unread. ``track`` wraps the moves to show
    progress.
    """
    subject, policy = Subject(graph), graph.policy
    every = tuple(moves(policy))
    unread = {m.entry for m in every if snapshot is None and bears_on(m.entry) is Bears.facts}
    changed: dict[str, list[MovedReview]] = {}
    for move in track([m for m in every if m.entry not in unread]):
        outcome = subject.under(move, facts_under(snapshot, move))
        changed.setdefault(move.entry, []).append(_moved(move, subject.outcome, outcome))
    entries = [_entry(entry, subject.outcome.risk, moved) for entry, moved in changed.items()]
    telling = [entry for entry in entries if entry.movement or entry.verdicts]
    return Sensitivity(
        account=graph.account.id,
        name=graph.account.name,
        as_of=graph.as_of,
        known_at=graph.known_at,
        policy=policy.label,
        observed=graph.observed,
        factors=FACTORS,
        risk=subject.outcome.risk,
        verdicts=subject.outcome.verdicts,
        entries=tuple(sorted(telling, key=lambda e: (-len(e.verdicts), -e.movement, e.entry))),
        unchanged=len(entries) - len(telling),
        fixed=fixed(policy, every),
        unread=tuple(sorted(unread)),
    )


def fixed(policy: Policy, every: Iterable[Move]) -> tuple[str, ...]:
    """The entries of a policy that none of its moves moves."""
    return tuple(sorted(numbers(policy).keys() - {move.entry for move in every}))


def _moved(move: Move, now: Outcome, then: Outcome) -> MovedReview:
    return MovedReview(
        factor=move.factor,
        before=move.before,
        after=move.after,
        risk=then.risk,
        verdicts={
            name: (verdict, then.verdicts[name])
            for name, verdict in now.verdicts.items()
            if verdict != then.verdicts[name]
        },
    )


def _entry(entry: str, risk: Interval, moved: Sequence[MovedReview]) -> EntrySensitivity:
    ends = (abs(then - now) for m in moved for now, then in zip(risk, m.risk, strict=True))
    return EntrySensitivity(
        entry=entry,
        movement=round(max(ends), DECIMALS),
        verdicts=tuple(sorted({name for m in moved for name in m.verdicts})),
        moves=tuple(moved),
    )

"""Sensitivity of a portfolio: which accounts flip, and how ranks move, with each number of the policy."""

from collections import Counter
from collections.abc import Mapping, Sequence

from graphcrm.gaps.snapshot import Snapshot
from graphcrm.policies.variation import FACTORS, Move, moves
from graphcrm.records.sensitivity import EntryRanks, MovedPortfolio, PortfolioSensitivity
from graphcrm.services.moved_policy import Outcome, Subject, facts_under
from graphcrm.services.ranking import rank_correlation, ranks
from graphcrm.services.sensitivity import Track, fixed

Outcomes = Mapping[str, Outcome]


def portfolio_sensitivity(snapshot: Snapshot, track: Track = iter) -> PortfolioSensitivity:
    """What changes over all accounts with each number of the policy, moved a quarter down and up.

    ``track`` wraps the moves to show progress: each looks at the whole portfolio once.
    """
    subjects = {account: Subject(snapshot.graph(account)) for account in snapshot.accounts}
    now = {account: subject.outcome for account, subject in subjects.items()}
    every = tuple(moves(snapshot.policy))
    changed: dict[str, list[MovedPortfolio]] = {}
    for move in track(every):
        facts = facts_under(snapshot, move)
        then = {account: subject.under(move, facts) for account, subject in subjects.items()}
        changed.setdefault(move.entry, []).append(_moved(move, now, then))
    entries = [_entry(entry, moved) for entry, moved in changed.items()]
    telling = sorted(
        (e for e in entries if e.flips or _disturbs(e)),
        key=lambda e: (-len(e.flips), _alike(e), -e.largest_move, e.entry),
    )
    least_alike = min(
        (e for e in telling if _disturbs(e)), key=lambda e: (_alike(e), e.entry), default=None
    )
    shared = Counter(_ranked(now).values())
    return PortfolioSensitivity(
        as_of=snapshot.as_of,
        known_at=snapshot.known_at,
        policy=snapshot.policy.label,
        factors=FACTORS,
        accounts=len(subjects),
        tied=sum(n for n in shared.values() if n > 1),
        verdicts_hang_on=telling[0].entry if telling and telling[0].flips else None,
        ranks_hang_on=None if least_alike is None else least_alike.entry,
        entries=tuple(telling),
        unchanged=len(entries) - len(telling),
        fixed=fixed(snapshot.policy, every),
        names={account: subject.graph.account.name for account, subject in subjects.items()},
    )


def _ranked(outcomes: Outcomes) -> Mapping[str, int]:
    return ranks({account: outcome.risk for account, outcome in outcomes.items()})


def _moved(move: Move, now: Outcomes, then: Outcomes) -> MovedPortfolio:
    before, after = _ranked(now), _ranked(then)
    places = {account: abs(after[account] - rank) for account, rank in before.items()}
    largest = max(places.values(), default=0)
    flips = {
        account: tuple(
            n for n, verdict in now[account].verdicts.items() if then[account].verdicts[n] != verdict
        )
        for account in now
    }
    return MovedPortfolio(
        factor=move.factor,
        before=move.before,
        after=move.after,
        tau_b=rank_correlation(list(before.values()), list(after.values())),
        flips={account: names for account, names in flips.items() if names},
        largest_move=largest,
        moved=min((a for a, n in places.items() if n == largest), default=None) if largest else None,
    )


def _entry(entry: str, moved: Sequence[MovedPortfolio]) -> EntryRanks:
    defined = [m.tau_b for m in moved if m.tau_b is not None]
    return EntryRanks(
        entry=entry,
        flips=tuple(sorted({account for m in moved for account in m.flips})),
        tau_b=min(defined, default=None),
        largest_move=max(m.largest_move for m in moved),
        moves=tuple(moved),
    )


def _alike(entry: EntryRanks) -> float:
    """How alike the ranks are at worst; where that is undefined, as before."""
    return 1.0 if entry.tau_b is None else entry.tau_b


def _disturbs(entry: EntryRanks) -> bool:
    """Whether it changes any rank: somebody's place, or who shares one."""
    return entry.largest_move > 0 or _alike(entry) < 1

"""Rotation: who takes over from whom, and which moves go together (section 11)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil

from graphcrm.errors import N_
from graphcrm.graph.facts import Facts
from graphcrm.planning.succession import Successor
from graphcrm.records.employee import Employee

MOST_TAKEN = 2
"""So many accounts one person takes over in a rotation: more would make the next star."""
ALL_TAKEN = N_("Everybody who fits takes over elsewhere already, or here from somebody else.")


def spread(
    accounts: Sequence[str],
    options: Sequence[Sequence[Successor]],
    taking: Collection[tuple[str, str]] = (),
) -> list[Successor | None]:
    """A taker for each move, of the account beside it.

    All moves are assigned (see ``assign``), then those left over once more, up to ``MOST_TAKEN`` times.
    Nobody takes over from two at one account; ``taking`` are accounts and who takes over there anyway.
    """
    found: list[Successor | None] = [None] * len(options)
    for _ in range(MOST_TAKEN):
        here = {(a, s.employee) for a, s in zip(accounts, found, strict=True) if s is not None}
        taken = here.union(taking)
        left = [row for row, taker in enumerate(found) if taker is None]
        free = [[s for s in options[row] if (accounts[row], s.employee) not in taken] for row in left]
        for row, taker in zip(left, assign(free), strict=True):
            found[row] = taker
    return found


def assign(options: Sequence[Sequence[Successor]]) -> list[Successor | None]:
    """A taker for each move: as many moves as can be get one, then of most similarity in all.

    Nobody takes over two of them. Exact, as a minimum-weight matching in a bipartite graph, where each move
    has a place of its own beside the takers, which stands for nobody (Jonker & Volgenant 1987,
    doi:10.1007/BF02278710). Similarity is proven similarity.
    """
    if not options:
        return []
    # Loading these takes longer than most commands do.
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415

    takers = {name: i for i, name in enumerate(sorted({s.employee for row in options for s in row}))}
    moves = len(options)
    nobody = 2.0 * moves + 2.0
    entries = [
        (row, takers[s.employee], nobody - (moves + 1.0) - s.similarity.low)
        for row, suited in enumerate(options)
        for s in suited
    ]
    entries += [(row, len(takers) + row, nobody) for row in range(moves)]
    rows, columns, costs = zip(*entries, strict=True)
    places = np.array([rows, columns], dtype=np.int32)  # older solvers of scipy take no wider ones
    costly = csr_array((costs, tuple(places)), shape=(moves, len(takers) + moves))
    matched = dict(zip(*min_weight_full_bipartite_matching(costly), strict=True))
    by_name = [{s.employee: s for s in row} for row in options]
    names = list(takers)
    return [
        by_name[row][names[matched[row]]] if matched[row] < len(takers) else None for row in range(moves)
    ]


def waves(moves: Iterable[tuple[str, str, str]], leaving: Mapping[str, int]) -> list[int]:
    """The wave of each move (account, giver, taker), from 1: the earliest in which nothing collides.

    In one wave no account loses two of its key people, and nobody takes part twice. ``leaving`` is by
    account the number of waves during which one of these leaves it anyway. Moves come in order of what is
    at stake, so an earlier one never waits for a later.
    """
    accounts: defaultdict[int, set[str]] = defaultdict(set)
    people: defaultdict[int, set[str]] = defaultdict(set)
    found = []
    for account, giver, taker in moves:
        wave = leaving.get(account, 0) + 1
        while account in accounts[wave] or not people[wave].isdisjoint((giver, taker)):
            wave += 1
        accounts[wave].add(account)
        people[wave].update((giver, taker))
        found.append(wave)
    return found


def starts(wave: int, facts: Facts) -> date:
    """The first day of a wave; the next begins when the overlap of this one is over."""
    return facts.as_of + timedelta(days=(wave - 1) * facts.policy.plan.overlap_days)


def waves_until_gone(leaver: Employee, facts: Facts) -> int:
    """During how many waves somebody leaves: up to the last day, or for one overlap where none is known."""
    overlap = facts.policy.plan.overlap_days
    days = overlap if leaver.valid_to is None else (leaver.valid_to - facts.as_of).days
    return ceil(days / overlap)

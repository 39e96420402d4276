"""Rotation: who takes over from whom, and which moves go together (section 11)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from graphcrm.graph.facts import Facts
from graphcrm.planning.succession import Successor


def assign(options: Sequence[Sequence[Successor]]) -> list[Successor | None]:
    """A taker for each move: as many moves as can be get one, then of most similarity in all.

    Nobody takes over two. Exact, as a minimum-weight matching in a bipartite graph, where each move has a
    place of its own beside the takers, which stands for nobody (Jonker & Volgenant 1987,
    doi:10.1007/BF02278710). Similarity is proven similarity.
    """
    if not options:
        return []
    # Loading scipy takes longer than most commands do.
    from scipy.sparse import coo_array  # noqa: PLC0415
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
    rows, columns, costs = (np.array(part) for part in zip(*entries, strict=True))
    costly = coo_array((costs, (rows, columns)), shape=(moves, len(takers) + moves)).tocsr()
    matched = dict(zip(*min_weight_full_bipartite_matching(costly), strict=True))
    by_name = [{s.employee: s for s in row} for row in options]
    names = list(takers)
    return [
        by_name[row][names[matched[row]]] if matched[row] < len(takers) else None for row in range(moves)
    ]


def waves(moves: Iterable[tuple[str, str, str]]) -> list[int]:
    """The wave of each move (account, giver, taker), from 1: the earliest in which nothing collides.

    In one wave no account loses two of its key people, and nobody takes part twice. Moves come in order of
    what is at stake, so an earlier one never waits for a later.
    """
    busy: list[tuple[set[str], set[str]]] = []
    found = []
    for account, giver, taker in moves:
        people = {giver, taker}
        wave = next(
            (
                number
                for number, (accounts, busy_people) in enumerate(busy)
                if account not in accounts and people.isdisjoint(busy_people)
            ),
            len(busy),
        )
        if wave == len(busy):
            busy.append((set(), set()))
        busy[wave][0].add(account)
        busy[wave][1].update(people)
        found.append(wave + 1)
    return found


def starts(wave: int, facts: Facts) -> date:
    """The first day of a wave; the next begins when the overlap of this one is over."""
    return facts.as_of + timedelta(days=(wave - 1) * facts.policy.plan.overlap_days)

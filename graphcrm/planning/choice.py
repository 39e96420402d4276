"""The choice of a plan: the ties of most worth that a budget allows, and how that is known (section 11)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import combinations
from math import comb, fsum
from typing import NamedTuple

from graphcrm.planning.solver import solve
from graphcrm.planning.worth import Worth
from graphcrm.records.plan import Proof

Tie = tuple[str, str]
"""An employee and a contact who are to get to know each other."""

EXACT = 1e-6
"""What two worths may differ by to be the same: results are stated in six decimals."""
NO_GAIN = 1e-9
FEW = 5_000
"""So many plans are tried one by one."""
PROFITABLE = 2
"""Of more new ties to one contact the third gains nothing: only two routes to a seat count."""


class Choice(NamedTuple):
    """The ties in the order to build them, what they make of the worth, and how that is known."""

    ties: tuple[Tie, ...]
    value: float
    upper: float
    proof: Proof


def choose(worth: Worth, options: Sequence[Tie], budget: int, seconds: float) -> Choice:
    """The best ``budget`` of the options, which stand in order of preference.

    - ``sorted``: the largest gains first come to a bound that no plan can pass. It is always so where each
      seat is touched by one option only.
    - ``exhausted``: every plan was tried.
    - ``solved``: the solver proved that none is better.
    - ``bounded``: none of these within ``seconds``; the best plan is worth from ``value`` to ``upper``.
    """
    options = [tie for tie in options if worth.gain(*tie) > NO_GAIN]
    ties = _greedy(worth, options, budget)
    best, upper = _after(worth, ties).value, _bound(worth, options, budget)
    if best >= upper - EXACT:
        return _stated(worth, ties, upper, "sorted")
    size = min(budget, len(options))
    if comb(len(options), size) <= FEW:
        ties = max(combinations(options, size), key=lambda plan: _after(worth, plan).value)
        return _stated(worth, ties, _after(worth, ties).value, "exhausted")
    # Where new ties should lead, if strangers built them; then who of ours comes as close.
    strangers = [
        (f"\0{number}\0{contact}", contact)
        for contact, count in Counter(contact for _, contact in options).items()
        for number in range(min(count, PROFITABLE))
    ]
    for problem in (strangers, options):
        found, bound = solve(worth, problem, budget, seconds / 2)
        upper = min(upper, bound)
        wanted = Counter(contact for _, contact in found)
        own = _greedy(worth, options, budget, wanted) if problem is strangers else tuple(found)
        if _after(worth, own).value > best + NO_GAIN:
            ties, best = own, _after(worth, own).value
        if best >= upper - EXACT:
            return _stated(worth, ties, upper, "solved")
    return _stated(worth, ties, upper, "bounded")


def _greedy(
    worth: Worth, options: Iterable[Tie], budget: int, wanted: Counter[str] | None = None
) -> tuple[Tie, ...]:
    """The tie of the largest gain, then of what is left, and so on; of equal gains the preferred.

    With ``wanted`` only so many to each contact.
    """
    left = None if wanted is None else wanted.copy()
    gains = {tie: worth.gain(*tie) for tie in options}
    chosen: list[Tie] = []
    while gains and len(chosen) < budget:
        tie = max(gains, key=lambda each: round(gains[each], 9))
        if gains[tie] <= NO_GAIN:
            break
        del gains[tie]
        if left is not None:
            if not left[tie[1]]:
                continue
            left[tie[1]] -= 1
        chosen.append(tie)
        worth = worth.after(*tie)
        touched = worth.touches[tie[1]].keys()
        for other in gains:
            if not touched.isdisjoint(worth.touches[other[1]]):
                gains[other] = worth.gain(*other)
    return tuple(chosen)


def _bound(worth: Worth, options: Iterable[Tie], budget: int) -> float:
    """No plan is worth more: each contact's first and second tie at what a stranger would gain by it.

    A tie of somebody with no other route gains at least as much as anybody's, and no tie gains more after
    others than before them.
    """
    steps: defaultdict[str, list[float]] = defaultdict(list)
    for contact, count in Counter(contact for _, contact in options).items():
        met = worth
        for number in range(min(count, PROFITABLE)):
            stranger = f"\0{number}"
            steps[contact].append(met.gain(stranger, contact))
            met = met.after(stranger, contact)
    return worth.value + fsum(nlargest(budget, (gain for gains in steps.values() for gain in gains)))


def _after(worth: Worth, ties: Iterable[Tie]) -> Worth:
    for tie in ties:
        worth = worth.after(*tie)
    return worth


def _stated(worth: Worth, ties: Sequence[Tie], upper: float, proof: Proof) -> Choice:
    """The ties in the order of their gains, without those that others make needless."""
    order = _greedy(worth, ties, len(ties))
    value = _after(worth, order).value
    return Choice(order, value, max(value, upper) if proof == "bounded" else value, proof)

"""The weight of a gap: how many verdicts hang on it.

An account has four verdicts: three-dimensional, adequate, and both whoever leaves. A verdict *hangs on* a
gap if some way to fill the gap, with all else left as it is, would make it another verdict:

    weight(g) = Σ over accounts a that g touches of |{ v : some filling f of g has v(a | f) ≠ v(a) }|

Unit: verdicts. Range: 0 to four times the accounts touched. A filling states what is missing for every
record of the gap at once and alike, at the ends of what it can be: the best and the worst attitude, each
role, each level, what the policy knows of (each gap says so). So the weight is a lower bound where the
records of one account could also differ from each other. It counts an unknown verdict that would become
certain, and a certain one that rests on a doubtful record and would fall.

The same over the six axes (each against the standard of the shape and of the mode) tells gaps of equal
weight apart: where one axis fails anyway, no verdict hangs on another axis, and yet it is not known.

An account nothing is observed of has no verdict: the gap that keeps it so weighs all four and all six.
Nothing else that is missing there weighs anything, because filling it alone shows nothing; what is doubtful
may (a duplicate, say, that hides a contact). A gap no verdict asks
about (revenue, for one) weighs 0. Undefined where nobody knows which accounts a gap bears on (a contact
without a seat).

The idea: the value of a piece of information is what it can change, not how much of it is missing (Howard
1966, *IEEE Transactions on Systems Science and Cybernetics* 2(1), doi:10.1109/TSSC.1966.300074); here
without probabilities, which nobody knows.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from graphcrm.gaps.gap import Found, Gap
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.measures.account import mode
from graphcrm.measures.verdict import axis_values, judge
from graphcrm.records.review import Verdict

VERDICTS = ("three_dimensional", "robustly_three_dimensional", "adequate", "robustly_adequate")
"""The verdicts of an account."""
AXES = tuple(
    f"{standard}.{axis}"
    for standard in ("shape", "meets_mode")
    for axis in ("key_points", "breadth", "organisation")
)
"""The verdicts on its axes."""

Standing = Mapping[str, Verdict]
"""The verdicts of an account by name; none where nothing is observed."""


class Hanging(NamedTuple):
    """Which verdicts, and which axes, of an account hang on a gap."""

    verdicts: tuple[str, ...] = ()
    axes: tuple[str, ...] = ()


def standing(snapshot: Snapshot, account: str) -> Standing:
    """The verdicts of an account as things are."""
    graph = snapshot.graph(account)
    if not graph.observed:
        return {}
    judged = judge(graph, axis_values(graph), mode(graph))
    verdicts: dict[str, Verdict] = {name: getattr(judged, name) for name in VERDICTS}
    for name in AXES:
        standard, axis = name.split(".")
        verdicts[name] = getattr(getattr(judged, standard), axis)
    return verdicts


def hanging(
    snapshot: Snapshot, now: Mapping[str, Standing], gap: Gap, found: Sequence[Found]
) -> Mapping[str, Hanging]:
    """By account the gap touches: what hangs on it.

    ``now`` are the standings as things are, of the accounts to look at.
    """
    touched = sorted({account for _, accounts in found for account in accounts} & now.keys())
    if gap.closed:
        return dict.fromkeys(touched, Hanging(VERDICTS, AXES))
    changed: dict[str, set[str]] = {account: set() for account in touched}
    for bundle in gap.fill(snapshot, found) if touched else ():
        filled = snapshot.with_facts(bundle)
        for account in touched:
            if account in filled.facts.accounts:
                changed[account] |= _differences(now[account], standing(filled, account))
    return {account: Hanging(_of(VERDICTS, names), _of(AXES, names)) for account, names in changed.items()}


def _differences(one: Standing, other: Standing) -> set[str]:
    return {name for name in (*VERDICTS, *AXES) if one.get(name) != other.get(name)}


def _of(order: Iterable[str], names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in order if name in names)

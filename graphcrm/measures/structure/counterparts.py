"""Bow-tie or diamond: does one of ours meet one of theirs, or each a counterpart? (section 10)."""

from graphcrm.graph.account import AccountGraph
from graphcrm.measures.bipartite import largest_matching, smallest_cover
from graphcrm.measures.organisation import match_choices, matched_seats
from graphcrm.records.interval import Count, Interval
from graphcrm.records.structure import Counterparts


def counterparts(graph: AccountGraph) -> Counterparts:
    """Pairs of top seats and people of ours on their level, and the fewest who must go before none is left.

    The pairs are those of organisation's matching; as many people as pairs must go to cut them all (Kőnig
    1931), whichever side they are on. ``position`` = (pairs − 1) / (enough − 1), 0..1 at both ends, with
    enough as in organisation: 0 is the bow-tie, which hangs on one pair, 1 the diamond (Millman & Wilson
    1995, doi:10.1108/EUM0000000003877). No pair counts as 0. None where nobody can be matched, and where
    fewer than two seats are there to match.
    """
    seats = matched_seats(graph)
    choices = {end: match_choices(graph, seats, end) for end in ("low", "high")}
    pairs = largest_matching(choices["low"])
    matched = Count(len(pairs), len(largest_matching(choices["high"])))
    enough = min(graph.policy.organisation.enough_matches, len(seats))
    cut_seats, cut_employees = smallest_cover(choices["low"], pairs)
    return Counterparts(
        matched=matched,
        pairs=dict(sorted(pairs.items())),
        cut_seats=tuple(sorted(cut_seats)),
        cut_employees=tuple(sorted(cut_employees)),
        position=_position(matched, enough) if matched.high and enough > 1 else None,
    )


def _position(matched: Count, enough: int) -> Interval:
    return Interval(*(min(1.0, max(0, pairs - 1) / (enough - 1)) for pairs in matched)).rounded()

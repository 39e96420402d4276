"""Fade: what is lost by waiting 90 days (section 8)."""

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import reach
from graphcrm.measures.shares import Term, share_interval
from graphcrm.records.interval import Interval


def fade(graph: AccountGraph) -> Interval | None:
    """(T − T₉₀)/T, T₉₀ the reach at t+90 days without new contact, every other fact as at t.

    No tie gets stronger by waiting. None where T can only be 0.
    """
    now_low, now_high = reach(graph, "low"), reach(graph, "high")
    later_low, later_high = reach(graph, "low", "later"), reach(graph, "high", "later")
    worst, mildest = [], []
    for seat in graph.scope:
        c = seat.id
        worst.append(Term(seat.weight, now_high[c] - later_low[c], now_high[c]))
        today = max(now_low[c], min(now_high[c], later_high[c]))
        mildest.append(Term(seat.weight, max(0.0, today - later_high[c]), today))
    return share_interval(mildest, worst)

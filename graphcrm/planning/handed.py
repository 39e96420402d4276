"""What becomes of an account when one of ours hands it over, and what is lost all the same (section 11)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import fsum

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.graph.reach import ENDS, End, doors, labels, leg, live, routes
from graphcrm.graph.scenario import NewTie, Scenario, apply
from graphcrm.measures.shares import Term, share_interval
from graphcrm.planning.colleagues import Colleagues
from graphcrm.records.interval import Interval
from graphcrm.records.mechanism import Mechanism


def handed_strength(graph: AccountGraph, giver: str, contact: str) -> Interval:
    """What a successor gets of a tie: the policy's target strength, but not more than the giver has."""
    target, tie = graph.policy.plan.target_strength, graph.ties[contact].get(giver)
    return Interval(*(min(target, leg(tie, graph, end)) for end in ENDS))


def handed_over(
    graph: AccountGraph,
    giver: str,
    takers: Mapping[str, str],
    owner: str | None,
    colleagues: Colleagues,
) -> AccountGraph:
    """The account once the giver is gone, the takers have their contacts, and the owner the mechanisms."""
    ties: Iterator[NewTie] = (
        (taker, contact, handed_strength(graph, giver, contact)) for contact, taker in takers.items()
    )
    after = apply(graph, Scenario(leaves=(giver,), new_ties=tuple(ties)), colleagues.by_id)
    if owner is None or not any(giver in m.our_owners for m in graph.mechanisms):
        return after
    return replace(
        after,
        mechanisms=tuple(_owned(m, giver, owner) for m in after.mechanisms),
        employees={**after.employees, owner: graph.employees.get(owner) or colleagues.by_id[owner]},
        present=after.present | {owner},
    )


def loss_after(graph: AccountGraph, giver: str, takers: Mapping[str, str]) -> Interval | None:
    """Share of reach that is lost though all is handed over: (T − T after) / T, T = Σ w·R, 0..1.

    As ``departure_loss``, with the successors' new ties in what stays; without takers it is that loss.
    Bounded seat by seat: at the high end the most is lost of the giver's routes and the least stays, at the
    low end the other way round. So every completion of the unknown lies between, and where all is known it
    is exact. None where T can only be 0.
    """
    own = {end: routes(graph, end) for end in ENDS}
    others = {end: labels(graph, end) for end in ENDS}

    def strength(holder: str, end: End) -> float:
        return leg(graph.ties[holder].get(giver), graph, end)

    def passed(holder: str, end: End) -> float:
        """What a successor gets of the tie, as far as it carries anything."""
        given = handed_strength(graph, giver, holder)
        return live(getattr(given, end), graph) if holder in takers else 0.0

    def stays(seat: SeatNode, end: End) -> float:
        handed = (passed(holder, end) * factor for holder, factor in doors(graph, seat))
        return max(others[end][seat.id].without(giver), *handed, 0.0)

    def most_lost(seat: SeatNode) -> float:
        """No more than the best route less what stays, nor than a route less what is handed over of it."""
        kept_back = (
            (strength(holder, "high") - passed(holder, "high")) * factor
            for holder, factor in doors(graph, seat)
        )
        all_of_it = own["high"][seat.id].get(giver, 0.0) - stays(seat, "low")
        return max(0.0, min(all_of_it, max(kept_back, default=0.0)))

    def least_lost(seat: SeatNode) -> float:
        return max(0.0, own["low"][seat.id].get(giver, 0.0) - stays(seat, "high"))

    def terms(lost: Callable[[SeatNode], float], end: End) -> list[Term]:
        return [Term(s.weight, lost(s), lost(s) + stays(s, end)) for s in graph.scope]

    return share_interval(terms(least_lost, "high"), terms(most_lost, "low"))


def stake(graph: AccountGraph, giver: str, contact: str) -> float:
    """Σ w·(R − R without this one tie), at proven strength and low weights: what hangs on it alone."""
    reached = labels(graph, "low")

    def by_others(seat_id: str) -> float:
        own = (
            leg(graph.ties[holder].get(giver), graph, "low") * factor
            for holder, factor in doors(graph, graph.seats[seat_id])
            if holder != contact
        )
        return max(reached[seat_id].without(giver), *own, 0.0)

    return fsum(s.weight.low * (reached[s.id].best - by_others(s.id)) for s in graph.scope)


def _owned(mechanism: Mechanism, giver: str, owner: str) -> Mechanism:
    owners = dict.fromkeys(owner if who == giver else who for who in mechanism.our_owners)
    return mechanism.model_copy(update={"our_owners": tuple(owners)})

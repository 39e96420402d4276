"""The structure of one account, whole."""

from collections.abc import Iterator

from graphcrm.errors import N_, Message
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.bus_factor import bus_factor_bounds
from graphcrm.measures.organisation import matched_seats
from graphcrm.measures.ownership import hhi, ownership_shares
from graphcrm.measures.reasons import NO_OWNER, bus_factor_reason
from graphcrm.measures.structure.counterparts import counterparts
from graphcrm.measures.structure.independent_routes import independent_routes
from graphcrm.measures.structure.key_players import SIZES, influence_network, key_players
from graphcrm.measures.structure.map_cuts import map_cuts
from graphcrm.measures.structure.single_threads import single_threads
from graphcrm.measures.structure.worst_departures import worst_departures
from graphcrm.records.interval import DECIMALS
from graphcrm.records.review import Reason
from graphcrm.records.structure import Counterparts, Ownership, Structure


def structure(graph: AccountGraph) -> Structure | None:
    """On whom, and through whom, an account hangs, with the reason for all that is undefined.

    At proven strength and low weights, but for the routes to seats and for counterparts, which have both
    ends. None for an account that is not observed. What would take long is limited by the policy's
    ``structure``: the bus factor is then given as bounds, and worst sets are left out.
    """
    if not graph.observed:
        return None
    worst = {size: worst_departures(graph, size) for size in SIZES}
    best = {size: key_players(graph, size) for size in SIZES}
    met = counterparts(graph)
    unsettled = {
        **{f"worst_departures.{size}": why for size, why in worst.items() if isinstance(why, Message)},
        **{f"key_players.{size}": why for size, why in best.items() if isinstance(why, Message)},
    }
    return Structure(
        account=graph.account.id,
        as_of=graph.as_of,
        policy=graph.policy.label,
        bus_factor=bus_factor_bounds(graph),
        ownership=_ownership(graph),
        routes=independent_routes(graph),
        single_threads=single_threads(graph),
        worst_departures={n: sets for n, sets in worst.items() if not isinstance(sets, Message)},
        key_players={n: sets for n, sets in best.items() if not isinstance(sets, Message)},
        network=len(influence_network(graph)),
        counterparts=met,
        map_cuts=map_cuts(graph),
        reasons={**dict(_reasons(graph, met)), **unsettled},
    )


def _ownership(graph: AccountGraph) -> Ownership | None:
    shares = ownership_shares(graph)
    concentration = hhi(shares.values())
    if concentration is None:
        return None
    return Ownership(
        hhi=round(concentration, DECIMALS),
        effective_owners=round(1 / concentration, DECIMALS),
        shares={employee: round(share, DECIMALS) for employee, share in shares.items()},
    )


def _reasons(graph: AccountGraph, met: Counterparts) -> Iterator[tuple[str, Reason]]:
    if (reason := bus_factor_reason(graph)) is not None:
        yield "bus_factor", reason
    if not ownership_shares(graph):
        yield "ownership", NO_OWNER
    if met.position is None:
        alone = N_("Fewer than two seats of the top levels are on record.")
        nobody = N_("No seat of the top levels meets anybody of ours on its level.")
        yield "counterparts.position", alone if len(matched_seats(graph)) <= 1 else nobody
    joined = influence_network(graph)
    apart = sum(seat.holder is not None and seat.id not in joined for seat in graph.scope)
    if apart:
        without = N_("Of {count} occupied seats no influence is on record: they are left out.")
        yield "network", Message(without, {"count": apart})

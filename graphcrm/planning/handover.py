"""The handover of one account: who takes over whom, and how the account stands then (section 11)."""

from graphcrm.errors import N_
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.departure import departure_loss
from graphcrm.measures.risk import revenue_at_risk
from graphcrm.planning.colleagues import Colleagues
from graphcrm.planning.handed import handed_over, handed_strength, loss_after, stake
from graphcrm.planning.likeness import seats_of
from graphcrm.planning.standing import standing
from graphcrm.planning.succession import Successor, held, successor_with, successors
from graphcrm.records.interval import DECIMALS, largest
from graphcrm.records.plan import AccountHandover, Handing, MechanismHanding

NOBODY_FITS = N_("Nobody of ours who is free for it is alike enough to take over.")


def hand_over(graph: AccountGraph, giver: str, colleagues: Colleagues) -> AccountHandover:
    """What an employee hands over at an account, the contact with most at stake first.

    Handed over are the contacts with whom the employee has a live tie, for certain or possibly, each to the
    likest successor (see ``successors``), and the mechanisms, to the likest of all.
    """
    ranked = successors(graph, giver, colleagues)
    contacts = sorted(
        (_handing(graph, giver, contact, ranked) for contact in held(graph, giver)),
        key=lambda each: (-each.stake, -each.strength.high, each.contact),
    )
    takers = {each.contact: each.successor for each in contacts if each.successor is not None}
    owner = ranked[0].employee if ranked else None
    losses = departure_loss(graph) if graph.observed else {}
    loss, revenue = losses.get(giver), (revenue_at_risk(graph, losses) or {}).get(giver)
    after = None if loss is None else loss_after(graph, giver, takers)
    return AccountHandover(
        account=graph.account.id,
        name=graph.account.name,
        lost_meanwhile=None if loss is None else loss.rounded(),
        lost_after=None if after is None else after.rounded(),
        revenue_at_risk=None if revenue is None else revenue.rounded(),
        currency=graph.account.currency,
        today=standing(graph),
        meanwhile=standing(graph.without(giver)),
        after=standing(handed_over(graph, giver, takers, owner, colleagues)),
        contacts=tuple(contacts),
        mechanisms=tuple(
            MechanismHanding(mechanism=m.id, mechanism_kind=m.mechanism_kind, successor=owner)
            for m in graph.mechanisms
            if giver in m.our_owners
        ),
    )


def settled(graph: AccountGraph, giver: str, colleagues: Colleagues) -> tuple[AccountGraph, set[str]]:
    """The account once an employee has handed it over as ``hand_over`` says, and who took over."""
    ranked = successors(graph, giver, colleagues)
    likest = {contact: successor_with(graph, contact, ranked) for contact in held(graph, giver)}
    takers = {contact: taker.employee for contact, taker in likest.items() if taker is not None}
    owner = ranked[0].employee if ranked else None
    return handed_over(graph, giver, takers, owner, colleagues), {*takers.values()}


def _handing(graph: AccountGraph, giver: str, contact: str, ranked: list[Successor]) -> Handing:
    taker = successor_with(graph, contact, ranked)
    handed = None
    if taker is not None:
        own, given = graph.ties[contact].get(taker.employee), handed_strength(graph, giver, contact)
        handed = given if own is None else largest((own.now, given))
    return Handing(
        contact=contact,
        seats=tuple(seat.id for seat in seats_of(graph, contact)),
        strength=graph.ties[contact][giver].now,
        stake=round(stake(graph, giver, contact), DECIMALS) + 0.0,
        successor=None if taker is None else taker.employee,
        fits="no" if taker is None else taker.fits,
        similarity=None if taker is None else taker.similarity,
        handed=handed,
        reason=None if taker is not None else NOBODY_FITS,
    )

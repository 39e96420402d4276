"""Observed: what interactions show of an employee and a contact, down to each of them (section 3)."""

from collections.abc import Sequence
from datetime import date

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import Ground, entry, leaf, node, nothing
from graphcrm.records.base import end_of
from graphcrm.records.explanation import Node
from graphcrm.records.interaction import Interaction
from graphcrm.records.interval import exactly


def observed(why: Ground, employee: str, contact: str, day: date) -> Node:
    """What is observed, o = 1 − e^(−x/4); 0 without interactions."""
    assert why.facts is not None, "asked only where there are records"
    says = Message(N_("what interactions show"))
    every = why.facts.interactions_of.get(contact, [])
    together = [i for i in every if i.sender is None and employee in i.people]
    received = [i for i in every if i.sender == contact and employee in i.people]
    sent = [i for i in every if i.sender == employee and contact in (i.recipients or ())]
    if not together and not received and not sent:
        return nothing(Message(N_("no interaction on record")), exactly(0.0))
    met = _sum(why, Message(N_("what they did together")), together, day)
    x = met if not received and not sent else _exchange(why, met, received, sent, day)
    return node(says, "saturating", x, entry(why, "strength.saturation", unit="number"))


def _exchange(
    why: Ground, met: Node, received: Sequence[Interaction], sent: Sequence[Interaction], day: date
) -> Node:
    return node(
        Message(N_("all interactions, those both ways counting more")),
        "exchange",
        met,
        _sum(why, Message(N_("what the contact sent")), received, day),
        _sum(why, Message(N_("what our employee sent")), sent, day),
        entry(why, "strength.reciprocated", unit="number"),
        entry(why, "strength.one_sided", unit="number"),
        unit="number",
    )


def _sum(why: Ground, says: Message, interactions: Sequence[Interaction], day: date) -> Node:
    if not interactions:
        return nothing(says, exactly(0.0), "number")
    return node(says, "sum", *(_interaction(why, i, day) for i in interactions), unit="number")


def _interaction(why: Ground, interaction: Interaction, day: date) -> Node:
    """w(channel) · 1/max(1, n − 1) · 2^(−age/half-life)."""
    people = exactly(float(len(interaction.people)))
    moment = leaf(Message(N_("the end of the day looked at")), end_of(day), "date", operator="date")
    at = leaf(Message(N_("when it happened")), interaction.at, "date", evidence=interaction)
    age = node(Message(N_("its age")), "days_between", moment, at, unit="days")
    half_life = entry(why, "strength.half_life_days", unit="days")
    return node(
        Message(
            N_("{channel} of {day}"),
            {"channel": interaction.channel, "day": interaction.at.date().isoformat()},
        ),
        "interaction",
        entry(why, "strength.channels", interaction.channel, unit="number"),
        leaf(Message(N_("people in it")), people, "count", evidence=interaction),
        node(Message(N_("how fresh it is")), "half_life", age, half_life),
        unit="number",
        evidence=interaction,
    )

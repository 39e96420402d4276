"""People outside every account, and interactions with them: they count for nothing."""

from graphcrm.errors import N_
from graphcrm.gaps.gap import Found, Gap, Looked, Subject
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.records.base import end_of


def _contacts(snapshot: Snapshot) -> Looked:
    found = (
        Found(Subject("contacts", (contact.id,), contact.name), ())
        for contact in snapshot.bundle.contacts
        if contact.id not in snapshot.facts.seats_held
    )
    return Looked(len(snapshot.bundle.contacts), tuple(found))


def _interactions(snapshot: Snapshot) -> Looked:
    """Interactions up to the day in which nobody holds a seat."""
    happened = [i for i in snapshot.bundle.interactions if i.at < end_of(snapshot.as_of)]
    found = (
        Found(Subject("interactions", (i.id,), f"{i.at:%Y-%m-%d} {i.channel}"), ())
        for i in happened
        if i.people.isdisjoint(snapshot.facts.seats_held)
    )
    return Looked(len(happened), tuple(found))


CONTACT_OUTSIDE = Gap(
    "contact_outside",
    N_("Contacts without a seat"),
    N_("What we know of them counts for no account: enter which seat they hold, and where."),
    _contacts,
)
INTERACTION_OUTSIDE = Gap(
    "interaction_outside",
    N_("Interactions with people outside every account"),
    N_("They count for no account: enter which seats these people hold."),
    _interactions,
)

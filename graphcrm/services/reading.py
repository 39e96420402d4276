"""Reading a portfolio: the facts of a day out of a store, and one account of them."""

from dataclasses import dataclass
from datetime import date

from graphcrm.errors import N_, InputError
from graphcrm.graph.facts import Facts
from graphcrm.policies import Policy
from graphcrm.ports.facts import FactStore


@dataclass(frozen=True)
class View:
    """What to look at: which day (None: that of the latest import), as known when, under which policy."""

    policy: Policy
    as_of: date | None = None
    known_at: date | None = None


def read_facts(store: FactStore, view: View) -> Facts:
    """The facts of the view's day. Raises InputError where the store holds nothing yet."""
    as_of = latest_day(store, view.as_of)
    return Facts(store.facts(as_of, view.known_at), view.policy, as_of=as_of, known_at=view.known_at)


def latest_day(store: FactStore, as_of: date | None) -> date:
    """The day asked for, else that of the latest import: what we know best."""
    day = as_of or store.latest_as_of()
    if day is None:
        raise InputError(
            N_("The store holds no data yet."), hint=N_("Import your data: see `graphcrm import --help`.")
        )
    return day

"""Reading a portfolio: the facts of a day out of a store, all of them or those of some accounts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graphcrm.errors import NothingImported
from graphcrm.graph.facts import Facts
from graphcrm.policies import Policy
from graphcrm.ports.facts import FactStore
from graphcrm.records.account import Account
from graphcrm.records.opportunity import Opportunity

AT_ONCE = 20
"""Accounts read at once: of the largest portfolios some ten thousand records."""


@dataclass(frozen=True)
class View:
    """What to look at: which day (None: that of the latest import), as known when, under which policy.

    With ``upto`` the store is looked at as it was when that was its last version.
    """

    policy: Policy
    as_of: date | None = None
    known_at: date | None = None
    upto: int | None = None


@dataclass(frozen=True)
class Roster:
    """Which accounts there are on a day, in id order, and what may be won at them: no more of them."""

    accounts: Mapping[str, Account]
    opportunities_of: Mapping[str, Sequence[Opportunity]]
    policy: Policy
    as_of: date


def settled(store: FactStore, view: View) -> View:
    """The view with its day and the store's state made fast, so that every reading shows the same.

    Raises NothingImported where the store holds nothing yet.
    """
    day = latest_day(store, view.as_of)
    while True:
        upto = store.last_version() if view.upto is None else view.upto
        before, day = day, latest_day(store, view.as_of)
        if before == day:  # else an import came between, and its day is not that of the facts before it
            return replace(view, as_of=day, upto=upto)


def read_facts(
    store: FactStore, view: View, accounts: Sequence[str] | None = None, *, everybody: bool = False
) -> Facts:
    """The facts of the view's day; given ``accounts``, all that bears on these, and no other is there.

    With ``everybody`` also our people whom nothing there names. Raises NothingImported where the store
    holds nothing yet.
    """
    if accounts is None:
        bundle = store.facts(view.as_of, view.known_at, upto=view.upto)
    else:
        bundle = store.facts_about(accounts, view.as_of, view.known_at, everybody=everybody, upto=view.upto)
    return Facts(bundle, view.policy, as_of=bundle.as_of, known_at=view.known_at, whole=accounts)


def read_parts(store: FactStore, view: View, accounts: Sequence[str]) -> Iterator[Facts]:
    """The facts about these accounts, some accounts at a time: memory does not grow with their number."""
    for start in range(0, len(accounts), AT_ONCE):
        yield read_facts(store, view, accounts[start : start + AT_ONCE])


def read_roster(store: FactStore, view: View) -> Roster:
    """The accounts of the view's day. Raises NothingImported where the store holds nothing yet."""
    kinds = ("accounts", "opportunities")
    bundle = store.facts(view.as_of, view.known_at, kinds=kinds, upto=view.upto)
    bundle = bundle.as_known_at(view.known_at)
    opportunities: defaultdict[str, list[Opportunity]] = defaultdict(list)
    for opportunity in bundle.opportunities:
        opportunities[opportunity.account].append(opportunity)
    accounts = {account.id: account for account in sorted(bundle.accounts, key=lambda a: a.id)}
    return Roster(accounts, opportunities, view.policy, bundle.as_of)


def latest_day(store: FactStore, as_of: date | None) -> date:
    """The day asked for, else that of the latest import: what we know best.

    Raises NothingImported where the store holds nothing yet.
    """
    day = as_of or store.latest_as_of()
    if day is None:
        raise NothingImported
    return day

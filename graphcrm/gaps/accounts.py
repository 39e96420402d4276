"""What is missing at accounts themselves: mode, revenue and its currency, an owner who is still there."""

from collections.abc import Iterator, Sequence

from graphcrm.errors import N_
from graphcrm.gaps.entering import entered
from graphcrm.gaps.gap import Found, Gap, Looked, accounts_where
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.records.bundle import Bundle


def _mode(snapshot: Snapshot) -> Looked:
    return accounts_where(snapshot, lambda a: snapshot.facts.accounts[a].mode is None)


def _every_mode(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Each mode the policy has a standard for."""
    accounts = [snapshot.facts.accounts[a] for subject, _ in found for a in subject.ids]
    for mode in snapshot.policy.standards:
        yield entered(snapshot, (a.model_copy(update={"mode": mode}) for a in accounts))


def _revenue(snapshot: Snapshot) -> Looked:
    return accounts_where(snapshot, lambda a: snapshot.facts.accounts[a].annual_revenue is None)


def _currency(snapshot: Snapshot) -> Looked:
    def holds(account: str) -> bool:
        record = snapshot.facts.accounts[account]
        return record.annual_revenue is not None and record.currency is None

    return accounts_where(snapshot, holds)


def _owner(snapshot: Snapshot) -> Looked:
    def holds(account: str) -> bool:
        owner = snapshot.facts.accounts[account].owner
        return owner is not None and owner not in snapshot.facts.present

    return accounts_where(snapshot, holds)


MODE_UNKNOWN = Gap(
    "mode_unknown",
    N_("Accounts without an engagement mode"),
    N_("What is enough there is only assumed: decide how each of them is worked with."),
    _mode,
    _every_mode,
)
REVENUE_UNKNOWN = Gap(
    "revenue_unknown",
    N_("Accounts without annual revenue"),
    N_("Their revenue at risk is undefined: enter what we earn with them in a year."),
    _revenue,
)
CURRENCY_UNKNOWN = Gap(
    "currency_unknown",
    N_("Accounts whose revenue has no currency"),
    N_("Their revenue at risk can be added to no other: enter the currency."),
    _currency,
)
OWNER_LEFT = Gap(
    "owner_left",
    N_("Accounts owned by an employee who is not there"),
    N_("Nobody answers for them: name another owner, or mend the dates of the employee."),
    _owner,
    doubtful=True,
)

"""Audits: review every account of a portfolio and keep the result; compare two of them."""

from collections.abc import Iterable, Iterator, Sequence

from graphcrm.errors import N_, UnknownRecord
from graphcrm.graph.facts import Facts
from graphcrm.ports.audits import AuditStore
from graphcrm.ports.clock import Clock
from graphcrm.ports.facts import FactStore
from graphcrm.ports.store import Store
from graphcrm.records.audit import Audit, AuditDiff, AuditHeader, ReviewChange
from graphcrm.records.finding import new_in
from graphcrm.records.review import Review
from graphcrm.services.reading import View, latest_day, read_parts, read_roster, settled
from graphcrm.services.review import review_account


def reviews(facts: Facts) -> Iterator[Review]:
    """Every account of the facts, in id order."""
    for account in sorted(facts.accounts):
        yield review_account(facts, account)


def read_reviews(store: FactStore, view: View, accounts: Sequence[str]) -> Iterator[Review]:
    """These accounts in their order, each read from the store when its turn comes."""
    for facts in read_parts(store, view, accounts):
        for account in facts.accounts:
            yield review_account(facts, account)


def run_audit(
    store: Store, view: View, clock: Clock, reviewed: Iterable[Review] | None = None
) -> AuditHeader:
    """Review every account and keep the run, all of it or nothing.

    ``reviewed`` are the reviews where somebody else makes them, of every account under the same settled
    view. Raises InputError where the store holds nothing yet.
    """
    view = settled(store, view)
    if reviewed is None:
        reviewed = read_reviews(store, view, tuple(read_roster(store, view).accounts))
    return store.save_audit(
        reviewed,
        run_at=clock.now(),
        as_of=latest_day(store, view.as_of),
        known_at=view.known_at,
        policy_pack=view.policy.model_dump(mode="json"),
    )


def get_audit(store: AuditStore, number: int) -> Audit:
    """The audit of that number. Raises UnknownRecord where there is none."""
    audit = store.audit(number)
    if audit is None:
        raise UnknownRecord(
            N_("There is no audit {number}."), hint=N_("`graphcrm audit list` shows them."), number=number
        )
    return audit


def diff_audits(before: Audit, after: Audit) -> AuditDiff:
    """What changed from one audit to another: accounts, verdicts, risk, findings (by identity)."""
    old = {r.account: r for r in before.reviews}
    new = {r.account: r for r in after.reviews}
    both = sorted(old.keys() & new.keys())
    changes = (_change(old[account], new[account]) for account in both)
    return AuditDiff(
        before=before.header,
        after=after.header,
        appeared=tuple(sorted(new.keys() - old.keys())),
        disappeared=tuple(sorted(old.keys() - new.keys())),
        changes=tuple(change for change in changes if change is not None),
    )


def _change(old: Review, new: Review) -> ReviewChange | None:
    change = ReviewChange(
        account=new.account,
        name=new.name,
        verdicts={
            name: (before, after)
            for name in ("three_dimensional", "robustly_three_dimensional", "adequate", "robustly_adequate")
            if (before := _verdict(old, name)) != (after := _verdict(new, name))
        },
        risk=(old.risk, new.risk),
        opened=new_in(new.findings, before=old.findings),
        closed=new_in(old.findings, before=new.findings),
    )
    same = old.risk == new.risk and not (change.verdicts or change.opened or change.closed)
    return None if same else change


def _verdict(review: Review, name: str) -> str | None:
    return None if review.measures is None else getattr(review.measures, name)

"""Audits: review every account of a portfolio and keep the result; compare two of them."""

from collections.abc import Callable, Iterable, Iterator

from graphcrm.errors import N_, UnknownRecord
from graphcrm.graph.facts import Facts
from graphcrm.ports.audits import AuditStore
from graphcrm.ports.clock import Clock
from graphcrm.records.audit import Audit, AuditDiff, ReviewChange
from graphcrm.records.finding import new_in
from graphcrm.records.review import Review
from graphcrm.services.review import review_account


def reviews(facts: Facts) -> Iterator[Review]:
    """Every account of the portfolio, in id order."""
    for account in sorted(facts.accounts):
        yield review_account(facts, account)


def run_audit(
    store: AuditStore,
    facts: Facts,
    clock: Clock,
    track: Callable[[Iterable[Review]], Iterable[Review]] = iter,
) -> Audit:
    """Review every account and keep the run. ``track`` wraps the reviews to show progress."""
    return store.save_audit(
        tuple(track(reviews(facts))),
        run_at=clock.now(),
        as_of=facts.as_of,
        known_at=facts.known_at,
        policy_pack=facts.policy.model_dump(mode="json"),
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

"""Every sentence of ``graphcrm.ports.audits``."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from store_samples import AS_OF, AT, PACK, observed_review, unobserved_review

from graphcrm.ports.store import Store
from graphcrm.records.audit import Audit
from graphcrm.records.interval import Count, Interval


def save(store: Store, *accounts: str, known_at: date | None = None) -> Audit:
    reviews = [unobserved_review(account) for account in accounts]
    return store.save_audit(reviews, run_at=AT, as_of=AS_OF, known_at=known_at, policy_pack=PACK)


def test_without_audits_there_are_none(store: Store) -> None:
    assert store.audits() == ()
    assert store.audit(1) is None


def test_audits_are_numbered_from_one_the_latest_first(store: Store) -> None:
    assert [save(store, "a").header.id for _ in range(3)] == [1, 2, 3]
    assert [header.id for header in store.audits()] == [3, 2, 1]


def test_a_header_says_what_was_looked_at(store: Store) -> None:
    saved = save(store, "a", "b", known_at=date(2026, 5, 31))
    header = saved.header
    assert (header.run_at, header.as_of, header.known_at) == (AT, AS_OF, date(2026, 5, 31))
    assert (header.policy, header.accounts) == ("default 1", 2)
    assert store.audits() == (header,)
    assert save(store, "a").header.known_at is None


def test_an_audit_is_kept_whole(store: Store, reopen: Callable[[], Store]) -> None:
    reviews = (observed_review("b"), unobserved_review("a"), observed_review("c"))
    saved = store.save_audit(reviews, run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    assert saved.reviews == reviews
    assert saved.policy_pack == PACK
    assert reopen().audit(saved.header.id) == saved
    assert saved.review_of("c") == reviews[2]


def test_intervals_and_counts_come_back_as_such(store: Store) -> None:
    reviews = (observed_review(),)
    saved = store.save_audit(reviews, run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    review = saved.reviews[0]
    assert review.measures is not None
    assert type(review.risk) is Interval
    assert type(review.measures.departure_loss["e1"]) is Interval
    assert review.measures.departure_loss["e2"] is None
    assert type(review.measures.survivability["s1"]) is Count
    assert review.measures.survivability["s1"].high == 3
    assert review.as_dict() == reviews[0].as_dict()


def test_an_audit_of_nothing_still_names_its_policy(store: Store) -> None:
    assert save(store).header.policy == "default 1"
    assert save(store).reviews == ()


def test_the_run_is_told_in_utc(store: Store) -> None:
    elsewhere = datetime(2026, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    saved = store.save_audit([], run_at=elsewhere, as_of=AS_OF, known_at=None, policy_pack=PACK)
    assert saved.header.run_at == elsewhere
    assert saved.header.run_at.utcoffset() == timedelta(0)
    assert saved.header.run_at == datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize("number", [-1, 0, 2, 2**63, 10**30])
def test_a_number_never_given_has_no_audit(store: Store, number: int) -> None:
    save(store, "a")
    assert store.audit(number) is None

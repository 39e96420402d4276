"""Every sentence of ``graphcrm.ports.audits``."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from store_samples import AS_OF, AT, PACK, bring, bundle, named, observed_review, unobserved_review

from graphcrm.ports.store import Store
from graphcrm.records.audit import AuditHeader
from graphcrm.records.interval import Count, Interval
from graphcrm.records.review import Review


def save(store: Store, *accounts: str, known_at: date | None = None) -> AuditHeader:
    reviews = [unobserved_review(account) for account in accounts]
    return store.save_audit(reviews, run_at=AT, as_of=AS_OF, known_at=known_at, policy_pack=PACK)


def test_without_audits_there_are_none(store: Store) -> None:
    assert store.audits() == ()
    assert store.audit(1) is None


def test_audits_are_numbered_from_one_the_latest_first(store: Store) -> None:
    assert [save(store, "a").id for _ in range(3)] == [1, 2, 3]
    assert [header.id for header in store.audits()] == [3, 2, 1]


def test_a_header_says_what_was_looked_at(store: Store) -> None:
    header = save(store, "a", "b", known_at=date(2026, 5, 31))
    assert (header.run_at, header.as_of, header.known_at) == (AT, AS_OF, date(2026, 5, 31))
    assert (header.policy, header.accounts) == ("default 1", 2)
    assert store.audits() == (header,)
    assert save(store, "a").known_at is None


def test_an_audit_is_kept_whole(store: Store, reopen: Callable[[], Store]) -> None:
    reviews = (observed_review("b"), unobserved_review("a"), observed_review("c"))
    header = store.save_audit(iter(reviews), run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    saved = store.audit(header.id)
    assert saved is not None
    assert saved.header == header
    assert saved.reviews == reviews
    assert saved.policy_pack == PACK
    assert reopen().audit(header.id) == saved
    assert saved.review_of("c") == reviews[2]


def test_of_reviews_that_break_off_nothing_is_kept(store: Store) -> None:
    def breaking_off() -> Iterator[Review]:
        yield from (unobserved_review(f"a{number}") for number in range(300))
        raise RuntimeError("the last one failed")

    save(store, "a")
    with pytest.raises(RuntimeError, match="the last one"):
        store.save_audit(breaking_off(), run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    assert [header.accounts for header in store.audits()] == [1]
    assert save(store, "b").id == 2


def test_reviews_may_be_made_of_what_the_store_holds_while_others_write(
    store: Store, reopen: Callable[[], Store]
) -> None:
    other = reopen()

    def made() -> Iterator[Review]:
        for number in range(3):
            bring(other, bundle(accounts=[named(f"a{number}", "New")]))
            yield unobserved_review(store.facts(AS_OF).accounts[-1].id)

    number = store.save_audit(made(), run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK).id
    audit = store.audit(number)
    assert audit is not None
    assert [review.account for review in audit.reviews] == ["a0", "a1", "a2"]


def test_intervals_and_counts_come_back_as_such(store: Store) -> None:
    reviews = (observed_review(),)
    saved = store.save_audit(reviews, run_at=AT, as_of=AS_OF, known_at=None, policy_pack=PACK)
    audit = store.audit(saved.id)
    assert audit is not None
    review = audit.reviews[0]
    assert review.measures is not None
    assert type(review.risk) is Interval
    assert type(review.measures.departure_loss["e1"]) is Interval
    assert review.measures.departure_loss["e2"] is None
    assert type(review.measures.survivability["s1"]) is Count
    assert review.measures.survivability["s1"].high == 3
    assert review.as_dict() == reviews[0].as_dict()


def test_an_audit_of_nothing_still_names_its_policy(store: Store) -> None:
    header = save(store)
    audit = store.audit(header.id)
    assert header.policy == "default 1"
    assert audit is not None
    assert audit.reviews == ()


def test_the_run_is_told_in_utc(store: Store) -> None:
    elsewhere = datetime(2026, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    saved = store.save_audit([], run_at=elsewhere, as_of=AS_OF, known_at=None, policy_pack=PACK)
    assert saved.run_at == elsewhere
    assert saved.run_at.utcoffset() == timedelta(0)
    assert saved.run_at == datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize("number", [-1, 0, 2, 2**63, 10**30])
def test_a_number_never_given_has_no_audit(store: Store, number: int) -> None:
    save(store, "a")
    assert store.audit(number) is None

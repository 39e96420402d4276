"""An audit takes no more memory for more accounts: neither its facts nor its reviews are held at once."""

import tracemalloc
from datetime import datetime
from pathlib import Path

import pytest
from bundles import POLICY, Customer, bundle_of
from store_samples import AT, bring

from graphcrm.ports.store import Store
from graphcrm.services import reading
from graphcrm.services.audit import run_audit
from graphcrm.services.reading import View
from graphcrm.store.sqlite import open_store


class Clock:
    def now(self) -> datetime:
        return AT


def portfolio(accounts: int) -> Customer:
    """So many accounts alike, each with four contacts whom three of ours meet."""
    customer = Customer()
    for number in range(accounts):
        account = f"a{number}"
        customer.account(account)
        for seat in range(4):
            contact = f"{account}p{seat}"
            customer.seat(f"{account}s{seat}", contact, "coach", account=account, roles=["decider"])
            for employee in range(3):
                customer.tie(f"e{employee}", contact).met(f"e{employee}", contact)
    return customer


def peak(store: Store) -> int:
    """The most bytes that were held at once while an audit was made and kept."""
    tracemalloc.start()
    run_audit(store, View(POLICY), Clock())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.slow
def test_four_times_the_accounts_take_about_the_same_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 5)
    peaks = []
    for accounts in (5, 40, 160):
        with open_store(tmp_path / f"{accounts}.db", create=True) as store:
            bring(store, bundle_of(portfolio(accounts).document))
            peaks.append(peak(store))
            assert [header.accounts for header in store.audits()] == [accounts + 1]
    _warm_up, few, many = peaks
    assert many < 1.5 * few

"""What ``facts_about`` promises: an account looks from the part as from the whole, byte for byte."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from random import Random
from typing import Any

import pytest
from bundles import POLICY, TODAY, Customer, Document, bundle_of
from random_bundles import random_bundle
from store_adapters import OPENERS
from store_samples import AT, bring, bundle, in_order, named

from graphcrm.errors import NothingImported
from graphcrm.graph.facts import Facts
from graphcrm.ports.facts import FactStore
from graphcrm.ports.store import Store
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.services.documents import what_if_document
from graphcrm.services.exposure import exposure, read_exposure
from graphcrm.services.reading import View, read_facts, read_parts, read_roster, settled
from graphcrm.services.relationship_map import map_account
from graphcrm.services.totals import open_amount, portfolio_totals
from graphcrm.services.what_if import what_if

DAY = date.fromisoformat(TODAY)
BEFORE = DAY - timedelta(days=100)
VIEWS = (
    View(POLICY, DAY),
    View(POLICY, DAY + timedelta(days=40)),
    View(POLICY, BEFORE),
    View(POLICY, DAY, known_at=date(2026, 4, 15)),
)
"""Days before and after the second import, and one on which much was not known."""

_OF_ONE = re.compile(r"\b([Apit]\d+)\b")


def portfolio(seed: int, *, source: str | None = None, complete: Sequence[str] = ()) -> Bundle:
    """Three random portfolios side by side, which share our people, some contacts and seats' bosses."""
    rng = Random(seed)
    document: Document = {"as_of": TODAY}
    for part in range(3):
        text = _OF_ONE.sub(lambda found, part=part: f"{part}{found[1]}", json.dumps(random_bundle(rng)))
        for kind, records in json.loads(text).items():
            if kind != "as_of":
                document.setdefault(kind, []).extend(records)
    document["employees"] = list({e["id"]: e for e in document["employees"]}.values())
    _tie_together(document, rng)
    return bundle_of(document).model_copy(update={"source": source, "complete": tuple(complete)})


def _tie_together(document: Document, rng: Random) -> None:
    """Let facts of one portfolio bear on another, by every reference there is."""
    seats, accounts = ([r["id"] for r in document.get(kind, ())] for kind in ("seats", "accounts"))
    for seat in document.get("seats", ()):
        if rng.random() < 0.1:
            seat["reports_to"] = rng.choice(seats)
        if rng.random() < 0.1:
            seat["decides_for"] = [rng.choice(accounts)]
    for employee in document["employees"]:
        employee["manager"] = rng.choice(document["employees"])["id"]
    for account in document["accounts"]:
        account.update(name=f"Customer {account['id']}", owner=rng.choice(document["employees"])["id"])
        won = {"id": f"o{account['id']}", "account": account["id"], "amount": 7.0, "currency": "EUR"}
        document.setdefault("opportunities", []).append(won)
    for number, contact in enumerate(document.get("contacts", ())):
        if rng.random() < 0.2:  # who holds a seat here and one somewhere else
            document["seats"].append({"id": f"x{number}", "account": rng.choice(accounts)})
            document["holdings"].append({"contact": contact["id"], "seat": f"x{number}"})


def looks(facts: Facts, account: str) -> str:
    """All that is said of an account."""
    leaves = sorted(facts.present)[:2]
    said = (map_account(facts, account), open_amount(facts, account))
    supposed = what_if_document(what_if(facts, account, leaves), str)
    return json.dumps([supposed, *(each.model_dump(mode="json") for each in said)])


def require_equal(store: FactStore, view: View, size: int) -> None:
    """From parts of so many accounts everything looks as from the whole."""
    whole = read_facts(store, view)
    accounts = sorted(whole.accounts)
    for some in Random(size).sample(list(combinations(accounts, size)), k=min(4, len(accounts))):
        part = read_facts(store, view, some, everybody=True)
        assert tuple(part.accounts) == some
        assert part.present == whole.present
        for account in some:
            assert looks(part, account) == looks(whole, account), account
    for part in read_parts(store, view, accounts):
        concerned = sorted(part.present)
        assert set(concerned) <= whole.present
        for account in part.accounts:
            assert what_if(part, account, concerned) == what_if(whole, account, concerned)
    for employee in sorted(whole.employees)[:3]:
        assert read_exposure(store, view, employee) == exposure(whole, employee)
    assert portfolio_totals(read_roster(store, view)) == portfolio_totals(whole)


@pytest.mark.parametrize("seed", range(4))
def test_parts_look_as_the_whole_does(fact_store: FactStore, seed: int) -> None:
    bring(fact_store, portfolio(seed))
    require_equal(fact_store, VIEWS[0], 1)
    require_equal(fact_store, VIEWS[3], 3)


@pytest.mark.parametrize("seed", range(2))
def test_parts_look_as_the_whole_does_after_changes_and_retirements(
    fact_store: FactStore, seed: int
) -> None:
    first = portfolio(seed, source="crm").model_copy(update={"as_of": BEFORE - timedelta(days=100)})
    bring(fact_store, first)
    again = portfolio(seed + 1000, source="crm", complete=[k for k in RECORDS if k != "interactions"])
    bring(fact_store, again)
    for number, view in enumerate(VIEWS):
        require_equal(fact_store, view, number % 3 + 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 160))
def test_parts_of_many_portfolios_look_as_the_whole_does(seed: int, tmp_path: Any) -> None:
    with OPENERS["sqlite"](tmp_path) as store:
        bring(store, portfolio(seed, source="crm"))
        bring(
            store, portfolio(seed + 1000, source="crm", complete=("seats", "holdings", "contacts", "ties"))
        )
        for number, view in enumerate(VIEWS):
            require_equal(store, view, number % 3 + 1)


def bearing(whole: Bundle, accounts: Sequence[str], *, everybody: bool) -> dict[str, list[str]]:
    """What the port promises of a part, sentence by sentence, picked out of the whole."""
    at = set(accounts)
    of_account = {
        kind: [r for r in whole.of(kind) if r.account in at]  # type: ignore[attr-defined]
        for kind in ("departments", "mechanisms", "stages", "opportunities")
    }
    own = {s.id for s in whole.seats if s.account in at or at & set(s.decides_for)}
    influences = [i for i in whole.influences if i.to_seat in own]
    below = {s.id for s in whole.seats if s.reports_to in own}
    above = {s.reports_to for s in whole.seats if s.id in own} | {i.from_seat for i in influences}
    around = own | below | above
    holders = {h.contact for h in whole.holdings if h.seat in around}
    holdings = [h for h in whole.holdings if h.contact in holders]
    seats = [s for s in whole.seats if s.id in around | {h.seat for h in holdings}]
    named = [a for a in whole.accounts if a.id in at | {s.account for s in seats}]
    ties = [t for t in whole.ties if t.contact in holders]
    met = [i for i in whole.interactions if i.people & holders]
    ours = {t.employee for t in ties} | {a.owner for a in named}
    ours |= {owner for m in of_account["mechanisms"] for owner in m.our_owners}  # type: ignore[attr-defined]
    ours = ours.union(*(i.people for i in met))
    people = [e for e in whole.employees if everybody or e.id in ours]
    bosses = {e.manager for e in people}
    people = [e for e in whole.employees if e in people or e.id in bosses]
    said_of = {r.id for r in (*seats, *ties, *people)} | at | holders
    found = {
        **of_account,
        "accounts": named,
        "seats": seats,
        "contacts": [c for c in whole.contacts if c.id in holders],
        "holdings": holdings,
        "employees": people,
        "ties": ties,
        "assertions": [a for a in whole.assertions if a.subject in said_of],
        "influences": influences,
        "interactions": met,
    }
    return {kind: [r.model_dump_json() for r in found[kind]] for kind in RECORDS}


@pytest.mark.parametrize("seed", range(3))
def test_a_part_is_exactly_what_bears_on_its_accounts(store: Store, seed: int) -> None:
    """Three imports of the same ids under other values, some of them retired: every clock runs."""
    for number in range(3):
        day = BEFORE + timedelta(days=50 * number)
        complete = ((), ("seats", "ties"), ("holdings", "contacts", "employees", "accounts"))[number]
        stated = portfolio(10 * seed + number % 2, source="crm", complete=complete)
        bring(store, stated.model_copy(update={"as_of": day}), at=AT + timedelta(days=3 * number))
    accounts = sorted({account.id for account in store.facts(BEFORE).accounts})
    rng = Random(seed)
    for as_of in (None, BEFORE, BEFORE + timedelta(days=50), DAY):
        for known_at in (None, date(2026, 4, 15), AT.date() + timedelta(days=3)):
            for upto in (None, rng.randint(0, store.last_version())):
                whole = store.facts(as_of, known_at, upto=upto)
                some = rng.sample(accounts, k=rng.randint(1, 4))
                everybody = rng.random() < 0.3
                part = store.facts_about(some, as_of, known_at, everybody=everybody, upto=upto)
                assert part.as_of == whole.as_of
                assert in_order(part) == bearing(whole, some, everybody=everybody)


def test_ids_that_records_of_several_kinds_share_are_told_apart(store: Store) -> None:
    customer = Customer().account("x").seat("A", "x", "coach").seat("x", "A", "neutral", account="x")
    customer.tie("e", "x").tie("f", "A").met("e", "x").sent("A", "f").asserts("x", "level", 2)
    customer.influences("A", "x").department("A").department("x").state("contacts", id="e|x", name="X")
    bring(store, bundle_of(customer.document))
    for account in ("A", "x"):
        part = store.facts_about([account], DAY)
        assert in_order(part) == bearing(store.facts(DAY), [account], everybody=False)


def elsewhere() -> Customer:
    """Two accounts, of which B has nothing to do with A, and C's boss bears on A's seat."""
    customer = Customer().account("B").account("C")
    customer.seat("sa", "pa", "coach", roles=["decider"], reports_to="sc")
    customer.seat("sb", "pb", account="B").seat("sc", "pc", "supporter", account="C")
    customer.seat("sc2", "pc2", account="C").tie("eb", "pb").tie("ec", "pc").tie("ec", "pc2")
    customer.met("eb", "pb").met("ec", "pc").department("dc", account="C").department("db", account="B")
    customer.state("mechanisms", id="mb", account="B", kind="joint_innovation", our_owners=["eb"])
    return customer.employee("idle").asserts("ec", "level", 1)


def ids(found: Bundle) -> dict[str, set[str]]:
    return {kind: {str(getattr(r, "id", None) or r.key) for r in found.of(kind)} for kind in RECORDS}


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def two(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[FactStore]:
    """A store that holds what stands elsewhere."""
    with OPENERS[request.param](tmp_path) as store:
        bring(store, bundle_of(elsewhere().document))
        yield store


def test_what_does_not_bear_on_an_account_is_not_read(two: FactStore) -> None:
    found = ids(two.facts_about(["A"], DAY))
    assert {kind: found[kind] for kind in ("accounts", "seats", "contacts", "employees", "ties")} == {
        "accounts": {"A", "C"},
        "seats": {"sa", "sc"},
        "contacts": {"pa", "pc"},
        "employees": {"ec"},
        "ties": {"ec|pc"},
    }
    assert found["interactions"] == {"i1"}
    assert found["departments"] == found["mechanisms"] == set()
    assert len(found["assertions"]) == 3


def test_an_account_of_which_there_is_only_the_name_is_not_looked_at(two: FactStore) -> None:
    part = read_facts(two, View(POLICY), ["A"])
    assert set(part.accounts) == {"A"}
    assert part.account_names["C"] == "Customer C"


def test_everybody_is_there_when_asked_for(two: FactStore) -> None:
    assert ids(two.facts_about(["A"], DAY, everybody=True))["employees"] == {"eb", "ec", "idle"}
    assert ids(two.facts_about([], DAY, everybody=True))["employees"] == {"eb", "ec", "idle"}


def test_ids_that_no_account_has_are_passed_over(two: FactStore) -> None:
    assert len(two.facts_about(["nobody", ""], DAY)) == 0
    assert len(two.facts_about([], DAY)) == 0


def test_an_id_may_hold_what_queries_are_made_of(fact_store: FactStore) -> None:
    odd = ['a "b" \\ c', "x AND y", "账户*", "a~1 [b TO c]", "-(a)", "A", "a", "ä" * 199]
    customer = Customer()
    for number, name in enumerate(odd):
        if name != "A":
            customer.account(name)
        customer.seat(f"{name}!", f"p{number}", "coach", account=name, roles=["decider"])
        customer.tie("e", f"p{number}")
    bring(fact_store, bundle_of(customer.document))
    for name in odd:
        part = fact_store.facts_about([name], DAY)
        assert f"{name}!" in ids(part)["seats"]
        whole, alone = read_facts(fact_store, View(POLICY)), read_facts(fact_store, View(POLICY), [name])
        assert looks(alone, name) == looks(whole, name)


def test_only_the_kinds_asked_for_are_read(fact_store: FactStore) -> None:
    bring(fact_store, bundle_of(elsewhere().document))
    found = fact_store.facts(DAY, kinds=("accounts", "ties"))
    assert found.accounts == fact_store.facts(DAY).accounts
    assert found.ties == fact_store.facts(DAY).ties
    assert len(found) == len(found.accounts) + len(found.ties)


def test_up_to_a_version_the_store_is_as_it_was(fact_store: FactStore) -> None:
    assert fact_store.last_version() == 0
    bring(fact_store, portfolio(5, source="crm"))
    view = settled(fact_store, View(POLICY, known_at=DAY))
    then = fact_store.facts(DAY, DAY, upto=view.upto)
    account = then.accounts[0].id
    part = fact_store.facts_about([account], DAY, DAY, upto=view.upto)
    bring(fact_store, portfolio(6, source="crm", complete=("seats", "ties")))
    assert fact_store.facts(DAY, DAY) != then
    assert fact_store.facts(DAY, DAY, upto=view.upto) == then
    assert fact_store.facts_about([account], DAY, DAY, upto=view.upto) == part
    assert settled(fact_store, view) == view
    assert read_facts(fact_store, view, [account]).accounts == {account: then.accounts[0]}


def test_without_a_day_that_of_the_latest_import_is_meant(fact_store: FactStore) -> None:
    for read in (fact_store.facts, partial(fact_store.facts_about, ["A"])):
        with pytest.raises(NothingImported):
            read(None)
    for as_of in (DAY, BEFORE):
        bring(fact_store, bundle(as_of, accounts=[named("A", str(as_of))]))
    assert fact_store.facts(None) == fact_store.facts(DAY)
    assert fact_store.facts_about(["A"], None) == fact_store.facts_about(["A"], DAY)


def test_a_store_without_facts_has_no_parts(fact_store: FactStore) -> None:
    assert fact_store.facts_about(["a"], DAY) == bundle(DAY)
    bring(fact_store, bundle(accounts=[named("a", "A")]))
    assert ids(fact_store.facts_about(["a"], DAY))["accounts"] == {"a"}

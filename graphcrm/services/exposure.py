"""Exposure: what hangs on one of our employees, account by account."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from graphcrm.errors import N_, UnknownRecord
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.measures.money import Amount, money_total
from graphcrm.ports.facts import FactStore
from graphcrm.records.account import Account
from graphcrm.records.interval import Interval
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Measures, Reason, Result, Review, Verdict
from graphcrm.services.reading import View, read_facts, read_parts, read_roster, settled
from graphcrm.services.review import review


class AccountExposure(Result):
    """What an account loses with the employee; ``None`` is undefined, see ``reasons``.

    ``sole_routes`` are the seats that only this employee reaches. The verdicts are today's and those
    without the employee.
    """

    account: str
    name: str
    departure_loss: Interval | None
    sole_routes: tuple[str, ...]
    revenue_at_risk: Interval | None
    currency: str | None
    three_dimensional: Verdict
    three_dimensional_without: Verdict
    adequate: Verdict
    adequate_without: Verdict
    reasons: Mapping[str, Reason]


class Exposure(Result):
    """The accounts that an employee's departure concerns, the greatest loss first.

    Somebody who is not ``present`` on that day has none. ``revenue_at_risk`` is the sum over the accounts;
    those where it is undefined are counted as unknown. ``names`` gives the titles of the seats.
    """

    employee: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    present: bool
    accounts: tuple[AccountExposure, ...]
    revenue_at_risk: MoneyTotal
    names: Mapping[str, str]


def exposure(facts: Facts, employee: str) -> Exposure:
    """What would leave with an employee: every account that prices this departure (section 8).

    Those are the accounts where the employee is tied to the holder of a seat in scope or of a gate to one,
    or owns a mechanism in force. Raises UnknownRecord for an employee nobody has on record.
    """
    return _exposure(facts, employee, (facts,))


def read_exposure(store: FactStore, view: View, employee: str) -> Exposure:
    """As ``exposure``, read from a store some accounts at a time.

    Raises InputError where the store holds nothing yet.
    """
    view = settled(store, view)
    people = read_facts(store, view, (), everybody=True)
    return _exposure(people, employee, read_parts(store, view, tuple(read_roster(store, view).accounts)))


def _exposure(facts: Facts, employee: str, parts: Iterable[Facts]) -> Exposure:
    """The exposure over all accounts of the parts; ``facts`` need no more than our people."""
    record = facts.employees.get(employee)
    if record is None:
        raise UnknownRecord(N_("No employee has the id {id!r}."), id=employee)
    concerned = (each for part in parts for each in _concerned(part, employee))
    found = sorted(concerned, key=lambda each: _greatest_loss_first(each[0]))
    return Exposure(
        employee=employee,
        name=record.name,
        as_of=facts.as_of,
        known_at=facts.known_at,
        policy=facts.policy.label,
        present=employee in facts.present,
        accounts=tuple(account for account, _ in found),
        revenue_at_risk=money_total(
            (Amount(account.revenue_at_risk, account.currency) for account, _ in found),
            facts.policy,
            facts.as_of,
        ),
        names={seat: titles[seat] for account, titles in found for seat in account.sole_routes},
    )


def _concerned(facts: Facts, employee: str) -> Iterator[tuple[AccountExposure, Mapping[str, str]]]:
    """What each account loses, and the titles of its seats."""
    if employee not in facts.present:
        return
    for account in sorted(facts.accounts):
        graph = build_graph(facts, account)
        if employee not in graph.present:
            continue
        reviewed = review(graph)
        measures = reviewed.measures
        if measures is not None and employee in measures.shape_without:
            titles = {seat.id: seat.title or seat.id for seat in graph.scope}
            yield _exposed(facts.accounts[account], reviewed, measures, employee), titles


def _exposed(account: Account, reviewed: Review, measures: Measures, employee: str) -> AccountExposure:
    revenue = (measures.revenue_at_risk or {}).get(employee)
    return AccountExposure(
        account=account.id,
        name=account.name,
        departure_loss=measures.departure_loss.get(employee),
        sole_routes=tuple(seat for seat, only in measures.sole_route.items() if only == employee),
        revenue_at_risk=revenue,
        currency=account.currency,
        three_dimensional=measures.three_dimensional,
        three_dimensional_without=measures.shape_without[employee].weakest,
        adequate=measures.adequate,
        adequate_without=measures.meets_mode_without[employee].weakest,
        reasons=dict(_reasons(reviewed, measures, employee)),
    )


def _reasons(reviewed: Review, measures: Measures, employee: str) -> Iterator[tuple[str, Reason]]:
    no_loss: Reason = N_("Owns a mechanism here, and is tied to nobody who bears on a seat.")
    if employee in measures.departure_loss:
        no_loss = reviewed.reasons.get("departure_loss", "")
    if measures.departure_loss.get(employee) is None:
        yield "departure_loss", no_loss
    if employee not in (measures.revenue_at_risk or {}):
        yield "revenue_at_risk", reviewed.reasons.get("revenue_at_risk", no_loss)


def _greatest_loss_first(exposed: AccountExposure) -> tuple[float, float, str]:
    low, high = exposed.departure_loss or (-1.0, -1.0)
    return -high, -low, exposed.account

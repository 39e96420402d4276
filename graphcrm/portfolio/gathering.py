"""Gathering: what columns of a store state, as numbers; what does not hold on the day is left out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from graphcrm.policies import Policy
from graphcrm.portfolio.codes import FIRST_DAY, LAST_DAY, Codes, Days, Integers, Table, recordings
from graphcrm.portfolio.columns import NONE, Flags, Reals
from graphcrm.portfolio.interactions import Interactions, flagged
from graphcrm.records.columns import Columns, Wanted

WANTED: tuple[Wanted, ...] = (
    {
        "accounts": ("id", "name", "annual_revenue", "currency"),
        "departments": ("id", "account", "name", "function", "importance"),
        "seats": ("id", "account", "department", "level", "roles", "weight", "reports_to", "decides_for"),
        "contacts": ("id",),
        "holdings": ("contact", "seat", "valid_from", "valid_to"),
        "employees": ("id", "name", "valid_from", "valid_to"),
        "assertions": ("subject", "attribute", "value", "valid_from", "recorded_at"),
        "influences": ("from", "to", "strength", "sign", "valid_from", "valid_to"),
    },
    {
        "ties": (
            "id", "employee", "contact", "level", "assessed_on", "trust_holder", "recorded_at",
            "valid_from", "valid_to",
        ),
    },
    {"interactions": ("at", "channel", "participants", "from", "to")},
)  # fmt: skip
"""What is read of a portfolio: first whom there is, then the ties, then what happened."""

UNKNOWN_LEVEL = 0
"""No level is 0; the top is 1."""

Values = Mapping[str, Sequence[Any]]


class Said(NamedTuple):
    """What is asserted of a subject: since which day, recorded when (in microseconds), and what."""

    since: int
    recorded: int
    value: Any


class Asserted:
    """Of roles, levels and trust holders, the assertion that holds (method, section 1).

    Attitudes, of which every contact may have one, are kept as a table instead.
    """

    def __init__(self) -> None:
        self._holding: dict[tuple[str, str], Said] = {}
        self.subjects: set[str] = set()

    def state(self, subject: str, attribute: str, said: Said) -> None:
        """Take one in; they come in the order in which they were stated."""
        standing = self._holding.get((subject, attribute))
        if standing is None or said[:2] >= standing[:2]:
            self._holding[subject, attribute] = said
            self.subjects.add(subject)

    def get(self, subject: str, attribute: str) -> Said | None:
        """The assertion that holds, or None where nobody asserted anything."""
        return self._holding.get((subject, attribute))

    def of(self, attribute: str) -> Iterator[tuple[str, Said]]:
        """Every subject of which this attribute is asserted."""
        return ((subject, said) for (subject, which), said in self._holding.items() if which == attribute)


class Gathered:
    """Everything a screen needs to know of a day, taken in as it is read.

    The store has left out what was not known at ``known_at``.

    Contacts and employees share one numbering, ``people``: interactions name both by id alone. A number
    is no proof of being on record, since anything may be named before it is stated, or without.
    """

    def __init__(self, policy: Policy, as_of: date, known_at: date | None = None) -> None:
        self.policy = policy
        self.as_of = as_of
        self.known_at = known_at
        self.accounts, self.departments, self.seats, self.people = Codes(), Codes(), Codes(), Codes()
        self.currencies, self.roles, self.attitudes = Codes(), Codes(), Codes()
        self.level_words, self.trust_holders = Codes(), Codes()
        self.account = Table(code=np.int32, revenue=np.float64, currency=np.int32)
        self.account_names: dict[str, str] = {}
        self.employee_names: dict[str, str] = {}
        self.department = Table(code=np.int32, account=np.int32, function=np.int32, importance=np.float64)
        self.functions = Codes()
        self.seat = Table(
            code=np.int32,
            account=np.int32,
            department=np.int32,
            level=np.int32,
            roles=np.int32,
            weight=np.float64,
            reports_to=np.int32,
        )
        self.deciding = Table(seat=np.int32, account=np.int32)
        self.contact = Table(code=np.int32)
        self.holding = Table(contact=np.int32, seat=np.int32)
        self.employee = Table(code=np.int32, present=np.bool_)
        self.influence = Table(gate=np.int32, seat=np.int32, strength=np.float64)
        self.attitude = Table(contact=np.int32, since=np.int32, recorded=np.int64, value=np.int32)
        self.asserted = Asserted()
        self.tie = Table(
            employee=np.int32,
            contact=np.int32,
            assessed=np.int32,
            recorded=np.int64,
            level=np.float64,
            level_since=np.int32,
            trust_holder=np.int32,
        )
        self.interactions = Interactions(policy, as_of, self.people)
        self._day = as_of.toordinal()
        self._from, self._to = Days(absent=FIRST_DAY), Days(absent=LAST_DAY)
        self._take: Mapping[str, Callable[[Values], None]] = {
            "accounts": self._accounts,
            "departments": self._departments,
            "seats": self._seats,
            "contacts": self._contacts,
            "holdings": self._holdings,
            "employees": self._employees,
            "assertions": self._assertions,
            "influences": self._influences,
            "ties": self._ties,
            "interactions": lambda values: self.interactions.take(values, self.ours, self.holders),
        }

    def take(self, columns: Columns) -> None:
        """Take in some records; kinds come in the order of ``WANTED``."""
        self._take[columns.kind](columns.values)

    @cached_property
    def holder(self) -> Integers:
        """By seat: the contact who holds it on the day, both on record; −1 is vacant."""
        contacts, seats = self.contact["code"], self.seat["code"]
        held, by = self.holding["seat"], self.holding["contact"]
        on_record = np.isin(held, seats) & np.isin(by, contacts)
        holder = np.full(len(self.seats), NONE)
        holder[held[on_record]] = by[on_record]  # of several the last, as everywhere
        return holder

    @cached_property
    def holders(self) -> Flags:
        """By person: a contact who holds a seat. Only their ties matter to a seat."""
        return self._flags(self.holder[self.holder != NONE])

    @cached_property
    def ours(self) -> Flags:
        """By person: an employee on record, whether present on the day or not."""
        return self._flags(self.employee["code"])

    def _flags(self, people: Integers) -> Flags:
        flags = np.zeros(len(self.people), np.bool_)
        flags[people] = True
        return flags

    def _valid(self, values: Values) -> Flags:
        start, end = self._from.of(values["valid_from"]), self._to.of(values["valid_to"])
        return (start <= self._day) & (self._day < end)

    def _accounts(self, values: Values) -> None:
        self.account_names.update(zip(values["id"], values["name"], strict=True))
        self.account.add(
            code=self.accounts.of(values["id"]),
            revenue=_reals(values["annual_revenue"]),
            currency=self.currencies.if_any(values["currency"]),
        )

    def _departments(self, values: Values) -> None:
        self.department.add(
            code=self.departments.of(values["id"]),
            account=self.accounts.of(values["account"]),
            function=self.functions.if_any(values["function"]),
            importance=_reals(values["importance"]),
        )

    def _seats(self, values: Values) -> None:
        code = self.seats.of(values["id"])
        self.seat.add(
            code=code,
            account=self.accounts.of(values["account"]),
            department=self.departments.if_any(values["department"]),
            level=np.array([level or UNKNOWN_LEVEL for level in values["level"]], np.int32),
            roles=self.roles.of([None if r is None else tuple(r) for r in values["roles"]]),
            weight=_reals(values["weight"]),
            reports_to=self.seats.if_any(values["reports_to"]),
        )
        others: list[list[str]] = list(values["decides_for"])
        if any(others):
            self.deciding.add(
                seat=np.repeat(code, [len(each) for each in others]),
                account=self.accounts.of([account for each in others for account in each]),
            )

    def _contacts(self, values: Values) -> None:
        self.contact.add(code=self.people.of(values["id"]))

    def _holdings(self, values: Values) -> None:
        held = self._valid(values)
        self.holding.add(
            contact=self.people.of(values["contact"])[held], seat=self.seats.of(values["seat"])[held]
        )

    def _employees(self, values: Values) -> None:
        self.employee_names.update(zip(values["id"], values["name"], strict=True))
        self.employee.add(code=self.people.of(values["id"]), present=self._valid(values))

    def _influences(self, values: Values) -> None:
        usual = self.policy.reach.influence
        strength = np.array([usual if s is None else s for s in values["strength"]], np.float64)
        bears = self._valid(values) & (np.array(values["sign"]) > 0)
        self.influence.add(
            gate=self.seats.of(values["from"])[bears],
            seat=self.seats.of(values["to"])[bears],
            strength=strength[bears],
        )

    def _assertions(self, values: Values) -> None:
        since = self._from.of(values["valid_from"])
        holds = since <= self._day
        attitude = holds & np.array(
            [attribute == "attitude" for attribute in values["attribute"]], np.bool_
        )
        subjects, stated, recorded = values["subject"], values["value"], values["recorded_at"]
        places = np.flatnonzero(attitude).tolist()
        self.attitude.add(
            contact=self.people.of([subjects[n] for n in places]),
            since=since[attitude],
            recorded=recordings([recorded[n] for n in places]),
            value=self.attitudes.of([stated[n] for n in places]),
        )
        for n in np.flatnonzero(holds & ~attitude).tolist():
            (moment,) = recordings([recorded[n]]).tolist()
            said = Said(int(since[n]), moment, stated[n])
            self.asserted.state(subjects[n], values["attribute"][n], said)

    def _ties(self, values: Values) -> None:
        assessed = self._from.of(values["assessed_on"])
        kept = self._valid(values) & (assessed <= self._day)
        level = np.array(
            [v if v.__class__ is float else self._level(v) for v in values["level"]], np.float64
        )
        holder = self.trust_holders.of(values["trust_holder"])
        since = assessed.copy()
        for n, subject in enumerate(_tie_ids(values) if self.asserted.subjects else ()):
            if subject in self.asserted.subjects:
                if said := self.asserted.get(subject, "level"):
                    level[n], since[n] = self._level(said.value), said.since
                if said := self.asserted.get(subject, "trust_holder"):
                    holder[n] = self.trust_holders[said.value or "unknown"]
        employee, contact = self.people.of(values["employee"]), self.people.of(values["contact"])
        kept &= flagged(self.ours, employee) & flagged(self.holders, contact)
        self.tie.add(
            employee=employee[kept],
            contact=contact[kept],
            assessed=assessed[kept],
            recorded=recordings(values["recorded_at"])[kept],
            level=level[kept],
            level_since=since[kept],
            trust_holder=holder[kept],
        )

    def _level(self, value: float | str | None) -> float:
        """A tie's level: NaN is unknown, and a word is a number below 0, by its place in the words."""
        if value is None:
            return np.nan
        return -1.0 - self.level_words[value] if isinstance(value, str) else float(value)


def _tie_ids(values: Values) -> Iterator[str]:
    """What assertions call each tie: its id, or whom it ties."""
    for given, employee, contact in zip(values["id"], values["employee"], values["contact"], strict=True):
        yield given or f"{employee}|{contact}"


def _reals(values: Sequence[float | None]) -> Reals:
    """Numbers; NaN is unknown."""
    return np.array(values, np.float64)

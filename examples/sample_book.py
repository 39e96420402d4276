"""A small language for writing down relationships: the book, and a customer in it.

``Customer.knows`` says that one of ours knows somebody and keeps in touch; ``thinks`` what people there
think of us; ``mechanism`` ties the companies. Each call adds plain records, as a bundle holds them.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from sample_people import DEPARTMENTS, OPERATIONS, POSITIONS, Team, names, staff

AS_OF = date(2026, 6, 30)
START = date(2025, 1, 1)
IMPORTANCE = {"board": 1.5, "purchasing": 1.5, "legal": 0.5, "logistics": 0.5}
SATURDAY = 5


@dataclass(frozen=True)
class Profile:
    """What an account is, before anybody knows anybody there.

    ``work`` names what its operations are (plant, network, branches, stores, fleet); ``revenue`` is in
    millions of its team's currency.
    """

    id: str
    name: str
    work: str
    team: Team
    mode: str | None
    tier: str
    revenue: float
    parent: str | None = None


class Book:
    """The records of the portfolio, kind by kind, and the dice that vary them."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a sample wants a seed, not secrecy
        self.lists: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
        self.lists["employees"] = staff()
        self._names: dict[str, list[tuple[str, str]]] = {}
        self._taken = {str(e["id"]) for e in self.lists["employees"]}

    def add(self, kind: str, /, **fields: object) -> None:
        """One record; what is None is left out, for then it is unknown. ``from_`` stands for ``from``."""
        self.lists[kind].append({k.rstrip("_"): _plain(v) for k, v in fields.items() if v is not None})

    def person(self, language: str, domain: str) -> str:
        """A new contact whose name nobody else has; returns the id."""
        pool = self._names.setdefault(language, self._shuffled(names(language)))
        name, person = pool.pop()
        while person in self._taken:
            name, person = pool.pop()
        self._taken.add(person)
        self.add("contacts", id=person, name=name, emails=[f"{person}@{domain}.example"])
        return person

    def _shuffled(self, pool: list[tuple[str, str]]) -> list[tuple[str, str]]:
        self.dice.shuffle(pool)
        return pool

    def bundle(self) -> dict[str, object]:
        """Everything written so far."""
        return {"as_of": AS_OF.isoformat(), "source": "sample portfolio", **self.lists}


class Customer:
    """An account in the book; its seats are called by the names of ``POSITIONS``."""

    def __init__(
        self,
        book: Book,
        profile: Profile,
        seats: Iterable[str],
        *,
        owner: str | None = None,
        complete: bool = True,
    ) -> None:
        """Write down the account, its departments and seats, and somebody new in every seat.

        ``complete`` says that every mechanism with it is on record.
        """
        self.book, self.profile, self.id, self.team = book, profile, profile.id, profile.team
        self.owner = owner or profile.team.lead
        self.holder: dict[str, str] = {}
        self._since: dict[str, date] = {}
        book.add(
            "accounts", id=self.id, name=profile.name, kind="buyer", mode=profile.mode,
            parent=profile.parent, owner=self.owner, region=profile.team.region, tier=profile.tier,
            annual_revenue=round(profile.revenue * book.dice.uniform(95, 105)) * 10_000,
            currency=profile.team.currency, mechanisms_complete=complete,
        )  # fmt: skip
        chosen = {seat: POSITIONS[seat] for seat in seats}
        for department in dict.fromkeys(p.department for p in chosen.values()):
            self._department(department)
        for seat, position in chosen.items():
            book.add(
                "seats", id=self.seat(seat), account=self.id, department=f"{self.id}.{position.department}",
                title=position.title(profile.team.language), level=position.level, roles=position.roles,
                reports_to=self.seat(position.boss) if position.boss in chosen else None,
            )  # fmt: skip
            self.joins(book.person(profile.team.language, self.id), seat, self._long_ago())

    def seat(self, seat: str | None) -> str:
        """The id of a seat."""
        return f"{self.id}.{seat}"

    def _department(self, department: str) -> None:
        called = OPERATIONS[self.profile.work] if department == "operations" else DEPARTMENTS[department]
        self.book.add(
            "departments", id=f"{self.id}.{department}", account=self.id,
            name=called[("zh", "en", "de").index(self.profile.team.language)],
            function=department, importance=IMPORTANCE.get(department, 1),
        )  # fmt: skip

    def _long_ago(self) -> date:
        return START - timedelta(days=self.book.dice.randint(30, 2000))

    # --- who sits where -------------------------------------------------------------------------------

    def joins(self, contact: str, seat: str, since: date) -> None:
        """A contact takes a seat."""
        self.holder[seat], self._since[seat] = contact, since
        self.book.add("holdings", contact=contact, seat=self.seat(seat), valid_from=since)

    def leaves(self, seat: str, on: date) -> str:
        """Whoever holds the seat leaves it; it stays vacant until somebody joins. Returns the contact."""
        contact, held = self.holder.pop(seat), self.seat(seat)
        for holding in self.book.lists["holdings"]:
            if (holding["contact"], holding["seat"]) == (contact, held):
                holding["valid_to"] = on.isoformat()
        return contact

    def unknown(self, field: str, *seats: str) -> None:
        """Take a field (roles, level) off some seats: nobody has asked yet."""
        wanted = {self.seat(s) for s in seats}
        for record in self.book.lists["seats"]:
            if record["id"] in wanted:
                record.pop(field, None)

    def states(self, seat: str, **fields: object) -> None:
        """Say more about a seat."""
        record = next(s for s in self.book.lists["seats"] if s["id"] == self.seat(seat))
        record.update({k: _plain(v) for k, v in fields.items()})

    # --- who knows whom -------------------------------------------------------------------------------

    def knows(
        self,
        employee: str,
        seat: str,
        level: str | None = None,
        *,
        every: int = 60,
        since: date = START,
        until: date = AS_OF,
        trust: str | None = None,
    ) -> None:
        """One of ours keeps in touch with whoever holds the seat, about every so many days.

        With ``level`` somebody assessed the tie in the last quarter; ``trust`` says who holds the trust.
        """
        contact, dice = self.holder[seat], self.book.dice
        if level is not None:
            assessed = min(until, AS_OF) - timedelta(days=dice.randint(5, 75))
            self.book.add(
                "ties", employee=employee, contact=contact, level=level, assessed_on=assessed,
                trust_holder=trust, by=self.owner,
            )  # fmt: skip
        day = since + timedelta(days=dice.randint(0, every // 2))
        while day <= until:
            self._happens(_working_day(day, until), employee, contact)
            day += timedelta(days=max(3, round(every * dice.uniform(0.8, 1.2))))

    def met(self, employee: str, seat: str, level: str | None = None, assessed: date | None = None) -> None:
        """One of ours says they know somebody; how well, nobody ever said, or somebody did once."""
        self.book.add(
            "ties", employee=employee, contact=self.holder[seat], level=level, assessed_on=assessed
        )

    def orders(self, employee: str, seat: str, *, every: int) -> None:
        """Orders are placed about every so many days, and that is all the contact there is."""
        day = START + timedelta(days=self.book.dice.randint(0, every))
        while day <= AS_OF:
            self._interaction("order", day, participants=[employee, self.holder[seat]])
            day += timedelta(days=max(2, round(every * self.book.dice.uniform(0.7, 1.3))))

    def _happens(self, day: date, employee: str, contact: str) -> None:
        channel = self.book.dice.choices(("visit", "meeting", "call", "mail", "message"), (2, 4, 4, 2, 1))[
            0
        ]
        if channel in ("mail", "message"):  # written, and answered
            self._interaction(channel, day, from_=employee, to=[contact])
            self._interaction(channel, day, from_=contact, to=[employee])
        else:
            self._interaction(channel, day, participants=[employee, contact])

    def _interaction(self, channel: str, day: date, **who: object) -> None:
        number = len(self.book.lists["interactions"]) + 1
        dice, clock = self.book.dice, timezone(timedelta(hours=self.team.utc_offset))
        at = datetime.combine(day, time(dice.randint(9, 17), dice.choice((0, 15, 30, 45))), clock)
        self.book.add("interactions", id=f"{self.id}.{channel}.{number}", at=at, channel=channel, **who)

    # --- what they think of us ------------------------------------------------------------------------

    def thinks(self, **attitudes: str) -> None:
        """What the holders of seats think of us: seat=attitude. Some of it was written down later."""
        for seat, attitude in attitudes.items():
            since = START + timedelta(days=self.book.dice.randint(0, 400))
            late = self.book.dice.randrange(4) == 0
            self.turns(seat, attitude, since, recorded=since + timedelta(days=9) if late else None)

    def turns(
        self,
        seat: str,
        attitude: str,
        since: date,
        *,
        recorded: date | None = None,
        evidence: str | None = None,
    ) -> None:
        """From a day on, the holder of a seat thinks this of us."""
        self.book.add(
            "assertions", subject=self.holder[seat], attribute="attitude", value=attitude, valid_from=since,
            recorded_at=recorded, by=self.owner, evidence=evidence,
        )  # fmt: skip

    # --- company and company --------------------------------------------------------------------------

    def agreement(self, kind: str, since: date, *ours: str) -> None:
        """A strategic or framework agreement in force."""
        self.mechanism(kind, ours, (), since=since)

    def mechanism(
        self,
        kind: str,
        ours: Iterable[str],
        theirs: Iterable[str],
        *,
        every: int | None = None,
        stage: str | None = None,
        since: date = START,
        until: date = AS_OF,
    ) -> None:
        """Something that ties the companies; if it is held every so many days, its owners meet then."""
        number = 1 + sum(m["account"] == self.id for m in self.book.lists["mechanisms"])
        our_owners, their_owners = list(ours), [self.holder[s] for s in theirs]
        held = []
        day = until - timedelta(days=self.book.dice.randint(5, 30))
        while every and day >= max(since, START):
            held.append(_working_day(day, AS_OF))
            day -= timedelta(days=every)
        self.book.add(
            "mechanisms", id=f"{self.id}.{kind}.{number}", account=self.id, kind=kind, valid_from=since,
            our_owners=our_owners, their_owners=their_owners, cadence_days=every, held=sorted(held),
            stage=stage,
        )  # fmt: skip
        for day in sorted(held):
            self._interaction("meeting", day, participants=[*our_owners, *their_owners])

    def stages(self, *stages: str) -> None:
        """The steps of the value chain we could work on together."""
        for n, stage in enumerate(stages):
            self.book.add("stages", account=self.id, name=stage, importance=len(stages) - n)

    def opportunity(self, name: str, share: float, stage: str) -> None:
        """A deal that may be won, worth a share of the account's annual revenue."""
        number = 1 + sum(o["account"] == self.id for o in self.book.lists["opportunities"])
        self.book.add(
            "opportunities", id=f"{self.id}.deal.{number}", account=self.id, name=name,
            amount=round(self.profile.revenue * share * 1_000_000), currency=self.profile.team.currency,
            stage=stage, expected_on=AS_OF + timedelta(days=self.book.dice.randint(30, 240)),
        )  # fmt: skip


def _working_day(day: date, until: date) -> date:
    """The day, or the Friday before where it falls on a weekend."""
    day = min(day, until)
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _plain(value: object) -> object:
    """Dates as ISO text, sequences as lists: what JSON can say."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    return value

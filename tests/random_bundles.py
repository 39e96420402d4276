"""Random bundles, small enough for brute force."""

from random import Random
from typing import Any

from bundles import TODAY, Document, day

ROLES = ("decider", "approver", "influencer", "contributor", "user", "evaluator", "gatekeeper")
ATTITUDES = ("opponent", "neutral", "supporter", "strong_supporter", "coach")
CHANNELS = ("visit", "meeting", "call", "order", "mail", "message")
LEVELS = ("none", "brief", "multiple", "in_depth", "trusted", 0.1, 0.2, 0.3, 0.4, 0.41, 0.6, 0.85, 1.0)
MECHANISMS = (
    "executive_sponsorship", "steering_committee", "strategic_agreement", "framework_agreement",
    "joint_innovation", "embedded_service",
)  # fmt: skip


def random_bundle(rng: Random) -> Document:
    """Two or three accounts with most of what the method speaks of, small enough for brute force."""
    return _Maker(rng).document


class _Maker:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.accounts = [f"A{i}" for i in range(rng.randint(1, 3))]
        self.employees = [f"e{i}" for i in range(rng.randint(2, 6))]
        self.seats: list[str] = []
        self.contacts: list[str] = []
        self.tie_density = rng.choice((0.0, 0.15, 0.35, 0.6))
        self.vagueness = rng.choice((0.0, 0.15, 0.4))
        self.document: Document = {"as_of": TODAY, "accounts": [self._account(a) for a in self.accounts]}
        for part in (
            self._departments, self._seats, self._holdings, self._employees, self._ties, self._assertions,
            self._influences, self._interactions, self._mechanisms,
        ):  # fmt: skip
            part()

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _add(self, kind: str, /, **record: Any) -> None:
        """State it; a value of None is left out, and some records say when they were recorded."""
        stated = {key.rstrip("_"): value for key, value in record.items() if value is not None}
        if "recorded_at" not in stated and self._chance(0.03):
            stated["recorded_at"] = self.rng.choice(("2026-04-02", "2026-05-01T23:00:00-05:00"))
        self.document.setdefault(kind, []).append(stated)

    def _maybe(self, value: Any, unknown: float | None = None) -> Any:
        return None if self._chance(self.vagueness if unknown is None else unknown) else value

    def _account(self, account: str) -> Document:
        rng = self.rng
        record = {
            "id": account,
            "name": account,
            "mode": self._maybe(rng.choice(("transactional", "consultative", "enterprise")), 0.2),
            "annual_revenue": self._maybe(rng.randint(0, 90) * 100_000, 0.3),
            "mechanisms_complete": rng.choice((True, False, None)),
        }
        return {key: value for key, value in record.items() if value is not None}

    def _departments(self) -> None:
        for account in self.accounts:
            for i in range(self.rng.choice((0, 1, 2, 3))):
                name = f"{account}.d{i}"
                importance = self.rng.choice((None, 0, 1, 2, 0.5))
                self._add("departments", id=name, account=account, name=name, importance=importance)

    def _seats(self) -> None:
        rng = self.rng
        departments = self.document.get("departments", [])
        for account in self.accounts:
            own = [d["id"] for d in departments if d["account"] == account]
            names = [f"{account}.s{i}" for i in range(rng.choice((0, 1, 3, 4, 5, 6)))]
            for name in names:
                others = [a for a in self.accounts if a != account]
                self.seats.append(name)
                roles = rng.sample(ROLES, rng.choice((0, 1, 1, 1, 2)))
                self._add(
                    "seats",
                    id=name,
                    account=account,
                    department=rng.choice(own) if own and self._chance(0.8) else None,
                    level=self._maybe(rng.choice((1, 1, 2, 2, 3, 4, 5, 7))),
                    roles=self._maybe(roles),
                    weight=rng.choice((0, 0.25, 0.7, 1)) if self._chance(0.12) else None,
                    reports_to=rng.choice(names) if self._chance(0.5) else None,
                    decides_for=[rng.choice(others)] if others and self._chance(0.15) else None,
                )

    def _holdings(self) -> None:
        rng = self.rng
        for i, seat in enumerate(self.seats):
            if self._chance(0.12):
                self._contact(f"p{i}")
                if self._chance(0.5):  # left, or not there yet
                    self._add(
                        "holdings", contact=f"p{i}", seat=seat, valid_to=rng.choice((TODAY, day(-400)))
                    )
                else:
                    self._add("holdings", contact=f"p{i}", seat=seat, valid_from=day(1))
            else:
                holder = rng.choice(self.contacts) if self.contacts and self._chance(0.15) else f"p{i}"
                self._contact(holder)
                since = rng.choice((None, "2024-01-01", TODAY))
                until = rng.choice((None, day(1)))
                self._add("holdings", contact=holder, seat=seat, valid_from=since, valid_to=until)
            if self.contacts and self._chance(0.15):  # moved
                left = day(-rng.randint(1, 500))
                self._add("holdings", contact=rng.choice(self.contacts), seat=seat, valid_to=left)

    def _contact(self, name: str) -> None:
        if name not in self.contacts:
            self.contacts.append(name)
            self.document.setdefault("contacts", []).append({"id": name, "name": name})

    def _employees(self) -> None:
        for name in self.employees:
            gone = self._chance(0.15)
            future = not gone and self._chance(0.08)
            self.document.setdefault("employees", []).append(
                {
                    "id": name,
                    "name": name,
                    **({"level": self.rng.randint(1, 4)} if self._chance(0.8) else {}),
                    **({"captured": self._chance(0.75)} if self._chance(0.9) else {}),
                    **({"valid_to": self.rng.choice((TODAY, day(-100)))} if gone else {}),
                    **({"valid_from": self.rng.choice((day(1), day(60)))} if future else {}),
                }
            )

    def _ties(self) -> None:
        rng = self.rng
        for employee in self.employees:
            for contact in self.contacts:
                if self._chance(self.tie_density):
                    own_id = f"t-{employee}-{contact}" if self._chance(0.1) else None
                    for _ in range(rng.choice((1, 1, 1, 2, 3))):
                        self._tie(employee, contact, own_id)

    def _tie(self, employee: str, contact: str, own_id: str | None) -> None:
        rng = self.rng
        level = self._maybe(rng.choice(LEVELS))
        self._add(
            "ties",
            id=own_id,
            employee=employee,
            contact=contact,
            level=level,
            assessed_on=None
            if level is None
            else rng.choice((TODAY, TODAY, day(-1), day(-80), day(-365), day(5))),
            trust_holder=rng.choice((None, None, "person", "firm", "unknown")),
            valid_from=rng.choice((None, None, None, TODAY, day(1))),
            valid_to=rng.choice((None, None, None, day(1), TODAY)),
            recorded_at=rng.choice((None, None, day(-3), day(-3) + "T08:00:00+08:00")),
        )

    def _assertions(self) -> None:
        rng = self.rng
        for contact in self.contacts:
            for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
                self._assert(contact, "attitude", self._maybe(rng.choice(ATTITUDES), 0.1))
        for seat in self.seats:
            if self._chance(0.15):
                self._assert(seat, "level", self._maybe(rng.randint(1, 5), 0.2))
            if self._chance(0.15):
                self._assert(seat, "roles", self._maybe(rng.sample(ROLES, rng.choice((0, 1, 2))), 0.2))
        for employee in self.employees:
            if self._chance(0.15):
                self._assert(employee, "level", self._maybe(rng.randint(1, 4), 0.3))
        self._tie_assertions()

    def _tie_assertions(self) -> None:
        rng = self.rng
        for tie in self.document.get("ties", []):
            subject = tie.get("id", f"{tie['employee']}|{tie['contact']}")
            if self._chance(0.1):
                self._assert(subject, "level", self._maybe(rng.choice(LEVELS), 0.2))
            if self._chance(0.1):
                self._assert(subject, "trust_holder", rng.choice(("person", "firm", "unknown", None)))

    def _assert(self, subject: str, attribute: str, value: Any) -> None:
        statement = {
            "subject": subject,
            "attribute": attribute,
            "value": value,
            "valid_from": self.rng.choice(("2025-01-01", "2026-03-01", TODAY, day(1))),
        }
        recorded = self.rng.choice((None, "2025-01-10", "2026-04-02", "2026-04-02T10:00:00+08:00"))
        self.document.setdefault("assertions", []).append(
            statement if recorded is None else {**statement, "recorded_at": recorded}
        )

    def _influences(self) -> None:
        rng = self.rng
        if len(self.seats) < 2:
            return
        for _ in range(rng.randint(0, 2 * len(self.seats))):
            one, other = rng.sample(self.seats, 2)
            self._add(
                "influences",
                from_=one,
                to=other,
                kind=rng.choice(("informal", "reporting")),
                strength=rng.choice((None, 0.2, 0.29, 0.3, 0.5, 0.8, 1)),
                sign=rng.choice((None, 1, 1, -1)),
                valid_from=rng.choice((None, None, TODAY, day(1))),
                valid_to=rng.choice((None, None, day(1), TODAY)),
            )

    def _interactions(self) -> None:
        rng = self.rng
        if not self.contacts:
            return
        density = rng.choice((0.0, 0.5, 2.0))
        people = self.employees + self.contacts
        for i in range(int(density * len(self.contacts))):
            form: Document
            if self._chance(0.5):
                form = {
                    "participants": [rng.choice(self.employees), *rng.choices(people, k=rng.randint(1, 3))]
                }
            else:
                form = {"from_": rng.choice(people), "to": rng.choices(people, k=rng.randint(1, 4))}
            moment = rng.choice(
                (f"{day(-rng.randint(0, 300))}T10:30:00+00:00", f"{TODAY}T23:59:59+00:00",
                f"{day(1)}T00:00:00+00:00", f"{day(1)}T07:00:00+08:00", f"{day(1)}T09:00:00+08:00",
                f"{TODAY}T20:00:00-05:00")
            )  # fmt: skip
            self._add("interactions", id=f"i{i}", at=moment, channel=rng.choice(CHANNELS), **form)

    def _mechanisms(self) -> None:
        rng = self.rng
        for account in self.accounts:
            stages = [f"stage {i}" for i in range(rng.choice((0, 0, 2, 3)))]
            for stage in stages:
                self._add("stages", account=account, name=stage, importance=rng.choice((None, 0, 2)))
            for i in range(rng.choice((0, 0, 1, 2, 3))):
                cadence = rng.choice((None, 30, 90, 45.5))
                held = [
                    day(-rng.choice((-1, 0, 45, 46, 68, 69, 135, 136))) for _ in range(rng.randint(0, 2))
                ]
                self._add(
                    "mechanisms",
                    id=f"{account}.m{i}",
                    account=account,
                    kind=rng.choice(MECHANISMS),
                    our_owners=rng.sample(self.employees, rng.choice((0, 1, 1, 2))),
                    cadence_days=cadence,
                    held=held,
                    stage=rng.choice([*stages, "elsewhere"]) if self._chance(0.6) else None,
                    valid_from=rng.choice((None, None, TODAY, day(1))),
                    valid_to=rng.choice((None, None, day(1), TODAY)),
                )

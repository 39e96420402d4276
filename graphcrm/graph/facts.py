"""The facts of a portfolio that hold at a day, resolved and indexed: what account graphs are built from."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from graphcrm.errors import N_, PolicyError
from graphcrm.graph.assertions import Asserted, recorded
from graphcrm.policies import Policy
from graphcrm.records.account import Account
from graphcrm.records.base import end_of
from graphcrm.records.bundle import Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.department import Department
from graphcrm.records.employee import Employee
from graphcrm.records.holding import Holding
from graphcrm.records.interaction import Interaction
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.opportunity import Opportunity
from graphcrm.records.seat import Seat
from graphcrm.records.stage import Stage
from graphcrm.records.tie import Tie

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True)
class TieFact:
    """What is stated of an employee and a contact at a day; ``level`` None is unknown."""

    level: float | None
    assessed_on: date | None
    trust_holder: str


class Facts:
    """What is valid at the end of ``as_of``, as known at the end of ``known_at`` (now, if None).

    Every mapping is by id. ``influence[c][g]`` is how strongly seat g bears on seat c, occupied or not.
    ``bundle`` are the records as known then, those too that others overrule. Where it is a part, made to
    look at the accounts ``whole``, only these are in ``accounts``: of others it may hold a seat and a name.
    """

    def __init__(
        self,
        bundle: Bundle,
        policy: Policy,
        *,
        as_of: date | None = None,
        known_at: date | None = None,
        whole: Collection[str] | None = None,
    ) -> None:
        bundle = bundle.as_known_at(known_at)
        self.bundle = bundle
        self.policy = policy
        self.as_of = as_of or bundle.as_of
        self.known_at = known_at
        self._asserted = Asserted(bundle.assertions, self.as_of)

        on_record = {a.id: a for a in bundle.accounts}
        self.accounts: Mapping[str, Account] = (
            on_record if whole is None else {id_: on_record[id_] for id_ in whole if id_ in on_record}
        )
        self.account_names: Mapping[str, str] = {a.id: a.name for a in bundle.accounts}
        self.contacts: Mapping[str, Contact] = {c.id: c for c in bundle.contacts}
        self.seats: Mapping[str, Seat] = {s.id: self._seat(s) for s in bundle.seats}
        self.employees: Mapping[str, Employee] = {e.id: self._employee(e) for e in bundle.employees}
        self.present = frozenset(e.id for e in bundle.employees if e.valid_at(self.as_of))

        self.departments_of: Mapping[str, list[Department]] = _by(
            bundle.departments, lambda d: (d.account,)
        )
        self.seats_of = _by(self.seats.values(), lambda s: (s.account,))
        self.seats_deciding_for = _by(self.seats.values(), lambda s: s.decides_for)
        self.opportunities_of: Mapping[str, list[Opportunity]] = _by(
            bundle.opportunities, lambda o: (o.account,)
        )
        self.stages_of: Mapping[str, list[Stage]] = _by(bundle.stages, lambda s: (s.account,))
        in_force = (m for m in bundle.mechanisms if m.valid_at(self.as_of))
        self.mechanisms_of: Mapping[str, list[Mechanism]] = _by(in_force, lambda m: (m.account,))

        self.holdings_of_seat: Mapping[str, list[Holding]] = _by(bundle.holdings, lambda h: (h.seat,))
        held = [h for h in bundle.holdings if h.valid_at(self.as_of) and self._on_record(h)]
        self.holder: Mapping[str, str] = {h.seat: h.contact for h in held}
        self.seats_held: Mapping[str, list[str]] = {
            contact: [h.seat for h in holdings]
            for contact, holdings in _by(held, lambda h: (h.contact,)).items()
        }

        self.ties_of = self._ties(bundle.ties)
        moment = end_of(self.as_of)
        happened = (i for i in bundle.interactions if i.at < moment)
        self.interactions_of: Mapping[str, list[Interaction]] = _by(happened, lambda i: i.people)
        self.influence = self._influence(bundle)

    def attitude(self, contact: str) -> str | None:
        """The contact's attitude; None is unknown, which is not neutral."""
        assertion = self._asserted.get(contact, "attitude")
        return None if assertion is None else cast("str | None", assertion.value)

    def _on_record(self, holding: Holding) -> bool:
        return holding.contact in self.contacts and holding.seat in self.seats

    def _seat(self, seat: Seat) -> Seat:
        """The seat with what is asserted of it."""
        asserted = {
            attribute: assertion.value
            for attribute in ("roles", "level")
            if (assertion := self._asserted.get(seat.id, attribute))
        }
        return seat.model_copy(update=asserted) if asserted else seat

    def _employee(self, employee: Employee) -> Employee:
        assertion = self._asserted.get(employee.id, "level")
        return employee.model_copy(update={"level": assertion.value}) if assertion else employee

    def _ties(self, ties: Iterable[Tie]) -> Mapping[str, dict[str, TieFact]]:
        """By contact, then employee: of several records of a pair the latest assessed holds."""
        counting = (
            t
            for t in ties
            if t.valid_at(self.as_of) and (t.assessed_on is None or t.assessed_on <= self.as_of)
        )
        resolved: defaultdict[str, dict[str, TieFact]] = defaultdict(dict)
        for (employee, contact), records in _by(counting, lambda t: ((t.employee, t.contact),)).items():
            if employee in self.employees:
                resolved[contact][employee] = self._tie(records)
        return resolved

    def _tie(self, records: list[Tie]) -> TieFact:
        holding = records[0]
        for record in records[1:]:
            if _assessed(record) >= _assessed(holding):
                holding = record
        level, assessed_on = self.tie_level(holding.level), holding.assessed_on
        trust_holder: str = holding.trust_holder
        if assertion := self._asserted.get(holding.id, "level"):
            level = self.tie_level(cast("float | str | None", assertion.value))
            assessed_on = assertion.valid_from
        if assertion := self._asserted.get(holding.id, "trust_holder"):
            trust_holder = cast("str | None", assertion.value) or "unknown"
        return TieFact(level, assessed_on if level is not None else None, trust_holder)

    def tie_level(self, level: float | str | None) -> float | None:
        """What a stated level is worth, 0..1; None is unknown. PolicyError for a word of no scale."""
        if not isinstance(level, str):
            return level
        return scale_value(self.policy.strength.tie_levels, level, "strength.tie_levels", self.policy)

    def _influence(self, bundle: Bundle) -> Mapping[str, dict[str, float]]:
        reach = self.policy.reach
        bearing: list[tuple[str, str, float]] = []
        for seat in self.seats.values():
            if seat.reports_to is not None:
                bearing.append((seat.id, seat.reports_to, reach.to_boss))
                bearing.append((seat.reports_to, seat.id, reach.to_subordinate))
        for record in bundle.influences:
            if record.sign > 0 and record.valid_at(self.as_of):
                strength = reach.influence if record.strength is None else record.strength
                bearing.append((record.from_seat, record.to_seat, strength))
        influence: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for gate, towards, strength in bearing:
            if strength >= reach.least_influence and gate != towards:
                influence[towards][gate] = max(strength, influence[towards].get(gate, 0.0))
        return influence


def scale_value(scale: Mapping[str, T], word: str, where: str, policy: Policy) -> T:
    """What a policy gives a word; PolicyError where it knows none."""
    try:
        return scale[word]
    except KeyError:
        raise PolicyError(
            N_("The data say {word!r}, which policy {policy} does not define in {where}."),
            hint=N_("Use the policy the data were imported with, or add the word to this one."),
            word=word,
            policy=policy.name,
            where=where,
        ) from None


def _assessed(tie: Tie) -> tuple[date, object]:
    return tie.assessed_on or date.min, recorded(tie)


def _by(records: Iterable[T], keys: Callable[[T], Iterable[K]]) -> Mapping[K, list[T]]:
    """The records under each of their keys, in their order."""
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for record in records:
        for key in keys(record):
            groups[key].append(record)
    return groups

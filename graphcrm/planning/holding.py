"""Holding: who holds an account alone, and since when that is on record (section 11)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.facts import Facts
from graphcrm.measures.departure import departure_loss
from graphcrm.records.assertion import Assertion
from graphcrm.records.interval import Interval
from graphcrm.records.tie import Tie


@dataclass(frozen=True)
class Holder:
    """An employee who holds an account alone; ``since`` is the first day on record with it."""

    account: str
    employee: str
    loss: Interval
    since: date | None


class History:
    """Everything that is stated of who knows whom, also what does not hold any more, by pair."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._ties: Mapping[tuple[str, str], list[Tie]] = _by_pair(facts.bundle.ties)
        self._levels: defaultdict[str, list[Assertion]] = defaultdict(list)
        for assertion in facts.bundle.assertions:
            if assertion.attribute == "level":
                self._levels[assertion.subject].append(assertion)

    def since(self, graph: AccountGraph, employee: str) -> date | None:
        """The first day on record of an employee with those who hold a seat of the account, or a gate.

        That of a tie that holds (see ``known_since``), or of an interaction, whichever is earlier. They
        may have known each other for longer. None where no record has a day.
        """
        facts = self._facts
        days = [self.known_since(employee, contact) for contact in graph.contacts]
        for contact in graph.contacts:
            days += [i.at.date() for i in facts.interactions_of.get(contact, ()) if employee in i.people]
        return min((day for day in days if day is not None), default=None)

    def known_since(self, employee: str, contact: str) -> date | None:
        """The first day on which a tie of the two is on record that has held without a break.

        Records of the pair count that hold on the day, and those before that ended no sooner than the next
        began. Of these: where a record begins, where it is assessed, and where its level is asserted anew,
        but not before the records begin, and not before a day of which it is said that they are strangers.
        """
        records = _unbroken(self._ties.get((employee, contact), ()), self._facts.as_of)
        begun = min((tie.valid_from or date.min for tie in records), default=date.min)
        stated = list(self._stated(records))
        strangers = max((day for day, level in stated if level == 0), default=date.min)
        days = [day for day, level in stated if level > 0]
        days += [t.valid_from for t in records if t.valid_from and self._facts.tie_level(t.level) != 0]
        return min((day for day in days if day >= max(begun, strangers)), default=None)

    def _stated(self, records: Sequence[Tie]) -> Iterator[tuple[date, float]]:
        """The days up to now on which a level was stated, and what it was then."""
        stated = [(tie.assessed_on, tie.level) for tie in records]
        stated += [
            (assertion.valid_from, cast("float | str | None", assertion.value))
            for name in {tie.id for tie in records}
            for assertion in self._levels.get(name, ())
        ]
        for day, level in stated:
            worth = self._facts.tie_level(level)
            if day is not None and worth is not None and day <= self._facts.as_of:
                yield day, worth


def holders(graph: AccountGraph, history: History) -> list[Holder]:
    """Whose departure costs at least ``plan.rotation.least_loss`` of the account's reach, for certain."""
    least = graph.policy.plan.rotation.least_loss
    return [
        Holder(graph.account.id, employee, loss.rounded(), history.since(graph, employee))
        for employee, loss in departure_loss(graph).items()
        if loss is not None and loss.rounded().low >= least
    ]


def _by_pair(ties: Iterable[Tie]) -> Mapping[tuple[str, str], list[Tie]]:
    pairs: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        pairs[tie.employee, tie.contact].append(tie)
    return pairs


def _unbroken(ties: Iterable[Tie], day: date) -> list[Tie]:
    """The records that hold on the day, and those that led up to them without a day between."""
    begun = [tie for tie in ties if all(d is None or d <= day for d in (tie.valid_from, tie.assessed_on))]
    found = [tie for tie in begun if tie.valid_at(day)]
    first = min((tie.valid_from or date.min for tie in found), default=date.max)
    ended = [(tie.valid_to, tie) for tie in begun if tie.valid_to is not None and tie.valid_to <= day]
    for end, tie in sorted(ended, key=lambda each: each[0], reverse=True):
        if end >= first:
            found.append(tie)
            first = min(first, tie.valid_from or date.min)
    return found

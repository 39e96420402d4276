"""A part of the facts: all that bears on some accounts, found by following references."""

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Protocol

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.fields import reader
from graphcrm.records.relations import RELATIONS, pointed_at

Placed = tuple[int, Record]
"""A record, and where it was first stated: its place among all."""

AROUND = ("departments", "seats", "mechanisms", "stages", "opportunities", "assertions")
"""What points at an account."""

OURS = tuple(
    (relation.kind, relation.field)
    for relation in RELATIONS
    if "employees" in relation.to and relation.kind not in {"assertions", "employees"}
)
"""Where records name our people."""


class Lookup(Protocol):
    """The facts of a day, looked up in one state of a store."""

    def named(self, kind: str, ids: Collection[str] | None) -> Iterable[Placed]:
        """The records of a kind with these ids; all of them, if None."""
        ...

    def pointing(self, kinds: Collection[str], ids: Collection[str]) -> Iterable[Placed]:
        """The records of some kinds that point at one of these ids; it may be of no employee's."""
        ...


def records_about(
    facts: Lookup, accounts: Collection[str], *, everybody: bool
) -> dict[str, tuple[Record, ...]]:
    """By kind, in the order first stated: all that bears on these accounts.

    ``ports.facts.FactStore.facts_about`` says what that is.
    """
    part, accounts = _Part(facts), frozenset(accounts)
    part.named("accounts", accounts)
    part.pointing(AROUND, accounts)
    part.pointing(("seats", "influences"), part.ids("seats"))
    part.named("seats", part.targets("seats", "reports_to") | part.targets("influences", "from"))
    part.pointing(("holdings",), part.ids("seats"))

    people = part.targets("holdings", "contact")
    part.named("contacts", people)
    part.pointing(("holdings", "ties", "interactions", "assertions"), people)
    part.named("seats", part.targets("holdings", "seat"))
    part.named("accounts", part.targets("seats", "account"))

    if everybody:
        part.named("employees", None)
    else:
        part.named("employees", frozenset().union(*(part.targets(*place) for place in OURS)))
        part.named("employees", part.targets("employees", "manager"))
    for kind in ("seats", "employees", "ties"):
        part.pointing(("assertions",), part.ids(kind))
    return part.records()


class _Part:
    """What was found so far, each record once."""

    def __init__(self, facts: Lookup) -> None:
        self._facts = facts
        self._found: dict[str, dict[int, Record]] = {kind: {} for kind in RECORDS}

    def named(self, kind: str, ids: frozenset[str] | None) -> None:
        """Take in the records with these ids; all of the kind, if None."""
        self._take(self._facts.named(kind, None if ids is None else ids - self.ids(kind)))

    def pointing(self, kinds: Collection[str], ids: Collection[str]) -> None:
        """Take in the records that point at these ids."""
        self._take(self._facts.pointing(kinds, ids))

    def ids(self, kind: str) -> frozenset[str]:
        """Of what was found, the ids of a kind."""
        read = attrgetter("id")
        return frozenset(read(record) for record in self._found[kind].values())

    def targets(self, kind: str, field: str) -> frozenset[str]:
        """Of what was found, what records of a kind point at."""
        read = reader(kind, field)
        return frozenset(id_ for record in self._found[kind].values() for id_ in pointed_at(read(record)))

    def records(self) -> dict[str, tuple[Record, ...]]:
        """All of it."""
        return {kind: tuple(found[place] for place in sorted(found)) for kind, found in self._found.items()}

    def _take(self, placed: Iterable[Placed]) -> None:
        for place, record in placed:
            self._found[record.kind][place] = record

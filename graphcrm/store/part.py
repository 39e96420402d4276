"""A part of the facts: all that bears on some accounts, found by following references."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import chain, product
from operator import attrgetter
from typing import Protocol

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.fields import reader
from graphcrm.records.relations import RELATIONS, pointed_at

Placed = tuple[int, Record]
"""A record, and where it was first stated: its place among all."""

Field = tuple[str, str]
"""A kind of record, and a field of it under its name in JSON."""

AROUND = (
    *((kind, "account") for kind in ("departments", "seats", "mechanisms", "stages", "opportunities")),
    ("seats", "decides_for"),
    ("assertions", "subject"),
)
"""What points at an account."""

BEARING = (("seats", "reports_to"), ("influences", "to"))
"""What bears on a seat, or is borne on by it."""

THEIRS = (
    *((kind, "contact") for kind in ("holdings", "ties")),
    *(("interactions", field) for field in ("participants", "from", "to")),
    ("assertions", "subject"),
)
"""What concerns a contact."""

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
        """The records of some kinds that point at one of these ids, by any field, whatever it is the id of.

        Of what points at an employee only assertions need be among them.
        """
        ...


def records_about(
    facts: Lookup, accounts: Collection[str], *, everybody: bool
) -> dict[str, tuple[Record, ...]]:
    """By kind, in the order first stated: all that bears on these accounts.

    ``ports.facts.FactStore.facts_about`` says what that is. The facts may be a part themselves that holds
    at least this much.
    """
    part, accounts = _Part(facts), frozenset(accounts)
    part.named("accounts", accounts)
    part.pointing(AROUND, accounts)
    part.pointing(BEARING, part.ids("seats"))
    part.named("seats", part.targets("seats", "reports_to") | part.targets("influences", "from"))
    part.pointing((("holdings", "seat"),), part.ids("seats"))

    people = part.targets("holdings", "contact")
    part.named("contacts", people)
    part.pointing(THEIRS, people)
    part.named("seats", part.targets("holdings", "seat"))
    part.named("accounts", part.targets("seats", "account"))

    if everybody:
        part.named("employees", None)
    else:
        part.named("employees", frozenset().union(*(part.targets(*place) for place in OURS)))
        part.named("employees", part.targets("employees", "manager"))
    for kind in ("seats", "employees", "ties"):
        part.pointing((("assertions", "subject"),), part.ids(kind))
    return part.records()


class _Part:
    """What was found so far, each record once."""

    def __init__(self, facts: Lookup) -> None:
        self._facts = facts
        self._found: dict[str, dict[int, Record]] = {kind: {} for kind in RECORDS}

    def named(self, kind: str, ids: frozenset[str] | None) -> None:
        """Take in the records with these ids; all of the kind, if None."""
        self._take(self._facts.named(kind, None if ids is None else ids - self.ids(kind)))

    def pointing(self, fields: Collection[Field], ids: frozenset[str]) -> None:
        """Take in the records that point at one of these ids with one of these fields."""
        reads = defaultdict(list)
        for kind, field in fields:
            reads[kind].append(reader(kind, field))
        self._take(
            (place, record)
            for place, record in self._facts.pointing(reads, ids)
            if any(not ids.isdisjoint(pointed_at(read(record))) for read in reads[record.kind])
        )

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


class Found:
    """Facts in memory, looked up there."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        self._named: defaultdict[str, defaultdict[str | None, list[Placed]]]
        self._named = defaultdict(lambda: defaultdict(list))
        self._pointing: defaultdict[tuple[str, str], list[Placed]] = defaultdict(list)
        for found in placed:
            _, record = found
            self._named[record.kind][getattr(record, "id", None)].append(found)
            for id_ in {id_ for read in _readers(record.kind) for id_ in pointed_at(read(record))}:
                self._pointing[record.kind, id_].append(found)

    def named(self, kind: str, ids: Collection[str] | None) -> Iterator[Placed]:
        """The records of a kind with these ids; all of them, if None."""
        named = self._named[kind]
        return chain.from_iterable(named.values() if ids is None else (named.get(id_, ()) for id_ in ids))

    def pointing(self, kinds: Collection[str], ids: Collection[str]) -> Iterator[Placed]:
        """The records of some kinds that point at one of these ids."""
        return chain.from_iterable(self._pointing.get(place, ()) for place in product(kinds, ids))


@cache
def _readers(kind: str) -> tuple[Callable[[Record], object], ...]:
    return tuple(reader(kind, relation.field) for relation in RELATIONS if relation.kind == kind)

"""Snapshot: the facts of a day as they were stated, as they hold, and account by account."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.strength import observed_strengths
from graphcrm.policies import Policy
from graphcrm.records.bundle import Bundle

Pair = tuple[str, str]
"""An employee and a contact."""


class Snapshot:
    """What gaps are looked for in: the ``bundle`` as known, its ``facts``, a graph for each account.

    Everything is derived from bundle, policy and day, and computed once it is asked for.
    """

    def __init__(
        self, bundle: Bundle, policy: Policy, *, as_of: date | None = None, known_at: date | None = None
    ) -> None:
        self.bundle = bundle.as_known_at(known_at)
        self.policy = policy
        self.as_of = as_of or bundle.as_of
        self.known_at = known_at
        self.facts = Facts(self.bundle, policy, as_of=self.as_of)
        self._graphs: dict[str, AccountGraph] = {}

    @property
    def accounts(self) -> tuple[str, ...]:
        """The ids of all accounts, in order."""
        return tuple(sorted(self.facts.accounts))

    def graph(self, account: str) -> AccountGraph:
        """One account as of the day. Raises UnknownRecord where there is none."""
        if account not in self._graphs:
            self._graphs[account] = build_graph(self.facts, account)
        return self._graphs[account]

    def graphs(self) -> Iterator[AccountGraph]:
        """Every account, in order of id."""
        return map(self.graph, self.accounts)

    def with_facts(self, bundle: Bundle) -> "Snapshot":
        """The same day under the same policy, with other facts."""
        return Snapshot(bundle, self.policy, as_of=self.as_of)

    def under(self, policy: Policy) -> "Snapshot":
        """The same facts of the same day under another policy."""
        return Snapshot(self.bundle, policy, as_of=self.as_of, known_at=self.known_at)

    @cached_property
    def tie_ids(self) -> Mapping[Pair, frozenset[str]]:
        """The ids under which the tie of a pair was ever stated: an assertion may name any of them."""
        ids: defaultdict[Pair, set[str]] = defaultdict(set)
        for tie in self.bundle.ties:
            ids[tie.employee, tie.contact].add(tie.id)
        return {pair: frozenset(names) for pair, names in ids.items()}

    @cached_property
    def of_contact(self) -> Mapping[str, tuple[str, ...]]:
        """The accounts on which a contact bears: as holder of a seat in scope, or of a gate to one."""
        return _turned((g.account.id, g.contacts) for g in self.graphs())

    @cached_property
    def of_seat(self) -> Mapping[str, tuple[str, ...]]:
        """The accounts on which a seat bears: in scope, or as a gate."""
        return _turned((g.account.id, g.seats) for g in self.graphs())

    @cached_property
    def of_employee(self) -> Mapping[str, tuple[str, ...]]:
        """The accounts an employee is concerned with: by tie, interaction or mechanism."""
        return _turned((g.account.id, g.employees) for g in self.graphs())

    def pairs(self) -> Iterator[tuple[Pair, str]]:
        """Every tie that counts of an employee who is there, with each account it bears on."""
        for graph in self.graphs():
            for contact, ties in graph.ties.items():
                stated = self.facts.ties_of.get(contact, {})
                for employee in ties:
                    if employee in stated:
                        yield (employee, contact), graph.account.id

    def observed(self, pair: Pair) -> float:
        """What the interactions of a pair show, 0..1."""
        employee, contact = pair
        interactions = self.facts.interactions_of.get(contact, [])
        shown = observed_strengths(contact, interactions, self.facts.employees, self.policy, self.as_of)
        return shown.get(employee, 0.0)

    def called(self, kind: str, record: str) -> str:
        """What people call a record; its id where it has no name."""
        facts = self.facts
        named: Mapping[str, object] = {
            "accounts": facts.accounts,
            "contacts": facts.contacts,
            "employees": facts.employees,
            "seats": facts.seats,
        }.get(kind, {})
        found = named.get(record)
        return str(getattr(found, "name", None) or getattr(found, "title", None) or record)


def _turned(members: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    """By member: what it belongs to."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for owner, names in members:
        for name in names:
            of[name].append(owner)
    return {name: tuple(owners) for name, owners in of.items()}

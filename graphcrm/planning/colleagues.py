"""Colleagues: everybody of ours who may come to know an account, the alike together (section 11)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graphcrm.graph.account import AccountGraph
from graphcrm.planning.likeness import avoids, is_leaving
from graphcrm.policies import Policy
from graphcrm.records.employee import Employee


@dataclass(frozen=True)
class Colleagues:
    """Employees of ours who are there and stay, by id; in a large company many are of one kind."""

    by_id: Mapping[str, Employee]

    @classmethod
    def of(cls, employees: Iterable[Employee], as_of: date, policy: Policy) -> "Colleagues":
        """Those who are there on the day and not leaving (see ``is_leaving``)."""
        return cls({e.id: e for e in employees if e.valid_at(as_of) and not is_leaving(e, as_of, policy)})

    @cached_property
    def groups(self) -> tuple[tuple[Employee, ...], ...]:
        """Who shares function, level, region, and where not to be used; in order of ids."""
        alike: defaultdict[tuple[object, ...], list[Employee]] = defaultdict(list)
        for employee in sorted(self.by_id.values(), key=lambda e: e.id):
            kind = (employee.function, employee.level, employee.region, employee.avoid_regions)
            alike[kind].append(employee)
        return tuple(map(tuple, alike.values()))

    def strangers_to(self, graph: AccountGraph) -> Iterator[tuple[Employee, ...]]:
        """The groups that may come to the account, without who knows it already, or gave it up."""
        for group in self.groups:
            if not avoids(group[0], graph.account.region):
                strangers = tuple(e for e in group if e.id not in graph.employees)
                if strangers:
                    yield strangers


NOBODY = Colleagues({})

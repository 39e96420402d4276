"""Holding: who holds an account alone, and since when that is on record (section 11)."""

from dataclasses import dataclass
from datetime import date

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.facts import Facts
from graphcrm.measures.departure import departure_loss
from graphcrm.records.interval import Interval


@dataclass(frozen=True)
class Holder:
    """An employee who holds an account alone; ``since`` is the first day on record with it."""

    account: str
    employee: str
    loss: Interval
    since: date | None


def holders(graph: AccountGraph, facts: Facts) -> list[Holder]:
    """Whose departure costs at least ``plan.rotation.least_loss`` of the account's reach, for certain."""
    least = graph.policy.plan.rotation.least_loss
    return [
        Holder(graph.account.id, employee, loss.rounded(), since(graph, facts, employee))
        for employee, loss in departure_loss(graph).items()
        if loss is not None and loss.rounded().low >= least
    ]


def since(graph: AccountGraph, facts: Facts, employee: str) -> date | None:
    """The day of the first assessment or interaction of an employee with a holder of a seat or gate.

    They may have known each other for longer. None where no record has a day.
    """
    days: list[date] = []
    for contact in graph.contacts:
        tie = facts.ties_of.get(contact, {}).get(employee)
        if tie is not None and tie.assessed_on is not None:
            days.append(tie.assessed_on)
        days += [i.at.date() for i in facts.interactions_of.get(contact, ()) if employee in i.people]
    return min(days, default=None)

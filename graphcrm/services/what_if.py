"""What if: an account before and after employees of ours leave."""

from collections.abc import Sequence

from graphcrm.errors import N_, UnknownRecord
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Result, Review
from graphcrm.services.review import review
from graphcrm.services.totals import open_amount


class WhatIf(Result):
    """The review today, and the one it would be without these employees; what may be won is the same."""

    leaves: tuple[str, ...]
    before: Review
    after: Review
    opened: MoneyTotal


def what_if(facts: Facts, account: str, leaves: Sequence[str]) -> WhatIf:
    """Review an account as it is and without these employees: as if their last day were the day before.

    Somebody named twice leaves once.

    Raises UnknownRecord for an account or employee nobody has on record, or who is gone already.
    """
    graph = build_graph(facts, account)
    gone = tuple(dict.fromkeys(leaves))
    for employee in gone:
        if employee not in facts.present:
            raise UnknownRecord(
                N_("No employee with the id {id!r} is there on {day}."),
                hint=N_("`graphcrm account show {account}` names those who know it."),
                id=employee,
                day=facts.as_of.isoformat(),
                account=account,
            )
    without = graph
    for employee in gone:
        without = without.without(employee)
    opened = open_amount(facts, account)
    return WhatIf(leaves=gone, before=review(graph), after=review(without), opened=opened)

"""What if: an account before and after people leave, hand over, or get to know each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graphcrm.errors import N_, InputError, Message
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.scenario import Handover, NewTie, Scenario, apply, ends, involved
from graphcrm.records.employee import Employee
from graphcrm.records.finding import Finding, new_in
from graphcrm.records.interval import Interval, largest
from graphcrm.records.money import MoneyTotal
from graphcrm.records.review import Review
from graphcrm.records.words import percent
from graphcrm.services.answer import answer
from graphcrm.services.review import review
from graphcrm.services.totals import open_amount

T = TypeVar("T")


@dataclass(frozen=True)
class WhatIf:
    """The review as it is, and the one it would be; ``supposed`` says in sentences what happened between.

    ``opened`` is what may be won before and after; None where nothing is known of it, as of an account that
    was built by hand.
    """

    scenario: Scenario
    supposed: tuple[Message, ...]
    before: Review
    after: Review
    opened: tuple[MoneyTotal, MoneyTotal] | None

    @property
    def answer(self) -> Message:
        """How the account would stand, in one sentence."""
        if self.before.observed and not self.after.observed:
            return Message(N_("Nobody whom we know holds a seat here any more: nothing can be measured."))
        return answer(self.after)

    @property
    def new_findings(self) -> tuple[Finding, ...]:
        """What was not found before."""
        return new_in(self.after.findings, before=self.before.findings)

    @property
    def gone_findings(self) -> tuple[Finding, ...]:
        """What is not found any more."""
        return new_in(self.before.findings, before=self.after.findings)


def what_if(
    known: Facts | AccountGraph,
    account: str = "",
    leaves: Iterable[str] = (),
    *,
    contact_leaves: Iterable[str] = (),
    handovers: Iterable[Handover] = (),
    new_ties: Iterable[NewTie] = (),
    later: Facts | AccountGraph | None = None,
) -> WhatIf:
    """Review an account as it is, and as it would be if all of this happened; nothing is changed.

    ``known`` are facts, of which ``account`` names one, or an account's graph. With ``later`` (the same as
    of a later day) it happens on that day: time passes too. Somebody named twice counts once. What each
    part means stands at ``graphcrm.graph.scenario.apply``, and in docs/method.md under *What-ifs*.

    Raises UnknownRecord for who is not there, and InputError where nothing is asked, the later day is an
    earlier one, a strength is not within 0..1, a handover or new tie lacks a part, or the scenario
    contradicts itself.
    """
    scenario = Scenario(
        _once(_several(leaves)), _once(_several(contact_leaves)), _once(handovers), _once(new_ties)
    )
    if later is None and scenario == Scenario():
        raise nothing_asked()
    before = _graph(known, account)
    then = before if later is None else _graph(later, account)
    if then.as_of < before.as_of:
        raise InputError(
            N_("{date} is before {day}, the day of the review."),
            hint=N_("Give a later day; --as-of sets the day of the review."),
            date=then.as_of.isoformat(),
            day=before.as_of.isoformat(),
        )
    at = known if later is None else later
    staff = at.employees if isinstance(at, Facts) else then.employees
    opened = None
    if isinstance(known, Facts) and isinstance(at, Facts):
        opened = open_amount(known, account), open_amount(at, account)
    return WhatIf(
        scenario,
        supposed=_supposed(scenario, then, staff),
        before=review(before),
        after=review(apply(then, scenario, staff)),
        opened=opened,
    )


def nothing_asked() -> InputError:
    """What to raise where a what-if supposes nothing."""
    return InputError(
        N_("A what-if supposes something, and nothing is given."),
        hint=N_("Give one or more of --leaves, --contact-leaves, --handover, --new-tie and --date."),
    )


def greatest_revenue_at_risk(result: Review) -> Interval | None:
    """Revenue at risk by the departure that puts most at risk; None where it is not known."""
    at_risk = result.measures and result.measures.revenue_at_risk
    return largest(at_risk.values()) if at_risk else None


def _several(ids: Iterable[str]) -> Iterable[str]:
    """Ids; a lone one may come by itself, and is not its letters."""
    return (ids,) if isinstance(ids, str) else ids


def _once(part: Iterable[T]) -> tuple[T, ...]:
    """Each, in the order in which they are named first; lists come too, and have no hash."""
    each: list[T] = []
    for one in part:
        if one not in each:
            each.append(one)
    return tuple(each)


def _graph(known: Facts | AccountGraph, account: str) -> AccountGraph:
    return known if isinstance(known, AccountGraph) else build_graph(known, account)


def _supposed(
    scenario: Scenario, graph: AccountGraph, staff: Mapping[str, Employee]
) -> tuple[Message, ...]:
    """The scenario in sentences, under the names of who is in it."""
    concerned = involved(graph)

    def ours(employee: str) -> str:
        return staff[employee].name if employee in staff else employee

    def gone(employee: str) -> Message:
        if employee in concerned:
            return Message(N_("{person} leaves us"), {"person": ours(employee)})
        return Message(
            N_("{person}, who has nothing to do with this account, leaves us"), {"person": ours(employee)}
        )

    def theirs(contact: str) -> str:
        return graph.contacts[contact].name if contact in graph.contacts else contact

    return (
        *map(gone, scenario.leaves),
        *(
            Message(N_("{person} leaves the customer"), {"person": theirs(c)})
            for c in scenario.contact_leaves
        ),
        *(
            Message(N_("{taker} takes over from {giver}"), {"giver": ours(giver), "taker": ours(taker)})
            for giver, taker in scenario.handovers
        ),
        *(
            Message(
                N_("{employee} knows {contact} at {strength} %"),
                {"employee": ours(e), "contact": theirs(c), "strength": percent(ends(strength))},
            )
            for e, c, strength in scenario.new_ties
        ),
    )

"""Ground: the account that is explained, its records, and the nodes made of it so far, each once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, update_wrapper
from typing import Concatenate, ParamSpec, cast

from graphcrm.errors import N_, Message
from graphcrm.explanation.operators import OPERATORS, stated
from graphcrm.explanation.recorded import Recorded
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.facts import Facts
from graphcrm.measures.contact_loss import contact_loss
from graphcrm.measures.departure import departure_loss
from graphcrm.records.base import Record
from graphcrm.records.explanation import Evidence, Node, Unit, Value, Words, escaped
from graphcrm.records.finding import Finding
from graphcrm.records.interval import Interval, exactly

P = ParamSpec("P")
NOW = "now"
LATER = "later"
"""Strength and reach in so many days without contact."""


@dataclass(eq=False)
class Ground:
    """One account to explain. Without ``facts``, strengths and weights are leaves: they were given.

    ``find`` gives the findings. ``base`` is the same account with ``absent`` still there: what the
    departure does not touch is taken from it. ``nodes``, ``entries`` and ``carriers`` keep what was made.
    """

    graph: AccountGraph
    facts: Facts | None = None
    find: Callable[[], tuple[Finding, ...]] = tuple
    base: "Ground | None" = None
    absent: str = ""
    nodes: dict[tuple[str, ...], Node] = field(default_factory=dict)
    entries: dict[tuple[str | int, ...], Node] = field(default_factory=dict)
    carriers: dict[str, list[str]] = field(default_factory=dict)
    departures: "dict[str, Ground]" = field(default_factory=dict)

    @property
    def root(self) -> "Ground":
        """The account as it is."""
        return self.base or self

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the account; looked for when asked for."""
        return self.find()

    @cached_property
    def departure_losses(self) -> Mapping[str, Interval | None]:
        """What leaves with each of ours, measured for all of them at once."""
        return departure_loss(self.graph)

    @cached_property
    def contact_losses(self) -> Mapping[str, Interval | None]:
        """What is lost with each of theirs, measured for all of them at once."""
        return contact_loss(self.graph)

    @cached_property
    def recorded(self) -> Recorded | None:
        """The records behind the graph; None where it was built by hand."""
        return None if self.facts is None else Recorded(self.facts, self.graph)

    def without(self, employee: str) -> "Ground":
        """The same account without an employee of ours."""
        if employee not in self.departures:
            self.departures[employee] = Ground(
                self.graph.without(employee), self.facts, base=self, absent=employee
            )
        return self.departures[employee]

    def employee(self, employee: str) -> str:
        """An employee for people."""
        known = self.graph.employees.get(employee)
        return known.name if known else employee

    def contact(self, contact: str) -> str:
        """A contact for people."""
        known = self.graph.contacts.get(contact)
        return known.name if known else contact

    def seat(self, seat: str) -> str:
        """A seat for people: its title and who holds it."""
        node = self.graph.seats[seat]
        title = node.title or seat
        return title if node.holder is None else f"{title} ({self.contact(node.holder)})"


def family(
    make: Callable[Concatenate[Ground, P], Node],
) -> Callable[Concatenate[Ground, P], Node]:
    """Nodes that can be asked for: made once for each account, and named by function and arguments."""

    def once(why: Ground, /, *args: P.args, **kwargs: P.kwargs) -> Node:
        key = cast("tuple[str, ...]", (make.__name__, *(args[:-1] if args and args[-1] == NOW else args)))
        if key not in why.nodes:
            node = make(why, *args, **kwargs)
            if node.name is None:
                whose = ("without", why.absent) if why.base else ()
                node = replace(node, name="/".join(map(escaped, (*whose, *key))))
            why.nodes[key] = node
        return why.nodes[key]

    update_wrapper(once, make)
    return once


def everywhere(
    make: Callable[Concatenate[Ground, P], Node],
) -> Callable[Concatenate[Ground, P], Node]:
    """A family that is the same whoever of the others leaves: made on the account as it is."""
    named = family(make)

    def at_root(why: Ground, /, *args: P.args, **kwargs: P.kwargs) -> Node:
        return named(why.root, *args, **kwargs)

    update_wrapper(at_root, make)
    return at_root


def node(
    says: Message,
    operator: str,
    *children: Node,
    unit: Unit = "share",
    evidence: Record | None = None,
    decimals: int | None = None,
) -> Node:
    """A node whose value is what the operator makes of its children."""
    value = OPERATORS[operator].compute([child.value for child in children])
    return Node(
        says=says,
        operator=operator,
        value=stated(value, decimals),
        unit=unit,
        grow=lambda: children,
        evidence=None if evidence is None else Evidence.of(evidence),
        decimals=decimals,
    )


def leaf(
    says: Message,
    value: Value,
    unit: Unit = "share",
    *,
    operator: str = "record",
    evidence: Record | None = None,
) -> Node:
    """What stands on record."""
    rests_on = None if evidence is None else Evidence.of(evidence)
    return Node(says=says, operator=operator, value=value, unit=unit, evidence=rests_on)


def entry(why: Ground, path: str, *keys: str | int, unit: Unit = "share") -> Node:
    """An entry of the method pack: what stands at that place; null where nothing does."""
    key = (path, *keys, unit)
    if key not in why.root.entries:
        why.root.entries[key] = _entry(why, path, keys, unit)
    return why.root.entries[key]


def _entry(why: Ground, path: str, keys: tuple[str | int, ...], unit: Unit) -> Node:
    found: object = why.graph.policy
    for step in path.split("."):
        found = getattr(found, step)
    for key in keys:
        found = found[key] if isinstance(found, Mapping) else getattr(found, str(key))
    place = ".".join((path, *map(str, keys)))
    return Node(
        says=Message(N_("by the method pack")),
        operator="policy",
        value=_value(found),
        unit=unit,
        entry=place,
    )


def _value(found: object) -> Value:
    """A number, the two ends of one, or a list of words or levels, as the method pack has them."""
    if isinstance(found, tuple):
        ends = all(isinstance(each, float) for each in found)
        return Interval(*found) if found and ends else Words(tuple(map(str, found)))
    return exactly(float(found)) if isinstance(found, int | float) else None


def nothing(says: Message, value: Value = None, unit: Unit = "share") -> Node:
    """What is not on record, and what that counts as."""
    return leaf(says, value, unit, operator="nothing")


def given(says: Message, value: Value, unit: Unit = "share") -> Node:
    """What came with a graph that was built by hand."""
    return leaf(says, value, unit, operator="given")


def as_of(why: Ground) -> Node:
    """The day of the review."""
    return leaf(Message(N_("the day of the review")), why.graph.as_of, "date", operator="date")


def named(says: Message, *words: str, evidence: Record | None = None) -> Node:
    """Words on record."""
    return leaf(says, Words(words), "words", evidence=evidence)


def employee_named(why: Ground, employee: str) -> Node:
    """Our employee, by id."""
    says = Message("{employee}", {"employee": why.employee(employee)})
    return named(says, employee, evidence=why.graph.employees[employee])


def seat_named(why: Ground, seat: str) -> Node:
    """The seat, by id."""
    says = Message("{seat}", {"seat": why.seat(seat)})
    if why.root.recorded is None:
        return given(says, Words((seat,)), "words")
    return named(says, seat, evidence=why.root.recorded.seats[seat])

"""Strength of a tie: what was assessed, fading into what interactions show (method, section 3)."""

from datetime import date

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import LATER, NOW, Ground, entry, everywhere, given, leaf, node
from graphcrm.explanation.observed import observed
from graphcrm.explanation.stated import read_words, stated
from graphcrm.graph.strength import later
from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record
from graphcrm.records.explanation import Node
from graphcrm.records.interval import DECIMALS, Interval, exactly


@everywhere
def strength(why: Ground, employee: str, contact: str, time: str = NOW) -> Node:
    """s(e, p) on the day of the review, or what remains of it later without new contact.

    Its children are made when they are asked for: a tie may rest on thousands of interactions.
    """
    who = {"employee": why.employee(employee), "contact": why.contact(contact)}
    says = Message(N_("strength of {employee} with {contact}"), who)
    edge = why.graph.ties.get(contact, {}).get(employee)
    value = None if edge is None else edge.now if time == NOW else edge.later
    if time == LATER:
        days = str(why.graph.policy.fade_days)
        says = Message(N_("strength of {employee} with {contact} after {days} days without contact"),
                       {**who, "days": days})  # fmt: skip
    if why.facts is None:
        assert value is not None, "a graph built by hand has ties of those who are there"
        return given(says, value)
    if time == NOW:
        return _on(why, employee, contact, why.graph.as_of, says=says, value=value)
    that_day = later(why.graph.as_of, why.graph.policy)

    def both() -> tuple[Node, ...]:
        then = Message(N_("as it would be on {day}"), {"day": that_day.isoformat()})
        return strength(why, employee, contact), _on(
            why, employee, contact, that_day, says=then, value=None
        )

    if value is None:
        return node(says, "smallest", *both())
    return Node(says=says, operator="smallest", value=value, unit="share", grow=both)


def _on(
    why: Ground, employee: str, contact: str, day: date, *, says: Message, value: Interval | None
) -> Node:
    """The strength on a day; a value known already need not be computed to be shown."""
    assert why.facts is not None
    fact = why.facts.ties_of.get(contact, {}).get(employee)
    if fact is None:
        operator = "saturating"
    elif fact.level is None:
        operator = "or_more"
    else:
        operator = "faded"

    def grow() -> tuple[Node, ...]:
        shown = observed(why, employee, contact, day)
        if fact is None:
            return shown.children
        level, since = assessment(why, employee, contact)
        if operator == "or_more":
            return shown, level
        return level, _kept(why, since, day), shown, _captured(why, employee)

    if value is None:
        return node(says, operator, *grow(), decimals=DECIMALS)
    return Node(says=says, operator=operator, value=value, unit="share", grow=grow, decimals=DECIMALS)


def assessment(why: Ground, employee: str, contact: str) -> tuple[Node, Node | None]:
    """How close they were found to be, and on which day: assertions over tie records, the latest first."""
    assert why.root.recorded is not None
    records = why.root.recorded.ties[employee, contact]
    says = Message(N_("assessed level"))
    source = stated(
        why, records[0].id, "level", says,
        fields=[(t, t.level) for t in records],
        read=lambda value, words, record: _level(why, value, words, record),
    )  # fmt: skip
    asserted = why.root.recorded.assertions.get((records[0].id, "level"), [])
    holds: Record = asserted[0] if asserted else records[0]
    day = holds.valid_from if isinstance(holds, Assertion) else records[0].assessed_on
    since = None if day is None else leaf(Message(N_("assessed on")), day, "date", evidence=holds)
    return source, since


def _level(why: Ground, value: object, says: Message, record: Record) -> Node:
    if isinstance(value, str):
        word = read_words(value, Message(N_("how well they know each other")), record)
        return node(says, "looked_up", word, entry(why, "strength.tie_levels", value))
    number = None if value is None else exactly(float(value))  # type: ignore[arg-type]
    return leaf(says, number, evidence=record)


def _kept(why: Ground, since: Node | None, day: date) -> Node:
    """How much of an assessment is left."""
    assert since is not None, "a level has its day"
    on = leaf(Message(N_("the day looked at")), day, "date", operator="date")
    age = node(Message(N_("age of the assessment")), "days_between", on, since, unit="days")
    half_life = entry(why, "strength.assessment_half_life_days", unit="days")
    return node(Message(N_("how much of the assessment is left")), "half_life", age, half_life)


def _captured(why: Ground, employee: str) -> Node:
    assert why.facts is not None
    record = why.facts.employees[employee]
    says = Message(N_("our imports cover {employee}"), {"employee": record.name})
    return leaf(says, "proven" if record.captured else "no", "verdict", evidence=record)


@everywhere
def firm_strength(why: Ground, contact: str, time: str = NOW) -> Node:
    """φ·s, the largest over the ties with a contact: what the firm keeps whoever leaves."""
    says = Message(N_("trust of {contact} that the firm holds"), {"contact": why.contact(contact)})
    kept = why.graph.firm[contact]
    if why.facts is None:
        return given(says, kept.now if time == NOW else kept.later)
    parts = [
        node(
            Message(N_("what the firm keeps of {employee}'s tie"), {"employee": why.employee(employee)}),
            "product",
            _firm_share(why, employee, contact, fact.trust_holder),
            strength(why, employee, contact, time),
        )
        for employee, fact in sorted(why.facts.ties_of[contact].items())
    ]
    return node(says, "largest", *parts)


def _firm_share(why: Ground, employee: str, contact: str, holder: str) -> Node:
    assert why.root.recorded is not None
    records = why.root.recorded.ties[employee, contact]
    says = Message(N_("who holds the trust"))
    source = stated(
        why, records[0].id, "trust_holder", says,
        fields=[(t, t.trust_holder) for t in records], read=read_words,
    )  # fmt: skip
    share = entry(why, "strength.firm_share", holder)
    return node(Message(N_("share of trust that the firm holds")), "looked_up", source, share)

"""Stated: of several statements about the same thing, the one that holds and those it overrules."""

from collections.abc import Callable, Iterable, Sequence

from graphcrm.errors import N_, Message
from graphcrm.explanation.ground import Ground, everywhere, given, leaf, node, nothing
from graphcrm.explanation.ground import entry as policy_entry
from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record
from graphcrm.records.explanation import Node, Unit, Value, Words
from graphcrm.records.interval import exactly

Field = tuple[Record, object]
"""A record and what its plain field says."""


def stated(
    why: Ground,
    subject: str,
    attribute: str,
    says: Message,
    *,
    fields: Iterable[Field] = (),
    read: Callable[[object, Message, Record], Node],
) -> Node:
    """What holds of a subject: assertions over plain fields, the latest first; without any, nothing.

    ``read`` makes a leaf of what an assertion or field says.
    """
    assert why.root.recorded is not None, "asked only where there are records"
    asserted = why.root.recorded.assertions.get((subject, attribute), [])
    claims: Sequence[tuple[Record, object]] = [
        *((a, a.value) for a in asserted),
        *((record, value) for record, value in fields if value is not None),
    ]
    if not claims:
        return nothing(says, unit="words")
    leaves = [
        read(value, _words(says, record, place), record) for place, (record, value) in enumerate(claims)
    ]
    return leaves[0] if len(leaves) == 1 else node(says, "latest", *leaves, unit=leaves[0].unit)


def _words(says: Message, record: Record, place: int) -> Message:
    """What is stated, from when, and whether a later statement overrules it."""
    overruled = place > 0
    if isinstance(record, Assertion):
        template = (
            N_("overruled: {what}, stated from {day}") if overruled else N_("{what}, stated from {day}")
        )
        return Message(template, {"what": says, "day": record.valid_from.isoformat()})
    return Message(N_("overruled: {what}"), {"what": says}) if overruled else says


def read_words(value: object, says: Message, record: Record) -> Node:
    """A word, or several; null is unknown."""
    words: Value = None
    if value is not None:
        words = Words((value,) if isinstance(value, str) else tuple(map(str, value)))  # type: ignore[call-overload]
    return leaf(says, words, "words", evidence=record)


def read_number(unit: Unit) -> Callable[[object, Message, Record], Node]:
    """A number of that unit; null is unknown."""

    def read(value: object, says: Message, record: Record) -> Node:
        number = None if value is None else exactly(float(value))  # type: ignore[arg-type]
        return leaf(says, number, unit, evidence=record)

    return read


@everywhere
def attitude_word(why: Ground, contact: str) -> Node:
    """The attitude of a contact, in a word; null where it is not known."""
    says = Message(N_("attitude of {contact}"), {"contact": why.contact(contact)})
    if why.recorded is not None:
        return stated(why, contact, "attitude", says, read=read_words)
    word = why.graph.contacts[contact].attitude
    return given(says, None if word is None else Words((word,)), "words")


@everywhere
def attitude(why: Ground, contact: str) -> Node:
    """g: how much the contact supports us; anything where that is not known."""
    word, source = why.graph.contacts[contact].attitude, attitude_word(why, contact)
    says = Message(N_("support by {contact}"), {"contact": why.contact(contact)})
    if word is None:
        return node(says, "anything", source)
    return node(says, "looked_up", source, policy_entry(why, "attitudes", word))


@everywhere
def seat_level(why: Ground, seat: str) -> Node:
    """The level of a seat; null where it is not known."""
    says = Message(N_("level of {seat}"), {"seat": why.seat(seat)})
    known = why.graph.seats[seat].level
    if why.recorded is None:
        return given(says, None if known is None else exactly(float(known)), "number")
    record = why.recorded.seats[seat]
    return stated(why, seat, "level", says, fields=[(record, record.level)], read=read_number("number"))


@everywhere
def employee_level(why: Ground, employee: str) -> Node:
    """The level of an employee of ours; null where it is not known."""
    says = Message(N_("level of {employee}"), {"employee": why.employee(employee)})
    known = why.graph.employees[employee]
    if why.recorded is None:
        return given(says, None if known.level is None else exactly(float(known.level)), "number")
    record = why.recorded.employees[employee]
    return stated(why, employee, "level", says, fields=[(record, record.level)], read=read_number("number"))


@everywhere
def seat_roles(why: Ground, seat: str) -> Node:
    """The decision roles of a seat; null where they are not known."""
    says = Message(N_("roles of {seat}"), {"seat": why.seat(seat)})
    roles = why.graph.seats[seat].roles
    if why.recorded is None:
        return given(says, None if roles is None else Words(roles), "words")
    record = why.recorded.seats[seat]
    return stated(why, seat, "roles", says, fields=[(record, record.roles)], read=read_words)

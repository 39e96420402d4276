"""Verdicts: each axis against a standard, today and after any departure (section 7)."""

from graphcrm.errors import N_, Message
from graphcrm.explanation.breadth import breadth
from graphcrm.explanation.ground import Ground, entry, family, node
from graphcrm.explanation.key_points import key_points, key_points_floor
from graphcrm.explanation.organisation import organisation
from graphcrm.measures.account import mode
from graphcrm.records.explanation import Node
from graphcrm.records.words import MODES, word

AXES = ("key_points", "breadth", "organisation")
"""The axes, in the order of the method."""


def leaving(why: Ground) -> list[str]:
    """Whose leaving could change an axis: who is concerned with a seat, or owns a mechanism in force."""
    owners = {owner for m in why.graph.mechanisms for owner in m.our_owners}
    return sorted({*why.graph.concerned, *(owners & why.graph.present)})


@family
def three_dimensional(why: Ground) -> Node:
    """Whether all three axes reach the standard of the shape."""
    return _weakest(Message(N_("three-dimensional")), [shape(why, axis) for axis in AXES])


@family
def adequate(why: Ground) -> Node:
    """Whether all three axes reach what the mode requires."""
    return _weakest(Message(N_("adequate")), [meets_mode(why, axis) for axis in AXES])


@family
def robustly_three_dimensional(why: Ground) -> Node:
    """Whether the shape is reached today and after any one of our employees left."""
    says = Message(N_("three-dimensional whoever leaves"))
    after = [shape_after_any_departure(why, axis) for axis in AXES]
    return _weakest(says, [three_dimensional(why), *after])


@family
def robustly_adequate(why: Ground) -> Node:
    """Whether the mode is met today and after any one of our employees left."""
    says = Message(N_("adequate whoever leaves"))
    after = [meets_mode_after_any_departure(why, axis) for axis in AXES]
    return _weakest(says, [adequate(why), *after])


@family
def shape(why: Ground, axis: str) -> Node:
    """An axis against the standard for a three-dimensional relationship."""
    return _verdict(why, axis, why.graph.policy.shape)


@family
def meets_mode(why: Ground, axis: str) -> Node:
    """An axis against what the engagement mode requires."""
    standard = mode(why.graph)
    return shape(why, axis) if standard == why.graph.policy.shape else _verdict(why, axis, standard)


@family
def shape_without(why: Ground, employee: str, axis: str) -> Node:
    """An axis against the standard for a three-dimensional relationship, without the employee."""
    return _gone(why, employee, shape(why.without(employee), axis))


@family
def meets_mode_without(why: Ground, employee: str, axis: str) -> Node:
    """An axis against what the engagement mode requires, without the employee."""
    return _gone(why, employee, meets_mode(why.without(employee), axis))


@family
def shape_after_any_departure(why: Ground, axis: str) -> Node:
    """An axis against the shape after the departure that hurts it most."""
    without = [shape_without(why, employee, axis) for employee in leaving(why)]
    return _after(axis, [shape(why, axis), *without])


@family
def meets_mode_after_any_departure(why: Ground, axis: str) -> Node:
    """An axis against the mode after the departure that hurts it most."""
    without = [meets_mode_without(why, employee, axis) for employee in leaving(why)]
    return _after(axis, [meets_mode(why, axis), *without])


def axis_message(axis: str) -> Message:
    """An axis in words."""
    return Message(
        {
            "key_points": N_("key points"),
            "breadth": N_("breadth"),
            "organisation": N_("organisation"),
            "floor": N_("weakest decider"),
        }[axis]
    )


def _after(axis: str, every: list[Node]) -> Node:
    says = Message(N_("{axis} after any departure"), {"axis": axis_message(axis)})
    return _weakest(says, every)


def _gone(why: Ground, employee: str, without: Node) -> Node:
    return _weakest(Message(N_("without {employee}"), {"employee": why.employee(employee)}), [without])


def _weakest(says: Message, every: list[Node]) -> Node:
    return node(says, "all_of", *every, unit="verdict")


def _verdict(why: Ground, axis: str, standard: str) -> Node:
    if axis == "key_points":
        says = Message(N_("{axis} reach the standard"), {"axis": axis_message(axis)})
        both = [
            _reaches(why, "key_points", key_points(why), standard),
            _reaches(why, "floor", key_points_floor(why), standard),
        ]
        return _weakest(says, both)
    value = breadth(why) if axis == "breadth" else organisation(why)
    return _reaches(why, axis, value, standard)


def _reaches(why: Ground, axis: str, value: Node, standard: str) -> Node:
    words = {"axis": axis_message(axis), "standard": Message(word(MODES, standard))}
    says = Message(N_("{axis} against the standard of {standard}"), words)
    return node(says, "reaches", value, entry(why, "standards", standard, axis), unit="verdict")

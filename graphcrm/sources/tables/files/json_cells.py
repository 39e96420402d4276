"""JSON cells: the columns of an object, those of objects within it named with dots."""

from collections.abc import Iterator, Mapping
from math import isfinite

from graphcrm.errors import N_, Problem
from graphcrm.records.checks.problems import shown
from graphcrm.sources.json_text import Repeating
from graphcrm.sources.tables.files.refusal import place, problem
from graphcrm.sources.tables.files.sound import odd_text
from graphcrm.sources.tables.files.text_stream import ODD

ABSENT = object()
"""What an object holds under a name it does not have."""

_DEEPEST = 20


def columns_of(stated: Mapping[str, object], before: str = "", depth: int = 0) -> Iterator[str]:
    """The names of an object's columns.

    >>> list(columns_of({"id": 1, "address": {"city": "Köln"}}))
    ['id', 'address.city']
    """
    for key, value in stated.items():
        if isinstance(value, dict) and value and depth < _DEEPEST:
            yield from columns_of(value, f"{before}{key}.", depth + 1)
        else:
            yield before + key


def found(stated: Mapping[str, object], column: str) -> object:
    """What stands in a column of an object.

    >>> found({"address": {"city": "Köln"}}, "address.city")
    'Köln'
    """
    if column in stated:
        return stated[column]
    dot = column.find(".")
    while dot >= 0:
        within = stated.get(column[:dot])
        if isinstance(within, dict) and (value := found(within, column[dot + 1 :])) is not ABSENT:
            return value
        dot = column.find(".", dot + 1)
    return ABSENT


def repeated(name: str, row: int, stated: Mapping[str, object], before: str = "") -> Iterator[Problem]:
    """The problems of keys that an object, or an object within it, states twice."""
    if isinstance(stated, Repeating):
        for key, values in stated.repeated.items():
            yield problem(
                place(name, row, before + key),
                values,
                N_("{key} is stated {count} times."),
                N_("Keep one of them."),
                key=shown(key),
                count=len(values),
            )
    for key, value in stated.items():
        if isinstance(value, dict):
            yield from repeated(name, row, value, f"{before}{key}.")


def wrong_cell(path: str, value: object) -> Problem | None:
    """The problem of a value that no cell can hold."""
    if isinstance(value, str):
        return odd_text(path, value) if ODD.search(value) else None
    if isinstance(value, float) and not isfinite(value):
        return problem(
            path,
            value,
            N_("This number is not finite, or far too large."),
            N_("Write an ordinary number, or null where it is unknown."),
        )
    if isinstance(value, dict):
        return problem(
            path,
            value,
            N_("This is an object, not a value."),
            N_("Name one of its fields with a dot, like address.city; a list must hold plain values."),
        )
    if isinstance(value, list):
        return next((wrong for each in value if (wrong := wrong_cell(path, each))), None)
    return None

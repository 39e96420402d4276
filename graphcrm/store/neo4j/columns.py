"""Nested results as flat, typed properties of one node, and back, without loss and without JSON.

A value at a path of ours becomes a property named by that path::

    {"measures": {"dependence": [0.5, 0.75]}}  →  measures.dependence = [0.5, 0.75]

A path with keys of the data in it (ids, above all) must not name a property: Neo4j keeps every name ever
used in memory and never forgets one. Such values stand in lists, one for each type, beside the list of
their paths, where the sign before each path tells the type::

    {"names": {"e1": "Ana"}}                   →  _paths = ["s names.e1"], _texts = ["Ana"]
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from graphcrm.store.neo4j.values import native

Plain = Any
"""What JSON can say, and dates: None, bool, int, float, str, date, list, dict with texts as keys."""

PATHS = "_paths"
LISTS = {int: ("i", "_ints"), float: ("f", "_floats"), str: ("s", "_texts"), date: ("d", "_days")}
"""By type: the sign before the path, and the property that lists the values."""

_SIGNS: dict[str, Plain] = {"n": lambda: None, "+": lambda: True, "-": lambda: False, "{": dict, "[": list}
"""Values that need no list: none, true, false, an empty mapping, an empty list."""

_PART = re.compile(r"((?:[^.\\]|\\.)*)(\.|\Z)", re.DOTALL)

Step = str | int
"""A key of a mapping, or a place in a list."""

Path = tuple[Step, ...]


def encode(document: Mapping[str, Plain], named: Collection[Path] = ()) -> dict[str, object]:
    """The document as properties; ``named`` are the paths that may name one."""
    properties: dict[str, object] = {}
    paths: list[str] = []
    values: dict[str, list[object]] = {}
    for path, value in _leaves(document, (), named):
        if path in named and (type(value) in {bool, *LISTS} or (isinstance(value, list) and value)):
            properties[".".join(str(step) for step in path)] = value
            continue
        sign = _sign(value)
        if type(value) in LISTS:
            sign, name = LISTS[type(value)]
            values.setdefault(name, []).append(value)
        paths.append(f"{sign} {'.'.join(_step(step) for step in path)}")
    return {**properties, PATHS: paths, **values}


def decode(properties: Mapping[str, Plain]) -> dict[str, Plain]:
    """The document that these properties hold."""
    document: dict[str, Plain] = {}
    lists = {sign: iter(properties.get(name, ())) for sign, name in LISTS.values()}
    for name, value in properties.items():
        if not name.startswith("_"):
            _put(document, tuple(name.split(".")), _value(value))
    for entry in properties[PATHS]:
        sign, path = entry[0], entry[2:]
        value = _SIGNS[sign]() if sign in _SIGNS else native(next(lists[sign]))
        _put(document, tuple(_steps(path)), value)
    return document


def _leaves(value: Plain, path: Path, named: Collection[Path]) -> Iterator[tuple[Path, Plain]]:
    """Everything that is no filled mapping or list, and its path; where named, a list of one type too."""
    if isinstance(value, Mapping) and (value or not path):
        for key, item in value.items():
            yield from _leaves(item, (*path, key), named)
    elif isinstance(value, list) and value and not (path in named and _alike(value)):
        for place, item in enumerate(value):
            yield from _leaves(item, (*path, place), named)
    else:
        yield path, value


def _alike(items: list[Plain]) -> bool:
    first = type(items[0])
    return first in {bool, *LISTS} and all(type(item) is first for item in items)


def _sign(value: Plain) -> str:
    if isinstance(value, bool):
        return "+" if value else "-"
    return "n" if value is None else "{" if isinstance(value, Mapping) else "["


def _step(step: Step) -> str:
    if isinstance(step, int):
        return f"#{step}"
    escaped = step.replace("\\", "\\\\").replace(".", "\\.")
    return f"\\{escaped}" if escaped.startswith("#") else escaped


def _steps(path: str) -> Iterator[Step]:
    for found in _PART.finditer(path):
        part, end = found.groups()
        yield int(part[1:]) if part.startswith("#") else re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)
        if not end:
            return


def _put(document: dict[str, Plain], path: Path, value: Plain) -> None:
    """Lay a value at its path; places in a list come in order."""
    here: Plain = document
    for step, following in zip(path, (*path[1:], None), strict=True):
        leaf = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(here, list):
            if step == len(here):
                here.append(leaf)
        elif step not in here or following is None:
            here[step] = leaf
        here = here[step]


def _value(value: Plain) -> Plain:
    return [native(item) for item in value] if isinstance(value, list) else native(value)

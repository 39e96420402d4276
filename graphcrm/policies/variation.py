"""Variation: a method pack with one of its numbers moved, everything in it still valid.

Each number moves by a factor and is clipped to the range the pack's model allows. A whole number moves to
the nearest one. An interval moves as a whole; where one of the points of risk moves, all are scaled back to
100. Names are no numbers, nor are the levels a pack lists. A number stays where it is if it is 0, a switch,
or at the end of its range.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import Any, NamedTuple

from pydantic import ValidationError

from graphcrm.policies.model import Policy

FACTORS = (0.75, 1.25)
"""A quarter down and a quarter up."""

Path = tuple[str | int, ...]
Amount = float | int | tuple[float, ...]
"""A number of a pack, or both ends of an interval."""


class Move(NamedTuple):
    """A pack in which one entry moved: what it was, what it is, and the whole pack.

    ``entry`` is its place in the pack's YAML, such as ``decision_weight.roles.approver``.
    """

    entry: str
    factor: float
    before: Amount
    after: Amount
    policy: Policy


def numbers(policy: Policy) -> Mapping[str, Amount]:
    """Every number of a pack by its place; both ends of an interval under one.

    >>> from graphcrm.policies import load_policy
    >>> found = numbers(load_policy())
    >>> found["reach.live"], found["strength.firm_share.unknown"], found["revenue_at_risk"]
    (0.2, (0.0, 0.5), (0.132, 0.176))
    """
    document = policy.model_dump()
    return {_name(paths): _amount(document, paths) for paths in _entries(document)}


def moves(policy: Policy, factors: Sequence[float] = FACTORS) -> Iterator[Move]:
    """Every entry of the pack moved by each factor, as far as the pack stays valid.

    >>> from graphcrm.policies import load_policy
    >>> found = {(move.entry, move.factor): move for move in moves(load_policy())}
    >>> found["reach.live", 1.25].after, found["organisation.enough_matches", 0.75].after
    (0.25, 3)
    >>> found["decision_weight.roles.approver", 1.25].policy.decision_weight.roles["approver"]
    1.0
    """
    document = policy.model_dump()
    for paths in _entries(document):
        for factor in factors:
            moved = _moved(policy, paths, factor)
            if moved is not None:
                before, after = _amount(document, paths), _amount(moved.model_dump(), paths)
                yield Move(_name(paths), factor, before, after, moved)


def _entries(document: Mapping[str, Any]) -> Iterator[tuple[Path, ...]]:
    """What moves as one: a number alone, or both ends of an interval."""
    for path, value in _leaves(document, ()):
        if path == ("revenue_at_risk", "low"):
            yield path, ("revenue_at_risk", "high")
        elif isinstance(value, tuple) and all(isinstance(end, float) for end in value) and value:
            yield tuple((*path, end) for end in range(len(value)))
        elif (
            isinstance(value, int | float) and not isinstance(value, bool) and path[0] != "revenue_at_risk"
        ):
            yield (path,)


def _leaves(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401 - a pack as plain data
    if isinstance(node, dict):
        for key, below in node.items():
            yield from _leaves(below, (*path, key))
    elif isinstance(node, tuple) and any(isinstance(each, dict) for each in node):
        for place, below in enumerate(node):
            yield from _leaves(below, (*path, place))
    else:
        yield path, node


def _moved(policy: Policy, paths: tuple[Path, ...], factor: float) -> Policy | None:
    """The pack with this entry moved; None where it stays as it is, or would not be valid."""
    document = _editable(policy.model_dump())
    for path in paths:
        value = _at(document, path)
        _put(document, path, round(value * factor) if isinstance(value, int) else _tidy(value * factor))
    if paths[0][0] == "risk":
        points = document["risk"]
        whole = fsum(points.values())
        document["risk"] = {name: _tidy(100 * each / whole) for name, each in points.items()}
    moved = _valid(document)
    return None if moved == policy else moved


def _valid(document: dict[str, Any]) -> Policy | None:
    """The pack, its numbers clipped to the highest the model allows; None if that does not mend it."""
    try:
        return Policy.model_validate(document)
    except ValidationError as error:
        too_high = [(e["loc"], e["ctx"]["le"]) for e in error.errors() if e["type"] == "less_than_equal"]
        for path, highest in too_high:
            _put(document, path, highest)
    try:
        return Policy.model_validate(document)
    except ValidationError:
        return None


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: 0.4 · 0.75 is to be 0.3, which a value of 0.3 reaches."""
    return float(f"{value:.12g}")


def _name(paths: tuple[Path, ...]) -> str:
    """The place that the paths of an entry share."""
    first, last = paths[0], paths[-1]
    return ".".join(str(one) for one, other in zip(first, last, strict=True) if one == other)


def _amount(document: Any, paths: tuple[Path, ...]) -> Amount:  # noqa: ANN401
    values = tuple(_at(document, path) for path in paths)
    return values if len(values) > 1 else values[0]


def _at(document: Any, path: Path) -> Any:  # noqa: ANN401
    for key in path:
        document = document[key]
    return document


def _put(document: Any, path: Path, value: float) -> None:  # noqa: ANN401
    _at(document, path[:-1])[path[-1]] = value


def _editable(node: Any) -> Any:  # noqa: ANN401
    """The same data in dictionaries and lists."""
    if isinstance(node, dict):
        return {key: _editable(below) for key, below in node.items()}
    return [_editable(below) for below in node] if isinstance(node, tuple) else node

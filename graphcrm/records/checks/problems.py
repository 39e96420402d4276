"""Problems: how a wrong value is shown, and in which order problems are told."""

import json
import re
from collections.abc import Iterable
from datetime import date
from math import isfinite

from graphcrm.errors import Problem
from graphcrm.records.bundle import RECORDS

LONGEST = 200
_RANK = {kind: rank for rank, kind in enumerate(RECORDS)}
_NUMBER = re.compile("([0-9]+)")


def shown(value: object) -> object:
    """The value as every face can print it: JSON, finite, of bearable length, in whole characters.

    >>> shown([float("nan")])
    '[NaN]'
    >>> shown((date(2026, 6, 30),))
    ['2026-06-30']
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return json.dumps(value)
    if isinstance(value, str):
        return _bearable(value)
    if isinstance(value, tuple):
        value = list(value)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
    except ValueError:
        return _bearable(json.dumps(value, ensure_ascii=False, default=str))
    except RecursionError:
        return "[…]"
    short = _bearable(text)
    return json.loads(text) if short == text else short


def _bearable(text: str) -> str:
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return short.encode("utf-8", "backslashreplace").decode()


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By kind as in ``RECORDS``, then by place, numbers by size; what concerns no record comes first."""
    return sorted(problems, key=_place)


def _place(problem: Problem) -> tuple[int, list[tuple[str, int]]]:
    kind = re.split(r"\W", problem.path, maxsplit=1)[0]
    words = _NUMBER.split(problem.path)
    numbers = [int(number) for number in words[1::2]]
    return _RANK.get(kind, -1), list(zip(words[::2], (*numbers, -1), strict=True))

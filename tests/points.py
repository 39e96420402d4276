"""Seeded points in the course of an operation at which it is made to fail: five in CI, fifty nightly."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

FEW, MANY = 5, 50

FEW_AND_MANY = pytest.mark.parametrize(
    "points",
    [
        pytest.param(FEW, marks=pytest.mark.slow, id="few points"),
        pytest.param(MANY, marks=pytest.mark.nightly, id="many points"),
    ],
)
"""A test takes so many ``points``; it goes through them itself, for what they have met counts together."""


def spread(seed: str, points: int) -> Iterator[tuple[int, float]]:
    """The number of each point and how much of the way lies before it: one in each stretch of a length."""
    random = Random(seed)
    for number in range(points):
        yield number, (number + random.random()) / points


@contextmanager
def at(*point: object) -> Iterator[None]:
    """Let what fails within say where that was."""
    try:
        yield
    except Exception as error:
        error.add_note(f"at {', '.join(map(str, point))}")
        raise

"""The greatest of the values that sets have, with every set that has it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graphcrm.errors import N_
from graphcrm.records.interval import DECIMALS
from graphcrm.records.structure import TopSets

SAME = 1e-9
"""What two values may differ by to tie."""
TOO_MANY = N_("{count} sets of {size} are more than the policy lets be looked at, {most}.")
"""Why not every set was looked at."""


def top_sets(sets: NDArray[np.intp], values: NDArray[np.float64], names: Sequence[str]) -> TopSets:
    """The greatest value, rounded, and the sets that have it, by name; none where it is 0.

    >>> top_sets(np.array([[0, 1], [0, 2]]), np.array([0.5, 0.5]), "abc")
    TopSets(value=0.5, sets=(('a', 'b'), ('a', 'c')))
    """
    most = float(values.max())
    best = sets[values >= most - SAME] if most > SAME else sets[:0]
    return TopSets(
        value=round(most, DECIMALS) + 0.0, sets=tuple(tuple(names[i] for i in row) for row in best)
    )

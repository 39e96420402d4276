"""Which kernel the screen runs on: numpy, or loops compiled by numba where the extra is installed."""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Literal, Protocol, cast

from graphcrm.errors import N_, InputError
from graphcrm.portfolio import kernels
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.portfolio.kernels import Departures, Labels

Kernel = Literal["auto", "numpy", "compiled"]

WORTH_LOADING = 10_000_000
"""Ties from which the compiled loops save more time at once than loading numba takes."""


class Loops(Protocol):
    """What a kernel computes; ``kernels`` says what each means."""

    def contact_labels(self, columns: PortfolioColumns) -> Labels:
        """The three strongest live ties to each contact."""

    def row_labels(self, columns: PortfolioColumns, contacts: Labels) -> Labels:
        """The three best routes to each row."""

    def departures(self, columns: PortfolioColumns, rows: Labels) -> Departures:
        """What leaves with whom."""


def kernel_for(columns: PortfolioColumns, kernel: Kernel) -> Loops:
    """The kernel asked for. Raises InputError where it is the compiled one and numba is not installed."""
    installed = find_spec("numba") is not None
    if kernel == "compiled" and not installed:
        raise InputError(
            N_("The compiled kernel needs numba, which is not installed."),
            hint=N_("Install the extra: pip install 'graphcrm[compiled]'."),
        )
    worth = "numba" in sys.modules or len(columns.tie_employee) >= WORTH_LOADING
    if kernel == "compiled" or (kernel == "auto" and installed and worth):
        return cast("Loops", import_module("graphcrm.portfolio.compiled"))
    return kernels

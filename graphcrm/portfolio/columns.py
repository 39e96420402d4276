"""A portfolio as numpy columns: what the screen reads, of all accounts at once.

Everything is at the low end of what is known (method, section 2): proven strengths, attitudes at their
least support, low weights. Ids stand once, sorted; every other column names them by their place. A list
of lists is an array of starts and the lists one after the other (compressed sparse rows): the entries of
``i`` are ``start[i]:start[i + 1]``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graphcrm.errors import N_, InputError, Message

Reals = NDArray[np.float64]
Places = NDArray[np.int32]
"""Places in a list of ids, or in another column; −1 is none or unknown where a column says so."""
Starts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

NONE = -1
"""The place of nobody and nothing."""


@dataclass(frozen=True, eq=False, kw_only=True)
class PortfolioColumns:
    """Every account of a portfolio as of a day. A accounts, N rows, P contacts, and so on.

    A *row* is a seat in the scope of an account; a seat that decides for another account has a row in
    both. The rows of an account stand together, in the order of seat ids.
    """

    # Ids, each list sorted and without repetition.
    accounts: tuple[str, ...]
    employees: tuple[str, ...]
    """Ours; those who are not present have no ties here and may be left out."""
    contacts: tuple[str, ...]
    """At least the holders of seats in scope and of gates to them."""
    seats: tuple[str, ...]
    """At least those in scope of an account."""
    functions: tuple[str, ...]
    """What departments do."""
    currencies: tuple[str, ...]

    # Of each account: A entries.
    observed: Flags
    """A tie or interaction that counts concerns a holder of a seat in scope, whoever of ours had it."""
    revenue: Reals
    """Annual revenue; NaN is unknown."""
    currency: Places
    """In ``currencies``; −1 is unknown."""

    # Of each row: N entries.
    row_start: Starts
    """A + 1 entries: the rows of each account."""
    seat: Places
    weight: Reals
    """Decision weight, 0..1, low end."""
    weight_high: Reals
    """Its high end; the same where roles and level are on record."""
    support: Reals
    """g of the holder's attitude, 0..1, low end: 0 for an unknown one and for a vacant seat."""
    holder: Places
    """The contact; −1 is a vacant seat."""
    decider: Flags
    """The seat is known to decide or approve."""
    roles_unknown: Flags
    """The seat's roles are not on record: it may decide."""
    cell: Places
    """The breadth cell of an own seat; −1 for a seat of another account."""

    # Gates of each row; a vacant seat has none.
    gate_start: Starts
    """N + 1 entries."""
    gate_contact: Places
    """The holder of the gate. Two gates of one row may have the same holder."""
    gate_influence: Reals
    """0..1."""

    # Direct ties to each contact.
    tie_start: Starts
    """P + 1 entries."""
    tie_employee: Places
    """Present employees with a tie to, or interaction with, the contact; ascending, each once."""
    tie_strength: Reals
    """Proven strength; 0 where it is below θ: the tie carries nothing, but its departure is listed."""
    firm: Reals
    """P entries: the firm's own live route to each contact, proven; 0 is none or below θ."""

    # Breadth cells: seats of one level in one department of one account.
    cell_department: Places
    cell_target: Reals
    """The share of the cell's seats to reach, above 0."""

    # Departments: those of the accounts, and one for the own seats of an account without one.
    departments: tuple[str, ...]
    """Ids; empty for seats without a department. In the order of accounts, then of ids, the empty first."""
    department_account: Places
    department_importance: Reals
    """1 for seats without a department."""
    department_function: Places
    """In ``functions``; −1 is unknown."""

    def validate(self) -> None:
        """Check shapes, places and ranges in a few passes.

        Raises InputError, which names the first column that is wrong.
        """
        for name, says in chain(
            self._cut_wrongly(), self._of_wrong_length(), self._misplaced(), self._beyond()
        ):
            raise InputError(
                N_("The column {name} of the portfolio is wrong: {says}"),
                hint=N_(
                    "Build the columns with `columns_of`, or as the documentation of PortfolioColumns says."
                ),
                name=name,
                says=says,
            )

    def _cut_wrongly(self) -> Iterator[tuple[str, Message]]:
        for name, count, entries in (
            ("row_start", len(self.accounts), len(self.seat)),
            ("gate_start", len(self.seat), len(self.gate_contact)),
            ("tie_start", len(self.contacts), len(self.tie_employee)),
        ):
            start: Starts = getattr(self, name)
            if (
                start.shape != (count + 1,)
                or start[0] != 0
                or start[-1] != entries
                or np.any(np.diff(start) < 0)
            ):
                says = Message(
                    N_("it does not cut {n} entries into {lists} lists."), {"n": entries, "lists": count}
                )
                yield name, says

    def _of_wrong_length(self) -> Iterator[tuple[str, Message]]:
        for length, names in (
            (len(self.accounts), ("observed", "revenue", "currency")),
            (
                len(self.seat),
                ("weight", "weight_high", "support", "holder", "decider", "roles_unknown", "cell"),
            ),
            (len(self.gate_contact), ("gate_influence",)),
            (len(self.tie_employee), ("tie_strength",)),
            (len(self.contacts), ("firm",)),
            (len(self.cell_department), ("cell_target",)),
            (len(self.departments), ("department_account", "department_importance", "department_function")),
        ):
            for name in names:
                if getattr(self, name).shape != (length,):
                    yield name, Message(N_("it must have {n} entries."), {"n": length})

    def _misplaced(self) -> Iterator[tuple[str, Message]]:
        for name, least, count in (
            ("currency", NONE, len(self.currencies)),
            ("seat", 0, len(self.seats)),
            ("holder", NONE, len(self.contacts)),
            ("cell", NONE, len(self.cell_department)),
            ("gate_contact", 0, len(self.contacts)),
            ("tie_employee", 0, len(self.employees)),
            ("cell_department", 0, len(self.departments)),
            ("department_account", 0, len(self.accounts)),
            ("department_function", NONE, len(self.functions)),
        ):
            places: Places = getattr(self, name)
            if len(places) and not (least <= places.min() and places.max() < count):
                yield (
                    name,
                    Message(
                        N_("a place is below {least} or above {most}."), {"least": least, "most": count - 1}
                    ),
                )
        if np.any(np.diff(self.tie_employee)[_inside(self.tie_start)] <= 0):
            yield "tie_employee", Message(N_("the employees of a contact must ascend, each once."))

    def _beyond(self) -> Iterator[tuple[str, Message]]:
        for name in (
            "weight",
            "weight_high",
            "support",
            "gate_influence",
            "tie_strength",
            "firm",
            "cell_target",
        ):
            values: Reals = getattr(self, name)
            if not np.all((values >= 0) & (values <= 1)):  # NaN is not either
                yield name, Message(N_("a value is not in 0..1."))
        if np.any(self.weight > self.weight_high):
            yield "weight_high", Message(N_("a value is below its low end."))
        if np.any(self.cell_target == 0):
            yield "cell_target", Message(N_("a value is 0."))
        importance = self.department_importance
        if not np.all(np.isfinite(importance) & (importance >= 0)):
            yield "department_importance", Message(N_("a value is not a number of 0 or more."))


def _inside(start: Starts) -> Flags:
    """Of neighbouring entries, those that belong to one list."""
    inside = np.ones(max(0, int(start[-1]) - 1), dtype=np.bool_)
    borders = start[1:-1]
    inside[borders[(borders > 0) & (borders < start[-1])] - 1] = False
    return inside


def sums(values: Reals, of: Places | Counts, count: int) -> Reals:
    """Σ of the values that belong to each of ``count`` places.

    >>> sums(np.array([1.0, 2.0, 4.0]), np.array([0, 2, 0], dtype=np.int32), 3).tolist()
    [5.0, 0.0, 2.0]
    """
    total: Reals = np.bincount(of, weights=values, minlength=count).astype(np.float64, copy=False)
    return total


def shares(parts: Reals, wholes: Reals) -> Reals:
    """Part by whole; NaN where there is nothing to divide by.

    >>> shares(np.array([1.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.5, nan]
    """
    share = np.full(len(wholes), np.nan)
    np.divide(parts, wholes, out=share, where=wholes > 0)
    return share

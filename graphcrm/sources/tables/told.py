"""Told: the problems of tables, up to a number no person reads."""

from graphcrm.errors import N_, Message, Problem

LIMIT = 100_000


class TooMany(Exception):
    """Reading on would tell nothing new."""


class Told:
    """Collects problems; beyond ``LIMIT`` of them reading stops, and that is told too."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Problem] = []

    def __call__(self, problem: Problem) -> None:
        """Add one. Raises TooMany."""
        self.problems.append(problem)
        if len(self.problems) == LIMIT:
            self.problems.append(
                Problem(
                    self._name,
                    None,
                    Message(N_("Reading stopped after {count} problems."), {"count": LIMIT}),
                    Message(
                        N_("Mend what they have in common, often one line of the mapping, and try again.")
                    ),
                )
            )
        if len(self.problems) >= LIMIT:
            raise TooMany

"""What looking a store over has found."""

from collections.abc import Iterable
from dataclasses import dataclass

from graphcrm.errors import Message, Problem

SHOWN = 50
"""Problems of one check that are told; a store may have millions."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: its ``name`` for programs, ``what`` must hold, and what is wrong.

    ``problems`` are the first of those there are ``in_all``.
    """

    name: str
    what: Message
    looked_at: int
    problems: tuple[Problem, ...] = ()
    in_all: int = 0


class Looking:
    """A check under way: it keeps the first problems, and counts."""

    def __init__(self, name: str, template: str) -> None:
        self.looked_at = 0
        self._name = name
        self._what = Message(template)
        self._problems: list[Problem] = []
        self._in_all = 0

    def find(self, problems: Iterable[Problem]) -> None:
        """Take down what is wrong."""
        for problem in problems:
            self._in_all += 1
            if self._in_all <= SHOWN:
                self._problems.append(problem)

    def done(self) -> Check:
        """What it came to."""
        return Check(self._name, self._what, self.looked_at, tuple(self._problems), self._in_all)


def problem(place: str, template: str, cure: str, **params: object) -> Problem:
    """Something wrong at a place of a store."""
    return Problem(place, None, Message(template, params), Message(cure, params))

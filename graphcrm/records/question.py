"""Question: an unknown fact of an account, whom to ask for it, and how much the risk would narrow."""

from collections.abc import Mapping
from datetime import date

from graphcrm.errors import Message
from graphcrm.records.interval import Interval
from graphcrm.records.review import Result

Value = str | int | float | tuple[str, ...]
"""What somebody would enter; of an element of organisation its share, 0..1."""


class Turn(Result):
    """One end of what a fact could turn out to be: the value somebody would enter, and the risk then."""

    value: Value
    risk: Interval


class Question(Result):
    """A fact to find out. ``id`` is its kind and subjects, the same in every review.

    ``narrows`` is the width of the risk now, less the mean of its width at both ends (``width_then``), in
    points. Negative: the risk would be known less well, for it is not isotone. ``ask`` is an employee of
    ours, None where nobody is known who could answer.
    """

    id: str
    kind: str
    subjects: tuple[str, ...]
    says: str
    params: Mapping[str, str]
    ask: str | None
    ask_name: str | None
    ends: tuple[Turn, Turn]
    width_then: float
    narrows: float

    @property
    def message(self) -> Message:
        """The question, for people."""
        return Message(self.says, self.params)


class Questions(Result):
    """What to ask about one account, what narrows its risk most first, then by id.

    ``width`` is that of the risk now. Nothing is asked of an account nothing is observed of: ``first`` says
    what to enter there first.
    """

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    observed: bool
    risk: Interval
    width: float
    first: str | None
    questions: tuple[Question, ...]

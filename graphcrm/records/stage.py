"""Stage: a step of the value chain we share with an account."""

from typing import ClassVar

from graphcrm.records.base import Id, Importance, Name, Record


class Stage(Record):
    """A step of an account's value chain, where joint work may happen."""

    kind: ClassVar[str] = "stages"

    account: Id
    name: Name
    importance: Importance = 1.0

    @property
    def key(self) -> tuple[str, ...]:
        """Account and name."""
        return (self.account, self.name)

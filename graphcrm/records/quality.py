"""Quality: what is missing or doubtful in the data of a day, what matters most for the verdicts first."""

from collections.abc import Mapping
from datetime import date

from graphcrm.errors import Message
from graphcrm.records.review import Result


class GapRecord(Result):
    """One record a gap is about. Duplicates have several ids, a tie those of its two people.

    ``accounts`` are those it bears on; none where nobody knows which.
    """

    kind: str
    ids: tuple[str, ...]
    name: str
    accounts: tuple[str, ...]


class GapAccount(Result):
    """What hangs on a gap at one account: the names of verdicts, and of axes against a standard."""

    verdicts: tuple[str, ...]
    axes: tuple[str, ...]


class GapResult(Result):
    """A gap that is there. ``of`` is how many records were looked at; ``doubtful`` ones may be wrong.

    ``accounts`` are those the gap touches, each with what hangs on it (docs/quality.md).
    """

    gap: str
    doubtful: bool
    says: str
    why: str
    of: int
    records: tuple[GapRecord, ...]
    accounts: Mapping[str, GapAccount]

    @property
    def verdicts(self) -> int | None:
        """The weight: how many verdicts hang on it, over all accounts; None if it is unknown which."""
        return sum(len(a.verdicts) for a in self.accounts.values()) if self.accounts else None

    @property
    def axes(self) -> int | None:
        """How many axes against a standard hang on it, over all accounts; None as the weight."""
        return sum(len(a.axes) for a in self.accounts.values()) if self.accounts else None

    @property
    def decided(self) -> int:
        """How many accounts have a verdict that hangs on it."""
        return sum(bool(account.verdicts) for account in self.accounts.values())

    def at(self, account: str) -> "GapResult":
        """The same for one account only."""
        return self.model_copy(
            update={
                "records": tuple(r for r in self.records if account in r.accounts),
                "accounts": {a: touched for a, touched in self.accounts.items() if a == account},
            }
        )

    @property
    def what(self) -> Message:
        """What is missing, for people."""
        return Message(self.says)

    @property
    def why_it_matters(self) -> Message:
        """Why it matters, and what to find out, for people."""
        return Message(self.why)


class Quality(Result):
    """The gaps of a portfolio, or of one ``account``; what most verdicts hang on comes first.

    ``accounts`` is how many accounts there are.
    """

    as_of: date
    known_at: date | None
    policy: str
    accounts: int
    account: str | None
    gaps: tuple[GapResult, ...]

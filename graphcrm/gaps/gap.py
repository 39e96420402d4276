"""What a gap is: a name, a sentence, why it matters, where it is found, and how it could be filled."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graphcrm.gaps.snapshot import Snapshot
from graphcrm.records.bundle import Bundle


class Subject(NamedTuple):
    """A record a gap is about: its kind, its id (of duplicates and ties: ids), what people call it."""

    kind: str
    ids: tuple[str, ...]
    name: str


class Found(NamedTuple):
    """A subject, and the accounts it bears on; none, where nobody knows which."""

    subject: Subject
    accounts: tuple[str, ...]


class Looked(NamedTuple):
    """How many subjects a gap looked at, and those it found."""

    of: int
    found: tuple[Found, ...]


def unfilled(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """No filling: whatever it is, no verdict asks for it."""
    del snapshot, found
    yield from ()


@dataclass(frozen=True)
class Gap:
    """What may be missing or doubtful.

    ``fill`` gives the facts as they might be, one bundle for each way to fill the gap: every record found
    is filled at once and alike, all else stays as it is. A ``closed`` gap is one without which there is
    no verdict at all. ``doubtful``: something is on record, and may be wrong.
    """

    name: str
    says: str
    why: str
    look: Callable[[Snapshot], Looked]
    fill: Callable[[Snapshot, Sequence[Found]], Iterable[Bundle]] = unfilled
    doubtful: bool = False
    closed: bool = False


def gathered(pairs: Iterable[tuple[Subject, str]]) -> tuple[Found, ...]:
    """Each subject once, with all its accounts."""
    accounts: dict[Subject, dict[str, None]] = {}
    for subject, account in pairs:
        accounts.setdefault(subject, {})[account] = None
    return tuple(Found(subject, tuple(every)) for subject, every in accounts.items())


def accounts_where(snapshot: Snapshot, holds: Callable[[str], bool]) -> Looked:
    """The accounts of which something holds, among all."""
    found = (
        Found(Subject("accounts", (account,), snapshot.called("accounts", account)), (account,))
        for account in snapshot.accounts
        if holds(account)
    )
    return Looked(len(snapshot.accounts), tuple(found))

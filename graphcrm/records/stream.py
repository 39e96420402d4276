"""Stream: interactions on their way in that are too many to be held at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from graphcrm.errors import Problem


@dataclass(frozen=True)
class Batch:
    """Some interactions, as columns of equal length; each id stands in it once.

    ``bodies`` are as ``body_of`` writes them; ``recorded_on`` is the day from which the record itself says
    it is known; ``place`` says of each of ``rows`` where it stands in its source.
    """

    ids: Sequence[str]
    sources: Sequence[str | None]
    recorded_on: Sequence[str | None]
    bodies: Sequence[str]
    rows: Sequence[int]
    place: Callable[[int], str]

    def at(self, index: int) -> str:
        """The place of one of them."""
        return self.place(self.rows[index])


class Mention(NamedTuple):
    """A value that interactions name: the path of the first field that does, and how often they do."""

    path: str
    times: int


class Stream(Protocol):
    """Interactions in batches. Reading starts anew each time, and refills what is told of them."""

    def batches(self) -> Iterator[Batch]:
        """All that can be read; what cannot is in ``problems`` afterwards."""
        ...

    @property
    def problems(self) -> Sequence[Problem]:
        """What kept rows out."""
        ...

    @property
    def mentions(self) -> Mapping[str, Mapping[str, Mention]]:
        """The distinct values of each field that names a person or a word of a list."""
        ...

    @property
    def first(self) -> Sequence[str]:
        """The bodies of the first few."""
        ...

    def places_of(self, ids: frozenset[str]) -> Mapping[str, str]:
        """Where each of these was first stated; reads again, apart from what the last reading told."""
        ...

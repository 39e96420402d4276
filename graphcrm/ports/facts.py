"""The port to facts: read them as of a day, import them all or not at all."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Protocol

from graphcrm.records.bundle import Bundle
from graphcrm.records.store_state import ImportSummary, Known
from graphcrm.records.stream import Stream


class FactStore(Protocol):
    """Versions of records: nothing is overwritten.

    A record is a version of an earlier one if both have the same kind, ``key`` and ordinal (its place
    among records of the same key in its bundle). A version is *known from* its ``recorded_at``; without
    one the first version is always known and a later one from the time of its import, and so is a
    retirement.
    """

    def facts(
        self,
        as_of: date | None,
        known_at: date | None = None,
        *,
        kinds: Collection[str] | None = None,
        upto: int | None = None,
    ) -> Bundle:
        """Of each record the latest version known at the end of ``known_at`` (now, if None).

        Left out: what was retired on or before ``as_of`` as known then. Validity is not judged here.
        Records come in the order in which they were first stated, so that a changed record keeps its
        place in the list. ``as_of`` of the bundle is the argument, or where that is None the latest of any
        import; before the first this raises NothingImported. Only the ``kinds`` named, if any are; versions
        after ``upto`` are as if they were not there.
        """
        ...

    def facts_about(
        self,
        accounts: Collection[str],
        as_of: date | None,
        known_at: date | None = None,
        *,
        everybody: bool = False,
        upto: int | None = None,
    ) -> Bundle:
        """Of ``facts`` all that bears on these accounts: each is reviewed as it would be from the whole.

        That is, with everything stated about it:

        - the accounts; their departments, mechanisms, stages and opportunities;
        - their seats and those that decide for them, and every seat that bears on one of these: its boss,
          its subordinates, and whoever influences it;
        - who ever held one of all these seats, what else they hold, and their ties and interactions;
        - our people in those, who own a mechanism or account there, and their managers; ``everybody`` adds
          all our other people, for plans that bring in somebody new.

        Seats, and names of accounts, beyond that are there only so far: of their own they tell nothing.
        Ids that no account has are passed over.
        """
        ...

    def last_version(self) -> int:
        """How far the log goes: read ``upto`` this, facts are the same whenever they are read."""
        ...

    def latest_as_of(self) -> date | None:
        """The latest ``as_of`` of any import; None before the first."""
        ...

    def import_bundle(
        self,
        bundle: Bundle,
        *,
        name: str,
        at: datetime,
        check: Callable[[Known], None],
        stream: Stream | None = None,
        rehearsal: bool = False,
    ) -> ImportSummary:
        """Bring the bundle in at once: new records, new versions, and retirements.

        With a ``stream`` its interactions come in too, and the bundle has none of its own. It is read once.
        What it states first of an id holds: stated again alike it is the same record, and otherwise
        ``check`` is told. A ``rehearsal`` does all of it, tells what would change, and writes nothing.

        ``check`` is always asked, sees what would be known afterwards, and raises to refuse; then, and
        on any error, nothing is written. A bundle that changes nothing writes nothing. Kinds in
        ``bundle.complete`` retire, on ``bundle.as_of``, the records of the same source that it does not
        state. A record belongs to the source that first stated its version.
        """
        ...

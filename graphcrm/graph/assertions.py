"""Assertions resolved: of several dated statements, the one that holds."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record, instant

EARLIEST = datetime.min.replace(tzinfo=UTC)


def recorded(record: Record) -> datetime:
    """When it was recorded; absent counts as earliest."""
    return EARLIEST if record.recorded_at is None else instant(record.recorded_at)


class Asserted:
    """What holds at a day, by subject and attribute (method, section 1).

    The latest ``valid_from`` holds, then the latest ``recorded_at``, then the later in the list. An
    asserted None is a statement too: it makes the attribute unknown again.
    """

    def __init__(self, assertions: Iterable[Assertion], as_of: date) -> None:
        self._holding: dict[tuple[str, str], Assertion] = {}
        for assertion in assertions:
            if assertion.valid_from > as_of:
                continue
            place = (assertion.subject, assertion.attribute)
            standing = self._holding.get(place)
            if standing is None or _rank(assertion) >= _rank(standing):
                self._holding[place] = assertion

    def get(self, subject: str, attribute: str) -> Assertion | None:
        """The assertion that holds, or None where nobody asserted anything."""
        return self._holding.get((subject, attribute))


def _rank(assertion: Assertion) -> tuple[date, datetime]:
    return assertion.valid_from, recorded(assertion)

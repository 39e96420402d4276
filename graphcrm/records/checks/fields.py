"""Fields: what stands where in a draft, by the names JSON gives."""

from collections.abc import Callable, Iterator
from operator import attrgetter

from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.draft import Draft
from graphcrm.records.interaction import Interaction


def placed(draft: Draft, kind: str) -> Iterator[tuple[str, Record]]:
    """The records of a kind, each with its place in the source."""
    return zip(draft.places.get(kind, ()), draft.bundle.of(kind), strict=True)


def reader(kind: str, field: str) -> Callable[[Record], object]:
    """Reads a field of a kind's records by its name in JSON."""
    fields = RECORDS[kind].model_fields
    return attrgetter(next(name for name, info in fields.items() if (info.alias or name) == field))


def stated(path: str, value: object) -> Iterator[tuple[str, object]]:
    """What a field states, each with its path: nothing, one value, or each of a list.

    >>> list(stated("seats[0].roles", ("user", "buyer")))
    [('seats[0].roles[0]', 'user'), ('seats[0].roles[1]', 'buyer')]
    """
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield f"{path}[{index}]", item
    elif value is not None:
        yield path, value


def values_of(draft: Draft, kind: str, field: str) -> Iterator[tuple[str, object]]:
    """What records of a kind state in a field: each value with its path.

    Of a stream each distinct value comes once, at the first interaction that states it.
    """
    read = reader(kind, field)
    for place, record in placed(draft, kind):
        yield from stated(f"{place}.{field}", read(record))
    if draft.stream is not None and kind == Interaction.kind:
        for value, mention in draft.stream.mentions.get(field, {}).items():
            yield mention.path, value


def ids_of(bundle: Bundle) -> dict[str, frozenset[str]]:
    """The ids of a bundle's records, of the kinds that have one."""
    return {
        kind: frozenset(map(attrgetter("id"), bundle.of(kind)))
        for kind, record in RECORDS.items()
        if hasattr(record, "id") or "id" in record.model_fields
    }

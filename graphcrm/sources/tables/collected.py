"""Collected: the records of rows, each once, whatever number of rows states it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from graphcrm.errors import N_, Message, Problem
from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.entries import Fields, Reader, Tell, place_of
from graphcrm.sources.tables.row_problems import row_problems

Key = tuple[str, tuple[str, ...]]


@dataclass
class _Stated:
    record: Record
    place: str


class Collected:
    """Records by kind and key. Rows that say the same are one record; rows that differ are a problem."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._nearest = Nearest()
        self._stated: dict[Key, _Stated] = {}
        self._seen: dict[int, set[tuple[object, ...]]] = defaultdict(set)
        self._declared: dict[str, set[str]] = defaultdict(set)

    def take(self, name: str, reader: Reader, rows: Sequence[int], fields: Fields) -> None:
        """Take some rows of a file."""
        seen = self._seen[reader.number]
        names = tuple(fields)
        for row, values in zip(rows, zip(*fields.values(), strict=True), strict=True):
            if values not in seen:
                seen.add(values)
                self._take(place_of(name, row, reader.number), reader, names, values)

    def records(self) -> tuple[Mapping[str, tuple[Record, ...]], Mapping[str, tuple[str, ...]]]:
        """The records of each kind, and their places."""
        records: dict[str, list[Record]] = {kind: [] for kind in RECORDS}
        places: dict[str, list[str]] = {kind: [] for kind in RECORDS}
        for (kind, _), stated in self._stated.items():
            records[kind].append(stated.record)
            places[kind].append(stated.place)
        return (
            {kind: tuple(found) for kind, found in records.items()},
            {kind: tuple(found) for kind, found in places.items()},
        )

    def declared(self) -> Mapping[str, frozenset[str]]:
        """What others may name the records by that have problems themselves."""
        return {kind: frozenset(names) for kind, names in self._declared.items()}

    def _take(self, place: str, reader: Reader, names: tuple[str, ...], values: tuple[object, ...]) -> None:
        model = RECORDS[reader.kind]
        stated = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        try:
            record = model.model_validate(stated)
        except ValidationError as error:
            self.declare(reader.kind, stated)
            for problem in row_problems(error, place, model, self._nearest):
                self._tell(problem)
            return
        key = (reader.kind, record.key)
        before = self._stated.setdefault(key, _Stated(record, place))
        if before.record == record or reader.entry.repeats == "first":
            return
        if reader.entry.repeats == "last":
            before.record, before.place = record, place
        else:
            self._tell(_differs(place, record, before))

    def declare(self, kind: str, stated: Mapping[str, object]) -> None:
        """Remember what others may name a record by that has problems itself."""
        name = stated.get("name" if kind == "stages" else "id")
        if name is None and kind == "ties":
            name = f"{stated.get('employee')}|{stated.get('contact')}"
        if isinstance(name, str):
            self._declared[kind].add(name)


def _differs(place: str, record: Record, before: _Stated) -> Problem:
    """The problem of a row that gives a record other values than an earlier row did."""
    fields = type(record).model_fields
    name = next(n for n in fields if getattr(record, n) != getattr(before.record, n))
    field = fields[name].alias or name
    here, there = getattr(record, name), getattr(before.record, name)
    params = {
        "key": shown(", ".join(part for part in record.key if part)),
        "first": before.place,
        "there": shown(there),
        "field": field,
    }
    return Problem(
        f"{place}.{field}",
        shown(here),
        Message(
            N_("{first} gives {key} no {field}.")
            if there is None
            else N_("{first} gives {key} another {field}: {there}."),
            params,
        ),
        Message(N_("Make the rows agree, or say in the mapping which holds: repeats: first, or last.")),
    )

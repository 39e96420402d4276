"""Mapping files: YAML read into a mapping; each problem names its line."""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from graphcrm.errors import N_, Message, Problem, RefusedImport
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.sources.problems import said, unknown_key
from graphcrm.sources.tables.conversions import Wrong
from graphcrm.sources.tables.expressions import compiled
from graphcrm.sources.tables.mapping import Entry, Join, Mapping, Notation, Part, Table, Value
from graphcrm.sources.tables.yaml_text import Location, YamlText, written


class MappingFile:
    """A mapping and the file it stands in, whose lines problems name."""

    def __init__(self, path: Path) -> None:
        """Read it.

        Raises InputError where the file cannot be read, RefusedImport with all its problems where it is no
        sound mapping.
        """
        self.path = path
        self.name = str(shown(path.name))
        self._text = YamlText(path, self.name)
        if not isinstance(self._text.value, dict):
            raise RefusedImport(self.name, [_problem(self.name, self._text.value, *_NO_MAPPING)])
        try:
            self.mapping = Mapping.model_validate(self._text.value)
        except ValidationError as error:
            raise RefusedImport(self.name, list(self._invalid(error))) from None
        if problems := list(self._senseless()):
            raise RefusedImport(self.name, problems)

    def at(self, *location: str | int) -> str:
        """The file's name, the line and the path of a part of the mapping."""
        _, line = self._text.walk(location)
        return f"{self.name}[{line}].{written(location)}"

    def notation(self, table: str) -> Notation:
        """How a table writes its values: as it says itself, else as the mapping says."""
        ways = (self.mapping.tables[table], self.mapping)
        stated = {
            name: next((v for way in ways if (v := getattr(way, name)) is not None), None)
            for name in Notation.model_fields
        }
        return Notation.model_validate(stated)

    def _invalid(self, error: ValidationError) -> Iterator[Problem]:
        told = set[str]()
        for each in error.errors(include_url=False):
            location, _ = self._text.walk(each["loc"])
            lacks = each["type"] == "missing"
            path = self.at(*location, *each["loc"][-1:]) if lacks else self.at(*location)
            if path not in told:
                told.add(path)
                yield _of_pydantic(each, path)

    def _senseless(self) -> Iterator[Problem]:
        """What the mapping says of kinds and tables that there are not, and what cannot be meant."""
        nearest, tables = Nearest(), self.mapping.tables
        for number, entry in enumerate(self.mapping.records):
            place = ("records", number)
            if entry.kind not in RECORDS:
                yield _unknown(self.at(*place, "kind"), entry.kind, RECORDS, nearest)
                continue
            if entry.table not in tables:
                yield _unknown(self.at(*place, "from"), entry.table, tables, nearest)
            for at, join in enumerate(entry.join):
                if join.table not in tables:
                    yield _unknown(self.at(*place, "join", at, "table"), join.table, tables, nearest)
            yield from self._fields(place, entry, nearest)
            if entry.complete and entry.kind == "interactions":
                yield _problem(self.at(*place, "complete"), True, *_NO_SNAPSHOT)
            elif entry.complete and self.mapping.source is None:
                yield _problem(self.at(*place, "complete"), True, *_NO_SOURCE)

    def _fields(self, place: Location, entry: Entry, nearest: Nearest) -> Iterator[Problem]:
        model = RECORDS[entry.kind]
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        for field, source in entry.fields.items():
            path = self.at(*place, "fields", field)
            if field not in fields:
                yield unknown_key(path, field, None, list(fields), nearest)
                continue
            try:
                compiled(source, model, field, Notation())
            except Wrong as wrong:
                yield Problem(path, wrong.value, wrong.what, wrong.cure)
            except re.error as error:
                yield _problem(path, _pattern(source), *_NO_PATTERN, reason=str(error))
        for field, info in fields.items():
            if info.is_required() and field not in entry.fields:
                yield _problem(self.at(*place, "fields"), None, *_NEEDED, kind=entry.kind, field=field)


_NO_MAPPING = (
    N_("This is not a mapping."),
    N_("Write tables and records, as `graphcrm mapping suggest` does."),
)
_NO_PATTERN = (N_("This is no regular expression: {reason}."), N_("Correct it, or leave match out."))
_NO_SNAPSHOT = (
    N_("What happened cannot be retired."),
    N_("Take complete away: interactions are only ever added."),
)
_NO_SOURCE = (
    N_("Who is complete must say its source."),
    N_("Add source at the top of the mapping, the same in each import, or remove complete."),
)
_NEEDED = (
    N_("Records of {kind} need {field}."),
    N_("Say where {field} comes from: a column, or a constant."),
)
_SAYINGS: dict[str, tuple[str, str]] = {
    "one_origin": (
        N_("A value comes from one of column, text and value."),
        N_("Write exactly one of the three."),
    ),
    "part": (N_("There is no such part."), N_("Say split, and count parts from 1, or from -1 backwards.")),
    "otherwise": (N_("otherwise needs a map."), N_("Add map, or use default.")),
    "time_zone": (
        N_("There is no such time zone."),
        N_("Write a name like Europe/Berlin or Asia/Shanghai."),
    ),
}


def _of_pydantic(error: ErrorDetails, path: str) -> Problem:
    kind = error["type"]
    if kind == "extra_forbidden":
        known = [info.alias or name for name, info in _part_at(error["loc"]).model_fields.items()]
        return unknown_key(path, str(error["loc"][-1]), error["input"], known, Nearest())
    if kind in _SAYINGS:
        return _problem(path, error["input"], *_SAYINGS[kind])
    what, cure = said(error)
    return Problem(path, None if kind == "missing" else shown(error["input"]), what, cure)


def _part_at(location: Location) -> type[Part]:
    """Which part of a mapping a location leads into."""
    if "fields" in location:
        return Value
    if "join" in location:
        return Join
    parts: dict[object, type[Part]] = {"tables": Table, "records": Entry}
    return parts.get(location[0], Mapping) if len(location) > 1 else Mapping


def _pattern(source: object) -> object:
    parts: Sequence[object] = source if isinstance(source, tuple) else (source,)
    return next((part.match for part in parts if isinstance(part, Value) and part.match), None)


def _unknown(path: str, word: str, known: Collection[str], nearest: Nearest) -> Problem:
    params = {"word": shown(word), "known": ", ".join(known), "nearest": nearest.to(word, known)}
    cure = (
        N_("Did you mean {nearest}? Known are: {known}.")
        if params["nearest"]
        else N_("Use one of: {known}.")
    )
    return Problem(
        path, shown(word), Message(N_("There is no {word} here."), params), Message(cure, params)
    )


def _problem(path: str, value: object, what: str, cure: str, **params: object) -> Problem:
    return Problem(path, shown(value), Message(what, params), Message(cure, params))
